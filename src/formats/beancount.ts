import { parseDay } from '../core/calendar.ts';
import { unitsText } from '../core/decimal.ts';
import type { EntryKind, EntryLine, NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import { accountType } from './account-types.ts';
import { encodeEntry, fitted, minorOf, NOTHING_BESIDE, type Notes, unreadOf } from './encode.ts';
import type { LineRead } from './entries.ts';
import {
  type Encoded,
  type Format,
  type FormatContext,
  type FormatOptions,
  NO_LIMITS,
  PLAIN,
  type ReadBack,
} from './format.ts';
import { choice, optionValues } from './options.ts';
import { clean, linesOf, type TextRules } from './text.ts';

/**
 * beancount: a transaction per entry, a posting per line, signed amounts, debit positive; what has no place of its own is
 * metadata. The payee is the customer's name in the chart.
 *
 *   2018-11-26 * "Client Web France" "Paul DURAND - FA000001 - 1" ^FA000001
 *     journal: "VTE"
 *     number: "1"
 *     kind: "sale"
 *     piece: "FA000001"
 *     reference: "WEB1"
 *     Assets:4110000:WEBFRANCE                           483.60 EUR
 *       due: 2018-11-26
 *     Income:707100                                     -403.00 EUR
 *       tax: "C20"
 *
 * Accounts have to be opened before they are used. The books of the merchant do that; a file by itself has its accounts
 * opened by a plugin of beancount's own, which `opened: elsewhere` leaves out.
 */
const OPTIONS = { opened: choice('plugin', 'elsewhere') } as const;

/** A part of an account's name. */
const CODE: TextRules = { charset: 'utf-8', forbidden: /[^A-Za-z0-9-]|^[^A-Z0-9]/, instead: '' };
const CURRENCY: TextRules = { charset: 'utf-8', forbidden: /[^A-Z0-9'._-]|^[^A-Z]|^.$|[^A-Z0-9]$/, instead: '' };
const TEXT: TextRules = { charset: 'utf-8' };
/** What may not stand in a link. */
const OUTSIDE_LINK = /[^A-Za-z0-9\-_/.]+/g;

const ACCOUNT_WIDTH = 40;
const AMOUNT_WIDTH = 16;

export const beancount: Format = configured({});

function configured(given: FormatOptions): Format {
  const { opened } = optionValues(OPTIONS, given);
  return {
    ...PLAIN,
    configured,
    options: OPTIONS,
    id: 'beancount',
    name: 'beancount',
    vendor: 'beancount',
    extension: 'beancount',
    mediaType: 'text/plain; charset=utf-8',
    newline: '\n',
    confidence: 5,
    checkedAgainst: 'beancount 2.3.5 (bean-check, bean-query)',
    limits: NO_LIMITS,
    carries: [
      'journal',
      'number',
      'kind',
      'thirdParty',
      'piece',
      'reference',
      'taxCode',
      'dueDate',
      'currency',
      'section',
      'paymentMode',
      'matching',
    ],
    order: 'journal',
    head: ({ booksCurrency }) => {
      const plugin = opened === 'plugin' ? 'plugin "beancount.plugins.auto_accounts"\n' : '';
      return Buffer.from(`option "operating_currency" "${booksCurrency}"\n${plugin}\n`);
    },
    encode,
    stamp: (records) => records,
    read,
  };
}

function encode(entry: NumberedEntry, context: FormatContext): Encoded {
  const last = entry.lines.length - 1;
  return encodeEntry(entry, 'utf-8', (line, notes, index) => {
    const head = index === 0 ? headOf(entry, context, notes) : '';
    return `${head}${postingOf(entry, line, notes)}${index === last ? '\n' : ''}`;
  });
}

function headOf(entry: NumberedEntry, { chart }: FormatContext, notes: Notes): string {
  const { date, number, kind, lines } = entry;
  const journal = fitted(entry.journal, { name: 'journal', fit: 'code', width: null, required: true }, TEXT, notes);
  const customer = lines.find(({ thirdParty }) => thirdParty !== null)?.thirdParty ?? '';
  const payee = Object.hasOwn(chart.thirdParties, customer) ? clean(chart.thirdParties[customer] ?? '', TEXT) : '';
  const link = entry.piece.replace(OUTSIDE_LINK, '');
  const texts = [...(payee === '' ? [] : [payee]), clean(entry.label, TEXT)].map(quoted).join(' ');
  return [
    `${date} * ${texts}${link === '' ? '' : ` ^${link}`}\n`,
    ...metadata('  ', { journal, number: String(number), kind }),
    ...metadata('  ', { piece: clean(entry.piece, TEXT), reference: clean(entry.reference, TEXT) }),
  ].join('');
}

function postingOf({ kind, date }: NumberedEntry, line: EntryLine, notes: Notes): string {
  const code = (name: string, value: string, rules: TextRules) =>
    fitted(value, { name, fit: 'code', width: null, required: true }, rules, notes);
  const coded = (name: string, value: string | null) => (value === null ? '' : code(name, value, TEXT));
  const account = code('account', line.account, CODE);
  const parts = [ROOTS[accountType(account)], account];
  if (line.thirdParty !== null) parts.push(code('thirdParty', line.thirdParty, CODE));
  const amount = amountOf(line, (value) => code('currency', value, CURRENCY));
  return [
    `  ${parts.join(':').padEnd(ACCOUNT_WIDTH)}  ${amount}\n`,
    line.thirdParty !== null && kind === 'sale' ? `    due: ${date}\n` : '',
    ...metadata('    ', {
      tax: coded('taxCode', line.taxCode),
      section: coded('section', line.section),
      mode: coded('paymentMode', line.paymentMode),
      match: line.matchingCode ?? '',
    }),
  ].join('');
}

const ROOTS = {
  equity: 'Equity',
  assets: 'Assets',
  liabilities: 'Liabilities',
  expenses: 'Expenses',
  revenues: 'Income',
  other: 'Equity',
} as const;

function metadata(indent: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === '' ? [] : `${indent}${name}: ${quoted(value)}\n`,
  );
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * The amount in the books, or the amount in currency at its total price in the books, which has no sign of its own. Two of
 * different signs (a bank line that its fee eats up) can only be said in the books' currency.
 */
function amountOf({ amount, amountInCurrency }: EntryLine, code: (value: string) => string): string {
  const { minor, currency } = amount;
  const inBooks = (units: bigint) => `${unitsText(units, currency.decimals)} ${currency.code}`;
  if (amountInCurrency === null || amountInCurrency.minor > 0n !== minor > 0n) {
    return inBooks(minor).padStart(AMOUNT_WIDTH + 1 + currency.code.length);
  }
  const price = inBooks(minor < 0n ? -minor : minor);
  return `${moneyText(amountInCurrency).padStart(AMOUNT_WIDTH)} ${code(amountInCurrency.currency.code)} @@ ${price}`;
}

type Head = Pick<LineRead, 'date' | 'journal' | 'number' | 'kind' | 'piece' | 'reference'>;

const HEAD = /^(\d{4}-\d\d-\d\d) [*!] ".*"(?: [\^#][A-Za-z0-9\-_/.]+)*$/;
const METADATA = /^\s+([a-z][A-Za-z0-9_-]*): (?:"((?:[^"\\]|\\["\\])*)"|(\d{4}-\d\d-\d\d))$/;
const POSTING = /^\s+[A-Z][a-z]+:([^\s:]+)(?::([^\s:]+))? +(-?[\d.]+) [A-Z]{3}$/;
const POSTING_IN_CURRENCY =
  /^\s+[A-Z][a-z]+:([^\s:]+)(?::([^\s:]+))? +(-?[\d.]+) ([A-Z][A-Z0-9'._-]*) @@ ([\d.]+) [A-Z]{3}$/;
const IGNORED = /^(?:;|(?:option|plugin|include) |\d{4}-\d\d-\d\d (?:open|close|commodity|note|document) )/;

/** Reads what `encode` writes, and passes over comments and other directives. */
async function* read(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  decimals = 2,
): AsyncGenerator<readonly ReadBack[]> {
  let head: Head | null = null;
  let open: LineRead | null = null; // metadata of it may follow
  for await (const lines of linesOf(bytes, 'utf-8')) yield lines.flatMap(({ text, number }) => take(text, number));
  yield close();

  /** What is certain once this line is known. */
  function take(text: string, lineNumber: number): readonly ReadBack[] {
    if (text.trim() === '' || IGNORED.test(text)) return [];
    const [, name, value, dayValue] = METADATA.exec(text) ?? [];
    if (name !== undefined && head !== null) {
      const said = dayValue ?? (value ?? '').replace(/\\(.)/g, '$1');
      if (open === null) head = { ...head, ...ofHead(name, said) };
      else open = { ...open, ...ofLine(name, said, open) };
      return [];
    }
    const closed = close();
    if (!text.startsWith(' ')) {
      head = headFrom(text);
      return head === null ? [...closed, fault('DATE * "LABEL"')] : closed;
    }
    open = head === null ? null : lineFrom(text, lineNumber, head, decimals);
    return open === null ? [...closed, fault('ACCOUNT  AMOUNT CURRENCY')] : closed;

    function fault(expected: string): ReadBack {
      return { type: 'fault', lineNumber, column: 1, expected, found: text.slice(0, 80) };
    }
  }

  function close(): readonly ReadBack[] {
    const closed = open;
    open = null;
    return closed === null ? [] : [closed];
  }
}

function headFrom(text: string): Head | null {
  const date = HEAD.exec(text)?.[1] ?? '';
  if (parseDay(date) === null) return null;
  return { date, journal: '', number: '', kind: null, piece: '', reference: '' };
}

function ofHead(name: string, value: string): Partial<Head> {
  switch (name) {
    case 'journal':
    case 'number':
    case 'piece':
    case 'reference':
      return { [name]: value };
    case 'kind':
      return { kind: KINDS.find((kind) => kind === value) ?? null };
    default:
      return {};
  }
}

const KINDS: readonly EntryKind[] = ['sale', 'creditNote', 'payment'];

function ofLine(name: string, value: string, { inCurrency }: LineRead): Partial<LineRead> {
  switch (name) {
    case 'tax':
      return { taxCode: value };
    case 'section':
      return { section: value };
    case 'mode':
      return { paymentMode: value };
    case 'due':
      return { dueDate: parseDay(value) };
    case 'match':
      return { matching: value, unread: unreadOf({ inCurrency, matching: value }) };
    default:
      return {};
  }
}

function inCurrencyOf(inCurrency: string, currency = '') {
  return { inCurrency, currency, unread: unreadOf({ inCurrency, matching: '' }) };
}

/** A price has no sign: that of the amount before it counts. */
function lineFrom(text: string, lineNumber: number, head: Head, decimals: number): LineRead | null {
  const foreign = POSTING_IN_CURRENCY.exec(text);
  const [, account, thirdParty = null, amount = ''] = foreign ?? POSTING.exec(text) ?? [];
  if (account === undefined) return null;
  const minor = minorOf(foreign?.[5] ?? amount, decimals);
  if (minor === null || minorOf(amount, foreign ? null : decimals) === null) return null;
  const amountMinor = foreign && amount.startsWith('-') ? -minor : minor;
  const none = { label: '', taxCode: null, dueDate: null, paymentMode: null, section: null };
  return {
    type: 'line',
    lineNumber,
    ...head,
    ...none,
    account,
    thirdParty,
    amountMinor,
    ...NOTHING_BESIDE,
    ...(foreign === null ? {} : inCurrencyOf(amount, foreign[4])),
  };
}
