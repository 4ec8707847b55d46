import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../core/calendar.ts';
import type { SalesDocument } from '../../core/document.ts';
import { startPrestashopDemo } from '../../demo/prestashop.ts';
import type { PsRecords } from '../../demo/ps-records.ts';
import type { ReadEvent, ReadingOptions } from '../reader.ts';
import {
  added,
  amount,
  changed,
  eventsOf,
  linesText,
  OPTIONS,
  paymentsText,
  remarksText,
  requestOf,
  rewritten,
  shopAt,
  without,
} from './sample.ts';

type Change = (records: PsRecords) => PsRecords;

/** Orders of the captured shop, changed as shops are. P02 is order 2: four rates, PayPal; P03 order 3: voucher of 10 %. */
async function sale(id: number, change: Change, options: Partial<ReadingOptions> = {}): Promise<SalesDocument> {
  const [document] = (await read('sales', change, options)).filter(({ key }) => key === `sale/${id}`);
  return document ?? assert.fail(`sale ${id} is not read`);
}

async function creditNote(id: number, change: Change, options: Partial<ReadingOptions> = {}): Promise<SalesDocument> {
  const [document] = (await read('creditNotes', change, options)).filter(({ key }) => key === `creditNote/${id}`);
  return document ?? assert.fail(`credit note ${id} is not read`);
}

/** The captured shop as it is is read once for all. */
const unchanged = new Map<string, Promise<SalesDocument[]>>();

function read(
  kind: 'sales' | 'creditNotes',
  transform: Change,
  options: Partial<ReadingOptions>,
): Promise<SalesDocument[]> {
  if (transform !== asItIs) return readNow(kind, transform, options);
  const key = `${kind} ${JSON.stringify(options)}`;
  const known = unchanged.get(key) ?? readNow(kind, transform, options);
  unchanged.set(key, known);
  return known;
}

async function readNow(
  kind: 'sales' | 'creditNotes',
  transform: Change,
  options: Partial<ReadingOptions>,
): Promise<SalesDocument[]> {
  const events = await eventsFor(kind, transform, options);
  return events.flatMap((event) => (event.type === 'item' && event.item.state === 'read' ? [event.item.document] : []));
}

async function eventsFor(
  kind: 'sales' | 'creditNotes',
  transform: Change,
  options: Partial<ReadingOptions> = {},
): Promise<ReadEvent[]> {
  const demo = await startPrestashopDemo({ version: '9.1.4', transform });
  try {
    return await eventsOf(shopAt(demo), requestOf({ kind, options: { ...OPTIONS, ...options } }));
  } finally {
    await demo.close();
  }
}

const asItIs: Change = (records) => records;

describe('lines of a sale', () => {
  test('eco-tax stays in the product, or is a line of its own when asked', async () => {
    assert.equal(linesText((await sale(51, asItIs)).lines), 'product 84.00 +20% 16.80 | shipping 5.75 +20% 1.15');
    const apart = await sale(51, asItIs, { separateEcotax: true });
    assert.equal(linesText(apart.lines), 'product 83.16 +20% 16.63 | ecotax 0.84 +20% 0.17 | shipping 5.75 +20% 1.15');
    assert.equal(apart.lines[1]?.of, apart.lines[0]?.id);
  });

  test("shipping taxed like what is shipped is shared over the products' rates", async () => {
    // 12.49 with 1.65 of VAT beside 41.50 at 20, 17.54 at 5.5, 12.91 at 10 and 9.78 at 2.1 %: 13.21 % is no tax of the shop.
    const change: Change = (records) =>
      changed(records, 'orders', '2', {
        total_shipping_tax_excl: '12.490000',
        total_shipping_tax_incl: '14.140000',
        carrier_tax_rate: '13.210',
        total_paid_tax_incl: '106.630000',
      });
    const { lines, totals } = await sale(2, change);
    const shipping = lines.filter(({ kind }) => kind === 'shipping');
    assert.equal(
      linesText(shipping),
      'shipping 6.34 +20% 1.27 | shipping 2.68 +5.5% 0.15 | shipping 1.97 +10% 0.20 | shipping 1.50 +2.1% 0.03',
    );
    assert.equal(amount(totals.gross), '106.63');
    assert.deepEqual(
      shipping.map(({ id }) => id),
      ['shipping', 'shipping-2', 'shipping-3', 'shipping-4'],
    );
  });

  test('a carrier without stated rate takes the rate its tax shows', async () => {
    const change: Change = (records) =>
      changed(records, 'orders', '9', {
        carrier_tax_rate: '0.000',
        total_shipping_tax_excl: '3.020000',
        total_paid_tax_excl: '23.770000',
      });
    assert.equal(linesText((await sale(9, change)).lines), 'product 20.75 +20% 4.15 | shipping 3.02 +20% 0.60');
  });

  test('the tax of the shipping is the one of its country, though another country has the same rate', async () => {
    const [, shipping] = (await sale(46, asItIs)).lines;
    assert.deepEqual(
      shipping?.taxes.map(({ code, name }) => [code, name]),
      [['1', 'TVA FR 20%']],
    );
  });

  test('a fee of a module is held with its amount, or booked as far as the profile declares it', async () => {
    const change: Change = (records) =>
      changed(records, 'orders', '1', { total_paid_tax_incl: '35.400000', total_paid_tax_excl: '29.500000' });
    const held = await sale(1, change);
    assert.match(remarksText(held), /hold document\.unexplained-amount/);
    assert.equal(held.remarks[0]?.values.amount, '3.60');
    const declared = await sale(1, change, { unexplainedFee: { upTo: '3.60', rate: '20' } });
    assert.doesNotMatch(remarksText(declared), /hold/);
    assert.equal(linesText(declared.lines), 'product 20.75 +20% 4.15 | shipping 5.75 +20% 1.15 | fee 3.00 +20% 0.60');
    assert.equal(declared.lines[2]?.taxes[0]?.code, '1');
    const beyond = await sale(1, change, { unexplainedFee: { upTo: '3.59', rate: '20' } });
    assert.match(remarksText(beyond), /hold document\.unexplained-amount/);
  });

  test('products that miss their own total by more than rounding hold the document', async () => {
    const change: Change = (records) =>
      changed(records, 'orders', '1', { total_products: '22.000000', total_products_wt: '26.400000' });
    assert.match(remarksText(await sale(1, change)), /hold document\.net-differs/);
  });

  test('a voucher that is gone from the shop is shared over all lines, and said', async () => {
    const change: Change = (records) => without(records, 'cart_rules', ['1']);
    assert.match(remarksText(await sale(3, change)), /warn document\.voucher-unknown/);
    assert.equal(remarksText(await sale(3, asItIs)), '');
  });

  test("S-264 the profile's rounding stands in for the order's own", async () => {
    assert.equal(
      linesText((await sale(60, asItIs)).lines.slice(0, 3)),
      'product 18.00 +5.5% 1.01 | product 9.99 +20% 2.04 | product 0.35 +20% 0.09',
    );
    const perLine = await sale(60, asItIs, { rounding: 'perLine' });
    assert.equal(
      linesText(perLine.lines.slice(0, 3)),
      'product 17.98 +5.5% 1.01 | product 9.99 +20% 2.03 | product 0.37 +20% 0.10',
    );
  });

  test('rounding per unit widens the tolerance by half a cent a piece, at most 0.50', async () => {
    const tolerances = async (change: Change) => {
      const { tolerance } = await sale(60, change);
      return tolerance && amount(tolerance);
    };
    assert.equal(await tolerances(asItIs), '0.065'); // 13 pieces
    assert.equal(
      await tolerances((records) => changed(records, 'order_details', '110', { product_quantity: '700' })),
      '0.50',
    );
    assert.equal((await sale(2, asItIs)).tolerance, null);
  });

  test('a tax that the shop does not know makes the record unreadable', async () => {
    const change: Change = (records) => without(records, 'taxes', ['4']);
    const events = await eventsFor('sales', change);
    const found = events.flatMap((event) =>
      event.type === 'item' && event.item.state === 'unreadable'
        ? [[event.item.key, event.item.problems[0]?.values.reason]]
        : [],
    );
    assert.deepEqual(found, [
      ['sale/2', 'tax-gone: 4'],
      ['sale/47', 'tax-gone: 4'],
    ]);
  });
});

describe('numbers, countries, customers', () => {
  test('invoice numbers by year, before or after', async () => {
    const setting =
      (name: string, value: string): Change =>
      (records) =>
        added(records, 'configurations', firstId(records, 'configurations'), { id: '9001', name, value });
    const byYear = setting('PS_INVOICE_USE_YEAR', '1');
    assert.equal((await sale(1, byYear)).invoice?.number, '#FA000001/2026');
    const before: Change = (records) =>
      added(byYear(records), 'configurations', '9001', { id: '9002', name: 'PS_INVOICE_YEAR_POS', value: '1' });
    assert.equal((await sale(1, before)).invoice?.number, '#FA2026/000001');
  });

  test('S-260 the country is that of the address the shop taxes by', async () => {
    const document = await sale(73, asItIs);
    assert.deepEqual([document.taxCountry, document.billing?.country, document.delivery?.country], ['BE', 'FR', 'BE']);
    const byInvoice: Change = (records) => ({
      ...records,
      configurations: {
        ...resource(records, 'configurations'),
        records: resource(records, 'configurations').records.map((record) =>
          record.replace('id_address_delivery', 'id_address_invoice'),
        ),
      },
    });
    assert.equal((await sale(73, byInvoice)).taxCountry, 'FR');
  });

  test('a guest is known by e-mail, a customer by id; a company has its numbers', async () => {
    const { customer: guest } = await sale(75, asItIs);
    assert.deepEqual([guest.guest, guest.id], [true, null]);
    assert.match(guest.email ?? '', /@exemple\.test$/);
    const { customer: company } = await sale(24, asItIs);
    assert.equal(company.guest, false);
    assert.match(company.vatNumber?.value ?? '', /^BE\d{10}$/);
    assert.ok(company.company);
  });

  test("a document in dollars has the order's rate, not its payment's", async () => {
    const { currency } = await sale(41, asItIs);
    assert.deepEqual([currency.code, currency.base, currency.rate && amount(currency.rate)], ['USD', 'EUR', '1.0862']);
  });

  test('an invoice that says another total than its order is pointed out', async () => {
    const change: Change = (records) => changed(records, 'order_invoices', '1', { total_paid_tax_incl: '31.700000' });
    assert.equal(remarksText(await sale(1, change)), 'warn document.invoice-differs');
  });

  test('1.6 prints the VAT of a discounted order before its discount: pointed out, and only there', async () => {
    const demo = await startPrestashopDemo({ version: '1.6.1.25' });
    const events = await eventsOf(shopAt(demo), requestOf({ kind: 'sales', options: OPTIONS }));
    await demo.close();
    const told = events.flatMap((event) =>
      event.type === 'item' && event.item.state === 'read' ? [event.item.document] : [],
    );
    const printed = told.filter((one) => remarksText(one).includes('warn document.printed-tax-differs'));
    assert.deepEqual(
      printed.map(({ order }) => order.number),
      ['SZLTYPVUK', 'QBTFGDCRY'],
    );
  });
});

describe('an order with several invoices', () => {
  /** P02 edited: the last two products came later, on an invoice of their own. */
  const edited: Change = (records) => {
    let result = added(records, 'order_invoices', '2', {
      id: '900',
      number: '900',
      date_add: '2026-09-20 10:00:00',
      total_products: '22.690000',
      total_products_wt: '24.190000',
      total_paid_tax_excl: '22.690000',
      total_paid_tax_incl: '24.190000',
      total_shipping_tax_excl: '0.000000',
      total_shipping_tax_incl: '0.000000',
    });
    result = changed(result, 'order_invoices', '2', {
      total_products: '59.040000',
      total_products_wt: '68.300000',
      total_paid_tax_excl: '71.530000',
      total_paid_tax_incl: '83.290000',
    });
    for (const id of ['4', '5']) result = changed(result, 'order_details', id, { id_order_invoice: '900' });
    return added(result, 'order_payments', '2', { id: '901', amount: '24.190000', date_add: '2026-09-21 10:00:00' });
  };
  const paidInTwo: Change = (records) => changed(edited(records), 'order_payments', '2', { amount: '83.290000' });

  test("each is a sale; the first keeps the order's key, and payments go whole to what they cover", async () => {
    const documents = (await read('sales', paidInTwo, {})).filter(({ order }) => order.id === '2');
    assert.deepEqual(
      documents.map(({ key, invoice, lines }) => [key, invoice?.number, invoice?.date, linesText(lines)]),
      [
        [
          'sale/2',
          '#FA000002',
          '2026-09-02',
          'product 41.50 +20% 8.30 | product 17.54 +5.5% 0.96 | shipping 12.49 +20% 2.50',
        ],
        ['sale/2/inv-900', '#FA000900', '2026-09-20', 'product 12.91 +10% 1.29 | product 9.78 +2.1% 0.21'],
      ],
    );
    assert.deepEqual(documents.map(paymentsText), ['2: paypal 83.29 2026-09-02', '901: paypal 24.19 2026-09-21']);
    assert.deepEqual(
      documents.map(
        ({ wholeOrder }) => wholeOrder && [wholeOrder.saleParts, amount(wholeOrder.sales), amount(wholeOrder.paidIn)],
      ),
      [
        [2, '107.48', '107.48'],
        [2, '107.48', '107.48'],
      ],
    );
    assert.deepEqual(documents.map(remarksText), ['', '']);
  });

  test('by invoice date the later invoice counts in its own period', async () => {
    const demo = await startPrestashopDemo({ version: '9.1.4', transform: paidInTwo });
    try {
      const request = requestOf({ findBy: 'invoice' });
      const events = await eventsOf(shopAt(demo), { ...request, from: day('2026-09-20'), to: day('2026-09-20') });
      const keys = events.flatMap((event) =>
        event.type === 'item' && event.item.state === 'read' ? [event.item.document.key] : [],
      );
      assert.ok(keys.includes('sale/2/inv-900') && !keys.includes('sale/2'));
    } finally {
      await demo.close();
    }
  });
});

describe('payments', () => {
  test("several methods: one by the order's module, another by the orders with its label, else by its label", async () => {
    assert.equal(
      paymentsText(await sale(65, asItIs)),
      '60: stripe_official 500.00 2026-10-29 | 61: Chèque 756.89 2026-11-01',
    );
  });

  test('orders that share a reference take by id what each is due, the last one the rest', async () => {
    const shared: Change = (records) => {
      const joined = changed(changed(records, 'orders', '7', { reference: 'YRNHYFWVQ' }), 'order_payments', '1', {
        amount: '1290.000000',
      });
      return without(joined, 'order_payments', ['7']);
    };
    assert.equal(paymentsText(await sale(1, shared)), '1: stripe_official 31.80 2026-09-01');
    assert.equal(paymentsText(await sale(7, shared)), '1: paypal 1258.20 2026-09-01');
  });

  test('the same payment written twice is one, unless a transaction tells them apart', async () => {
    const twice: Change = (records) =>
      added(records, 'order_payments', '3', { id: '950', date_add: '2026-09-08 10:00:00' });
    const document = await sale(3, twice);
    assert.equal(paymentsText(document), '3: ps_checkpayment 78.30 2026-09-06');
    assert.equal(remarksText(document), 'warn payment.repeated');
    const told: Change = (records) => changed(twice(records), 'order_payments', '950', { transaction_id: 'B' });
    assert.equal((await sale(3, told)).payments.length, 2);
  });

  test('a paid order without payment has one supposed, on the day it was paid', async () => {
    const document = await sale(3, (records) => without(records, 'order_payments', ['3']));
    assert.equal(paymentsText(document), 'supposed: ps_checkpayment 78.30 2026-09-06');
    assert.equal(remarksText(document), 'warn payment.supposed');
  });

  test('an order that is not paid has no payment supposed', async () => {
    const demo = await startPrestashopDemo({ version: '9.1.4' });
    try {
      const events = await eventsOf(shopAt(demo), requestOf({ statuses: ['1'] }));
      const documents = events.flatMap((event) =>
        event.type === 'item' && event.item.state === 'read' ? [event.item.document] : [],
      );
      assert.deepEqual(
        documents.map(({ key, payments, remarks, wholeOrder }) => [
          key,
          payments.length,
          remarks.length,
          wholeOrder?.firstMethod, // its payment, once it comes, goes to the customer account its sale went to
        ]),
        [['sale/29', 0, 0, 'ps_checkpayment']],
      );
    } finally {
      await demo.close();
    }
  });

  test('nothing is paid back of an order that was never paid', async () => {
    const unpaid: Change = (records) =>
      changed(
        without(without(records, 'order_payments', ['30']), 'order_histories', historiesOf(records, '34')),
        'orders',
        '34',
        {
          total_paid_real: '0.000000',
          current_state: '1',
        },
      );
    assert.deepEqual((await creditNote(3, unpaid)).payments, []);
    const paidOnce: Change = (records) => changed(unpaid(records), 'orders', '34', { total_paid_real: '118.600000' });
    assert.equal(paymentsText(await creditNote(3, paidOnce)), 'supposed: stripe_official -24.90 2026-10-07');
  });

  test('a payment in another currency is converted by both rates, and keeps what was captured', async () => {
    const [payment] = (
      await sale(41, (records) =>
        changed(records, 'order_payments', '37', {
          id_currency: '1',
          amount: '79.840000',
          conversion_rate: '1.000000',
        }),
      )
    ).payments;
    assert.deepEqual(
      [
        payment && amount(payment.amount),
        payment?.inCurrency && [payment.inCurrency.code, amount(payment.inCurrency.amount)],
      ],
      ['86.72', ['EUR', '79.84']],
    );
  });

  test('money given back in a negative payment belongs to its credit note', async () => {
    const change: Change = (records) =>
      added(records, 'order_payments', '30', { id: '960', amount: '-24.900000', date_add: '2026-10-09 10:00:00' });
    assert.equal(paymentsText(await creditNote(3, change)), '960: stripe_official -24.90 2026-10-09');
    assert.equal(paymentsText(await sale(34, change)), '30: stripe_official 118.60 2026-09-30');
    const other: Change = (records) => changed(change(records), 'order_payments', '960', { amount: '-5.000000' });
    assert.equal(
      paymentsText(await sale(34, other)),
      '30: stripe_official 118.60 2026-09-30 | 960: stripe_official -5.00 2026-10-09',
    );
  });
});

describe('credit slips', () => {
  /** Slip 3 becomes one of P03 (78.30, voucher of 7.93): three products of 12.00 given back at full price. */
  const ofDiscounted =
    (fields: Readonly<Record<string, string>>): Change =>
    (records) => {
      const moved = changed(records, 'order_slip', '3', { id_order: '3', ...fields });
      const detail =
        /<order_detail>\n\t<id><!\[CDATA\[(\d+)\]\]><\/id>\n\t<id_order [^>]*><!\[CDATA\[3\]\]>/.exec(
          resource(records, 'order_details').records.find((record) =>
            /<id_order [^>]*><!\[CDATA\[3\]\]>/.test(record),
          ) ?? '',
        )?.[1] ?? assert.fail();
      return rewritten(moved, 'order_slip', '3', (record) =>
        record
          .replace(/<id_order_detail>.*<\/id_order_detail>/, `<id_order_detail><![CDATA[${detail}]]></id_order_detail>`)
          .replace(/<amount_tax_excl>.*<\/amount_tax_excl>/, '<amount_tax_excl><![CDATA[30.000000]]></amount_tax_excl>')
          .replace(/<amount_tax_incl>.*<\/amount_tax_incl>/, '<amount_tax_incl><![CDATA[36.000000]]></amount_tax_incl>')
          .replace(/<product_quantity>.*<\/product_quantity>/, '<product_quantity><![CDATA[3]]></product_quantity>'),
      );
    };

  test('D-09 a voucher taken off is a discount line, shared by rate', async () => {
    const document = await creditNote(
      3,
      ofDiscounted({ amount: '28.070000', total_products_tax_excl: '22.890000', total_products_tax_incl: '28.070000' }),
    );
    assert.equal(linesText(document.lines), 'product 30.00 +20% 6.00 | discount -6.61 +20% -1.32');
    assert.deepEqual([document.totals.net, document.totals.tax, document.totals.gross].map(amount), [
      '23.39',
      '4.68',
      '28.07',
    ]);
    assert.equal(remarksText(document), '');
  });

  test('given back at full price after a voucher: as the shop states it, and said', async () => {
    const document = await creditNote(
      3,
      ofDiscounted({ amount: '36.000000', total_products_tax_excl: '30.000000', total_products_tax_incl: '36.000000' }),
    );
    assert.equal(linesText(document.lines), 'product 30.00 +20% 6.00');
    assert.equal(remarksText(document), 'warn document.refund-above-paid');
    assert.deepEqual(document.remarks[0]?.values, { line: document.lines[0]?.label, refunded: '36.00', paid: '32.40' });
  });

  test('a header lowered on its net alone is pointed out; the lines stand', async () => {
    const document = await creditNote(
      3,
      ofDiscounted({ amount: '36.000000', total_products_tax_excl: '22.070000', total_products_tax_incl: '36.000000' }),
    );
    assert.match(remarksText(document), /warn document\.refund-net-differs/);
    assert.equal(amount(document.totals.gross), '36.00');
  });

  test('lines and amount that no voucher reconciles hold the credit note', async () => {
    const document = await creditNote(3, ofDiscounted({ amount: '30.000000' }));
    assert.match(remarksText(document), /hold document\.refund-contradicts/);
    const { lines, stated } = document.remarks.at(-1)?.values ?? {};
    assert.deepEqual([lines, stated], ['36.00', '30.00']);
  });

  /** Slip 3 of P34 (20 % 74.70, 5.5 % 37.00, shipping 6.90) known only by its amount. */
  const amountOnly =
    (value: string): Change =>
    (records) =>
      rewritten(
        changed(records, 'order_slip', '3', {
          amount: value,
          total_products_tax_excl: '0.000000',
          total_products_tax_incl: '0.000000',
        }),
        'order_slip',
        '3',
        (record) => record.replace(/<order_slip_detail>[\s\S]*<\/order_slip_detail>\n/, ''),
      );

  test('only an amount: shared over the VAT of the order, or untaxed, as the profile says', async () => {
    const shared = await creditNote(3, amountOnly('11.860000'));
    assert.equal(linesText(shared.lines), 'adjustment 6.80 +20% 1.36 | adjustment 3.51 +5.5% 0.19');
    assert.equal(remarksText(shared), 'warn document.split-by-proportion');
    assert.equal(
      linesText((await creditNote(3, amountOnly('11.860000'), { amountOnlyRefunds: 'untaxed' })).lines),
      'adjustment 11.86',
    );
    const whole = await creditNote(3, amountOnly('118.600000'));
    assert.equal(linesText(whole.lines), 'adjustment 68.00 +20% 13.60 | adjustment 35.07 +5.5% 1.93');
    assert.match(remarksText(await creditNote(3, amountOnly('200.000000'))), /hold document\.refund-too-large/);
  });

  test('an old slip states its shipping by the gross alone', async () => {
    const change: Change = (records) =>
      changed(records, 'order_slip', '5', { total_shipping_tax_excl: '0.000000', total_shipping_tax_incl: '0.000000' });
    assert.equal(linesText((await creditNote(5, change)).lines), 'shipping 5.75 +20% 1.15');
  });

  test('a refund by voucher moves no money, and says which voucher', async () => {
    const order = (records: PsRecords) =>
      resource(records, 'orders').records.find((record) => record.includes('<reference><![CDATA[NEFVRUKDX]]>')) ??
      assert.fail();
    const change: Change = (records) => {
      const customer = /<id_customer [^>]*><!\[CDATA\[(\d+)\]\]>/.exec(order(records))?.[1] ?? assert.fail();
      return added(records, 'cart_rules', '1', { id: '77', code: `V77C${customer}O34`, id_customer: customer });
    };
    const document = await creditNote(3, change);
    assert.deepEqual(document.payments, []);
    assert.equal(remarksText(document), 'warn document.refund-by-voucher');
  });

  test('a net that its rate does not explain gives way to the gross', async () => {
    const change: Change = (records) =>
      rewritten(records, 'order_slip', '3', (record) =>
        record.replace(
          /<amount_tax_excl>.*<\/amount_tax_excl>/,
          '<amount_tax_excl><![CDATA[20.000000]]></amount_tax_excl>',
        ),
      );
    assert.equal(linesText((await creditNote(3, change)).lines), 'product 20.75 +20% 4.15');
  });

  test('a credit note knows the whole of its order', async () => {
    const { wholeOrder } = await creditNote(3, asItIs);
    assert.deepEqual(
      wholeOrder && [
        wholeOrder.saleParts,
        ...[wholeOrder.sales, wholeOrder.creditNotes, wholeOrder.paidIn, wholeOrder.paidOut].map(amount),
        wholeOrder.firstMethod,
      ],
      [1, '118.60', '24.90', '118.60', '24.90', 'stripe_official'],
    );
  });
});

function resource(records: PsRecords, name: string): PsRecords[string] {
  return records[name] ?? assert.fail(name);
}

function firstId(records: PsRecords, name: string): string {
  return /<id><!\[CDATA\[(\d+)\]\]>/.exec(resource(records, name).records[0] ?? '')?.[1] ?? assert.fail();
}

function historiesOf(records: PsRecords, order: string): string[] {
  const own = resource(records, 'order_histories').records.filter((record) =>
    new RegExp(`<id_order [^>]*><!\\[CDATA\\[${order}\\]\\]>`).test(record),
  );
  return own.map((record) => /<id><!\[CDATA\[(\d+)\]\]>/.exec(record)?.[1] ?? assert.fail());
}
