import { layoutFormat } from './layout.ts';

/**
 * Sage Coala: nine cells with semicolons, no header. Its import is set up by each firm, and the two programs that write it
 * differ: one has the collective account and the third party but no label, the other one account column and the label.
 */
export const coalaDolibarr = layoutFormat({
  id: 'coala-dolibarr',
  name: 'Sage Coala (collectif et tiers)',
  vendor: 'Sage',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'one published program that writes it; the import is set up to match',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'journal', is: 'journal' },
        { name: 'compte', is: 'account' },
        { name: 'n° de pièce', is: 'number' },
        { name: 'référence', is: 'piece' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
        { name: 'monnaie', is: 'constant', text: 'E' },
        { name: 'tiers', is: 'thirdParty' },
      ],
    },
  }),
});

export const coalaOpenflyers = layoutFormat({
  id: 'coala-openflyers',
  name: 'Sage Coala (un compte, libellé)',
  vendor: 'Sage',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'the documentation of one program that writes it; the import is set up to match',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'journal', is: 'journal' },
        { name: 'n° de pièce', is: 'number' },
        { name: 'compte', is: 'anyAccount' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
        { name: 'libellé', width: 50, is: 'label' },
        { name: 'référence', is: 'piece' },
        { name: 'monnaie', is: 'constant', text: 'E' },
      ],
    },
  }),
});
