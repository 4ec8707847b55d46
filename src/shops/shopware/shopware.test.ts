import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { copy, KEY, lines, ORDERS, type ShopwareTestShop, startShopware } from '../../../test/shopware-server.ts';
import { day } from '../../core/calendar.ts';
import { decimalText } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { Failure } from '../../core/problem.ts';
import type { Misbehaviour } from '../../demo/misbehave.ts';
import { documentsIn, gathered, HTTP, requestOf } from '../read.test-kit.ts';
import type { ReadEvent, ReadRequest, ShopConnection } from '../reader.ts';
import { shopware } from './index.ts';

const NEVER = new AbortController().signal;

let shop: ShopwareTestShop;

before(async () => {
  shop = await startShopware();
});
after(async () => await shop.close());
beforeEach(() => {
  shop.misbehave([]);
  shop.orders = ORDERS;
  shop.denied = [];
});

describe('Shopware 6', () => {
  const told: Readonly<Record<string, string>> = {
    // The golden trade: a promotion over two rates, and a credit added later, which is no part of the sale.
    '10001':
      '58.59 EUR | product 40.00 20%=8.00; product 10.00 5.5%=0.55; discount -5.00 20%=-0.80/-4.00 5.5%=-0.06/-1.00; shipping 4.92 20%=0.98 | in stripe_card 58.59 2026-10-04 | RE1001 2026-10-04',
    '10002':
      '132.00 EUR | product 100.00 20%=20.00; shipping 10.00 20%=2.00 | in payment_invoice 132.00 2026-10-06 | RE1002 2026-10-05',
    '10006': '12.35 EUR | product 10.27 20%=2.06; rounding 0.02 | in payment_invoice 12.35 2026-10-11 | ',
    '10007': '59.90 EUR | product 49.92 20%=9.98 |  | ',
    '10003': '108.62 USD | product 100.00; shipping 8.62 | in paypal 108.62 2026-11-01 | ',
  };

  test('S-011 sales: prices with tax, without, and tax-free; promotions, containers, cash rounding', async () => {
    const documents = await read({});
    assert.deepEqual(Object.fromEntries(documents.map((document) => [document.order.number, tellOf(document)])), told);
    const [first, company, dollars] = documents;
    assert.deepEqual(
      [first?.pricesIncludeTax, first?.customer.guest, first?.subShop?.name],
      [true, true, 'Storefront'],
    );
    assert.deepEqual(
      [company?.customer.vatNumber?.value, company?.customer.company, company?.customer.guest],
      ['FR12345678901', 'Librairie Roche', false],
    );
    assert.equal(decimalText(dollars?.currency.rate ?? { units: 0n, scale: 0 }), '1.0862');
    assert.deepEqual(
      first?.totals.taxes?.map(({ rate, amount }) => `${decimalText(rate)} ${decimalText(amount, 2)}`),
      ['20 8.18', '5.5 0.49'],
    );
  });

  test('S-011 a credit of an order is a credit note of its own day, with its document’s number', async () => {
    const [note] = await read({ kind: 'creditNotes' });
    assert.ok(note !== undefined);
    assert.equal(tellOf(note), '21.60 EUR | adjustment 18.00 20%=3.60 | out stripe_card 21.60 2026-10-12 | ');
    assert.deepEqual(
      [note.creditNote?.number, note.creditNote?.date, note.creditNote?.reason],
      ['GS1001', '2026-10-12', 'Carnet abîmé'],
    );
    assert.deepEqual(
      note.remarks.map(({ code }) => code),
      ['payment.supposed'],
    );
    assert.deepEqual(await read({ kind: 'creditNotes', from: day('2026-10-13') }), []);
  });

  test('S-130 the days are those of the profile’s zone, and states choose', async () => {
    const numbers = async (request: Partial<ReadRequest>) => (await read(request)).map(({ order }) => order.number);
    assert.deepEqual(await numbers({ to: day('2026-10-31') }), ['10001', '10002', '10006', '10007']);
    assert.deepEqual(await numbers({ from: day('2026-11-01') }), ['10003']);
    assert.deepEqual(await numbers({ statuses: ['open'] }), ['10004']);
    assert.deepEqual(await numbers({ findBy: 'invoice', from: day('2026-10-04'), to: day('2026-10-04') }), ['10001']);
    assert.deepEqual(await numbers({ subShops: ['0'.repeat(32)] }), []);
    const changedSince = Date.parse('2026-10-31T00:00:00Z');
    assert.deepEqual(await numbers({ changedSince }), ['10003']);
    assert.equal(await opened({}).count(requestOf({ changedSince })), 1, 'D-15');
    assert.equal(await opened({}).count(requestOf({ changedSince, findBy: 'invoice' })), 1, 'D-15');
    assert.equal(await opened({}).count(requestOf({ changedSince, kind: 'creditNotes' })), null, 'D-15');
  });

  test('without the history of states a payment has the day of its transaction, and that is said once', async () => {
    shop.denied = ['state-machine-history'];
    const events = await eventsOf({});
    const problems = events.flatMap((event) => (event.type === 'problem' ? [event.problem.values.right] : []));
    assert.deepEqual(problems, ['state_machine_history:read']);
    const [first] = documentsIn(events);
    assert.deepEqual(
      [first?.payments[0]?.date, first?.remarks.map(({ code }) => code)],
      ['2026-10-03', ['payment.date-supposed']],
    );
  });

  test('D-16 a thousand orders, page by page: each once; the token is renewed when it is over', async () => {
    shop.orders = Array.from({ length: 1000 }, (_, index) => copy(index + 1));
    shop.tokens = 0;
    let clock = Date.now();
    const now = () => (clock += 20_000);
    const numbers = documentsIn(await eventsOf({}, { now })).map(({ order }) => order.number);
    assert.equal(numbers.length, 1000);
    assert.equal(new Set(numbers).size, 1000);
    assert.ok(shop.tokens > 1, String(shop.tokens));
    assert.equal(await opened({}).count(requestOf({})), 1000);
  });

  const passing: [string, Misbehaviour][] = [
    ['a 502', { when: { path: /search\/order/ }, do: 'status502' }],
    ['a connection cut', { when: { path: /search\/order/ }, do: 'reset' }],
    ['a body cut in the middle', { when: { path: /search\/order/ }, do: 'truncate' }],
    ['a 429 that says when', { when: { path: /oauth/ }, do: 'status429', retryAfterSeconds: 1 }],
  ];
  for (const [what, rule] of passing) {
    test(`T-02 ${what} passes`, async () => {
      shop.misbehave([rule]);
      assert.equal((await read({})).length, 5);
    });
  }

  const lasting: [string, Partial<ShopConnection>, Misbehaviour | null, string][] = [
    ['another secret', { credentials: { ...KEY, clientSecret: 'x' } }, null, 'shop.key-refused'],
    ['a page of the host', {}, { when: { path: /search\/order/ }, do: 'html', times: 9 }, 'shop.not-an-answer'],
    [
      'a second page that is lost',
      {},
      { when: { path: /search\/order/, page: 2 }, do: 'reset', times: 9 },
      'shop.page-failed',
    ],
  ];
  for (const [what, fields, rule, code] of lasting) {
    test(`T-03 ${what}: ${code}`, async () => {
      shop.orders = Array.from({ length: 150 }, (_, index) => copy(index + 1));
      if (rule !== null) shop.misbehave([rule]);
      const failure = await eventsOf({}, fields).then(
        () => null,
        (error: unknown) => error,
      );
      assert.ok(failure instanceof Failure, String(failure));
      assert.equal(failure.code, code);
    });
  }

  test('T-01 orders that may not be read: the right is named', async () => {
    shop.denied = ['order'];
    await assert.rejects(read({}), (error) => error instanceof Failure && error.values.right === 'order:read');
    const checks = await opened({}).check(NEVER);
    assert.deepEqual(
      checks.map(({ id, result }) => `${id} ${result}`),
      ['address ok', 'key ok', 'orders failed', 'history ok', 'taxRates ok', 'clock ok', 'timeZone warning'],
    );
  });

  test('S-115 facts, lists and what became of orders', async () => {
    const open = opened({});
    const facts = await open.facts(NEVER);
    assert.deepEqual([facts.currency, facts.version, facts.timeZone], ['EUR', '6.6.5.0', null]);
    const lists = await open.lists(NEVER);
    assert.deepEqual(
      lists.taxes.map(({ name, rate }) => `${name} ${rate}`),
      ['TVA 20 % 20.00'],
    );
    assert.deepEqual(
      lists.paymentMethods.map(({ id }) => id),
      ['stripe_card', 'N/A'],
    );
    const ids = ORDERS.map(({ id }) => String(id));
    const states = await open.standing?.(requestOf({}), [ids[0] ?? '', ids[4] ?? '', 'f'.repeat(32)]);
    assert.deepEqual(
      [...(states ?? [])].map(([, { status, wanted }]) => `${status} ${wanted}`),
      ['completed true', 'cancelled false'],
    );
    const notes = [ids[0] ?? ''].map((orderId) => ({ id: String(lines(ORDERS[0])[3]?.id), orderId }));
    assert.equal((await open.creditNotesLeft?.(requestOf({}), notes))?.size, 1);
  });
});

function tellOf({ totals, currency, lines: own, payments, invoice }: SalesDocument): string {
  const amount = (value: { units: bigint; scale: number }) => decimalText(value, 2);
  const told = own.map(({ kind, net, taxes }) =>
    [
      kind,
      amount(net),
      ...taxes.map((tax) => `${decimalText(tax.rate)}%=${amount(tax.amount)}${tax.base ? `/${amount(tax.base)}` : ''}`),
    ].join(' '),
  );
  const paid = payments.map((one) => `${one.direction} ${one.method.id} ${amount(one.amount)} ${one.date}`);
  const named = payments[0]?.direction === 'out' || invoice === null ? '' : `${invoice.number} ${invoice.date}`;
  return [`${amount(totals.gross)} ${currency.code}`, told.join('; '), paid.join('; '), named].join(' | ');
}

function opened(fields: Partial<ShopConnection>) {
  return shopware.open({
    url: `${shop.url}/admin`,
    credentials: KEY,
    http: HTTP,
    now: Date.now,
    sleep: async () => {},
    ...fields,
  });
}

/** The events of a read of the orders, whose first is of October. */
function eventsOf(request: Partial<ReadRequest>, fields: Partial<ShopConnection> = {}): Promise<ReadEvent[]> {
  return gathered(opened(fields).read(requestOf({ from: day('2026-10-01'), ...request })));
}

async function read(request: Partial<ReadRequest>): Promise<SalesDocument[]> {
  return documentsIn(await eventsOf(request));
}
