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
        oss: OSS,
        payments: [
          { item: 'stripe', bank: '517200' },
          { item: 'ppcp-gateway', bank: '517100' },
          ...['bacs', 'cheque', 'cod', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: ['Emballage cadeau'], // WooCommerce has no wrapping of its own: it is a fee
      }),
  },
  {
    id: 'demo-prestashop',
    shop: 'prestashop',
    title: 'PrestaShop 9.1',
    orders: 43,
    profile: () =>
      demoProfile('Démonstration PrestaShop', 'prestashop', {
        oss: OSS,
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
        oss: OSS.filter(({ country }) => country === 'DE'),
        payments: [
          { item: 'stripe_official', bank: '517200' },
          { item: 'paypal', bank: '517100' },
          ...['bankwire', 'cheque', 'N/A'].map((item) => ({ item })),
        ],
        wrappingNames: [],
      }),
  },
];

type Oss = { readonly country: string; readonly rate: string; readonly account: string };

/** One account per foreign country and rate met in the recorded orders. */
const OSS: readonly Oss[] = [
  { country: 'DE', rate: '19', account: '445721' },
  { country: 'DE', rate: '7', account: '445722' },
  { country: 'BE', rate: '21', account: '445723' },
  { country: 'BE', rate: '12', account: '445724' },
  { country: 'BE', rate: '6', account: '445725' },
];

function demoProfile(
  name: string,
  shop: string,
  facts: {
    readonly oss: readonly Oss[];
    readonly payments: readonly { readonly item: string; readonly bank?: string }[];
    readonly wrappingNames: string[];
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
        ...Object.fromEntries(
          facts.oss.map(({ country, rate, account }) => [account, `TVA collectée OSS ${country} ${rate} %`]),
        ),
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
          ...facts.oss.map(({ country, rate, account }) => ({ country, item: `${rate}%`, account })),
        ],
      },
      payments: { ...mappings?.payments, exceptions: facts.payments.map((row) => ({ ...row, create: true })) },
      currencies: {
        exceptions: [{ item: 'USD', adjustmentExpense: '656000', adjustmentIncome: '756000' }],
      },
    },
    // Fixed days: the recorded orders do not move with the clock.
    import: { defaultPeriod: 'custom', from: '2026-08-01', to: '2026-11-30' },
    reading: { wrappingNames: facts.wrappingNames },
    advanced,
  };
}
