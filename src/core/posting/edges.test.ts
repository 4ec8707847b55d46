import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../decimal.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInFull, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

/** What is rare: nothing to write, no account but no amount either, one party of a pair missing. */
const post = (text: string, settings = manualSettings(), changes = {}) =>
  told(postDocument(sketch(text, changes), settings));

test('nothing to write is left out before anything could hold it, with discount lines or without', () => {
  for (const discountLines of [false, true])
    for (const text of ['sale -; product 0 20% 0', 'sale -; product 0 20% 0; paid card 0'])
      assert.equal(post(text, manualSettings({ discountLines })), 'excluded: document.nothing-to-write', text);
});

test('a line of zero needs no account', () => {
  assert.match(post('sale FR; product 10 20% 2; duty 0'), /^4110000 12.00 \| 707100/);
});

test('two discounts without an account hold the document, once', () => {
  const sales = mapping({
    ...MAPPINGS.sales.default,
    discountWithVat: null,
  } as BookSettings['mappings']['sales']['default']);
  const text = 'sale FR; product 9 20% 1.80 was=10; product 9 20% 1.80 was=10';
  assert.equal(post(text, withMappings({ sales }, { discountLines: true })), 'held: mapping.no-account');
});

test('D-20 a customer is of the country of the delivery when nothing is billed, and of the billing otherwise', () => {
  const settings = withMappings({
    sales: mapping(MAPPINGS.sales.default, [{ treatment: 'intraCommunity', withoutVat: '707400' }]),
  });
  const one = sketch('sale DE vat=123456789; product 10');
  assert.match(told(postDocument({ ...one, billing: null }, settings)), /707400/);
  assert.match(told(postDocument({ ...one, delivery: null }, settings)), /707400/);
  const french = one.billing && { ...one.billing, country: 'FR' };
  assert.match(told(postDocument({ ...one, billing: french }, settings)), /707200/, 'nine digits are no French number');
});

test('a gift card given back goes by the journal of credit notes, one used by that of sales', () => {
  const settings = withMappings({ journals: mapping({ sales: 'VTE', creditNotes: 'AVO' }) });
  const journals = (text: string) => {
    const posted = postDocument(sketch(text), settings);
    assert.ok(posted.state === 'ready', told(posted));
    return posted.entries.map(({ journal }) => journal);
  };
  assert.deepEqual(journals('sale FR; product 10; paid gift 10 type=giftCard'), ['VTE', 'VTE']);
  assert.deepEqual(journals('creditNote FR; product 10; refunded gift 10 type=giftCard'), ['AVO', 'AVO']);
});

test('D-24 an order of one part, paid in parts, leaves no cent of its conversion', () => {
  const wholeOrder = {
    saleParts: 1,
    sales: decimal('10'),
    creditNotes: decimal('0'),
    paidIn: decimal('10'),
    paidOut: decimal('0'),
  };
  const text = 'sale FR USD@1.1; product 10; paid card 5; paid card 5';
  assert.match(
    post(text, manualSettings(), { wholeOrder }),
    /4110000 -4.55 .* \/\/ 4110000 -4.54 \| 766000 -0.01 \| 5125 4.55$/,
  );
});

test('S-196 the default of the other taxes serves where the taxes have none, and only there', () => {
  const bare = {
    account: null,
    code: null,
    grid: null,
    creditGrid: null,
  } as BookSettings['mappings']['taxes']['default'];
  const otherTaxes = mapping({ ...bare, account: '445719' });
  const vat = (taxes: BookSettings['mappings']['taxes']) =>
    post('sale FR; product 10 13% 1.30', withMappings({ taxes, otherTaxes })).split(' | ')[2]?.split(' ; ')[0];
  assert.equal(vat(mapping(bare)), '445719 -1.30');
  assert.equal(vat(mapping({ ...bare, account: '445700' })), '445700 -1.30');
});

test('D-24 a rate of nothing is told, though the profile has one', () => {
  const currencies = mapping(MAPPINGS.currencies.default, [{ item: 'USD', rate: '1.25' }]);
  assert.match(
    post('sale FR USD@0; product 10; paid card 10', withMappings({ currencies })),
    /^held: document.currency-without-rate/,
  );
});

test('S-268 a guest’s common account makes no customer of its own for the list', () => {
  const records = { stripAccents: false, upperCaseName: false, upperCaseAddress: false };
  const customers = { ...manualSettings().customers, guest: { account: '411900', thirdParty: 'PASSAGE' }, records };
  const guest = { ...sketch('sale FR').customer, guest: true };
  const posted = postDocument(sketch('sale FR; product 10', { customer: guest }), manualSettings({ customers }));
  assert.ok(posted.state === 'ready');
  assert.deepEqual(
    posted.entries.map((entry) => [entry.customers.length, toldInFull(entry).includes('411900/PASSAGE')]),
    [[0, true]],
  );
});

test('D-28 R-11 a sale that comes to nothing has no VAT for its deposit to bear', () => {
  const otherLines = mapping(MAPPINGS.otherLines.default, [
    { item: 'deposit', withoutVat: '419100' },
    { item: 'depositVat', withoutVat: '445880' },
  ]);
  const payments = { ...manualSettings().payments, date: 'payment' as const };
  const settings = withMappings({ otherLines }, { deposits: true, depositVat: true, payments });
  const text = 'sale FR; product 10 20% 2; product -10 20% -2; paid card 5 on 2018-11-20';
  assert.equal(post(text, settings).split(' ; ')[0], '4110000 -5.00 | 419100 5.00 // 419100 -5.00 | 5125 5.00');
});

test('an entry names the order by its number, else by its id', () => {
  const order = { ...sketch('sale FR').order, number: 'A-1' };
  const names = (changes: object) => {
    const posted = postDocument(sketch('sale FR; product 10; paid card 10', changes), manualSettings());
    assert.ok(posted.state === 'ready');
    return posted.entries.map((entry) => entry.order);
  };
  assert.deepEqual(
    [names({ order }), names({})],
    [
      ['A-1', 'A-1'],
      ['1', '1'],
    ],
  );
});

test('S-222 one dong, which is nothing in euros, is not lost in dongs', () => {
  const currencies = mapping(MAPPINGS.currencies.default, [{ item: 'VND', ledgerCurrency: 'VND' }]);
  const posted = postDocument(
    sketch('sale FR VND@27000; product 100000; shipping 1'),
    withMappings({ currencies }, { inCurrency: true }),
  );
  assert.ok(posted.state === 'ready');
  const amounts = posted.entries[0]?.lines.map(
    ({ account, amountInCurrency }) => `${account} ${amountInCurrency?.minor}`,
  );
  assert.deepEqual(amounts, ['4110000 100001', '707200 -100001']);
});

test('D-36 a payment without method or name is told by what there is', () => {
  const payments = mapping(MAPPINGS.payments.default, [{ item: 'card', create: true }]);
  const { problems } = postDocument(sketch('sale FR; product 10; paid - 10'), withMappings({ payments }));
  const unknown = problems.find(({ code }) => code === 'mapping.unknown-payment');
  assert.deepEqual(unknown?.values, { method: 'N/A', name: '', amount: '10.00' });
});
