import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../calendar.ts';
import { sourceOf } from '../document.ts';
import { manualSettings, sketch } from '../testing/sketch.ts';
import { inOpenPeriod, type PeriodPolicy } from './late.ts';
import { postDocument } from './post.ts';

const document = sketch('sale FR; product 10; paid card 10');
const posted = postDocument(document, manualSettings());
const [sale, payment] = posted.state === 'ready' ? posted.entries : [];
assert.ok(sale && payment);

/** [closed to, policy, answer; of the sale and of its payment: date, problem] */
const cases: [string | null, PeriodPolicy['late'], PeriodPolicy['answer'], string, string][] = [
  [null, 'refuse', null, '2018-11-26', '2018-11-26'],
  ['2018-11-25', 'refuse', null, '2018-11-26', '2018-11-26'],
  ['2018-11-26', 'refuse', null, '2018-11-26 hold period.closed', '2018-11-26 part period.closed payment/1'],
  ['2018-11-30', 'nextOpenDay', null, '2018-12-01 warn period.moved', '2018-12-01 warn period.moved payment/1'],
  ['2018-11-30', 'ask', null, '2018-11-26 hold period.ask', '2018-11-26 part period.ask payment/1'],
  ['2018-11-30', 'ask', 'keepDate', '2018-11-26', '2018-11-26'],
  ['2018-11-30', 'ask', 'nextOpenDay', '2018-12-01 warn period.moved', '2018-12-01 warn period.moved payment/1'],
  ['2018-11-30', 'refuse', 'keepDate', '2018-11-26 hold period.closed', '2018-11-26 part period.closed payment/1'],
];
for (const [closedTo, late, answer, ofSale, ofPayment] of cases) {
  test(`D-33 closed to ${closedTo}, ${late}, answered ${answer}: ${ofSale}; ${ofPayment}`, () => {
    const policy = { closedTo: closedTo === null ? null : day(closedTo), late, answer };
    const told = [sale, payment].map((one) => {
      const { entry, problem } = inOpenPeriod(one, policy, sourceOf(document));
      return [entry.date, problem?.severity, problem?.code, problem?.part].filter(Boolean).join(' ');
    });
    assert.deepEqual(told, [ofSale, ofPayment]);
  });
}
