import { layoutFormat } from './layout.ts';

/** Cegid Expert: eight cells with semicolons, no header, side and amount. Collective account and third party. */
export const cegidCsv = layoutFormat({
  id: 'cegid-csv',
  name: 'Cegid CSV',
  vendor: 'Cegid',
  extension: 'csv',
  confidence: 3,
  checkedAgainst: 'two published programs that write it',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'date', is: 'date', pattern: 'JJMMAAAA' },
        { name: 'journal', is: 'journal' },
        { name: 'compte', is: 'account' },
        { name: 'auxiliaire', is: 'thirdParty' },
        { name: 'sens', is: 'side', debit: 'D', credit: 'C' },
        { name: 'montant', is: 'amount', point: ',' },
        { name: 'libellé', is: 'label' },
        { name: 'référence', is: 'piece' },
      ],
    },
  }),
});
