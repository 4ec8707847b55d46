import { after } from 'node:test';
import type { ProfileDocument, ProfileSummary } from '../../src/api/api.ts';
import type { JsonObject } from '../../src/demo/php.ts';
import type { WooRecord, WooRecords } from '../../src/demo/woo-records.ts';
import { startWooDemo, type WooDemoOptions, type WooDemoShop } from '../../src/demo/woocommerce.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import type { Comptoir } from './browser.ts';

/**
 * Maison Lavande: a small shop with the two golden orders (483.60 = 403.00 + 80.60; 13.46 = 11.22 + 2.24), the golden
 * credit note (403.00 = 335.83 + 67.17), and one of each thing that waits for a person: Belgian VAT without account,
 * a payment method nobody knows, an order whose lines are six cents off its total.
 */

type Sold = {
  readonly number: number;
  readonly date: string;
  /** [label, net, tax]; one rate for the order. */
  readonly lines: readonly (readonly [string, string, string])[];
  readonly total: string;
  readonly country?: string;
  readonly rate?: readonly [id: number, label: string, percent: number];
  readonly payment?: readonly [method: string, title: string];
  readonly status?: string;
  readonly refunds?: readonly {
    readonly number: number;
    readonly date: string;
    readonly net: string;
    readonly tax: string;
    readonly total: string;
    readonly invoice: string;
  }[];
};

const FRENCH = [1, 'TVA 20 %', 20] as const;
const BELGIAN = [11, 'TVA BE 21 % (OSS)', 21] as const;
const CARD = ['stripe', 'Carte bancaire'] as const;
const PAYPAL = ['ppcp-gateway', 'PayPal'] as const;
const ALMA = ['alma_3x', 'Alma 3x'] as const;

const SOLD: readonly Sold[] = [
  {
    number: 1,
    date: '2018-11-26T10:04:00',
    lines: [['Huile essentielle de lavande, 5 l', '403.00', '80.60']],
    total: '483.60',
    refunds: [
      { number: 13, date: '2018-12-22T11:20:00', net: '335.83', tax: '67.17', total: '403.00', invoice: '#AV000001' },
    ],
  },
  { number: 2, date: '2018-12-20T09:12:00', lines: [['Savon à la lavande', '11.22', '2.24']], total: '13.46' },
  {
    number: 3,
    date: '2018-12-20T14:40:00',
    lines: [['Coffret découverte', '62.50', '12.50']],
    total: '75.00',
    payment: PAYPAL,
  },
  {
    number: 4,
    date: '2018-12-21T08:31:00',
    lines: [['Diffuseur', '100.00', '21.00']],
    total: '121.00',
    country: 'BE',
    rate: BELGIAN,
  },
  {
    number: 5,
    date: '2018-12-21T17:25:00',
    lines: [['Bougie parfumée', '24.00', '4.80']],
    total: '28.80',
    payment: PAYPAL,
  },
  { number: 6, date: '2018-12-22T19:02:00', lines: [['Brume d’oreiller', '74.95', '14.99']], total: '90.00' },
  {
    number: 7,
    date: '2018-12-24T11:45:00',
    lines: [['Eau de linge', '78.00', '16.38']],
    total: '94.38',
    country: 'BE',
    rate: BELGIAN,
  },
  {
    number: 8,
    date: '2018-12-26T20:10:00',
    lines: [['Alambic de cuivre', '249.17', '49.83']],
    total: '299.00',
    payment: ALMA,
  },
  { number: 9, date: '2018-12-27T10:00:00', lines: [['Échantillon offert', '0.00', '0.00']], total: '0.00' },
  {
    number: 10,
    date: '2018-12-28T15:30:00',
    lines: [['Sachets de lavande', '39.17', '7.83']],
    total: '47.00',
    payment: PAYPAL,
  },
  { number: 11, date: '2018-12-31T23:10:00', lines: [['Miel de lavande', '15.00', '3.00']], total: '18.00' },
];

/** The days all of it lies in. */
export const PERIOD = { from: '2018-11-26', to: '2018-12-31' } as const;

/** The records of the shop, from the shape of a captured one; `changes` are orders that somebody edited, by number. */
export function lavandeRecords(
  { orders }: WooRecords,
  changes: Readonly<Record<number, Partial<Sold>>> = {},
): WooRecords {
  const [captured] = orders;
  if (captured === undefined) throw new Error('No captured order to take the shape of.');
  return {
    orders: SOLD.map((sold) => both(orderOf(captured.dp2, { ...sold, ...changes[sold.number] }))),
    refunds: SOLD.flatMap((sold) => (sold.refunds ?? []).map((refund) => both(refundOf(sold, refund)))),
  };
}

export async function startLavande(options: WooDemoOptions = {}): Promise<WooDemoShop> {
  const shop = await startWooDemo({ transform: lavandeRecords, ...options });
  after(() => shop.close());
  return shop;
}

/** A profile on a shop, with the accounts of the golden example; `part` replaces whole sections. */
export async function makeProfile(
  comptoir: Comptoir,
  shop: Pick<WooDemoShop, 'url' | 'credentials'>,
  asked: { readonly name: string; readonly part?: Partial<ProfileInput> },
): Promise<string> {
  const { id } = await comptoir.call<ProfileSummary>('POST', '/api/profiles', {
    name: asked.name,
    shop: 'woocommerce',
    url: shop.url,
    ledger: 'sage-pnm',
    template: 'france',
    credentials: {}, // given below: with them the shop would be asked for its payment methods, which `part` says
  });
  const document = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${id}/document`);
  const profile = { ...(document.profile as ProfileInput), ...GOLDEN, ...asked.part }; // the server's own, just made
  await comptoir.call('PUT', `/api/profiles/${id}/document`, {
    revision: document.revision,
    profile,
    secrets: shop.credentials,
  });
  return id;
}

const VAT_20 = { country: 'FR', item: '20%', account: '4457120', code: 'C20' };

const GOLDEN: Partial<ProfileInput> = {
  chart: {
    accounts: {
      '4110000': 'Clients',
      '707100': 'Ventes',
      '4457120': 'TVA 20 %',
      '5125': 'Banque',
      '5126': 'PayPal',
      '658000': 'Charges diverses',
      '758000': 'Produits divers',
    },
    journals: { VTE: 'Ventes', BEU: 'Banque' },
    thirdParties: { WEBFRANCE: 'Clients web France' },
  },
  customers: { account: { mode: 'same', code: '4110000' }, thirdParty: { mode: 'same', code: 'WEBFRANCE' } },
  mappings: {
    journals: { default: { sales: 'VTE', creditNotes: 'VTE' } },
    sales: { default: { withVat: '707100', withoutVat: '707100' } },
    taxes: { exceptions: [VAT_20] },
    differences: {
      default: {
        adjustmentExpense: '658000',
        adjustmentIncome: '758000',
        differenceExpense: '658000',
        differenceIncome: '758000',
      },
    },
    payments: {
      default: { create: true, journal: 'BEU', bank: '5125' },
      exceptions: [
        { item: 'stripe', create: true },
        { item: 'ppcp-gateway', create: true, bank: '5126' },
      ],
    },
  },
  import: { defaultPeriod: 'custom', ...PERIOD },
};

function orderOf(shape: JsonObject, sold: Sold): JsonObject {
  const { number, date, country = 'FR', rate = FRENCH, payment = CARD, status = 'processing' } = sold;
  const [rateId, rateLabel, percent] = rate;
  const utc = `${new Date(`${date}+01:00`).toISOString().slice(0, 19)}`; // winter in all of them
  const place = {
    country,
    city: country === 'BE' ? 'Bruxelles' : 'Paris',
    postcode: country === 'BE' ? '1000' : '75011',
  };
  const total_tax = cents(sold.lines.reduce((sum, [, , tax]) => sum + minor(tax), 0n));
  return {
    ...shape,
    id: number,
    number: String(number),
    status,
    date_created: date,
    date_created_gmt: utc,
    date_modified: date,
    date_modified_gmt: utc,
    date_paid: date,
    date_paid_gmt: utc,
    prices_include_tax: false,
    shipping_total: '0.00',
    shipping_tax: '0.00',
    cart_tax: total_tax,
    total: sold.total,
    total_tax,
    payment_method: payment[0],
    payment_method_title: payment[1],
    transaction_id: '',
    billing: { ...(shape.billing as JsonObject), ...place }, // the captured order's own address
    shipping: { ...(shape.shipping as JsonObject), ...place },
    meta_data: [{ id: number * 100, key: '_wcpdf_invoice_number', value: `#FA${String(number).padStart(6, '0')}` }],
    line_items: sold.lines.map(([name, net, tax], at) => {
      const taxes = [{ id: rateId, total: tax, subtotal: tax }];
      return product({ id: number * 10 + at, name, quantity: 1, net, tax, taxes, meta: [] });
    }),
    tax_lines: taxLine(rateId, rateLabel, percent, total_tax),
    shipping_lines: [],
    refunds: (sold.refunds ?? []).map((refund) => ({ id: refund.number, reason: '', total: `-${refund.total}` })),
  };
}

function refundOf(sold: Sold, refund: NonNullable<Sold['refunds']>[number]): JsonObject {
  const [rateId, rateLabel, percent] = sold.rate ?? FRENCH;
  const [net, tax] = [`-${refund.net}`, `-${refund.tax}`];
  const item = String(sold.number * 10);
  const taxes = [{ id: rateId, total: tax, subtotal: tax }];
  const meta = [
    { id: 9001, key: '_refunded_item_id', value: item, display_key: '_refunded_item_id', display_value: item },
  ];
  return {
    id: refund.number,
    parent_id: sold.number,
    date_created: refund.date,
    date_created_gmt: new Date(`${refund.date}+01:00`).toISOString().slice(0, 19),
    amount: refund.total,
    reason: 'Bidon endommagé',
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id: 9000, key: '_wcpdf_credit_note_number', value: refund.invoice }],
    line_items: [product({ id: 9010, name: sold.lines[0]?.[0] ?? '', quantity: -1, net, tax, taxes, meta })],
    shipping_lines: [],
    tax_lines: taxLine(rateId, rateLabel, percent, tax),
    fee_lines: [],
  };
}

type Product = {
  id: number;
  name: string;
  quantity: number;
  net: string;
  tax: string;
  taxes: JsonObject[];
  meta: JsonObject[];
};

function product({ id, name, quantity, net, tax, taxes, meta }: Product): JsonObject {
  return {
    id,
    name,
    product_id: 10,
    variation_id: 0,
    quantity,
    tax_class: '',
    subtotal: net,
    subtotal_tax: tax,
    total: net,
    total_tax: tax,
    taxes,
    meta_data: meta,
    sku: '',
    parent_name: null,
  };
}

function taxLine(rate_id: number, label: string, rate_percent: number, tax_total: string): JsonObject[] {
  const line = { id: rate_id, rate_code: label, rate_id, label, compound: false, tax_total };
  return [{ ...line, shipping_tax_total: '0.00', rate_percent, meta_data: [] }];
}

/** Written with two decimals for both answers, `dp=2` and `dp=6`: nothing here has more. */
function both(record: JsonObject): WooRecord {
  return { dp2: record, dp6: record };
}

function minor(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

function cents(minorUnits: bigint): string {
  const digits = String(minorUnits).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
