import { z } from 'zod';
import { parseDay } from '../core/calendar.ts';
import { decimalText, parseDecimal, unitsText } from '../core/decimal.ts';
import { type SalesDocument, sourceOf } from '../core/document.ts';
import { type Because, creditOf, debitOf, type Entry, type EntryLine } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import { imbalanceOf } from '../core/posting/balance.ts';
import { problem } from '../core/problem.ts';
import { firstIssue } from '../schema/issue.ts';
import { documentToJson } from '../schema/sales-json.ts';
import type { HookEntry, HookLine, HookRole } from './author/comptoir-hook.d.ts';
import type { Hooked, ToHook } from './hook.ts';

/** What goes to the script: plain values that JSON carries unchanged. */
export function toScript({ document, entries }: ToHook) {
  return { document: documentToJson(document), entries: entries.map(entryToScript) };
}

/** What comes back, held against §5.1: a balanced entry for each part at most, of lines that have one side each. */
export function fromScript(given: ToHook, answer: unknown): Hooked {
  const parsed = scriptAnswer.safeParse(answer);
  if (!parsed.success) {
    const { field, reason } = firstIssue(parsed.error);
    return wrong(given, field === 'record' ? 'entries' : `entries.${field}`, reason);
  }
  const entries: Entry[] = [];
  for (const [place, written] of parsed.data.entries()) {
    const before = given.entries.find(({ part }) => part === written.part);
    if (before === undefined || before.kind !== written.kind || before.currency !== written.currency)
      return wrong(given, `entries.${place}.part`, `not-given: ${written.part}`);
    if (entries.some(({ part }) => part === written.part))
      return wrong(given, `entries.${place}.part`, `part-twice: ${written.part}`);
    const made = entryFromScript(before, written);
    if ('field' in made) return wrong(given, `entries.${place}.${made.field}`, made.reason);
    const uneven = imbalance(made);
    if (uneven !== null) return held(given.document, 'hook.unbalanced', { part: made.part, ...uneven });
    entries.push(made);
  }
  const answered = new Set(entries.map(({ part }) => part));
  const leftOut = given.entries.flatMap(({ part }) => (answered.has(part) ? [] : part));
  // In the order they were made, however the script turned them: numbers follow it.
  const places = new Map(given.entries.map(({ part }, place) => [part, place]));
  entries.sort((a, b) => (places.get(a.part) ?? 0) - (places.get(b.part) ?? 0));
  return { state: 'answered', entries, leftOut };
}

type HookCode =
  | 'hook.threw'
  | 'hook.too-slow'
  | 'hook.too-large'
  | 'hook.ended'
  | 'hook.wrong-answer'
  | 'hook.unbalanced';

/** Holds the document, with what the script did. */
export function held(document: SalesDocument, code: HookCode, values: Readonly<Record<string, string>>): Hooked {
  return { state: 'held', problem: { code, severity: 'hold', source: sourceOf(document), part: null, values } };
}

function wrong({ document }: ToHook, field: string, reason: string): Hooked {
  const values = { field, reason };
  return { state: 'held', problem: problem('hook.wrong-answer', 'hold', sourceOf(document), values) };
}

const MAX_LINES = 10_000;

const day = z.string().transform((text, context) => {
  const parsed = parseDay(text);
  if (parsed === null) context.addIssue({ code: 'custom', message: `not-day: ${text.slice(0, 20)}` });
  return parsed ?? z.NEVER;
});
const code = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^\P{Cc}*$/u, 'control-characters');
const codeOrNull = code.nullable();
const text = z.string().max(500);
const amount = z.string().regex(/^(0|[1-9]\d{0,12})(\.\d{1,4})?$/, 'not-amount');
const signedAmount = z.string().regex(/^-?(0|[1-9]\d{0,12})(\.\d{1,4})?$/, 'not-amount');
const rate = z.string().regex(/^(0|[1-9]\d{0,3})(\.\d{1,4})?$/, 'not-percent');

const ROLES = [
  'customer',
  'deposit',
  'sales',
  'discount',
  'ecotax',
  'shipping',
  'wrapping',
  'fee',
  'tip',
  'duty',
  'giftCard',
  'storeCredit',
  'vat',
  'depositVat',
  'rounding',
  'retention',
  'goodwill',
  'adjustment',
  'currencyAdjustment',
  'difference',
  'bank',
  'bankFee',
] as const satisfies readonly HookRole[];

const scriptLine: z.ZodType<HookLine> = z.strictObject({
  role: z.enum(ROLES),
  account: code,
  thirdParty: codeOrNull,
  label: text,
  debit: amount.nullable(),
  credit: amount.nullable(),
  amountInCurrency: signedAmount.nullable(),
  taxCode: codeOrNull,
  vatGrid: codeOrNull,
  taxRate: rate.nullable(),
  section: codeOrNull,
  paymentMode: codeOrNull,
});

const scriptEntry = z.strictObject({
  kind: z.enum(['sale', 'creditNote', 'payment']),
  part: z.string(),
  currency: z.string(),
  journal: code,
  date: day,
  piece: text,
  reference: text,
  country: z.string().nullable(),
  paymentMethod: z.string().nullable(),
  lines: z.array(scriptLine).min(1).max(MAX_LINES),
});

const scriptAnswer = z.array(scriptEntry).max(1000);

type ScriptEntry = z.infer<typeof scriptEntry>;

function entryToScript(entry: Entry): HookEntry {
  const { kind, part, currency, journal, date, piece, reference, country, paymentMethod } = entry;
  const head = { kind, part, currency, journal, date, piece, reference, country, paymentMethod };
  return { ...head, lines: entry.lines.map(lineToScript) };
}

function lineToScript(line: EntryLine): HookLine {
  const { decimals } = line.amount.currency;
  const side = (minor: bigint) => (minor === 0n ? null : unitsText(minor, decimals));
  return {
    role: line.role,
    account: line.account,
    thirdParty: line.thirdParty,
    label: line.label,
    debit: side(debitOf(line)),
    credit: side(creditOf(line)),
    amountInCurrency: line.amountInCurrency && moneyText(line.amountInCurrency),
    taxCode: line.taxCode,
    vatGrid: line.vatGrid,
    taxRate: line.taxRate && decimalText(line.taxRate),
    section: line.section,
    paymentMode: line.paymentMode,
  };
}

type Wrong = { readonly field: string; readonly reason: string };

function entryFromScript(before: Entry, { lines: written, ...head }: ScriptEntry): Entry | Wrong {
  const rest = before.lines.map((line) => ({ line, text: JSON.stringify(lineToScript(line)) }));
  const lines: EntryLine[] = [];
  for (const [place, one] of written.entries()) {
    const line = lineFromScript(before, one, originOf(rest, one));
    if ('field' in line) return { field: `lines.${place}.${line.field}`, reason: line.reason };
    lines.push(line);
  }
  const { journal, date, piece, reference } = head;
  return { ...before, journal, date, piece, reference, lines };
}

type Origin = { readonly line: EntryLine; readonly text: string };

/** The line it was, unchanged, else the one of that role and amount, taken off the list; null: a new line. */
function originOf(rest: Origin[], one: HookLine): { readonly line: EntryLine; readonly same: boolean } | null {
  const written = JSON.stringify(one);
  const same = rest.findIndex(({ text }) => text === written);
  const { role, debit, credit } = one;
  const alike = rest.findIndex(({ line }) => {
    const { role: own, debit: ownDebit, credit: ownCredit } = lineToScript(line);
    return own === role && ownDebit === debit && ownCredit === credit;
  });
  const [found] = rest.splice(same >= 0 ? same : alike >= 0 ? alike : rest.length, 1);
  return found === undefined ? null : { line: found.line, same: same >= 0 };
}

function lineFromScript(
  before: Entry,
  one: HookLine,
  origin: { readonly line: EntryLine; readonly same: boolean } | null,
): EntryLine | Wrong {
  if (origin?.same) return origin.line;
  const [first] = before.lines;
  if (first === undefined) throw new TypeError('An entry has lines');
  if ((one.debit === null) === (one.credit === null)) return { field: 'debit', reason: 'one-side' };
  const side = one.debit === null ? 'credit' : 'debit';
  const amount = moneyOf(one[side] ?? '', first.amount.currency);
  if (amount === null) return { field: side, reason: `too-many-decimals: ${first.amount.currency.decimals}` };
  if (amount.minor === 0n) return { field: side, reason: 'zero' };
  const signed = side === 'debit' ? amount : { ...amount, minor: -amount.minor };
  const foreign = before.lines.find((line) => line.amountInCurrency !== null)?.amountInCurrency?.currency ?? null;
  const inCurrency = one.amountInCurrency === null ? null : foreign && moneyOf(one.amountInCurrency, foreign);
  if (one.amountInCurrency !== null && inCurrency === null)
    return {
      field: 'amountInCurrency',
      reason: foreign ? `too-many-decimals: ${foreign.decimals}` : 'not-in-currency',
    };
  if (inCurrency !== null && inCurrency.minor > 0n !== signed.minor > 0n)
    return { field: 'amountInCurrency', reason: 'other-side' };
  const because: Because = { mapping: 'hook', rule: null, tried: [DEFAULT], parts: origin?.line.because.parts ?? [] };
  return {
    role: one.role,
    account: one.account,
    thirdParty: one.thirdParty,
    label: one.label,
    amount: signed,
    amountInCurrency: inCurrency,
    taxCode: one.taxCode,
    vatGrid: one.vatGrid,
    taxRate: one.taxRate === null ? null : parseDecimal(one.taxRate),
    section: one.section,
    paymentMode: one.paymentMode,
    because,
  };
}

const DEFAULT = { country: null, item: null };

/** Null when it has more decimals than the currency. */
function moneyOf(written: string, currency: Money['currency']): Money | null {
  const parsed = parseDecimal(written);
  if (parsed === null || parsed.scale > currency.decimals) return null;
  return { minor: parsed.units * 10n ** BigInt(currency.decimals - parsed.scale), currency };
}

/** Debits and credits that differ, in the books' currency, else in the document's; null when both balance. */
function imbalance({ lines }: Entry): { readonly debit: string; readonly credit: string } | null {
  const decimals = lines[0]?.amount.currency.decimals ?? 2;
  const books = imbalanceOf(lines);
  if (books !== null) return { debit: unitsText(books.debit, decimals), credit: unitsText(books.credit, decimals) };
  const foreign = lines.flatMap(({ amountInCurrency }) => amountInCurrency ?? []);
  const sum = (sign: bigint) =>
    foreign.reduce((total, { minor }) => total + (minor * sign > 0n ? minor * sign : 0n), 0n);
  const [debit, credit] = [sum(1n), sum(-1n)];
  const places = foreign[0]?.currency.decimals ?? 2;
  return debit === credit ? null : { debit: unitsText(debit, places), credit: unitsText(credit, places) };
}
