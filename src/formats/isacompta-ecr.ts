import type { Day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import type { CustomerList } from './customer-list.ts';
import { inCurrency, inCurrencyRead } from './extra-values.ts';
import { fiscalYearOf } from './fiscal-year.ts';
import type { Contents, FormatContext } from './format.ts';
import { layoutFormat } from './layout.ts';
import { integer, words } from './options.ts';
import { placed } from './records.ts';
import { type Draft, pointed, type Row } from './values.ts';

/**
 * Agiris Isacompta, ECR: the head names version, dossier and fiscal year; each entry is an `ECR` record, then an `MVT` per
 * line, followed by its due date (`ECHMVT`) and section (`ANAMVT`). Codes and texts are right-justified, as the program's
 * own exports have them. One account column: the third party stands there for its collective account.
 */
export const isacomptaEcr = layoutFormat({
  id: 'isacompta-ecr',
  name: 'Isacompta ECR',
  vendor: 'Agiris',
  extension: 'ecr',
  confidence: 4,
  checkedAgainst: 'two real exports, described record by record, and three programs',
  oneFiscalYear: true,
  options: {
    /** Number of the dossier. */
    dossier: words(8, ''),
    /** Month whose first day starts the fiscal year. */
    fiscalYearMonth: integer(1, 12, 1),
  },
  customers: ({ dossier, fiscalYearMonth }) => accounts(dossier, fiscalYearMonth),
  layout: ({ dossier, fiscalYearMonth }) => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 296 },
    head: (context, contents) => headOf(context, contents, dossier, fiscalYearMonth),
    passed: /^(?:VER|DOS|EXO|CPT|TIERS|TVA|JOU)/,
    // biome-ignore format: a table reads by its columns.
    entry: {
      mark: /^ECR/,
      fields: [
        { name: 'type',            from:   1, width:  6, is: 'constant', text: 'ECR' },
        { name: 'journal',         from:   7, width:  2, is: 'journal' },
        { name: 'date',            from:   9, width:  8, is: 'date', pattern: 'JJMMAAAA' },
        { name: 'pièce',           from:  17, width:  8, is: 'number', justify: 'right' },
        { name: 'libellé',         from:  25, width: 30, is: 'label' },
        { name: 'non modifiable',  from:  92, width:  1, is: 'constant', text: '0' },
        { name: 'à supprimer',     from: 120, width:  1, is: 'constant', text: '0' },
        { name: 'devise',          from: 121, width:  3, is: 'booksCurrency' },
        { name: 'indicateur',      from: 126, width:  1, is: 'constant', text: '0' },
        { name: 'commentaire',     from: 137, width:  1, is: 'constant', text: '0' },
        { name: 'type de pièce',   from: 187, width:  2, is: 'kind', sale: 'fa', creditNote: 're', payment: '' },
        { name: 'n° de facture',   from: 272, width: 15, is: 'piece', justify: 'right' },
      ],
    },
    // biome-ignore format: a table reads by its columns.
    line: {
      length: 249,
      least: 133,
      fields: [
        { name: 'type',            from:   1, width:  6, is: 'constant', text: 'MVT' },
        { name: 'compte',          from:   7, width: 10, is: 'anyAccount', justify: 'right' },
        { name: 'libellé',         from:  17, width: 30, is: 'label', justify: 'right' },
        { name: 'débit',           from:  47, width: 13, is: 'debit', point: '.', zero: '', justify: 'right' },
        { name: 'crédit',          from:  60, width: 13, is: 'credit', point: '.', zero: '', justify: 'right' },
        { name: 'quantité 1',      from:  73, width: 11, is: 'constant', text: '0', justify: 'right' },
        { name: 'quantité 2',      from:  84, width: 11, is: 'constant', text: '0', justify: 'right' },
        { name: 'lettrage',        from: 107, width:  1, is: 'constant', text: '0' },
        { name: 'a des échéances', from: 123, width:  1, is: 'own', write: ({ entry, line }) => (line.thirdParty !== null && entry.kind === 'sale' ? '1' : '0') },
        { name: 'devise',          from: 225, width:  3, is: 'foreignCurrency', none: '' },
        { name: 'débit en devise', from: 228, width: 11, is: 'own', write: (row) => inCurrencyOn('debit', row), read: inCurrencyRead, justify: 'right' },
        { name: 'crédit en devise', from: 239, width: 11, is: 'own', write: (row) => inCurrencyOn('credit', row), read: inCurrencyRead, justify: 'right' },
      ],
    },
    // biome-ignore format: a table reads by its columns.
    dueDate: {
      mark: /^ECHMVT/,
      length: 41,
      fields: [
        { name: 'type',     from:  1, width:  6, is: 'constant', text: 'ECHMVT' },
        { name: 'montant',  from:  7, width: 13, is: 'own', justify: 'right', write: ({ line }) => pointed(line, '.') },
        { name: 'taux',     from: 20, width: 10, is: 'constant', text: '100', justify: 'right' },
        { name: 'échéance', from: 30, width:  8, is: 'dueDate', pattern: 'JJMMAAAA' },
        { name: 'bloqué',   from: 40, width:  1, is: 'constant', text: '0' },
        { name: 'payé',     from: 41, width:  1, is: 'constant', text: '0' },
      ],
    },
    // biome-ignore format: a table reads by its columns.
    section: {
      mark: /^ANAMVT/,
      length: 65,
      fields: [
        { name: 'type',        from:  1, width:  6, is: 'constant', text: 'ANAMVT' },
        { name: 'activité',    from:  7, width:  6, is: 'section' },
        { name: 'pourcentage', from: 55, width: 10, is: 'own', justify: 'right', write: () => '100', read: wholeOnly },
        { name: 'prorata',     from: 65, width:  1, is: 'constant', text: '0' },
      ],
    },
  }),
});

/** Parts of a line have no place in a line. */
function wholeOnly(text: string, draft: Draft): null {
  if (!/^100(?:\.0+)?$/.test(text)) draft.section = null;
  return null;
}

/**
 * `CPT` and `TIERS` records, an account and who it is of, in a file of the same head that lets accounts be made. The places
 * are those of a published description; flags of an account are those of an auxiliary account in a real export.
 */
function accounts(dossier: string, fiscalYearMonth: number): CustomerList {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 292 },
    least: 201,
    head: (context, _stamp, from) => opening(context, fiscalYearOf(from, fiscalYearMonth), dossier, '0100'),
    passed: /^(?:VER|DOS|EXO|TIERS)/,
    // biome-ignore format: a table reads by its columns.
    fields: [
      { name: 'type',                      from:   1, width:  6, holds: 'CPT' },
      { name: 'compte',                    from:   7, width: 10, holds: 'code', justify: 'right' },
      { name: 'libellé',                   from:  17, width: 30, holds: 'name', justify: 'right' },
      { name: 'numéro autorisé',           from:  83, width:  1, holds: '0' },
      { name: 'type de compte',            from:  87, width:  2, holds: 'accountType' },
      { name: 'centralisé',                from: 116, width:  1, holds: '0' },
      { name: 'sens de saisie',            from: 117, width:  2, holds: 'in' },
      { name: 'TVA autorisée',             from: 121, width:  1, holds: '0' },
      { name: 'compte de regroupement',    from: 122, width: 10, holds: 'account', justify: 'right' },
      { name: 'lettrable',                 from: 152, width:  1, holds: '1' },
      { name: 'détail des à-nouveaux',     from: 153, width:  1, holds: '1' },
      { name: 'pointable',                 from: 154, width:  1, holds: '0' },
      { name: 'libellé du mouvement',      from: 155, width: 30, holds: 'name', justify: 'right' },
      { name: "nombre d'activités",        from: 185, width:  4, holds: '0', justify: 'right' },
      { name: 'affichages et affectation', from: 192, width: 10, holds: '0000010000' },
    ],
    second: {
      length: 740,
      // biome-ignore format: a table reads by its columns.
      fields: [
        { name: 'type',            from:   1, width:  6, holds: 'TIERS' },
        { name: 'identifiant 1',   from:   7, width: 30, holds: 'name' },
        { name: 'identifiant 2',   from:  37, width: 30, holds: 'contact' },
        { name: 'adresse 1',       from:  67, width: 30, holds: 'address1' },
        { name: 'adresse 2',       from:  97, width: 30, holds: 'address2' },
        { name: 'pays',            from: 127, width:  5, holds: 'country' },
        { name: 'code postal',     from: 132, width:  8, holds: 'postcode' },
        { name: 'commune',         from: 140, width: 30, holds: 'city' },
        { name: 'téléphone',       from: 170, width: 17, holds: 'phone' },
        { name: 'n° de TVA',       from: 204, width: 14, holds: 'vatNumber' },
        { name: 'Siret',           from: 362, width: 20, holds: 'registrationNumber' },
        { name: 'région',          from: 382, width: 30, holds: 'region' },
        { name: 'adresse 3',       from: 412, width: 30, holds: 'address3AndOn' },
      ],
    },
  };
}

function headOf(context: FormatContext, { from, to }: Contents, dossier: string, month: number) {
  const year = fiscalYearOf(from, month);
  if (to > year.to) throw new Failure('delivery.fiscal-years', { from, to });
  return opening(context, year, dossier, '');
}

/** `updates`: which of analytics, accounts, journals and VAT codes the program may make from the file, 1 or 0 each. */
function opening(
  { companyName, booksCurrency }: FormatContext,
  year: ReturnType<typeof fiscalYearOf>,
  dossier: string,
  updates: string,
): readonly string[] {
  const part = (at: number, width: number, text: string) => ({ from: at, width, text });
  const folder = [part(1, 6, 'DOS'), part(7, 8, dossier), part(15, 30, companyName)];
  return [
    placed('windows-1252', 49, [part(1, 6, 'VER'), part(7, 12, '020000000000'), part(41, 9, 'COMPTOIR0')]),
    updates === '' ? placed('windows-1252', 44, folder) : placed('windows-1252', 56, [...folder, part(53, 4, updates)]),
    placed('windows-1252', 38, [
      part(1, 6, 'EXO'),
      part(7, 16, compact(year.from) + compact(year.to)),
      part(36, 3, booksCurrency),
    ]),
  ];
}

function inCurrencyOn(side: 'debit' | 'credit', { line }: Row): string {
  return line.amount.minor > 0n === (side === 'debit') ? inCurrency(line, '.') : '';
}

function compact(value: Day): string {
  return value.slice(8, 10) + value.slice(5, 7) + value.slice(0, 4);
}
