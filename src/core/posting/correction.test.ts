import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAPPINGS, manualSettings, mapping, sketch, toldInFull, withMappings } from '../testing/sketch.ts';
import { bearsTheSame, correctionKey, correctionOf, customerAmount, reversalOf } from './correction.ts';
import { postDocument } from './post.ts';

function entriesOf(text: string, settings = manualSettings()) {
  const posted = postDocument(sketch(text), settings);
  assert.ok(posted.state === 'ready');
  return posted.entries;
}

test('D-14 the part of a reversal names what it reverses and for which time, there and back', () => {
  for (const [of, nth, key] of [
    ['document', 1, 'correction/1'],
    ['document', 12, 'correction/12'],
    ['payment/7', 2, 'correction/2/payment/7'],
    ['refund/a/b', 3, 'correction/3/refund/a/b'],
  ] as const) {
    assert.equal(correctionKey(of, nth), key);
    assert.deepEqual(correctionOf(key), { of, nth });
  }
  for (const part of ['document', 'payment/7', 'correction/', 'correction/x', 'correction/1234567', 'a correction/1'])
    assert.equal(correctionOf(part), null, part);
});

test('D-14 a reversal is what was written, each amount on the other side, matched with nothing', () => {
  const [sale] = entriesOf('sale FR; product 10 20% 2');
  assert.ok(sale);
  const matched = {
    ...sale,
    lines: sale.lines.map((line) => ({ ...line, matchingCode: 'AAA', matchingDay: sale.date })),
  };
  const back = reversalOf(matched, 2);
  assert.equal(back.part, 'correction/2');
  assert.equal(
    toldInFull(back),
    'VTE 2018-11-26 #FA000001 WEB1 "John DOE - #FA000001 - 1": 4110000/WEBFRANCE -12.00 | 707100 [C20] 10.00 | 4457120 [C20, 20.00 %] 2.00',
  );
  assert.ok(back.lines.every((line) => !('matchingDay' in line)));
});

test('D-14 what an entry puts on the customer is told with his deposits, and payments are held against it', () => {
  const otherLines = mapping(MAPPINGS.otherLines.default, [
    { item: 'deposit', withoutVat: '419100' },
    { item: 'depositVat', withoutVat: '445880' },
  ]);
  const settings = withMappings(
    { otherLines },
    { deposits: true, depositVat: true, payments: { ...manualSettings().payments, date: 'payment' } },
  );
  const texts = ['product 10 20% 2', 'product 12', 'product 10 20% 2'];
  const [taxed, bare, same] = texts.map((line) => entriesOf(`sale FR; ${line}; paid card 5 on 2018-11-20`, settings));
  assert.deepEqual(
    [taxed, bare].map((entries) => entries?.map(customerAmount)),
    [
      [1200n, -500n],
      [1200n, -500n],
    ],
  );
  const payment = (entries = taxed) => entries?.[1] ?? assert.fail('no payment');
  assert.ok(bearsTheSame(payment(), payment(same)));
  assert.ok(!bearsTheSame(payment(), payment(bare)), 'the same of the customer, other VAT');
  const [, less] = entriesOf('sale FR; product 10 20% 2; paid card 4 on 2018-11-20', settings);
  assert.ok(less && !bearsTheSame(payment(), less));
});
