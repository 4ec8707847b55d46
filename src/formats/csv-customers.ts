import type { CustomerRecord } from '../core/customer-record.ts';
import { encodeRecord } from './encode.ts';
import type { CustomerReadBack, CustomersFormat } from './format.ts';
import { headOfTable, readRows, rowReader, rowWriter, type TableFormat } from './table.ts';

type CustomerColumn =
  | 'Code'
  | 'Numéro de compte'
  | 'Compte Client'
  | 'Intitulé'
  | 'Prénom'
  | 'Nom'
  | 'Société'
  | 'Adresse 1'
  | 'Adresse 2'
  | 'Adresse 3'
  | 'Code postal'
  | 'Ville'
  | 'Région'
  | 'Pays'
  | 'N° TVA'
  | 'N° SIREN'
  | 'E-mail'
  | 'Téléphone';

/** Lines of an address beyond the third stand in it. */
const ADDRESS_LINES = 3;

/** Written like the list of entries; a row per customer with a code of his own. */
const table: TableFormat<CustomerColumn, CustomerRecord> = {
  rules: { charset: 'utf-8' },
  separator: ';',
  newline: '\r\n',
  bom: true,
  quotes: true,
  neutralised: true,
  columns: [
    { name: 'Code', field: 'customer', fit: 'code', required: true, value: ({ code }) => code },
    { name: 'Numéro de compte', field: 'account', fit: 'code', required: true, value: ({ account }) => account },
    { name: 'Compte Client', field: 'thirdParty', fit: 'code', value: ({ thirdParty }) => thirdParty },
    { name: 'Intitulé', fit: 'text', value: ({ name }) => name },
    { name: 'Prénom', fit: 'text', value: ({ firstName }) => firstName },
    { name: 'Nom', fit: 'text', value: ({ lastName }) => lastName },
    { name: 'Société', fit: 'text', value: ({ company }) => company },
    { name: 'Adresse 1', fit: 'text', value: ({ lines }) => lines[0] ?? '' },
    { name: 'Adresse 2', fit: 'text', value: ({ lines }) => lines[1] ?? '' },
    { name: 'Adresse 3', fit: 'text', value: ({ lines }) => lines.slice(ADDRESS_LINES - 1).join(', ') },
    { name: 'Code postal', fit: 'text', value: ({ postcode }) => postcode },
    { name: 'Ville', fit: 'text', value: ({ city }) => city },
    { name: 'Région', fit: 'text', value: ({ region }) => region },
    { name: 'Pays', fit: 'text', value: ({ country }) => country },
    { name: 'N° TVA', fit: 'text', value: ({ vatNumber }) => vatNumber },
    { name: 'N° SIREN', fit: 'text', value: ({ registrationNumber }) => registrationNumber },
    { name: 'E-mail', fit: 'text', value: ({ email }) => email },
    { name: 'Téléphone', fit: 'text', value: ({ phone }) => phone },
  ],
};

const write = rowWriter(table);
const read = rowReader(table);

export const csvCustomers: CustomersFormat = {
  lists: () => true,
  fields: table.columns,
  foot: Buffer.alloc(0),
  second: [],
  head: () => headOfTable(table),
  encode: (customer) => encodeRecord(table.rules.charset, (notes) => write(customer, notes)),
  read: (bytes) => readRows(table, bytes, { header: 'the names of the columns', lineOf }),
};

function lineOf(text: string, lineNumber: number): CustomerReadBack {
  const row = read(text);
  if (row !== null) return { type: 'customer', code: row('Code') };
  const expected = `${table.columns.length} cells`;
  return { type: 'fault', lineNumber, column: null, expected, found: text.slice(0, 80) };
}
