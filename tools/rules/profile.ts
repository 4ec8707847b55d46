import type { Day } from '../../src/core/calendar.ts';
import { day } from '../../src/core/calendar.ts';
import { type Profile, type ProfileInput, profileSchema } from '../../src/profiles/profile.ts';
import { template } from '../../src/profiles/templates.ts';

/**
 * The books every example is posted to: the French starter template, completed as a shop that sells abroad, on a
 * marketplace and with gift cards would complete it. Sub-accounts are this example's own: the PCG leaves them free.
 */
const FISCAL_YEAR = day('2026-01-01');

/** The day of the run, the same for all examples. */
export const TODAY: Day = day('2026-11-30');

const ACCOUNTS: Readonly<Record<string, string>> = {
  '411300': 'Clients, place de marché',
  '411900': 'Clients de passage',
  '445715': 'TVA collectée La Réunion 8,5 %',
  '445720': 'TVA OSS Allemagne 19 %',
  '445721': 'TVA OSS Belgique 21 %',
  '445730': 'TVA du Royaume-Uni 20 %',
  '707650': 'Ventes hors de l’Union, TVA du pays d’arrivée',
  '467000': 'Place de marché, compte de reversement',
  '467100': 'Cartes cadeaux émises, à utiliser',
  '467200': 'Avoirs de la boutique, à utiliser',
  '467300': 'Pourboires à reverser au personnel',
  '467400': 'Droits de douane encaissés pour compte',
  '511200': 'Chèques à encaisser',
  '517100': 'PayPal',
  '517200': 'Stripe',
  '656000': 'Pertes de change sur créances et dettes commerciales',
  '707300': 'Ventes à distance dans l’Union (OSS)',
  '707400': 'Livraisons intracommunautaires',
  '707500': 'Ventes à l’exportation',
  '707600': 'Ventes outre-mer',
  '707700': 'Ventes par place de marché, TVA reversée par elle',
  '707900': 'Ventes par place de marché',
  '707800': 'Éco-participation facturée',
  '708520': 'Ports facturés hors de France',
  '708890': 'Frais de dossier et de paiement facturés',
  '756000': 'Gains de change sur créances et dettes commerciales',
};

const SALES_ABROAD = [
  { treatment: 'oss' as const, withVat: '707300' },
  { treatment: 'intraCommunity' as const, withoutVat: '707400' },
  { treatment: 'export' as const, withoutVat: '707500' },
  { treatment: 'foreign' as const, withVat: '707650' },
  { treatment: 'overseas' as const, withVat: '707600', withoutVat: '707600' },
  { treatment: 'marketplace' as const, withoutVat: '707700' },
];

const VAT_ABROAD = [
  { country: 'DE', item: '19%', account: '445720', code: 'ODE19' },
  { country: 'BE', item: '21%', account: '445721', code: 'OBE21' },
  { country: 'GB', item: '20%', account: '445730', code: 'GB20' },
  { country: 'RE', item: '8.5%', account: '445715', code: 'RE85' },
];

const PAYMENTS = [
  { item: 'card', create: true, bank: '517200' },
  { item: 'paypal', create: true, bank: '517100' },
  { item: 'transfer', create: true },
  { item: 'cheque', create: true, bank: '511200' },
  { item: 'delivery', create: false },
];

const OTHER_LINES = [
  { item: 'fee', withVat: '708890', withoutVat: '708890' },
  { item: 'tip', withVat: '708890', withoutVat: '467300' },
  { item: 'duty', withVat: '467400', withoutVat: '467400' },
  { item: 'ecotax', withVat: '707800', withoutVat: '707800' },
  { item: 'giftCard', withVat: '467100', withoutVat: '467100' },
  { item: 'storeCredit', withVat: '467200', withoutVat: '467200' },
];

const input: ProfileInput = (() => {
  const base = template('france', FISCAL_YEAR);
  const { mappings } = base;
  return {
    ...base,
    name: 'Exemple',
    shop: { type: 'woocommerce', url: 'https://boutique.example' },
    chart: { ...base.chart, accounts: { ...base.chart?.accounts, ...ACCOUNTS } },
    mappings: {
      ...mappings,
      sales: { ...mappings?.sales, exceptions: SALES_ABROAD },
      taxes: { exceptions: [...(mappings?.taxes?.exceptions ?? []), ...VAT_ABROAD] },
      payments: { ...mappings?.payments, exceptions: PAYMENTS },
      carriers: {
        ...mappings?.carriers,
        exceptions: SALES_ABROAD.filter(
          ({ treatment }) => treatment === 'export' || treatment === 'intraCommunity',
        ).map(({ treatment }) => ({ treatment, shippingWithoutVat: '708520' })),
      },
      otherLines: { exceptions: [...(mappings?.otherLines?.exceptions ?? []), ...OTHER_LINES] },
      currencies: { ...mappings?.currencies, exceptions: [{ item: 'USD', ledgerCurrency: 'USD' }] },
      analytics: { default: { section: 'WEB' }, exceptions: [{ item: 'livres', section: 'LIVRES' }] },
    },
  };
})();

/** A marketplace's payment method, whose sales have accounts of their own. */
export const MARKET = {
  'mappings.payments.exceptions[+]': {
    ...{ item: 'market', create: true, bank: '467000' },
    ...{ salesWithVat: '707900', salesWithoutVat: '707700' },
  },
};

/** The profile of the examples, read as any profile is. */
export const BOOKS: Profile = profileSchema.parse(input);
