import { layoutFormat } from './layout.ts';
import type { Field } from './records.ts';

/**
 * CEGI Compta First: a record of 96 columns per line; below it, after 83 blanks, its due date (`E`) or its section (`A`),
 * which it has never both. Amounts in cents. Third parties are written with their prefix (`C1` for customers).
 */
// biome-ignore format: a table reads by its columns.
const AMOUNT: readonly Field[] = [
  { name: 'montant', from: 84, width: 11, is: 'amount', point: '', justify: 'right' },
  { name: 'signe',   from: 95, width:  1, is: 'sign' },
  { name: 'sens',    from: 96, width:  1, is: 'side', debit: 'D', credit: 'C' },
];

export const cegiFirst = layoutFormat({
  id: 'cegi-first',
  name: 'CEGI Compta First',
  vendor: 'CEGI',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: "another vendor's description of the file it writes, whose example disagrees with its table",
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 149 },
    // biome-ignore format: a table reads by its columns.
    line: {
      length: 96,
      fields: [
        { name: 'compte',                 from:  1, width: 12, is: 'anyAccount' },
        { name: 'date',                   from: 13, width:  6, is: 'date', pattern: 'JJMMAA' },
        { name: 'n° de pièce',            from: 19, width: 12, is: 'piece' },
        { name: 'journal',                from: 31, width:  3, is: 'journal' },
        { name: 'libellé',                from: 34, width: 25, is: 'label' },
        { name: 'libellé complémentaire', from: 59, width: 25, is: 'constant', text: '' },
        ...AMOUNT,
      ],
    },
    // biome-ignore format: a table reads by its columns.
    dueDate: {
      mark: /^ {83}.{27}E/,
      length: 149,
      fields: [
        ...AMOUNT,
        { name: 'catégorie de tiers',    from: 110, width:  1, is: 'constant', text: '' },
        { name: 'type',                  from: 111, width:  1, is: 'constant', text: 'E' },
        { name: 'échéance',              from: 112, width:  6, is: 'dueDate', pattern: 'JJMMAA' },
        { name: 'journal de trésorerie', from: 118, width:  2, is: 'constant', text: '' },
        { name: 'mode de règlement',     from: 120, width:  1, is: 'constant', text: '' },
        { name: 'n° de facture',         from: 121, width: 29, is: 'piece' },
      ],
    },
    // biome-ignore format: a table reads by its columns.
    section: {
      mark: /^ {83}.{13}A/,
      length: 109,
      fields: [
        ...AMOUNT,
        { name: 'type',    from: 97, width:  1, is: 'constant', text: 'A' },
        { name: 'section', from: 98, width: 12, is: 'section' },
      ],
    },
  }),
});
