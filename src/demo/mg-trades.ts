import type { Buyer, Line, Shipping, Trade } from './mg-trade.ts';

/**
 * The invented Magento shop: a French bookshop and its shop for companies, autumn 2026. Each trade is there for one thing
 * that Magento does in its own way.
 */

const camille: Buyer = { firstName: 'Camille', lastName: 'Martin', country: 'FR' };
const louis: Buyer = { id: 7, firstName: 'Louis', lastName: 'Bernard', country: 'FR' };
const awa: Buyer = { id: 8, firstName: 'Awa', lastName: 'Diallo', country: 'FR' };
const jonas: Buyer = { id: 9, firstName: 'Jonas', lastName: 'Weber', country: 'DE' };
const pro: Buyer = { id: 20, firstName: 'Inès', lastName: 'Roche', country: 'FR', company: 'Librairie Roche' };
const belgian: Buyer = {
  id: 21,
  firstName: 'Lotte',
  lastName: 'Peeters',
  country: 'BE',
  company: 'Peeters BV',
  vat: 'BE 0123.456.749',
};

const book = (quantity = 1, price = 2490): Line => {
  return { sku: 'LIVRE', name: 'Le phare', quantity, price, taxes: ['FR-TVA-5.5'] };
};
const notebook = (quantity = 1, price = 2400): Line => {
  return { sku: 'CARNET-A5', name: 'Carnet relié', quantity, price, taxes: ['FR-TVA-20'] };
};
const lamp = (quantity = 1, price = 10_000): Line => {
  return { sku: 'LAMPE', name: 'Lampe de lecture', quantity, price, taxes: ['FR-TVA-20'] };
};
const home: Shipping = { method: 'colissimo_domicile', name: 'Colissimo - domicile', price: 590, tax: 'FR-TVA-20' };
const proHome: Shipping = { ...home, price: 492 };

export const TRADES: readonly Trade[] = [
  sale('M01', 1001, '2026-09-02 09:12:00', 'a book, paid by card', { lines: [book()], shipping: home }),
  sale('M02', 1002, '2026-09-03 10:00:00', 'two rates, a discount on prices with tax', {
    lines: [notebook(2), { ...book(1, 1055), sku: 'ATLAS', name: 'Atlas de poche' }],
    shipping: home,
    discountPercent: 10,
    coupon: 'RENTREE10',
  }),
  sale('M03', 1003, '2026-09-05 16:40:00', 'a configurable product; shipping offered', {
    customer: louis,
    lines: [{ ...notebook(3, 1290), type: 'configurable', name: 'Pull marin' }, book()],
    shipping: { ...home, discount: 590 },
    method: 'paypal_express',
  }),
  sale('M04', 1004, '2026-09-08 08:05:00', 'a bundle priced by its parts, at two rates', {
    customer: awa,
    lines: [
      {
        sku: 'COFFRET',
        name: 'Coffret lecture',
        quantity: 2,
        price: 0,
        taxes: [],
        parts: [notebook(1, 1999), book(2, 899)],
      },
      notebook(),
    ],
    shipping: home,
    discountPercent: 5,
  }),
  sale('M05', 1005, '2026-09-10 12:30:00', 'a bundle at a price of its own', {
    lines: [{ ...notebook(1, 4999), sku: 'KIT', name: 'Kit du voyageur', type: 'bundle' }],
    shipping: home,
    method: 'checkmo',
  }),
  sale('M06', 1006, '2026-09-14 18:20:00', 'invoiced in two parts, shipping with the first', {
    customer: louis,
    lines: [notebook(3, 1111), book(3, 733)],
    shipping: home,
    discountPercent: 7,
    invoices: [
      { id: 2006, at: '2026-09-15 08:00:00', items: [2, 1] },
      { id: 2106, at: '2026-09-22 08:00:00', items: [1, 2], shipping: false },
    ],
  }),
  sale('M07', 1007, '2026-09-17 20:10:00', 'reward points over two invoices', {
    customer: awa,
    lines: [notebook(2, 1000)],
    shipping: home,
    credits: { points: 2000 },
    invoices: [
      { id: 2007, at: '2026-09-18 07:30:00', items: [1], points: 1591 },
      { id: 2107, at: '2026-09-25 07:30:00', items: [1], shipping: false, points: 409 },
    ],
  }),
  sale('M08', 1008, '2026-09-20 11:11:00', 'store credit, the rest by card', {
    customer: louis,
    lines: [lamp()],
    shipping: home,
    credits: { storeCredit: 3000 },
  }),
  sale('M09', 1009, '2026-09-21 13:00:00', 'a gift card pays all', {
    customer: awa,
    lines: [book(2)],
    credits: { giftCards: 4980 },
    method: 'free',
  }),
  sale('M10', 1010, '2026-09-24 09:45:00', 'a gift card sold beside a book', {
    lines: [{ sku: 'CARTE', name: 'Carte cadeau', quantity: 1, price: 5000, taxes: [], type: 'giftcard' }, book()],
    shipping: home,
  }),
  sale('M11', 1011, '2026-09-28 15:15:00', 'gift wrapping of the order, of its items, and a card', {
    customer: awa,
    lines: [book(2, 1650)],
    shipping: home,
    wrapping: { order: 417, items: 200, card: 125, tax: 'FR-TVA-20' },
  }),
  sale('M12', 1012, '2026-09-30 21:59:00', 'eco-tax with its VAT; the last minute of September in Paris', {
    lines: [{ ...lamp(2), fixedTax: { name: 'Éco-participation', amount: 1200, taxed: true } }],
    shipping: home,
  }),
  sale('M13', 1013, '2026-09-30 22:01:00', 'in dollars; the first minute of October in Paris', {
    customer: { id: 30, firstName: 'Kate', lastName: 'Hill', country: 'US' },
    currency: { code: 'USD', rate: 1.0862 },
    lines: [
      { ...book(3, 2360), taxes: [] },
      { ...notebook(1, 2000), taxes: [] },
    ],
    shipping: { method: 'dhl_world', name: 'DHL - monde', price: 1900, tax: null },
    discountPercent: 10,
    coupon: 'WORLD10',
    method: 'paypal_express',
  }),
  sale('M14', 1014, '2026-10-02 10:10:00', 'German VAT', {
    customer: jonas,
    lines: [
      { ...notebook(2), taxes: ['DE-MWST-19'] },
      { ...book(1, 1990), taxes: ['DE-MWST-7'] },
    ],
    shipping: { method: 'dpd_europe', name: 'DPD - Europe', price: 990, tax: 'DE-MWST-19' },
  }),
  sale('M15', 1015, '2026-10-05 07:07:00', 'a Belgian company with its VAT number: no VAT', {
    store: 2,
    prices: 'withoutTax',
    customer: belgian,
    lines: [{ ...notebook(20, 1500), taxes: [] }],
    shipping: { ...proHome, price: 1250, tax: null },
    method: 'banktransfer',
  }),
  sale('M16', 1016, '2026-10-06 14:22:00', 'a download: no delivery', {
    customer: { ...camille, virtual: true },
    lines: [{ sku: 'EPUB', name: 'Le phare (EPUB)', quantity: 1, price: 999, taxes: ['FR-TVA-5.5'], type: 'virtual' }],
    method: 'paypal_express',
  }),
  sale('M17', 1017, '2026-10-08 09:00:00', 'VAT on the price before discount', {
    store: 2,
    prices: 'withoutTax',
    taxBeforeDiscount: true,
    customer: pro,
    lines: [lamp(1, 15_000)],
    discountPercent: 20,
    coupon: 'PRO20',
    method: 'banktransfer',
  }),
  sale('M18', 1018, '2026-10-09 10:30:00', 'an invoice still to be paid', {
    store: 2,
    prices: 'withoutTax',
    customer: pro,
    lines: [notebook(10, 1666)],
    shipping: proHome,
    method: 'banktransfer',
    state: 'processing',
    invoices: [{ id: 2018, at: '2026-10-10 08:00:00', state: 1 }],
  }),
  sale('M19', 1019, '2026-10-11 19:19:00', 'not invoiced yet', {
    lines: [book()],
    method: 'checkmo',
    state: 'new',
    status: 'pending',
    invoices: [],
  }),
  sale('M20', 1020, '2026-10-12 08:00:00', 'edited in the administration: cancelled', {
    lines: [book(2)],
    state: 'canceled',
    replacedBy: '000001020-1',
    invoices: [],
    method: 'checkmo',
  }),
  sale('M21', 1021, '2026-10-12 08:20:00', 'what took its place', {
    lines: [book(3)],
    increment: '000001020-1',
    replaces: '000001020',
    method: 'checkmo',
    invoices: [{ id: 2021, at: '2026-10-16 08:00:00' }],
  }),
  sale('M22', 1022, '2026-10-14 22:40:00', 'given away: a total of nothing', {
    lines: [book()],
    discountPercent: 100,
    coupon: 'OFFERT',
    method: 'free',
  }),
  sale('M23', 1023, '2026-10-15 12:00:00', 'rows after their discount, as some tax extensions leave them', {
    store: 2,
    prices: 'withoutTax',
    rowsAfterDiscount: true,
    customer: pro,
    lines: [notebook(7, 1333), lamp(1, 8990)],
    discountPercent: 15,
    coupon: 'PRO15',
    shipping: proHome,
  }),
  sale('M24', 1024, '2026-10-17 17:30:00', 'two taxes on one row', {
    lines: [
      { sku: 'SIROP', name: 'Sirop de citron', quantity: 6, price: 485, taxes: ['FR-TVA-5.5', 'FR-BOISSONS-1.2'] },
    ],
    shipping: home,
  }),
  sale('M25', 1025, '2026-10-19 09:30:00', 'a line given back, something kept', {
    lines: [notebook(2), book(1, 1055)],
    shipping: home,
    discountPercent: 10,
    coupon: 'RENTREE10',
    memos: [{ id: 501, at: '2026-10-27 08:30:00', items: [1, 0], kept: 160, note: 'Carnet abîmé' }],
  }),
  sale('M26', 1026, '2026-10-20 11:00:00', 'part of it given back with the shipping, then the rest', {
    customer: louis,
    lines: [notebook(3, 1111), book(2, 733)],
    shipping: home,
    state: 'closed',
    memos: [
      { id: 502, at: '2026-10-28 10:00:00', items: [1, 1], shipping: true },
      { id: 503, at: '2026-11-03 10:00:00', items: [2, 1] },
    ],
  }),
  sale('M27', 1027, '2026-10-22 13:13:00', 'an amount given back, without any line', {
    customer: awa,
    lines: [lamp(1, 12_000)],
    shipping: home,
    memos: [{ id: 504, at: '2026-11-05 09:00:00', items: [0], extra: 1500, offline: true, note: 'Geste commercial' }],
  }),
  sale('M28', 1028, '2026-10-24 16:00:00', 'given back to store credit', {
    customer: louis,
    lines: [book(2, 1650)],
    state: 'closed',
    memos: [{ id: 505, at: '2026-11-06 09:00:00', toStoreCredit: true }],
  }),
  sale('M29', 1029, '2026-10-26 10:00:00', 'a German order given back whole', {
    customer: jonas,
    lines: [{ ...notebook(2), taxes: ['DE-MWST-19'] }],
    shipping: { method: 'dpd_europe', name: 'DPD - Europe', price: 990, tax: 'DE-MWST-19' },
    state: 'closed',
    memos: [{ id: 506, at: '2026-11-09 09:00:00', shipping: true }],
  }),
  sale('M30', 1030, '2026-10-31 23:30:00', 'the first of November in Paris; captured the day after', {
    customer: camille,
    lines: [book(), notebook()],
    shipping: home,
    invoices: [{ id: 2030, at: '2026-11-02 08:00:00', capturedAt: '2026-11-03 23:30:00' }],
  }),
  sale('M31', 1031, '2026-11-04 10:00:00', 'dollars given back', {
    customer: { id: 30, firstName: 'Kate', lastName: 'Hill', country: 'US' },
    currency: { code: 'USD', rate: 1.0862 },
    lines: [{ ...lamp(2, 8333), taxes: [] }],
    method: 'paypal_express',
    memos: [{ id: 507, at: '2026-11-12 09:00:00', items: [1] }],
  }),
  sale('M32', 1032, '2026-11-10 18:45:00', 'prices without tax at three rates, a discount', {
    store: 2,
    prices: 'withoutTax',
    customer: pro,
    lines: [notebook(7, 1333), book(11, 689), { ...book(3, 333), sku: 'REVUE', name: 'Revue', taxes: ['FR-TVA-2.1'] }],
    discountPercent: 3,
    coupon: 'PRO3',
    shipping: proHome,
    method: 'banktransfer',
  }),
  sale('M33', 1033, '2026-11-13 09:09:00', 'delivered in Belgium, invoiced in France', {
    customer: { firstName: 'Paul', lastName: 'Girard', country: 'BE', billingCountry: 'FR' },
    lines: [{ ...notebook(2, 1815), taxes: ['BE-TVA-21'] }],
    shipping: { method: 'dpd_europe', name: 'DPD - Europe', price: 990, tax: 'BE-TVA-21' },
  }),
];

function sale(
  name: string,
  id: number,
  at: string,
  about: string,
  rest: Pick<Trade, 'lines'> & Partial<Omit<Trade, 'name' | 'id' | 'at' | 'about'>>,
): Trade {
  const invoice = { id: id + 1000, at: at.replace(/:\d\d$/, ':42') };
  return {
    name,
    id,
    at,
    about,
    prices: 'withTax',
    customer: camille,
    method: 'stripe_payments',
    invoices: [invoice],
    ...rest,
  };
}
