import type { CustomerPlace, Format } from '../src/formats/format.ts';
import { formats } from '../src/formats/index.ts';
import { expectedOf, type OptionSpec, standardOf } from '../src/formats/options.ts';

/** docs/formats.md: what each format is, how sure, what it carries and holds, its options, and its fields. */

type Field = Format['records'][number]['fields'][number];

export function formatsPage(): string {
  const rows = formats.map((format) => [
    `[\`${format.id}\`](#${format.id})`,
    format.name,
    format.vendor,
    `.${format.extension}`,
    `${format.confidence}/5`,
    format.accounts === 'both' ? 'beside its account' : "in its account's place",
  ]);
  return `${HEAD}
${table(['id', 'name', 'vendor', 'file', 'sureness', 'third party'], rows)}

${formats.map(section).join('\n')}
${NOT_WRITTEN}
${READERS}`;
}

const HEAD = `# File formats

Written by \`tools/formats.ts\` from the declarations in \`src/formats\`; a test fails when it is out of date.

No file of ours has been imported into the programs themselves, except where a format says so. Sureness: 5, official text or
a vendor's own files or documentation and independent programs agree; 4, two or more independent sources; 3, one good source,
or two that differ on details; 2, one weak source. **Below 4: check with your accountant first.** What each can hold is asked
when a profile is saved; a code that is too long is refused, or given another for these files in \`ledger.translate\`. Options
are set in the profile under \`ledger.options\`, or with \`comptoir convert --option\`.
`;

const NOT_WRITTEN = `## Not written

| program | why |
| --- | --- |
| Exact Globe, *Financial entries CSV* | Its vendor's page describes columns 1 to 26 of 40, and no file of another program could be found to hold a guess against: a file with wrong columns would be posted wrong. Where such a file is known, [describe it](custom-format.md) |
| Exact Online | takes tables whose columns its user names: [describe them](custom-format.md) |
| Popsy (Allegro), Horus, Venice, Octopus, Expert/M Plus | no public description of a text file of entries was found |
`;

/** By hand: what a program can take, and its file of ours does not say, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'sage50-uk':
    'amounts in currency: its *Exchange Rate* is that of an amount in the currency of the customer’s own account, which no published example shows; it is always `1`, and amounts are those of the books',
  'winbooks-act':
    'the file of customers, `CSF.txt`: its program publishes rules for some of its values, but neither it nor the public writers of `ACT.txt` give the order of its columns',
};

/** By hand: how sure the file of customers is, where it is less so than the entries. */
const CUSTOMERS: Readonly<Record<string, string>> = {
  'isacompta-ecr':
    'an ECR file of its own. Sureness 3/5: `CPT` has the places and flags of an auxiliary account in a real export; `TIERS` has those of one published description (ECRStudio), no real file with such a record was found, and what it expects as a country is not said: have your accountant try it first',
};

/** By hand: what was run beside the project, on 24/11/2026. */
const READERS = `## Read by others

Programs of others that were run on our files, beside the project and not part of it, and where they differed.

| program | run on | what it said |
| --- | --- | --- |
| Test Compta Démat 1.00.10b, the administration's own checker (DGFiP, from its sources, its window and its PDF left out) | the FEC of the demo shop for August to November 2026 (258 lines), and the golden files of \`fec\`: sales, matched, in dollars | "apparaît conforme aux dispositions de l'article A.47 A-1", without a remark |
| the same | the 84 damaged files of \`src/formats/fec-check/check.test.ts\` | it refuses 25 and reads 10 no further; \`check-fec\` refuses each of these 35. Of the other 49, which it finds conforming, some with a remark, \`check-fec\` refuses 18 |
| hledger 1.25, ledger 3.3, beancount 2.3.5 | journals of \`hledger\` and \`beancount\`, in tests that run where they are installed | every balance as ours, to the cent |

Where \`check-fec\` refuses what Test Compta Démat lets pass: bytes of Windows-1252, or of two encodings; control characters; fields out of the law's order;
quotes around a field; a bar in a text; dates written day first or with dashes, and the 30th of February or a year before 1900 as \`PieceDate\`; an exponent in an amount;
entries and files that do not balance, and numbers that are missing, which the checker leaves to the person who reads the ledger. Both point out two sides on a line, none,
and accounts that do not start with three digits.
`;

function section(format: Format): string {
  const { id, name, confidence, checkedAgainst, newline, mediaType, order, appends, entriesEnd } = format;
  const facts = [
    ['checked against', `${checkedAgainst}${confidence < 4 ? '. **Check with your accountant first.**' : ''}`],
    ['bytes', `${mediaType.split('charset=')[1]}, ${newline === '\r\n' ? 'CRLF' : 'LF'}`],
    ['order', order === 'journal' ? 'journal by journal, by number within each' : 'by number'],
    ['an entry ends', entriesEnd === 'number' ? 'where its number does' : 'where it balances'],
    ['can be continued', appends ? 'yes' : 'no'],
    ...(format.rules === null ? [] : [['published rules', 'asked of each file before it is delivered']]),
    ['one fiscal year a file', format.oneFiscalYear ? 'yes' : 'no'],
    ['file of customers', format.customers === null ? 'no' : (CUSTOMERS[id] ?? 'yes')],
    ['carries', ['date', 'account', 'amount', ...format.carries].map(words).join(', ')],
    ['room', roomOf(format)],
    ...(format.accountSigns === 'digits'
      ? [['accounts', 'digits alone; others are refused, in the profile and document by document']]
      : []),
    ...(LEFT_OUT[id] === undefined ? [] : [['left out', LEFT_OUT[id]]]),
  ];
  const customers = [format.customers?.fields ?? [], format.customers?.second ?? []].filter(({ length }) => length > 0);
  const options = Object.entries(format.options).map(([option, spec]) => optionRow(option, spec));
  return `<a id="${id}"></a>

## ${name}

${table(['', `\`${id}\``], facts)}
${options.length === 0 ? '' : `\n${table(['option', 'values', 'when nothing is said'], options)}\n`}${format.records
  .map(
    ({ name: record, fields }) =>
      `\nRecord: ${record}\n\n${table(['place', 'field', 'holds'], fields.map(fieldRow))}\n`,
  )
  .join('')}${customers
  .map((fields, index) => {
    const record = index === 0 ? 'Record of a customer, in a file of its own' : 'Record that follows it';
    return `\n${record}\n\n${table(['place', 'field', 'room'], fields.map(customerRow))}\n`;
  })
  .join('')}`;
}

function customerRow({ name, from, width }: CustomerPlace, index: number): readonly string[] {
  const place = from === undefined ? String(index + 1) : `${from}-${from + (width ?? 1) - 1}`;
  return [place, name, width ? String(width) : ''];
}

function roomOf({ limits }: Format): string {
  const given = Object.entries(limits).filter(([name, width]) => width !== null && width > 0 && name !== 'decimals');
  return given.length === 0 ? 'any length' : given.map(([name, width]) => `${words(name)} ${width}`).join(', ');
}

function optionRow(name: string, spec: OptionSpec): readonly string[] {
  return [`\`${name}\``, expectedOf(spec), JSON.stringify(standardOf(spec))];
}

function fieldRow(field: Field, index: number): readonly string[] {
  const { name, from, width, justify, padding } = field;
  const place = from === undefined ? String(index + 1) : `${from}-${from + (width ?? 1) - 1}`;
  const room = from === undefined && width !== undefined ? `, at most ${width}` : '';
  const side = justify === 'right' ? `, to the right${padding === '0' ? ', zeros before' : ''}` : '';
  const on = field.on === 'thirdParty' ? ', on lines with a third party' : '';
  return [place, name, `${holds(field)}${room}${side}${field.quoted ? ', in quotes' : ''}${on}`];
}

function holds(field: Field): string {
  switch (field.is) {
    case 'constant':
      return field.text === '' ? 'nothing' : `\`${field.text}\``;
    case 'date':
    case 'documentDate':
    case 'dueDate':
      return `${words(field.is)} ${field.pattern}`;
    case 'amount':
    case 'debit':
    case 'credit':
    case 'amountInCurrency':
      return `${words(field.is)}${field.point === '' ? ' in cents' : `, decimal \`${field.point}\``}`;
    case 'side':
      return `\`${field.debit}\` debit, \`${field.credit}\` credit`;
    case 'kind':
      return `\`${field.sale}\` sale, \`${field.creditNote}\` credit note, \`${field.payment || ' '}\` payment`;
    case 'anyAccount':
      return 'third party, else account';
    case 'own':
      return 'see the declaration';
    default:
      return words(field.is);
  }
}

/** `taxCode` → `tax code`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
