import type { Day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
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

function headOf({ companyName, booksCurrency }: FormatContext, { from, to }: Contents, dossier: string, month: number) {
  const year = fiscalYearOf(from, month);
  if (to > year.to) throw new Failure('delivery.fiscal-years', { from, to });
  const part = (at: number, width: number, text: string) => ({ from: at, width, text });
  return [
    placed('windows-1252', 49, [part(1, 6, 'VER'), part(7, 12, '020000000000'), part(41, 9, 'COMPTOIR0')]),
    placed('windows-1252', 44, [part(1, 6, 'DOS'), part(7, 8, dossier), part(15, 30, companyName)]),
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
