import type { CustomerList } from './customer-list.ts';
import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import type { Charset } from './text.ts';

/**
 * Ciel Compta, Sage 50 and 50c: XIMPORT.TXT, records of 142 columns. One account column: the third party stands there
 * for its collective account. The name in columns 104-137 is what the program calls an account that it has to create.
 */
export const cielXimport = layoutFormat({
  id: 'ciel-ximport',
  name: 'Ciel XIMPORT',
  vendor: 'Ciel, Sage 50',
  extension: 'txt',
  confidence: 4,
  checkedAgainst: 'four published descriptions, which differ on the decimal sign and the padding of the amount',
  appends: false, // the number of an entry is all that keeps its lines together, and ours start again in each import
  options: {
    decimal: choice('.', ','),
    padding: choice('space', 'zero'),
    charset: choice('windows-1252', 'cp850'),
  },
  customers: ({ charset }) => assistant(charset),
  layout: ({ decimal, padding, charset }) => ({
    charset,
    newline: '\r\n',
    shape: { is: 'fixed', length: 142 },
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'n° de mouvement',   from:   1, width:  5, is: 'number', justify: 'right' },
        { name: 'journal',           from:   6, width:  2, is: 'journal' },
        { name: 'date',              from:   8, width:  8, is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'échéance',          from:  16, width:  8, is: 'dueDate', pattern: 'AAAAMMJJ', everyLine: true },
        { name: 'n° de pièce',       from:  24, width: 12, is: 'piece' },
        { name: 'compte',            from:  36, width: 11, is: 'anyAccount' },
        { name: 'libellé',           from:  47, width: 25, is: 'label' },
        { name: 'montant',           from:  72, width: 13, is: 'amount', point: decimal, justify: 'right', padding: padding === 'zero' ? '0' : ' ' },
        { name: 'sens',              from:  85, width:  1, is: 'side', debit: 'D', credit: 'C' },
        { name: 'n° de pointage',    from:  86, width: 12, is: 'constant', text: '' },
        { name: 'code analytique',   from:  98, width:  6, is: 'section' },
        { name: 'libellé du compte', from: 104, width: 34, is: 'accountName' },
        { name: 'monnaie',           from: 138, width:  1, is: 'constant', text: 'O' }, // the letter: euro
        { name: 'version',           from: 139, width:  4, is: 'constant', text: '2003' },
      ],
    },
  }),
});

/** No layout of customers is published: a table with names of columns, for the program's import assistant. */
function assistant(charset: Charset): CustomerList {
  const fields: CustomerList['fields'] = [
    { name: 'Code', width: 11, holds: 'code' },
    { name: 'Nom', holds: 'name' },
    { name: 'Société', holds: 'company' },
    { name: 'Adresse 1', holds: 'address1' },
    { name: 'Adresse 2', holds: 'address2AndOn' },
    { name: 'Code postal', holds: 'postcode' },
    { name: 'Ville', holds: 'city' },
    { name: 'Pays', holds: 'country' },
    { name: 'Téléphone', holds: 'phone' },
    { name: 'E-mail', holds: 'email' },
    { name: 'N° de TVA', holds: 'vatNumber' },
  ];
  return {
    charset,
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'none' },
    head: () => [fields.map(({ name }) => name).join('\t')],
    passed: /^Code\tNom\t/,
    fields,
  };
}
