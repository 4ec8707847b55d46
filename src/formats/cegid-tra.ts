import type { CustomerList } from './customer-list.ts';
import { firstOfTwo, foreignOf, inCurrency, secondOfTwo } from './extra-values.ts';
import type { Contents, FormatContext } from './format.ts';
import { layoutFormat } from './layout.ts';
import { choice, type OptionSpecs, words } from './options.ts';
import { type Field, placed } from './records.ts';
import { amountRead, pointed, type Row } from './values.ts';

/**
 * Cegid TRA: a header, a record of each journal, then a record per line; `A` records repeat a line with its section. The
 * extended form adds the VAT regime and code to lines that have a code. Positions and values are those of the vendor's
 * own description (version 11). An amount in currency stands first, that of the books after it.
 */
const OPTIONS = {
  product: choice('S5', 'S3', 'S1'),
  origin: choice('CLI', 'EXP'),
  axis: choice('A1', 'A2', 'A3', 'A4', 'A5'),
} as const satisfies OptionSpecs;

/** "None", in the vendor's dates. */
const NO_DAY = '01011900';

// biome-ignore format: a table reads by its columns.
const DATED: readonly Field[] = [
  { name: 'date de la référence externe', from: 258, width:  8, is: 'constant', text: NO_DAY },
  { name: 'date système',                 from: 266, width:  8, is: 'date', pattern: 'JJMMAAAA' },
  { name: 'écran-nouveau',                from: 302, width:  3, is: 'constant', text: 'N' },
];

const SHARED = {
  vendor: 'Cegid, and many that read its files',
  extension: 'tra',
  confidence: 5,
  checkedAgainst: "the vendor's own description and five programs, one with a real line of its export",
} as const;

export const cegidTraStd = layoutFormat({
  ...SHARED,
  id: 'cegid-tra-std',
  name: 'Cegid TRA',
  options: OPTIONS,
  customers: ({ product, origin }) => customersOf({ product, origin, form: 'STD' }),
  layout: ({ product, origin, axis }) => ({
    ...layoutOf({ product, origin, axis }, { form: 'STD', length: 222, line: [], section: [] }),
  }),
});

export const cegidTraEte = layoutFormat({
  ...SHARED,
  id: 'cegid-tra-ete',
  name: 'Cegid TRA étendu',
  options: { ...OPTIONS, vatRegime: words(3, '') },
  customers: ({ product, origin }) => customersOf({ product, origin, form: 'ETE' }),
  layout: ({ product, origin, axis, vatRegime }) =>
    layoutOf({ product, origin, axis }, { form: 'ETE', length: 1407, line: vatFields(vatRegime), section: DATED }),
});

type Chosen = { readonly product: string; readonly origin: string; readonly axis: string };
/** What the first line of a file says of it. */
type Kind = { readonly product: string; readonly origin: string; readonly form: 'STD' | 'ETE' };
type Form = {
  readonly form: 'STD' | 'ETE';
  readonly length: number;
  readonly line: readonly Field[];
  readonly section: readonly Field[];
};

// biome-ignore format: a table reads by its columns.
function vatFields(regime: string): readonly Field[] {
  return [
  ...DATED,
  { name: 'TVA encaissement', from:  386, width: 1, is: 'constant', text: '-' },
  { name: 'régime de TVA',    from:  387, width: 3, is: 'own', write: ({ line }) => (line.taxCode === null ? '' : regime) },
  { name: 'code de TVA',      from:  390, width: 3, is: 'taxCode' },
  { name: 'état de lettrage', from: 1021, width: 3, is: 'own', write: ({ line }) => (line.thirdParty === null ? 'RI' : 'AL') },
  { name: 'validé',           from: 1177, width: 1, is: 'constant', text: '-' },
  ];
}

function layoutOf({ product, origin, axis }: Chosen, { form, length, line, section }: Form) {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length },
    head: (context: FormatContext, contents: Contents) => [
      headOf(context, contents.stamp, { product, origin, form }),
      ...[...contents.journals.keys()].sort().map((journal) => journalOf(context, contents, journal)),
    ],
    passed: /^\*\*\*/,
    line: { fields: [...movement('X'), ...line] },
    section: { mark: /^.{30}A/, fields: [...movement('A', axis), ...section] },
  } as const;
}

/** A line (`X` with a third party, else blank), or its analytic share (`A`). */
// biome-ignore format: a table reads by its columns.
function movement(type: 'X' | 'A', axis = ''): readonly Field[] {
  const isLine = type === 'X';
  return [
    { name: 'journal',           from:   1, width:  3, is: 'journal' },
    { name: 'date comptable',    from:   4, width:  8, is: 'date', pattern: 'JJMMAAAA' },
    { name: 'nature',            from:  12, width:  2, is: 'kind', sale: 'FC', creditNote: 'AC', payment: 'RC' },
    { name: 'compte général',    from:  14, width: 17, is: 'account' },
    { name: 'type de ligne',     from:  31, width:  1, is: 'own', write: ({ line }) => (isLine && line.thirdParty === null ? '' : type) },
    { name: 'auxiliaire',        from:  32, width: 17, is: isLine ? 'thirdParty' : 'section' },
    { name: 'référence interne', from:  49, width: 35, is: 'piece' },
    { name: 'libellé',           from:  84, width: 35, is: 'label' },
    { name: 'mode de paiement',  from: 119, width:  3, is: 'paymentMode', on: 'thirdParty' },
    { name: 'échéance',          from: 122, width:  8, is: 'dueDate', pattern: 'JJMMAAAA' },
    { name: 'sens',              from: 130, width:  1, is: 'side', debit: 'D', credit: 'C' },
    { name: 'montant 1',         from: 131, width: 20, is: 'own', write: firstAmount, read: firstOfTwo(amountRead(',')), justify: 'right' },
    { name: "type d'écriture",   from: 151, width:  1, is: 'constant', text: 'N' },
    { name: 'n° de pièce',       from: 152, width:  8, is: 'number', justify: 'right' },
    { name: 'devise',            from: 160, width:  3, is: 'currency' },
    { name: 'taux',              from: 163, width: 10, is: 'own', write: ({ line }) => (foreignOf(line) === null ? '1,00000000' : '') },
    { name: 'code montant',      from: 173, width:  3, is: 'own', write: ({ line }) => (foreignOf(line) === null ? 'E--' : 'DE-') },
    { name: 'montant 2',         from: 176, width: 20, is: 'own', write: secondAmount, read: secondOfTwo(amountRead(',')), justify: 'right' },
    { name: 'axe',               from: 219, width:  2, is: 'constant', text: isLine ? '' : axis },
  ];
}

function firstAmount({ line }: Row): string {
  return inCurrency(line, ',') || pointed(line, ',');
}

/** That of the books, when the first is in currency. */
function secondAmount({ line }: Row): string {
  return foreignOf(line) === null ? '' : pointed(line, ',');
}

function headOf({ companyName }: FormatContext, stamp: string, { product, origin, form }: Kind): string {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)-(\d{4})/.exec(stamp) ?? [];
  const part = (from: number, width: number, text: string) => ({ from, width, text });
  return placed('windows-1252', 150, [
    part(1, 14, `***${product}${origin}JRL${form}`),
    part(18, 16, NO_DAY + NO_DAY), // change to the euro, periodic closing
    part(34, 3, '011'), // version of the layout
    part(42, 12, `${day}${month}${year}${time}`),
    part(54, 35, 'COMPTOIR'),
    part(89, 35, companyName),
    part(137, 14, `${NO_DAY}001---`),
  ]);
}

/** Journals of payments are banks, which have to name their account. */
function journalOf({ chart }: FormatContext, { journals }: Contents, journal: string): string {
  const { kind, bank } = journals.get(journal) ?? { kind: 'sale', bank: null };
  const nature = kind !== 'payment' ? 'VTE' : bank === null ? 'OD' : 'BQE';
  const name = Object.hasOwn(chart.journals, journal) ? (chart.journals[journal] ?? '') : '';
  return placed('windows-1252', 70, [
    { from: 1, width: 6, text: '***JAL' },
    { from: 7, width: 3, text: journal },
    { from: 10, width: 35, text: name || journal },
    { from: 45, width: 3, text: nature },
    { from: 54, width: 17, text: nature === 'BQE' ? (bank ?? '') : '' },
  ]);
}

/** `CAE` records: the third parties that a file of entries may name. */
function customersOf(kind: Kind): CustomerList {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 849 },
    least: 79,
    only: 'thirdParties',
    head: (context, stamp) => [headOf(context, stamp, kind)],
    passed: /^\*{3}(?!CAE)/,
    // biome-ignore format: a table reads by its columns.
    fields: [
      { name: 'type',          from:   1, width:  6, holds: '***CAE' },
      { name: 'code',          from:   7, width: 17, holds: 'code' },
      { name: 'libellé',       from:  24, width: 35, holds: 'name' },
      { name: 'nature',        from:  59, width:  3, holds: 'CLI' },
      { name: 'lettrable',     from:  62, width:  1, holds: 'X' },
      { name: 'collectif',     from:  63, width: 17, holds: 'account' },
      { name: 'adresse 1',     from: 267, width: 35, holds: 'address1' },
      { name: 'adresse 2',     from: 302, width: 35, holds: 'address2' },
      { name: 'adresse 3',     from: 337, width: 35, holds: 'address3AndOn' },
      { name: 'code postal',   from: 372, width:  9, holds: 'postcode' },
      { name: 'ville',         from: 381, width: 35, holds: 'city' },
      { name: 'téléphone',     from: 490, width: 25, holds: 'phone' },
      { name: 'n° de TVA',     from: 581, width: 17, holds: 'vatNumber' },
      { name: 'SIRET',         from: 598, width: 17, holds: 'registrationNumber' },
      { name: 'contact',       from: 620, width: 35, holds: 'contact' },
      { name: 'e-mail',        from: 800, width: 50, holds: 'email' },
    ],
  };
}
