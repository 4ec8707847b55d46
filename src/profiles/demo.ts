import type { ProfileInput } from './profile.ts';
import { template } from './templates.ts';

/** A profile that exists everywhere and whose shop Comptoir runs by itself, from recorded answers of a real shop. */
export type Demo = {
  readonly id: string;
  readonly shop: string;
  /** Proper names: the same in every language. */
  readonly title: string;
  /** Orders the recorded shop holds, whatever their status. */
  readonly orders: number;
  readonly profile: () => ProfileInput;
};

export const DEMOS: readonly Demo[] = [
  {
    id: 'demo-woocommerce',
    shop: 'woocommerce',
    title: 'WooCommerce 9.9',
    orders: 40,
    profile: () =>
      demoProfile('Démonstration WooCommerce', 'woocommerce', {
        payments: [
          { item: 'stripe', bank: '517200' },
          { item: 'ppcp-gateway', bank: '517100' },
          ...['bacs', 'cheque', 'cod', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: ['Emballage cadeau'], // WooCommerce has no wrapping of its own: it is a fee
      }),
  },
  {
    id: 'demo-shopify',
    shop: 'shopify',
    title: 'Shopify 2026-10',
    orders: 30,
    profile: () =>
      demoProfile('Démonstration Shopify', 'shopify', {
        payments: [
          { item: 'shopify_payments', bank: '517200' },
          { item: 'paypal', bank: '517100' },
          { item: 'cash', bank: '531000' },
          { item: 'gift_card', bank: '419800' },
          { item: 'shopify_store_credit', bank: '419810' },
          ...['manual', 'Virement bancaire', 'marketplace_pay', 'bogus', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: [],
        otherLines: [
          { item: 'giftCard', withVat: '419800', withoutVat: '419800' },
          { item: 'storeCredit', withVat: '419810', withoutVat: '419810' },
          { item: 'tip', withVat: '708820', withoutVat: '708820' },
          { item: 'duty', withVat: '708830', withoutVat: '708830' },
        ],
        accounts: {
          '419800': 'Cartes cadeaux',
          '419810': 'Avoirs à valoir des clients',
          '531000': 'Caisse',
          '708820': 'Pourboires',
          '708830': 'Droits de douane refacturés',
        },
      }),
  },
  {
    id: 'demo-prestashop',
    shop: 'prestashop',
    title: 'PrestaShop 9.1',
    orders: 43,
    profile: () =>
      demoProfile('Démonstration PrestaShop', 'prestashop', {
        payments: [
          { item: 'stripe_official', bank: '517200' },
          { item: 'paypal', bank: '517100' },
          // A second payment is known by its label alone: `Chèque` on an order paid by card first.
          ...['ps_wirepayment', 'ps_checkpayment', 'Chèque', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: [],
      }),
  },
  {
    id: 'demo-prestashop-1.6',
    shop: 'prestashop',
    title: 'PrestaShop 1.6',
    orders: 16,
    profile: () =>
      demoProfile('Démonstration PrestaShop 1.6', 'prestashop', {
        payments: [
          { item: 'stripe_official', bank: '517200' },
          { item: 'paypal', bank: '517100' },
          ...['bankwire', 'cheque', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: [],
      }),
  },
  {
    id: 'demo-magento',
    shop: 'magento',
    title: 'Magento 2.4',
    orders: 33,
    profile: () =>
      demoProfile('Démonstration Magento', 'magento', {
        payments: [
          { item: 'stripe_payments', bank: '517200' },
          { item: 'paypal_express', bank: '517100' },
          // What the shop owed is no money that came in: it is taken off the debt it was.
          { item: 'giftcardaccount', bank: '419700' },
          ...['customerbalance', 'reward'].map((item) => ({ item, bank: '419800' })),
          ...['banktransfer', 'checkmo', 'free', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: [],
        otherLines: [
          { item: 'giftCard', withVat: '419700', withoutVat: '419700' },
          { item: 'storeCredit', withVat: '419800', withoutVat: '419800' },
          { item: 'ecotax', withVat: '707300', withoutVat: '707310' },
        ],
        accounts: {
          '419700': 'Clients, cartes cadeaux à servir',
          '419800': 'Clients, avoirs et points à servir',
          '707300': 'Éco-participations avec TVA',
          '707310': 'Éco-participations sans TVA',
        },
      }),
  },
];

/** Foreign VAT that the demo shops list, an account each: the first ones are met in the recorded orders. */
const FOREIGN_VAT: readonly string[] = [
  ...['DE 19', 'DE 7', 'BE 21', 'BE 12', 'BE 6', 'ES 21', 'ES 10', 'ES 4', 'IT 22', 'LU 17', 'NL 21', 'PT 23'],
  ...['CZ 21', 'DK 25', 'EE 24', 'FI 25.5', 'FI 24', 'GR 24', 'GR 23', 'HR 25', 'HU 27', 'IE 23', 'LT 21', 'LV 21'],
  ...['MT 18', 'PL 23', 'RO 24', 'SE 25', 'SI 22', 'SK 23', 'GB 20'],
];
const FIRST_FOREIGN_ACCOUNT = 445721;

const TAXES: readonly Tax[] = [
  ...FOREIGN_VAT.map((vat, place) => {
    const [country = '', rate = ''] = vat.split(' ');
    const name = `TVA collectée OSS ${country} ${rate} %`;
    return { country, rate, account: String(FIRST_FOREIGN_ACCOUNT + place), name };
  }),
  { country: 'RE', rate: '8.5', account: '445715', name: 'TVA collectée La Réunion 8,5 %' },
  { country: 'FR', rate: '1.2', account: '447000', name: 'Contribution sur les boissons sucrées' },
];

type Tax = { readonly country: string; readonly rate: string; readonly account: string; readonly name: string };

function demoProfile(
  name: string,
  shop: string,
  facts: {
    readonly payments: readonly { readonly item: string; readonly bank?: string }[];
    readonly wrappingNames: string[];
    readonly otherLines?: readonly { readonly item: string; readonly withVat: string; readonly withoutVat: string }[];
    readonly accounts?: Readonly<Record<string, string>>;
  },
): ProfileInput {
  const { chart, customers, mappings, advanced } = template('france');
  return {
    name,
    shop: { type: shop },
    ledger: { type: 'sage-pnm', companyName: 'Comptoir Démo SARL' },
    chart: {
      ...chart,
      accounts: {
        ...chart?.accounts,
        ...facts.accounts,
        ...Object.fromEntries(TAXES.map(({ account, name: named }) => [account, named])),
        '517100': 'PayPal',
        '517200': 'Stripe',
        '656000': 'Pertes de change sur créances et dettes commerciales',
        '756000': 'Gains de change sur créances et dettes commerciales',
      },
    },
    customers,
    mappings: {
      ...mappings,
      taxes: {
        ...mappings?.taxes,
        exceptions: [
          ...(mappings?.taxes?.exceptions ?? []),
          ...TAXES.map(({ country, rate, account }) => ({ country, item: `${rate}%`, account })),
        ],
      },
      otherLines: {
        ...mappings?.otherLines,
        exceptions: [...(mappings?.otherLines?.exceptions ?? []), ...(facts.otherLines ?? [])],
      },
      payments: { ...mappings?.payments, exceptions: facts.payments.map((row) => ({ ...row, create: true })) },
      currencies: {
        exceptions: ['USD', 'GBP'].map((item) => ({ item, adjustmentExpense: '656000', adjustmentIncome: '756000' })),
      },
    },
    // Fixed days: the recorded orders do not move with the clock.
    import: { defaultPeriod: 'custom', from: '2026-08-01', to: '2026-11-30' },
    reading: { wrappingNames: facts.wrappingNames },
    advanced,
  };
}
