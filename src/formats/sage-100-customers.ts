import type { CustomerField, CustomerList } from './customer-list.ts';
import type { Charset } from './text.ts';

/**
 * Sage 100, tagged "format Sage": `#MPCT`, a customer of 133 fields, then the account attached to it. Most fields are
 * settings that a new customer has as Sage itself writes them; a file overwrites the customer that has its code.
 */
export function sage100Customers(charset: Charset): CustomerList {
  return {
    charset,
    newline: '\r\n',
    shape: { is: 'tagged' },
    tag: '#MPCT',
    only: 'thirdParties',
    forbidden: /^[# ]+/, // a line that starts so could be a tag
    head: ({ booksCurrency }) => ['#FLG 000', '#VER 31', `#DEV ${booksCurrency}`],
    foot: ['#FIN'],
    passed: /^#(?:FLG|VER|DEV|FIN)\b/,
    fields: FIELDS,
  };
}

// biome-ignore format: a table reads by its columns.
const FIELDS: readonly CustomerField[] = [
  /*   1 */ { name: 'numéro de compte', width: 17, holds: 'code' },
  /*   2 */ { name: 'intitulé', width: 69, holds: 'name' },
  /*   3 */ { name: 'type', holds: '0' }, // customer
  /*   4 */ { name: 'compte collectif', width: 13, holds: 'account' },
  /*   5 */ { name: 'qualité', holds: '' },
  /*   6 */ { name: 'abrégé', width: 17, holds: 'capitalName' },
  /*   7 */ { name: 'contact', width: 35, holds: 'contact' },
  /*   8 */ { name: 'adresse', width: 35, holds: 'address1' },
  /*   9 */ { name: 'complément', width: 35, holds: 'address2AndOn' },
  /*  10 */ { name: 'code postal', width: 9, holds: 'postcode' },
  /*  11 */ { name: 'ville', width: 35, holds: 'city' },
  /*  12 */ { name: 'région', width: 25, holds: 'region' },
  /*  13 */ { name: 'pays', width: 35, holds: 'countryName' },
  /*  14 */ { name: 'raccourci', holds: '' },
  /*  15 */ { name: 'n° de devise', holds: '0' },
  /*  16 */ { name: 'APE', holds: '' },
  /*  17 */ { name: 'n° de TVA', width: 25, holds: 'vatNumber' },
  /*  18 */ { name: 'SIRET', width: 14, holds: 'registrationNumber' },
  ...settings(19, Array<string>(11).fill('')), // statistics, comment
  ...settings(30, ['0,00', '0,00']),
  /*  32 */ { name: 'tiers payeur', width: 17, holds: 'code' },
  ...settings(33, ['1', '1', '0,0000', '0,0000', '0,0000', '0,0000', '1', '1', '1', '0', '0', '', '1', '1', '1', '1', '0', '0', '0']),
  ...settings(52, ['', '0', '0', '']), // date of creation, analytic section
  /*  56 */ { name: 'téléphone', width: 21, holds: 'phone' },
  /*  57 */ { name: 'télécopie', holds: '' },
  /*  58 */ { name: 'e-mail', width: 69, holds: 'email' },
  /*  59 */ { name: 'site', holds: '' },
  ...settings(60, ['', '0', '', '', '', '0,0000', '0,0000']),
  ...settings(67, ['0', '', '0', '', '', '', '', '', '0', '0', '', '0', '0']),
  ...settings(80, ['', '0', '', '', '', '0', '', '', '', '', '', '0', '0']),
  ...settings(93, ['', '', '0', '', '', '0', '0', '', '0']),
  ...settings(102, ['1', '', '0', '0', '0', '', '1', '', '', '0']),
  ...settings(112, ['1', '1', '1', '1', '1', '0', '0', '1', '1', '1', '1', '1', '0', '0']),
  /* 126 */ { name: 'calendrier', holds: 'Calendrier standard' },
  ...settings(127, ['0', '0', '', '0', '0', '0', '']),
  /* 134 */ { name: 'compte rattaché', width: 13, holds: 'account' },
];

function settings(first: number, values: readonly string[]): readonly CustomerField[] {
  return values.map((holds, index) => ({ name: `champ ${first + index}`, holds }));
}
