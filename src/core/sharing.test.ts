import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, decimalText } from './decimal.ts';
import type { DocumentLine } from './document.ts';
import {
  afterLines,
  afterRefund,
  afterRetention,
  isRest,
  type OrderBalance,
  openBalance,
  type Share,
  shareAmount,
  shareLine,
  shareRetention,
} from './sharing.ts';

test('an amount equal to the rest gives each group back whole, with the taxes the shop stated', () => {
  const order = balanceOf(
    [line('36.00', '20', '7.21'), line('9.00', '5.5', '0.48'), line('3.00', null, null)],
    '55.69',
  );
  const { shares, balance } = shareAmount(order, 5569n);
  assert.deepEqual(texts(shares), ['untaxed 3.00', '5.5 9.00+0.48', '20 36.00+7.21']);
  assert.ok(balance.groups.every(({ net }) => net === 0n));
});

test('a part is shared by gross, the missing units to the largest fractions, and tax is taken out of each part', () => {
  const order = balanceOf([line('40.92', '20', '8.18'), line('9.00', '5.5', '0.49')], '58.59');
  const { shares } = shareAmount(order, 1000n);
  // 49.10 / 58.59 and 9.49 / 58.59 of 10.00: 8.3802 and 1.6197
  assert.deepEqual(texts(shares), ['5.5 1.54+0.08', '20 6.98+1.40']);
});

test('ties go to the largest group, then to the smallest id, where 9 comes before 10', () => {
  const order = balanceOf([taxed('10', '10.00', '0', '0.00'), taxed('9', '10.00', '0', '0.00')], '20.00');
  const { shares } = shareAmount(order, 1n);
  assert.equal(shares?.length, 1);
  assert.equal(shares?.[0]?.group?.taxes[0]?.code, '9');
});

test('refunds one after another end with exactly what is left', () => {
  let order = balanceOf([line('33.33', '20', '6.67'), line('11.11', '5.5', '0.61'), line('7.77', null, null)], '59.49');
  const given = { net: 0n, tax: 0n };
  for (const amount of [777n, 1234n, 1n, 2000n, 5949n - 777n - 1234n - 1n - 2000n]) {
    const { shares, balance } = shareAmount(order, amount);
    assert.ok(shares);
    assert.equal(sumOf(shares), amount);
    for (const share of shares) {
      given.net += share.net;
      given.tax += share.taxAmounts.reduce((all, value) => all + value, 0n);
    }
    order = afterRefund(balance, amount);
  }
  assert.deepEqual(given, { net: 5221n, tax: 728n });
});

test('lines given back count whole, and an amount on top is shared over what they left', () => {
  const order = balanceOf([line('18.00', '20', '3.60'), line('9.00', '5.5', '0.49')], '31.09');
  const after = afterLines(order, [line('18.00', '20.0000', '3.60')]);
  assert.deepEqual(texts(shareAmount(after, 500n).shares), ['5.5 4.74+0.26']);
  assert.equal(isRest(after, 949n), true);
});

test('more than remains first gives back earlier retentions without VAT, and beyond these nothing', () => {
  const order = balanceOf([line('18.00', '20', '3.60'), line('10.00', '20', '2.00')], '33.60');
  const returned = afterRefund(afterRetention(afterLines(order, [line('18.00', '20', '3.60')]), 160n), 2000n);
  assert.deepEqual(texts(shareAmount(returned, 1200n).shares), ['20 10.00+2.00']);
  assert.deepEqual(texts(shareAmount(returned, 1300n).shares), ['20 10.00+2.00', 'untaxed 1.00']);
  assert.deepEqual(texts(shareAmount(returned, 1360n).shares), ['20 10.00+2.00', 'untaxed 1.60']);
  const { shares, remaining } = shareAmount(returned, 1361n);
  assert.equal(shares, null);
  assert.equal(remaining, 1360n);
  assert.equal(shareAmount(balanceOf([], '0'), 1n).shares, null);
});

test('a stated total a cent from the lines is still given back whole', () => {
  const order = balanceOf([line('20.75', '20', '4.15')], '24.91');
  assert.deepEqual(texts(shareAmount(order, 2491n).shares), ['20 20.75+4.15']);
});

test('a group below zero lowers what remains but takes no part', () => {
  const order = balanceOf([line('45.75', '20', '9.15'), line('-4.00', null, null)], '50.90');
  assert.deepEqual(texts(shareAmount(order, 1000n).shares), ['20 8.33+1.67']);
  assert.deepEqual(texts(shareAmount(order, 5090n).shares), ['untaxed -4.00', '20 45.75+9.15']);
});

test('a retention with VAT reduces each group of its refund: 1.60 of 21.60 at 20 % is 1.33 and 0.27', () => {
  const shares = shareRetention([line('18.00', '20', '3.60')], 160n, 2);
  assert.deepEqual(texts(shares), ['20 -1.33+-0.27']);
  const [share] = shares;
  assert.ok(share);
  const made = shareLine(share, 'retention', null, 2);
  assert.equal(made.kind, 'adjustment');
  assert.equal(decimalText(made.gross), '-1.6');
  assert.equal(decimalText(made.taxes[0]?.base ?? decimal('0')), '-1.33');
});

test('two taxes on a line are one group, and a part gives each its share', () => {
  const both = { ...line('100.00', '5', '5.00'), taxes: [tax('1', '5', '5.00'), tax('2', '9.975', '9.98')] };
  const { shares } = shareAmount(balanceOf([both], '114.98'), 5749n);
  assert.deepEqual(texts(shares), ['5,9.975 50.00+2.50+4.99']);
});

function balanceOf(lines: readonly DocumentLine[], gross: string): OrderBalance {
  return openBalance(lines, decimal(gross), 2);
}

function line(net: string, rate: string | null, amount: string | null): DocumentLine {
  return taxed(rate === null ? null : `${rate}`, net, rate, amount);
}

function taxed(code: string | null, net: string, rate: string | null, amount: string | null): DocumentLine {
  const taxes = rate === null || amount === null ? [] : [tax(String(Number.parseInt(code ?? '', 10)), rate, amount)];
  return {
    id: '1',
    of: null,
    kind: 'product',
    label: null,
    product: null,
    carrier: null,
    taxRule: null,
    quantity: null,
    netBeforeDiscount: null,
    net: decimal(net),
    taxes,
    gross: decimal(net),
  };
}

function tax(code: string, rate: string, amount: string) {
  return { code, name: null, rate: decimal(rate), base: null, amount: decimal(amount), treatment: null };
}

function texts(shares: readonly Share[] | null): string[] {
  return (shares ?? []).map(({ group, net, taxAmounts }) => {
    const rates = (group?.taxes ?? []).map(({ rate }) => decimalText(rate)).join(',');
    const amounts = [net, ...taxAmounts].map((units) => decimalText({ units, scale: 2 }, 2));
    return `${rates === '' ? 'untaxed' : rates} ${amounts.join('+')}`;
  });
}

function sumOf(shares: readonly Share[]): bigint {
  return shares.reduce(
    (all, { net, taxAmounts }) => all + net + taxAmounts.reduce((sum, value) => sum + value, 0n),
    0n,
  );
}

test('a part that takes a small group whole takes it as the shop stated it, not as its rate would split it', () => {
  const order = balanceOf([line('0.01', '20', '0.01'), line('9.50', '5.5', '0.50')], '10.02');
  assert.deepEqual(texts(shareAmount(order, 1001n).shares), ['5.5 9.47+0.52', '20 0.01+0.01']);
});

test('taxes whose ids are words follow the alphabet, and untaxed comes first', () => {
  const group = (code: string, gross: string) => ({ ...line(gross, '0', '0.00'), taxes: [tax(code, '0', '0.00')] });
  const order = balanceOf([group('b', '10.00'), group('a', '10.00'), line('10.00', null, null)], '30.00');
  const codes = (amount: bigint) => shareAmount(order, amount).shares?.map(({ group }) => group?.taxes[0]?.code ?? '-');
  assert.deepEqual([codes(1n), codes(2n), codes(3n)], [['-'], ['-', 'a'], ['-', 'a', 'b']]);
});

test('a cent kept back is given back last; what was given back beside the order lowers what remains', () => {
  const order = balanceOf([line('10.00', '20', '2.00')], '12.00');
  const kept = afterRetention(afterLines(order, [line('10.00', '20', '2.00')]), 1n);
  assert.deepEqual(texts(shareAmount(kept, 1n).shares), ['untaxed 0.01']);
  const beside = afterLines(order, [line('1.00', null, null)]);
  assert.deepEqual(
    beside.groups.map(({ net, taxAmounts }) => [net, ...taxAmounts]),
    [[-100n], [1000n, 200n]],
  );
  const taxed = afterLines(order, [line('1.00', '10', '0.10')]);
  assert.deepEqual(
    taxed.groups.map(({ net, taxAmounts }) => [net, ...taxAmounts]),
    [
      [-100n, -10n],
      [1000n, 200n],
    ],
  );
});

test('groups of one tax code stand by what else they bear', () => {
  const group = (rate: string) => ({ ...line('10.00', '0', '0.00'), taxes: [tax('a', rate, '0.00')] });
  const rates = (...lines: DocumentLine[]) =>
    balanceOf(lines, '20.00').groups.map(({ taxes }) => decimalText(taxes[0]?.rate ?? decimal('0')));
  assert.deepEqual(rates(group('5'), group('10')), ['10', '5']);
  assert.deepEqual(rates(group('10'), group('5')), ['10', '5']);
});

test('D-06 what was stated counts down with each refund, and what was kept is given back with it, to the cent', () => {
  // Stated a cent above its lines: after 10.00 given back, 14.91 is the rest by the total, 14.90 by the lines.
  const order = balanceOf([line('20.75', '20', '4.15')], '24.91');
  const first = shareAmount(order, 1000n);
  assert.equal(first.balance.untaxedRetentions, 0n);
  const rest = afterRefund(first.balance, 1000n);
  assert.deepEqual(
    [1490n, 1491n, 1492n].map((amount) => isRest(rest, amount)),
    [true, true, false],
  );
  assert.deepEqual(
    [isRest(balanceOf([], '0'), 0n), isRest(balanceOf([line('0.01', null, null)], '0.01'), 1n)],
    [false, true],
  );
  // 12.00 of which 1.00 was kept: what remains of the lines is theirs alone, what remains of the total is 11.00.
  const kept = afterRetention(balanceOf([line('10.00', '20', '2.00')], '12.01'), 100n);
  assert.deepEqual([isRest(kept, 1101n), isRest(kept, 1301n)], [true, false]);
  const whole = afterRetention(balanceOf([line('10.00', '20', '2.00')], '12.00'), 100n);
  assert.deepEqual(texts(shareAmount(whole, 1200n).shares), ['20 10.00+2.00']);
  // A cent beyond lines and retention, as the total states: all is given back, and nothing is kept any more.
  const lines = [line('18.00', '20', '3.60'), line('10.00', '20', '2.00')];
  const returned = afterLines(balanceOf(lines, '33.61'), [line('18.00', '20', '3.60')]);
  const all = shareAmount(afterRefund(afterRetention(returned, 160n), 2000n), 1361n);
  assert.deepEqual(texts(all.shares), ['20 10.00+2.00', 'untaxed 1.60']);
  assert.equal(all.balance.untaxedRetentions, 0n);
});

test('D-06 a group of a cent takes its part, one that gets nothing is no line, an order below zero gives nothing', () => {
  const cents = [line('0.01', null, null), line('0.02', '5.5', '0.00')];
  assert.deepEqual(texts(shareAmount(balanceOf(cents, '0.03'), 2n).shares), ['untaxed 0.01', '5.5 0.01+0.00']);
  assert.deepEqual(texts(shareRetention(cents, 2n, 2)), ['untaxed -0.01', '5.5 -0.01+0.00']);
  assert.deepEqual(texts(shareRetention([line('0.01', null, null), line('90.00', '5.5', '4.95')], 1n, 2)), [
    '5.5 -0.01+0.00',
  ]);
  assert.deepEqual(shareRetention([], 160n, 2), [{ group: null, net: -160n, taxAmounts: [] }]);
  const below = shareAmount(balanceOf([line('-4.00', null, null)], '-4.00'), 1n);
  assert.deepEqual([below.shares, below.remaining], [null, 0n]);
});

test('an id that is a number comes before one that is a word, whatever their order', () => {
  const group = (code: string) => ({ ...line('10.00', '0', '0.00'), taxes: [tax(code, '0', '0.00')] });
  for (const codes of [
    ['a', '10'],
    ['10', 'a'],
  ])
    assert.deepEqual(
      balanceOf(codes.map(group), '20.00').groups.map(({ taxes }) => taxes[0]?.code),
      ['10', 'a'],
    );
});
