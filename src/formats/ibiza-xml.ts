import { encodeEntry, fitted, minorOf, type Notes } from './encode.ts';
import { type Format, type FormatOptions, NO_LIMITS, PLAIN, type ReadBack } from './format.ts';
import { emptyDraft, lineOf } from './layout-read.ts';
import type { Field } from './records.ts';
import type { TextRules } from './text.ts';
import { compiled, type Draft, type Row } from './values.ts';
import { elementsOf } from './xml-elements.ts';

/**
 * Ibiza, Fulll: `importEntryRequest`, an `importEntry` element per line, in which elements without content are left out.
 * One account: the third party stands there for its collective account. The analytic plan is the profile's
 * (`ledger.analyticPlan`).
 */
// biome-ignore format: a table reads by its columns.
const LINE: readonly Field[] = [
  { name: 'journalRef',    is: 'journal' },
  { name: 'date',          is: 'date', pattern: 'AAAA-MM-JJ' },
  { name: 'piece',         is: 'piece' },
  { name: 'accountNumber', is: 'anyAccount' },
  { name: 'accountName',   is: 'accountName' },
  { name: 'term',          is: 'dueDate', pattern: 'AAAA-MM-JJ' },
  { name: 'description',   is: 'label' },
  { name: 'debit',         is: 'debit', point: '.', zero: '' },
  { name: 'credit',        is: 'credit', point: '.', zero: '' },
];

// biome-ignore format: a table reads by its columns.
const SECTION: readonly Field[] = [
  { name: 'analysis', is: 'own', write: ({ context }) => context.options.analyticPlan ?? '1' },
  { name: 'axis1',    is: 'section' },
  { name: 'debit',    is: 'debit', point: '.', zero: '' },
  { name: 'credit',   is: 'credit', point: '.', zero: '' },
];

/** What XML 1.0 has no place for, besides the control characters that no text here has. */
const RULES: TextRules = { charset: 'utf-8', forbidden: /[\ufffe\uffff]/, instead: ' ' };
const line = valuesOf(LINE);
const section = valuesOf(SECTION);

export const ibizaXml: Format = {
  ...PLAIN,
  id: 'ibiza-xml',
  name: 'Ibiza XML',
  vendor: 'Ibiza, Fulll',
  extension: 'xml',
  mediaType: 'application/xml; charset=utf-8',
  newline: '\n',
  confidence: 4,
  checkedAgainst: 'three published programs that write the same elements; no schema was found',
  limits: NO_LIMITS,
  carries: ['journal', 'thirdParty', 'piece', 'label', 'dueDate', 'section'],
  accounts: 'one',
  codesOf: ({ account, thirdParty }) => ({ account: thirdParty ?? account, thirdParty: null }),
  records: [
    { name: 'importEntry', fields: LINE },
    { name: 'importAnalyticalEntry', fields: SECTION },
  ],
  order: 'journal',
  entriesEnd: 'balance',
  appends: false,
  configured: (_: FormatOptions) => ibizaXml,
  head: (_, { stamp }) => {
    const day = `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`;
    return Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<importEntryRequest>\n  <importDate>${day}</importDate>\n  <wsImportEntry>\n`,
    );
  },
  foot: () => Buffer.from('  </wsImportEntry>\n</importEntryRequest>\n'),
  encode: (entry, context) =>
    encodeEntry(entry, RULES.charset, (entryLine, notes) => {
      const row = { entry, line: entryLine, context };
      const share = entryLine.section === null ? '' : shareOf(row, notes);
      return `    <importEntry>\n${elements(line, row, notes, 6)}${share}    </importEntry>\n`;
    }),
  stamp: (records) => records,
  read,
};

/** `text` is the element for the value that it had `last`: most elements of a line are those of the line before. */
type Element = { readonly name: string; last: string | null; text: string } & ReturnType<typeof compiled>;

function valuesOf(fields: readonly Field[]): readonly Element[] {
  return fields.map((field) => ({ name: field.name, last: null, text: '', ...compiled(field, null) }));
}

function elements(values: readonly Element[], row: Row, notes: Notes, indent: number): string {
  let text = '';
  for (const one of values) {
    const given = one.write(row);
    if (given !== one.last) {
      const { name, fault, fit, required } = one;
      const noted = notes.faults.length;
      const value = fitted(given, { name: faultOf(fault || name, row), fit, width: null, required }, RULES, notes);
      one.text = value === '' ? '' : `${' '.repeat(indent)}<${name}>${escaped(value)}</${name}>\n`;
      one.last = notes.faults.length === noted ? given : null; // it leaves its note each time
    }
    text += one.text;
  }
  return text;
}

/** Where the third party stands for the account, what is wrong with it is wrong with the third party. */
function faultOf(field: string, { line: { thirdParty } }: Row): string {
  return field === 'account' && thirdParty !== null ? 'thirdParty' : field;
}

function shareOf(row: Row, notes: Notes): string {
  const share = elements(section, row, notes, 10);
  return `      <importAnalyticalEntries>
        <importAnalyticalEntry>
${share}        </importAnalyticalEntry>
      </importAnalyticalEntries>
`;
}

const MARKUP = /[&<>]/;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return MARKUP.test(text) ? text.replaceAll(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign) : text;
}

async function* read(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  decimals = 2,
): AsyncGenerator<readonly ReadBack[]> {
  const { parseXml } = await import('./xml-parser.ts'); // a large package, which nothing else needs
  for await (const batch of elementsOf(bytes, { name: 'importEntry', around: AROUND })) {
    yield batch.map((one): ReadBack => {
      if (one.type === 'fault') return one;
      return taken(parsedOf(one.text, parseXml), one, decimals);
    });
  }
}

/** What may stand outside the lines. */
const AROUND =
  /<\?xml(?:(?!\?>)[^<])*\?>|<importDate>[^<]*<\/importDate>|<\/?(?:importEntryRequest|wsImportEntry)(?:\s[^<>]*)?>|<!--(?:(?!-->)[\s\S])*-->|\s+/g;

type Parsed = { readonly [name: string]: unknown };

function taken(
  parsed: Parsed | null,
  { text, lineNumber }: { readonly text: string; readonly lineNumber: number },
  decimals: number,
): ReadBack {
  if (parsed === null) return fault('an importEntry element', text.slice(0, 80));
  const draft = emptyDraft(decimals);
  for (const { name, required, read: take } of line) {
    const found = textOf(parsed, name);
    if (found === null || (found === '' && required)) return fault(`${name} with a text`, '');
    const expected = take?.(found, draft) ?? null;
    if (expected !== null) return fault(expected, found);
  }
  draft.section = sectionIn(parsed, draft);
  return lineOf(draft, lineNumber);

  function fault(expected: string, found: string): ReadBack {
    return { type: 'fault', lineNumber, column: null, expected, found };
  }
}

function parsedOf(text: string, parse: (text: string) => unknown): Parsed | null {
  return flatOf(text) ?? objectIn(parse(text), 'importEntry');
}

/**
 * Most lines: elements of text alone, none twice, without references, attributes or others within; null: another. The
 * parser takes ten times as long.
 */
function flatOf(text: string): Parsed | null {
  if (text.includes('&')) return null;
  const parsed: Record<string, string> = {};
  for (let at = OPEN.length; ; ) {
    const start = text.indexOf('<', at);
    const end = text.indexOf('>', start);
    if (start < 0 || end < 0 || text.slice(at, start).trim() !== '') return null;
    if (text.startsWith(CLOSE, start)) return parsed;
    const name = text.slice(start + 1, end);
    const close = text.indexOf('<', end);
    if (!NAME.test(name) || Object.hasOwn(parsed, name) || !text.startsWith(`/${name}>`, close + 1)) return null;
    const value = text.slice(end + 1, close).trim();
    if (value.includes('>')) return null;
    parsed[name] = value;
    at = close + name.length + 3;
  }
}

const OPEN = '<importEntry>';
const CLOSE = '</importEntry>';
const NAME = /^[A-Za-z]+$/;

/** The text of an element, empty when there is none; null when it holds others, or stands there twice. */
function textOf(parsed: Parsed, name: string): string | null {
  const value = Object.hasOwn(parsed, name) ? parsed[name] : '';
  return typeof value === 'string' ? value : null;
}

function objectIn(value: unknown, name: string): Parsed | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const found = (value as Parsed)[name]; // an object with that key
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Parsed) : null;
}

/** Of the line as a whole: parts have no place in a line. */
function sectionIn(parsed: Parsed, { decimals, amount }: Draft): string | null {
  const share = objectIn(objectIn(parsed, 'importAnalyticalEntries'), 'importAnalyticalEntry');
  if (share === null) return null;
  const minor = (name: string) => minorOf(textOf(share, name) || '0', decimals) ?? 0n;
  return minor('debit') - minor('credit') === amount ? textOf(share, 'axis1') || null : null;
}
