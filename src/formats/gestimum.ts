import { layoutFormat } from './layout.ts';

/**
 * Gestimum Comptabilité: 17 cells with commas, texts in quotes, no header; `>` lines with the analytic share of the line
 * before. One account column: the third party stands there for its collective account. The analytic plan is the
 * profile's (`ledger.analyticPlan`).
 */
export const gestimum = layoutFormat({
  id: 'gestimum',
  name: 'Gestimum',
  vendor: 'Gestimum',
  extension: 'txt',
  confidence: 5,
  checkedAgainst: "the vendor's documentation of its import, with examples",
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ',', quotes: 'marked' },
    passed: /^E\d/, // due dates of a line, several of them
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'n° de ligne',              is: 'lineNumber' },
        { name: 'date',                     is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'journal',                  width: 10, is: 'journal' },
        { name: 'compte',                   width: 25, is: 'anyAccount' },
        { name: 'libellé automatique',      is: 'constant', text: '' },
        { name: 'libellé',                  width: 60, is: 'label', quoted: true },
        { name: 'n° de pièce',              width: 15, is: 'piece', quoted: true },
        { name: 'devise',                   width:  3, is: 'booksCurrency' },
        { name: 'montant',                  is: 'amount', point: '.' },
        { name: 'sens',                     is: 'side', debit: 'D', credit: 'C' },
        { name: 'lettrage',                 is: 'constant', text: '' },
        { name: 'échéance',                 is: 'dueDate', pattern: 'JJ/MM/AAAA' },
        { name: 'quantité',                 is: 'constant', text: '' },
        { name: 'mode de règlement',        width:  8, is: 'paymentMode', on: 'thirdParty' },
        { name: 'pièce complémentaire',     is: 'constant', text: '' },
        { name: 'référence',                width: 60, is: 'reference', quoted: true },
        { name: 'date de la pièce complémentaire', is: 'constant', text: '' },
      ],
    },
    section: {
      lead: '>',
      fields: [
        { name: 'plan', is: 'own', write: ({ context }) => context.options.analyticPlan ?? '1' },
        { name: 'section', width: 25, is: 'section' },
        { name: 'pourcentage', is: 'constant', text: '100' },
        { name: 'montant', is: 'amount', point: '.' },
        { name: 'pourcentage de la quantité', is: 'constant', text: '100' },
        { name: 'quantité', is: 'constant', text: '' },
      ],
    },
  }),
});
