import { parseDay } from '../core/calendar.ts';
import { unitsText } from '../core/decimal.ts';
import type { EntryKind, EntryLine, NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import { accountType } from './account-types.ts';
import { encodeEntry, fitted, minorOf, type Notes, unreadOf } from './encode.ts';
import { type Encoded, type Format, NO_LIMITS, PLAIN, type ReadBack } from './format.ts';
import { clean, linesOf, type TextRules } from './text.ts';

/**
 * hledger journal (also read by ledger): a transaction per entry, a posting per line, signed amounts, debit positive.
 *
 *   2018-11-26 * (FA000001) Paul DURAND - FA000001 - 1  ; journal:VTE, number:1, kind:sale, ref:WEB1
 *       assets:4110000:WEBFRANCE                       483.60 EUR
 *       revenues:707100                               -403.00 EUR  ; tax:C20, section:953WEB
 *       liabilities:4457120                            -80.60 EUR  ; tax:C20
 *
 * An account is the type of its class (first digits, French chart), its code, and the third party below it. The types
 * are those whose names hledger knows, so that its balance sheet and income statement work unasked.
 */
const CODE: TextRules = { charset: 'utf-8', forbidden: /[:;,|()[\]{}"=*!@]/ };
/** In the description `;` starts a comment and `|` ends the payee. */
const LABEL: TextRules = { charset: 'utf-8', forbidden: /[;|]/ };
/** Within `(...)`. */
const PIECE: TextRules = { charset: 'utf-8', forbidden: /[;|()]/ };
/** A tag's value ends at a comma; a colon would make another tag, a bracket a date. */
const TAG: TextRules = { charset: 'utf-8', forbidden: /[:;,[\]]/ };

const ACCOUNT_WIDTH = 40;
const AMOUNT_WIDTH = 16;

export const hledger: Format = {
  ...PLAIN,
  configured: () => hledger,
  id: 'hledger',
  name: 'hledger',
  vendor: 'hledger',
  extension: 'journal',
  mediaType: 'text/plain; charset=utf-8',
  newline: '\n',
  confidence: 5,
  checkedAgainst: 'hledger 1.25 (check, print, balance), ledger 3.3 (balance)',
  limits: NO_LIMITS,
  carries: [
    'journal',
    'number',
    'kind',
    'thirdParty',
    'piece',
    'reference',
    'taxCode',
    'currency',
    'section',
    'matching',
  ],
  order: 'journal',
  head: () => Buffer.alloc(0),
  encode,
  stamp: (records) => records,
  read,
};

function encode(entry: NumberedEntry): Encoded {
  const last = entry.lines.length - 1;
  return encodeEntry(entry, 'utf-8', (line, notes, index) => {
    const head = index === 0 ? headOf(entry, notes) : '';
    return `${head}${postingOf(line, notes)}\n${index === last ? '\n' : ''}`;
  });
}

function headOf(entry: NumberedEntry, notes: Notes): string {
  const journal = fitted(entry.journal, { name: 'journal', fit: 'code', width: null, required: true }, CODE, notes);
  const piece = clean(entry.piece, PIECE);
  const label = clean(entry.label, LABEL);
  const tags = [`journal:${journal}`, `number:${entry.number}`, `kind:${entry.kind}`];
  const reference = clean(entry.reference, TAG);
  if (reference !== '') tags.push(`ref:${reference}`);
  return `${entry.date} * (${piece})${label === '' ? '' : ` ${label}`}  ; ${tags.join(', ')}\n`;
}

function postingOf(line: EntryLine, notes: Notes): string {
  const code = (name: string, value: string) =>
    fitted(value, { name, fit: 'code', width: null, required: true }, CODE, notes);
  const account = code('account', line.account);
  const parts: string[] = [accountType(account), account];
  if (line.thirdParty !== null) parts.push(code('thirdParty', line.thirdParty));
  const amount = amountOf(line, (value) => code('currency', value));
  const tags: string[] = [];
  if (line.taxCode !== null) tags.push(`tax:${code('taxCode', line.taxCode)}`);
  if (line.section !== null) tags.push(`section:${code('section', line.section)}`);
  if (line.matchingCode !== undefined) tags.push(`match:${line.matchingCode}`);
  const comment = tags.length === 0 ? '' : `  ; ${tags.join(', ')}`;
  return `    ${parts.join(':').padEnd(ACCOUNT_WIDTH)}  ${amount}${comment}`;
}

/**
 * The amount in the books, or the amount in currency at its total cost in the books: `22.57 USD @@ 20.52 EUR`, where
 * the cost has no sign of its own. Two of different signs (a bank line that its fee eats up) can only be said in the
 * books' currency.
 */
function amountOf({ amount, amountInCurrency }: EntryLine, code: (value: string) => string): string {
  const { minor, currency } = amount;
  const inBooks = (units: bigint) => `${unitsText(units, currency.decimals)} ${currency.code}`;
  if (amountInCurrency === null || amountInCurrency.minor > 0n !== minor > 0n) {
    return inBooks(minor).padStart(AMOUNT_WIDTH + 1 + currency.code.length);
  }
  const foreign = code(amountInCurrency.currency.code);
  // A commodity of other signs than letters stands in quotes.
  const commodity = /^\p{L}+$/u.test(foreign) ? foreign : `"${foreign}"`;
  return `${moneyText(amountInCurrency).padStart(AMOUNT_WIDTH)} ${commodity} @@ ${inBooks(minor < 0n ? -minor : minor)}`;
}

type Head = {
  readonly date: string;
  readonly piece: string;
  readonly label: string;
  readonly journal: string;
  readonly number: string;
  readonly kind: EntryKind | null;
  readonly reference: string;
};

const HEAD = /^(\d{4}-\d\d-\d\d) \* \(([^()]*)\)(?: (.*?))? {2}; (journal:.*)$/;
const POSTING =
  /^ +\S*?:((?:\S| (?! ))+?) {2,}(-?[\d.]+) (?:[A-Z]{3}|(\p{L}+|"[^"]+") @@ ([\d.]+) [A-Z]{3})(?: {2}; (?:tax:([^,]+))?(?:(?:, )?section:([^,]+))?(?:(?:, )?match:(.+))?)?$/u;

/** Reads what `encode` writes, and passes over comments and directives. */
async function* read(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<readonly ReadBack[]> {
  let head: Head | null = null;
  for await (const lines of linesOf(bytes, 'utf-8')) {
    const batch: ReadBack[] = [];
    for (const { text, number } of lines) {
      if (text === '' || IGNORED.test(text)) continue;
      if (text.startsWith(' ') && head !== null) {
        batch.push(lineOf(text, number, head));
        continue;
      }
      head = headFrom(text);
      if (head === null) {
        const found = text.slice(0, 80);
        const expected = 'DATE * (PIECE) LABEL  ; journal:...';
        batch.push({ type: 'fault', lineNumber: number, column: 1, expected, found });
      }
    }
    yield batch;
  }
}

const IGNORED = /^(?:[;#*]|(?:account|commodity|decimal-mark) )/;

function lineOf(text: string, lineNumber: number, head: Head): ReadBack {
  const match = POSTING.exec(text);
  const amountMinor = match && minorInBooks(match[2] ?? '', match[4]);
  if (match === null || amountMinor === null) {
    return { type: 'fault', lineNumber, column: 1, expected: 'ACCOUNT  AMOUNT CURRENCY', found: text.slice(0, 80) };
  }
  const [account = '', thirdParty = null] = (match[1] ?? '').split(':');
  const [, , amount = '', commodity, , taxCode = null, section = null, matching = ''] = match;
  const beside = { inCurrency: commodity === undefined ? '' : amount, matching };
  return {
    type: 'line',
    lineNumber,
    ...head,
    ...{ account, thirdParty, dueDate: null, paymentMode: null, section, taxCode, amountMinor },
    ...beside,
    currency: commodity?.replaceAll('"', '') ?? '',
    rate: '',
    unread: unreadOf(beside),
  };
}

/** A cost has no sign: that of the amount before it counts. */
function minorInBooks(amount: string, cost: string | undefined): bigint | null {
  const minor = minorOf(cost ?? amount);
  return minor !== null && cost !== undefined && amount.startsWith('-') ? -minor : minor;
}

function headFrom(text: string): Head | null {
  const match = HEAD.exec(text);
  if (match === null) return null;
  const [, date = '', piece = '', label = '', tags = ''] = match;
  if (parseDay(date) === null) return null;
  const values = new Map(
    tags.split(', ').map((tag) => [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)]),
  );
  const kind = values.get('kind');
  return {
    date,
    piece,
    label,
    journal: values.get('journal') ?? '',
    number: values.get('number') ?? '',
    kind: kind === 'sale' || kind === 'creditNote' || kind === 'payment' ? kind : null,
    reference: values.get('ref') ?? '',
  };
}
