import { layoutFormat } from './layout.ts';

/**
 * Crésus Comptabilité: rows with tabs, no header, a debit and a credit account with `...` for the one that is none; the
 * number of the entry keeps its rows together. No journal. One account column: the third party stands there.
 */
export const cresus = layoutFormat({
  id: 'cresus',
  name: 'Crésus Comptabilité',
  vendor: 'Epsitec',
  extension: 'txt',
  confidence: 4,
  checkedAgainst: "the vendor's documentation of its import; `...` in an entry of several rows is from memory",
  order: 'number',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'none' },
    line: {
      fields: [
        { name: 'date', is: 'date', pattern: 'JJ.MM.AAAA' },
        { name: 'compte au débit', is: 'debitAccount', none: '...' },
        { name: 'compte au crédit', is: 'creditAccount', none: '...' },
        { name: 'pièce', is: 'piece' },
        { name: 'libellé', is: 'label' },
        { name: 'montant', is: 'amount', point: '.' },
        { name: 'montant en monnaie étrangère', is: 'amountInCurrency', point: '.', none: '0' },
        { name: 'cours', is: 'constant', text: '' },
        { name: "n° de l'écriture multiple", is: 'number' },
      ],
    },
  }),
});
