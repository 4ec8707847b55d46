import type { CustomerField, CustomerList } from './customer-list.ts';
import { layoutFormat } from './layout.ts';
import type { Field } from './records.ts';

/**
 * LD Compta, entry lines (`E`): cells with semicolons, no header, under the vendor's own codes; 35 of them in version 9,
 * 37 in version 10. The number of an entry (NECR) is that of the whole entry, and so is its type.
 */
// biome-ignore format: a table reads by its columns.
const HEAD: readonly Field[] = [
  { name: 'type', is: 'constant', text: 'E' },
  { name: 'JNAL', width: 2, is: 'journal' },
  { name: 'NECR', is: 'number' },
  { name: 'NPIE', is: 'own', write: ({ entry }) => String(entry.number) },
  { name: 'DATP', is: 'date', pattern: 'AAAAMMJJ' },
  { name: 'LIBE', width: 25, is: 'label' },
  { name: 'DATH', is: 'dueDate', pattern: 'AAAAMMJJ' },
  { name: 'CNPI', is: 'kind', sale: 'FC', creditNote: 'AC', payment: '' },
  { name: 'RACI', is: 'constant', text: '' },
  { name: 'MONT', is: 'amount', point: ',' },
  { name: 'CODC', is: 'side', debit: 'D', credit: 'C' },
  { name: 'CPTG', is: 'account' },
  { name: 'DATE', is: 'date', pattern: 'AAAAMMJJ' },
  { name: 'CLET', is: 'constant', text: '' },
  { name: 'DATL', is: 'constant', text: '' },
  { name: 'CPTA', is: 'thirdParty' },
  { name: 'CNAT', is: 'constant', text: 'C', on: 'thirdParty' },
];

const TAIL_9: readonly Field[] = [
  { name: 'SECT', is: 'section' },
  ...empty('CTRE', 'NORL', 'DATV'),
  { name: 'REFD', is: 'piece' },
  ...empty('CODH', 'NSEQ'),
];

const TAIL_10: readonly Field[] = [
  ...empty('CTRE', 'NORL', 'DATV'),
  { name: 'REFD', is: 'piece' },
  { name: 'NECA', is: 'constant', text: '0' },
  { name: 'CSEC', is: 'section' },
  ...empty('CAFF', 'CDES', 'QTUE'),
];

const END: readonly Field[] = [
  { name: 'MTDV', is: 'amountInCurrency', point: ',', none: '0' },
  { name: 'CODV', is: 'foreignCurrency', none: '' },
  { name: 'TXDV', is: 'rate', point: ',', none: '0' },
  ...empty('MOPM', 'BONP', 'BQAF', 'ECES', 'TXTL', 'ECRM', 'DATK', 'HEUK'),
];

export const ldcompta9 = ldcompta('9');
export const ldcompta10 = ldcompta('10');

function ldcompta(version: '9' | '10') {
  return layoutFormat({
    id: `ldcompta-${version}`,
    name: `LD Compta, version ${version}`,
    vendor: 'LD Système',
    extension: 'txt',
    confidence: 3,
    checkedAgainst: "one published program that writes it, after the vendor's description",
    options: {},
    ...(version === '9' ? {} : { customers: thirdParties }),
    layout: () => ({
      charset: 'windows-1252',
      newline: '\r\n',
      shape: { is: 'table', separator: ';', quotes: 'none' },
      passed: /^C;/, // customers
      line: { fields: [...HEAD, ...(version === '9' ? TAIL_9 : TAIL_10), ...END] },
    }),
  });
}

function empty(...names: readonly string[]): readonly Field[] {
  return names.map((name) => ({ name, is: 'constant', text: '' }));
}

function none(...names: readonly string[]): readonly CustomerField[] {
  return names.map((name) => ({ name, holds: '' }));
}

/** Version 10: `C` lines, 48 cells. */
function thirdParties(): CustomerList {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    only: 'thirdParties',
    fields: [
      { name: 'type', holds: 'C' },
      { name: 'NOCL', holds: 'code' },
      ...none('NMCM'),
      { name: 'LIBI', width: 25, holds: 'name' },
      ...none('TITR'),
      { name: 'RSSO', width: 40, holds: 'name' },
      { name: 'CAD1', width: 40, holds: 'address1' },
      { name: 'CAD2', width: 40, holds: 'address2' },
      { name: 'CAD3', width: 40, holds: 'address3AndOn' },
      { name: 'COPO', holds: 'postcode' },
      { name: 'BUDI', width: 40, holds: 'city' },
      { name: 'CPAY', holds: 'country' },
      ...none('PAYS'),
      { name: 'NTEL', holds: 'phone' },
      ...none('TLEX', 'TLPO', 'TLCY', 'NINT', 'COMM'),
      { name: 'SIRE', holds: 'registrationNumber' },
      ...none(
        'RIBP',
        'DOBQ',
        'IBBQ',
        'COBQ',
        'GUBQ',
        'CPBQ',
        'CLBQ',
        'BIBQ',
        'MOPM',
        'DJPM',
        'DMPM',
        'REFM',
        'SLVA',
        'PLCR',
      ),
      ...none(
        'ECFI',
        'CREP',
        'NREP',
        'TREP',
        'MREP',
        'GRRE',
        'LTTA',
        'CACT',
        'CODV',
        'GRTR',
        'NOFP',
        'BQAF',
        'BONP',
        'CESC',
      ),
    ],
  };
}
