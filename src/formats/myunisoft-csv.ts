import { layoutFormat } from './layout.ts';
import { words } from './options.ts';
import type { Field } from './records.ts';

/**
 * MyUnisoft, entries as a table: semicolons, a header of exact titles, a byte order mark. `axis` names the analytic axis
 * of the dossier that sections belong to, which adds its two columns; without it sections are not written.
 */
export const myunisoftCsv = layoutFormat({
  id: 'myunisoft-csv',
  name: 'MyUnisoft CSV',
  vendor: 'MyUnisoft',
  extension: 'csv',
  confidence: 4,
  checkedAgainst: "the vendor's model file and its description, which leave the decimal sign open",
  options: { axis: words(30, '') },
  layout: ({ axis }) => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'needed', header: true, bom: true },
    line: {
      fields: [
        { name: 'JournalCode', is: 'journal' },
        { name: 'EcritureDate', is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'CompteNum', is: 'account' },
        { name: 'EcritureLib', is: 'label' },
        { name: 'Piece 1', is: 'reference' },
        { name: 'Piece 2', width: 25, is: 'piece' },
        { name: 'Debit', is: 'debit', point: ',', zero: '' },
        { name: 'Credit', is: 'credit', point: ',', zero: '' },
        { name: 'Auxiliaire', is: 'thirdParty' },
        { name: 'DateEcheance', is: 'dueDate', pattern: 'AAAAMMJJ' },
        { name: 'LibelleCompte', is: 'accountName' },
        { name: 'CodeLettrage', width: 3, is: 'matchingCode' },
        ...(axis === '' ? [] : sectionOn(axis)),
      ],
    },
  }),
});

function sectionOn(axis: string): readonly Field[] {
  return [
    { name: `CODE SECTION SUR AXE #${axis.replaceAll(/[;"#]/g, ' ')}#`, is: 'section' },
    { name: 'LIBELLE SECTION', is: 'constant', text: '' },
  ];
}
