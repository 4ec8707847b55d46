import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../decimal.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInFull, withMappings } from '../testing/sketch.ts';
import { partsOf } from './parts.ts';
import { postDocument } from './post.ts';

/** What follows the entry of the document. */
function payments(text: string, settings = manualSettings(), changes = {}): string {
  return told(postDocument(sketch(text, changes), settings)).replace(/^.*? (?=\/\/|;)/, '');
}

const SALE = 'sale FR; product 83.33 20% 16.67';

/** [payments of a sale of 100.00, the entries they make] */
const cases: [string, string][] = [
  ['paid card 100.00', '// 4110000 -100.00 | 5125 100.00'],
  ['paid card 100.00 fee=1.13/EUR', '// 4110000 -100.00 | 627000 1.13 | 5125 98.87'],
  ['paid card 60; paid cheque 40', '// 4110000 -60.00 | 5125 60.00 // 4110000 -40.00 | 5112 40.00'],
  // Within the tolerance of 1.00 the rest is booked with the last payment by date.
  ['paid card 99.00', '// 4110000 -100.00 | 654000 1.00 | 5125 99.00'],
  ['paid card 101.00', '// 4110000 -100.00 | 758100 -1.00 | 5125 101.00'],
  [
    'paid cheque 59.50 on 2018-12-05; paid card 40 on 2018-12-01',
    '// 4110000 -60.00 | 654000 0.50 | 5112 59.50 // 4110000 -40.00 | 5125 40.00',
  ],
  ['paid card 50; paid card 49.50', '// 4110000 -50.00 | 5125 50.00 // 4110000 -50.00 | 654000 0.50 | 5125 49.50'],
  // A cent beyond it the balance stays open, and is named.
  ['paid card 98.99', '// 4110000 -98.99 | 5125 98.99 ; warn: document.payments-differ'],
  ['paid card 101.01', '// 4110000 -101.01 | 5125 101.01 ; warn: document.payments-differ'],
  // An unknown method holds its payment, not its sale; the difference waits with the payment that bears it.
  ['paid other 100', '; part: mapping.unknown-payment payment/1'],
  [
    'paid card 50 on 2018-12-01; paid other 49.50 on 2018-12-02',
    '// 4110000 -50.00 | 5125 50.00 ; part: mapping.unknown-payment payment/2',
  ],
  // A method that is not ticked is no part; an empty one is the row N/A.
  ['paid cash 100', '4110000 100.00 | 707100 -83.33 | 4457120 -16.67'],
  ['paid card 50; paid cash 49.50', '// 4110000 -50.50 | 654000 0.50 | 5125 50.00'],
  ['paid - 100', '// 4110000 -100.00 | 471000 100.00'],
  // Gift cards and store credit clear their own liability.
  ['paid gift 100 type=giftCard', '// 4110000 -100.00 | 419100 100.00'],
  ['paid card 30 type=giftCard; paid card 70', '// 4110000 -30.00 | 5125 30.00 // 4110000 -70.00 | 5125 70.00'],
  ['paid credit 100 type=storeCredit', '; part: mapping.no-account payment/1'],
  // A fee in a currency nobody can convert is left out, and said.
  ['paid card 100 fee=1.13/CHF', '// 4110000 -100.00 | 5125 100.00 ; warn: payment.fee-currency payment/1'],
  ['paid card 120; refunded card 20 on 2018-12-01', '// 4110000 -120.00 | 5125 120.00 // 4110000 20.00 | 5125 -20.00'],
];

for (const [text, expected] of cases)
  test(`100.00 due, ${text}`, () => assert.equal(payments(`${SALE}; ${text}`), expected));

test('D-05 S-201 T-08 a refund payment goes the other way, and so does its difference', () => {
  const refund = (text: string) => payments(`creditNote FR; product 83.33 20% 16.67; ${text}`);
  assert.equal(refund('refunded card 100'), '// 4110000 100.00 | 5125 -100.00');
  assert.equal(refund('refunded card 99.50'), '// 4110000 100.00 | 758100 -0.50 | 5125 -99.50');
  assert.equal(refund('refunded card 100.50'), '// 4110000 100.00 | 654000 0.50 | 5125 -100.50');
  assert.equal(refund('refunded card 100 fee=0.30/EUR'), '// 4110000 100.00 | 627000 0.30 | 5125 -100.30');
});

test('S-202 without a fee account payments are booked whole', () => {
  const payment = mapping({ ...MAPPINGS.payments.default, fee: null }, [{ item: 'card', create: true }]);
  assert.equal(
    payments(`${SALE}; paid card 100 fee=1.13/EUR`, withMappings({ payments: payment })),
    '// 4110000 -100.00 | 5125 100.00',
  );
});

test('a bank account, journal or difference account that lacks holds the payment alone', () => {
  const base = MAPPINGS.payments.default;
  const without = (changes: Partial<BookSettings['mappings']['payments']['default']>) => {
    return withMappings({ payments: mapping({ ...base, ...changes }, [{ item: 'card', create: true }]) });
  };
  assert.equal(payments(`${SALE}; paid card 100`, without({ bank: null })), '; part: mapping.no-account payment/1');
  assert.equal(payments(`${SALE}; paid card 100`, without({ journal: null })), '; part: mapping.no-journal payment/1');
  const differences = mapping({ ...MAPPINGS.differences.default, differenceExpense: null });
  assert.equal(
    payments(`${SALE}; paid card 99.50`, withMappings({ differences })),
    '; part: mapping.no-account payment/1',
  );
});

test('S-230 a payment is dated as the profile says; before its sale it is written, and pointed out', () => {
  const dated = (date: BookSettings['payments']['date']) => {
    const settings = manualSettings({ payments: { date, piece: 'orderId', reference: 'R', label: '%PM of %OD' } });
    const posted = postDocument(sketch(`${SALE}; paid card 100 on 2018-11-25`), settings);
    assert.ok(posted.state === 'ready');
    return [
      posted.entries[1] && toldInFull(posted.entries[1]).split(':')[0],
      posted.problems.map(({ code }) => code).join(),
    ];
  };
  assert.deepEqual(dated('payment'), ['BEU 2018-11-25 1 R "Name of card of 26/11/2018"', 'payment.before-sale']);
  assert.deepEqual(dated('invoice'), ['BEU 2018-11-26 1 R "Name of card of 26/11/2018"', '']);
  assert.deepEqual(dated('today'), ['BEU 2026-11-30 1 R "Name of card of 26/11/2018"', '']);
});

test('an order of several parts books its difference once, with its first sale', () => {
  const wholeOrder = {
    saleParts: 2,
    sales: decimal('120'),
    creditNotes: decimal('0'),
    paidIn: decimal('119.50'),
    paidOut: decimal('0'),
  };
  assert.equal(
    payments(`${SALE}; paid card 119.50`, manualSettings(), { wholeOrder }),
    '// 4110000 -120.00 | 654000 0.50 | 5125 119.50',
  );
  assert.equal(
    payments(`${SALE}; paid card 99.50`, manualSettings(), { wholeOrder, key: 'sale/1/2' }),
    '// 4110000 -99.50 | 5125 99.50',
  );
});

test('D-35 S-201 parts: the document, and each payment whose method is ticked or unknown', () => {
  const document = sketch(`${SALE}; paid card 50; paid cash 20; paid other 20; refunded card 1; paid card 0`);
  assert.deepEqual(partsOf(document, manualSettings()), ['document', 'payment/1', 'payment/3', 'refund/4']);
  const posted = postDocument(document, manualSettings());
  assert.ok(posted.state === 'ready');
  assert.deepEqual(
    [...posted.entries.map(({ part }) => part), ...posted.heldParts].sort(),
    partsOf(document, manualSettings()).sort(),
  );
});

test('several payments held for the same reason are each named', () => {
  const posted = postDocument(sketch(`${SALE}; paid a 50; paid b 50`), manualSettings());
  assert.ok(posted.state === 'ready');
  assert.deepEqual(posted.heldParts, ['payment/1', 'payment/2']);
});

test('a foreign sale paid in full by two payments leaves no cent on the customer: the currency takes it', () => {
  const sale = 'sale US USD@1.1; product 10.00';
  const halves = `${sale}; paid card 5; paid card 5 on 2018-12-01`;
  // 10.00 is 9.09 in the books, each 5.00 is 4.55.
  assert.equal(
    told(postDocument(sketch(halves), manualSettings())),
    '4110000 9.09 | 707200 -9.09 // 4110000 -4.55 | 5125 4.55 // 4110000 -4.54 | 766000 -0.01 | 5125 4.55',
  );
  const refund = 'creditNote US USD@1.1; product 10.00; refunded card 5; refunded card 5 on 2018-12-01';
  assert.equal(
    told(postDocument(sketch(refund), manualSettings())),
    '4110000 -9.09 | 707200 9.09 // 4110000 4.55 | 5125 -4.55 // 4110000 4.54 | 666000 0.01 | 5125 -4.55',
  );
  assert.equal(payments(`${sale}; paid card 10`), '// 4110000 -9.09 | 5125 9.09');
  assert.equal(
    payments(`${sale}; paid card 5; paid card 4.50 on 2018-12-01`),
    '// 4110000 -4.55 | 5125 4.55 // 4110000 -4.54 | 654000 0.45 | 5125 4.09',
  );
  assert.equal(
    payments(`${sale}; paid card 5; paid card 1 on 2018-12-01`),
    '// 4110000 -4.55 | 5125 4.55 // 4110000 -0.91 | 5125 0.91 ; warn: document.payments-differ',
  );
});

test('§5.1 a payment of less than half a unit of the books has no entry', () => {
  const text = 'sale FR VND@27000; product 100000; paid card 99900; paid card 100';
  assert.equal(payments(text), '// 4110000 -3.70 | 5125 3.70');
});
