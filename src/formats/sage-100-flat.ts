import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import { sage100Customers } from './sage-100-customers.ts';
import type { Row } from './values.ts';

/**
 * Sage 100, tagged "format Sage": a line per field, `#MECG` for a line of an entry, `#MECA` for its analytic share. Written
 * as version 31 does. A payment mode is the ledger's number of it, 0 to 30; a currency too, 0 to 32.
 */
export const sage100Flat = layoutFormat({
  id: 'sage-100-flat',
  name: 'Sage 100 (format Sage)',
  vendor: 'Sage',
  extension: 'txt',
  confidence: 5,
  checkedAgainst: 'a published description whose author tried each block in Sage 100, and four programs',
  options: { labelLength: choice('35', '69'), charset: choice('cp850', 'windows-1252') },
  customers: ({ charset }) => sage100Customers(charset),
  layout: ({ labelLength, charset }) => ({
    charset,
    newline: '\r\n',
    shape: { is: 'tagged' },
    forbidden: /^[# ]+/, // a line that starts so could be a tag
    head: ({ booksCurrency }) => ['#FLG 000', '#VER 31', `#DEV ${booksCurrency}`],
    foot: ['#FIN'],
    // biome-ignore format: a table reads by its columns.
    line: {
      tag: '#MECG',
      blankAfter: 1,
      fields: [
        /*  1 */ { name: 'code journal', width: 6, is: 'journal' },
        /*  2 */ { name: 'date de pièce', is: 'date', pattern: 'JJMMAA' },
        /*  3 */ { name: 'date de saisie', is: 'own', write: ({ entry }) => shortDate(entry.date) },
        /*  4 */ { name: 'n° de pièce', width: 13, is: 'number' },
        /*  5 */ { name: 'n° de facture', width: 17, is: 'piece' },
        /*  6 */ { name: 'pièce de trésorerie', is: 'constant', text: '' },
        /*  7 */ { name: 'compte général', width: 13, is: 'account' },
        /*  8 */ { name: 'compte de contrepartie', is: 'constant', text: '' }, // else Sage would build that line too
        /*  9 */ { name: 'tiers', width: 17, is: 'thirdParty' },
        /* 10 */ { name: 'tiers de contrepartie', is: 'constant', text: '' },
        /* 11 */ { name: 'intitulé', width: Number(labelLength), is: 'label' },
        /* 12 */ { name: 'mode de règlement', is: 'own', write: modeOf },
        /* 13 */ { name: 'échéance', is: 'dueDate', pattern: 'JJMMAA' },
        /* 14 */ { name: 'parité', is: 'rate', point: ',', decimals: 6, none: '0,000000' },
        /* 15 */ { name: 'quantité', is: 'constant', text: '0,00' },
        /* 16 */ { name: 'n° de devise', width: 2, is: 'foreignCurrency', none: '0' },
        /* 17 */ { name: 'sens', is: 'side', debit: '0', credit: '1' },
        /* 18 */ { name: 'montant', width: 14, is: 'amount', point: ',' },
        /* 19 */ { name: 'lettrage', is: 'constant', text: '' },
        /* 20 */ { name: 'pointage', is: 'constant', text: '' },
        /* 21 */ { name: 'référence de rapprochement', is: 'constant', text: '' },
        /* 22 */ { name: 'nombre de rappels', is: 'constant', text: '0' },
        /* 23 */ { name: "type d'à-nouveau", is: 'constant', text: '0' },
        /* 24 */ { name: 'révision', is: 'constant', text: '0' },
        /* 25 */ { name: 'montant en devise', is: 'amountInCurrency', point: ',' },
        /* 26 */ { name: 'code taxe', width: 5, is: 'taxCode' },
        /* 27 */ { name: 'norme', is: 'constant', text: '0' },
        /* 28 */ { name: 'provenance', is: 'constant', text: '0' },
        /* 29 */ { name: 'type de pénalité', is: 'constant', text: '0' },
        /* 30 */ { name: 'date de pénalité', is: 'constant', text: '' },
        /* 31 */ { name: 'date de relance', is: 'constant', text: '' },
        /* 32 */ { name: 'date de rapprochement', is: 'constant', text: '' },
        /* 33 */ { name: 'référence', width: 17, is: 'reference' },
        /* 34 */ { name: 'statut de règlement', is: 'constant', text: '0' },
        /* 35 */ { name: 'montant réglé', is: 'constant', text: '0,00' },
        /* 36 */ { name: 'date de dernière opération', is: 'constant', text: '' },
        /* 37 */ { name: 'date de clôture', is: 'constant', text: '' },
        /* 38 */ { name: 'export de rapprochement', is: 'constant', text: '0' },
      ],
    },
    section: {
      tag: '#MECA',
      fields: [
        { name: 'n° de plan', is: 'own', write: ({ context }) => context.options.analyticPlan ?? '1' },
        { name: 'section', width: 13, is: 'section' },
        { name: 'montant', is: 'amount', point: ',' },
        { name: 'quantité', is: 'constant', text: '0,00' },
      ],
    },
  }),
});

function shortDate(day: string): string {
  return day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4);
}

/** The ledger's number of the payment mode; 0 is none, for codes that are no number. */
function modeOf({ line: { paymentMode, thirdParty } }: Row): string {
  return thirdParty !== null && paymentMode !== null && /^\d{1,2}$/.test(paymentMode) ? paymentMode : '0';
}
