import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { addDays, day } from '../core/calendar.ts';
import { decimal } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { besideOf, besideRead } from './contract-beside.ts';
import { chunksOf, fileOf, saidBy, shortened } from './contract-kit.ts';
import { type EntryRead, entriesOf } from './entries.ts';
import type { Carried, Format, FormatOptions } from './format.ts';
import { HOSTILE } from './hostile.ts';
import { EUR, entryOf, lineOf } from './sample-entries.ts';

const USD = currencyOf('USD');
const JOURNALS = 1000;
/** Fixed, so that a failure is the same for everybody. */
const SEED = 20181126;

/** Entries → file → entries, equal in all that the format says it carries. */
export function roundTrip(format: Format, options: FormatOptions = {}): void {
  test(`law: ${JOURNALS} random journals come back entry by entry, with all that the format carries`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomEntry, { minLength: 1, maxLength: 5 }), async (drawn) => {
        const entries = drawn.map((entry, index) => shortened(format, { ...entry, number: index + 1 }));
        const read: EntryRead[] = [];
        for await (const found of entriesOf(format, format.read(chunksOf(fileOf(format, entries, options), 4000)))) {
          assert.equal(found.type, 'entry', inspect(found));
          read.push(found.type === 'entry' ? found.entry : assert.fail());
        }
        const written = saidBy(format, entries);
        assert.equal(read.length, written.length);
        for (const [index, entry] of written.entries()) {
          const found: EntryRead = read[index] ?? assert.fail();
          assert.deepEqual(shown(found), wanted(format, entry, found));
        }
      }),
      { numRuns: JOURNALS, seed: SEED },
    );
  });
}

/** What is compared of an entry, read or expected. */
function shown({ journal, date, number, kind, piece, reference, lines }: EntryRead) {
  return {
    ...{ journal, date, number, kind, piece, reference: reference.trimEnd() },
    dueDate: lines.find(({ dueDate }) => dueDate !== null)?.dueDate ?? null, // some formats repeat it on every line
    lines: lines.map((line) => {
      const { account, thirdParty, label, taxCode, paymentMode, section, amountMinor } = line;
      const beside = besideRead(line);
      return { account, thirdParty, label: label.trimEnd(), taxCode, paymentMode, section, amountMinor, beside };
    }),
  };
}

/** The entry as the format can carry it; texts of the web change on the way, so those are taken as they came back. */
function wanted(format: Format, entry: NumberedEntry, read: EntryRead): ReturnType<typeof shown> {
  const { carries, limits, codesOf } = format;
  const { journal, date, number, kind, piece, reference } = entry;
  const kept = <Kept>(name: Carried, value: Kept, none: Kept): Kept => (carries.includes(name) ? value : none);
  const hasCustomer = entry.lines.some(({ thirdParty }) => thirdParty !== null);
  const text = (name: 'reference' | 'label', value: string, found: string) =>
    kept(name, isPlain(value) ? value.slice(0, limits[name] ?? undefined).trimEnd() : found.trimEnd(), found.trimEnd());
  return {
    journal: kept('journal', journal, ''),
    date,
    number: kept('number', String(number), read.number),
    kind: kept('kind', kind, null),
    piece: kept('piece', isPlain(piece) ? piece.slice(-(limits.piece ?? piece.length)) : read.piece, ''),
    reference: text('reference', reference, read.reference),
    dueDate: kept(
      'dueDate',
      hasCustomer && (kind === 'sale' || read.lines.some(({ dueDate }) => dueDate)) ? date : null,
      null,
    ),
    lines: entry.lines.map((line, index) => {
      const { label, taxCode, paymentMode, section, amount } = line;
      return {
        ...codesOf(line),
        label: text('label', label, read.lines[index]?.label ?? ''),
        taxCode: kept('taxCode', taxCode, null),
        paymentMode: kept('paymentMode', paymentMode, null),
        section: kept('section', section, null),
        amountMinor: amount.minor,
        beside: besideOf(format, entry, line),
      };
    }),
  };
}

/** Texts that every format takes as they are. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9.]+(?: [A-Za-z0-9.]+)*$/.test(text);
}

const ALNUM = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const code = (longest: number) => fc.string({ unit: fc.constantFrom(...ALNUM), minLength: 1, maxLength: longest });
const plainText = fc.array(code(20), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '));
const webText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...Object.values(HOSTILE)));
const text = fc.oneof(plainText, webText);

/** The days where calendars go wrong, among all others. */
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 18_000 }).map((offset) => addDays(day('2000-01-01'), offset)),
  fc.constantFrom(...['2000-02-29', '2028-02-29', '2018-12-31', '2019-01-01', '2049-12-31', '2000-01-01'].map(day)),
);

const parts = fc.record({
  account: code(13),
  thirdParty: fc.option(code(13)),
  amount: fc.oneof(
    fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }),
    fc.constantFrom(99_999_999_999n, -99_999_999_999n, 1n, -1n),
  ),
  taxCode: fc.option(code(5)),
  section: fc.option(code(10)),
  paymentMode: fc.option(code(3)),
  label: text,
  inDollars: fc.option(fc.bigInt({ min: 1n, max: 9_999_999n })),
  matchingCode: fc.option(code(3), { nil: undefined }),
});

const randomEntry = fc
  .record({
    journal: fc.constantFrom('VTE', 'BEU', 'OD', 'Z'),
    date: anyDay,
    kind: fc.constantFrom('sale', 'creditNote', 'payment'),
    piece: fc.oneof(code(20), webText),
    reference: text,
    drawn: fc.array(parts, { minLength: 1, maxLength: 6 }),
    closing: code(13),
    rate: fc.constantFrom(...['1.1', '0.75', '163.2', '1.234567', '2'].map(decimal)),
  })
  .map(({ journal, date, kind, piece, reference, drawn, closing, rate }): NumberedEntry => {
    const lines: EntryLine[] = [];
    let balance = 0n;
    for (const { amount: minor, ...line } of drawn) {
      // An entry that balanced half way would be two entries for some programs.
      if (minor === 0n || balance + minor === 0n || abs(balance + minor) > 99_999_999_999n) continue;
      balance += minor;
      lines.push(lineWith(line, minor));
    }
    const none = { thirdParty: null, taxCode: null, section: null, paymentMode: null, inDollars: null };
    lines.push(lineWith({ ...none, account: closing, label: 'x' }, -balance || 1n));
    if (balance === 0n) lines.push(lineWith({ ...none, account: closing, label: 'x' }, -1n));
    return {
      ...entryOf({ lines: [] }),
      journal,
      date,
      documentDate: date,
      kind,
      piece,
      reference,
      label: reference,
      lines,
      currency: 'USD',
      ledgerCurrency: 'USD',
      rate,
    };
  });

type Parts = Pick<EntryLine, 'account' | 'thirdParty' | 'taxCode' | 'section' | 'paymentMode' | 'label'> & {
  readonly inDollars: bigint | null;
  readonly matchingCode?: string | undefined;
};

/** Payment modes stand on customers' lines, VAT codes and sections on the others, as in entries of a shop. */
function lineWith({ account, thirdParty, label, inDollars, matchingCode, ...rest }: Parts, minor: bigint): EntryLine {
  const ofCustomer = { paymentMode: rest.paymentMode, taxCode: null, section: null };
  const ofBooks = { paymentMode: null, taxCode: rest.taxCode, section: rest.section };
  const details = thirdParty === null ? ofBooks : ofCustomer;
  // At a rate of one some files do not tell the amount in currency from the amount again.
  const isTold = inDollars !== null && inDollars !== abs(minor);
  const amountInCurrency = isTold ? { minor: minor < 0n ? -inDollars : inDollars, currency: USD } : null;
  return {
    ...lineOf('1 1.00', label),
    ...{ account, thirdParty, ...details, amount: { minor, currency: EUR }, amountInCurrency },
    ...(thirdParty === null || matchingCode === undefined ? {} : { matchingCode }),
  };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
