import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startPrestashopDemo } from '../../demo/prestashop.ts';
import { type PsRecords, withPsField } from '../../demo/ps-records.ts';
import { amount, documentsOf, linesText, paymentsText, requestOf, shopAt } from './sample.ts';

/** The golden order and its refund, as the Webservice of a shop would write them (`fixtures/golden-1042`, invented). */
const FOLDER = new URL('./fixtures/golden-1042/', import.meta.url);
const RESOURCES = ['orders', 'order_details', 'order_invoices', 'order_cart_rules', 'order_payments', 'order_slip'];

test('golden 1042: sale with a voucher over two rates, and a credit note of an amount typed on a line', async () => {
  const demo = await startPrestashopDemo({ version: '9.1.4', transform: golden });
  try {
    const shop = shopAt(demo);
    const [sale, ...others] = await documentsOf(shop, requestOf());
    assert.ok(sale);
    assert.equal(others.length, 0);
    assert.equal(linesText(sale.lines), 'product 36.00 +20% 7.19 | product 9.00 +5.5% 0.50 | shipping 4.92 +20% 0.98');
    assert.deepEqual(
      sale.lines.map(({ netBeforeDiscount }) => netBeforeDiscount && amount(netBeforeDiscount)),
      ['40.00', '10.00', null],
    );
    assert.deepEqual([sale.totals.net, sale.totals.tax, sale.totals.gross].map(amount), ['49.92', '8.67', '58.59']);
    assert.deepEqual(
      sale.discounts.map(({ label, net, gross }) => [label, net && amount(net), gross && amount(gross)]),
      [['RENTREE10', '5.00', '5.86']],
    );
    assert.equal(paymentsText(sale), '801: stripe_official 58.59 2026-10-04');
    assert.deepEqual(sale.order, { id: '1042', number: 'XKBKNABJK', date: '2026-10-03' });
    assert.deepEqual(sale.invoice, { id: '701', number: '#FA000701', date: '2026-10-04' });
    assert.equal(sale.updated, '2026-10-12T08:30:05.000Z');

    const [note] = await documentsOf(shop, requestOf({ kind: 'creditNotes' }));
    assert.ok(note);
    assert.equal(linesText(note.lines), 'product 18.00 +20% 3.60');
    assert.deepEqual([note.totals.net, note.totals.tax, note.totals.gross].map(amount), ['18.00', '3.60', '21.60']);
    assert.deepEqual(
      [note.key, note.creditNote?.number, note.creditNote?.date],
      ['creditNote/501', '#AV000501', '2026-10-12'],
    );
    assert.equal(paymentsText(note), 'supposed: stripe_official -21.60 2026-10-12');
    assert.equal(note.lines[0]?.of, '3001');
  } finally {
    await demo.close();
  }
});

/** The captured shop with the golden order as its only one, and addresses for its ids. */
function golden(captured: PsRecords): PsRecords {
  const result: Record<string, PsRecords[string]> = { ...captured };
  for (const resource of RESOURCES) {
    const known = captured[resource] ?? assert.fail(resource);
    const files = readdirSync(FOLDER).filter((name) =>
      name.startsWith(known.element === 'order' ? 'order-' : known.element),
    );
    const pattern = new RegExp(`<${known.element}>\\n[\\s\\S]*?</${known.element}>\\n`, 'g');
    const records = files.flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').match(pattern) ?? []);
    assert.ok(records.length > 0, resource);
    result[resource] = { ...known, records };
  }
  const addresses = captured.addresses ?? assert.fail();
  const [address = ''] = addresses.records;
  result.addresses = { ...addresses, records: ['20', '21'].map((id) => withPsField(address, 'id', id)) };
  return result;
}
