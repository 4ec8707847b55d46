import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal, decimalText, type Rounding, type ZERO } from '../../core/decimal.ts';
import { explains, type RoundType, splitGross, spread, type VatInput, type VatLine, vatOf } from './vat.ts';

/**
 * Orders as one line: `products 38.29/43.45; 1 x 20.75 @19; 1 x 17.54 @7`, gross after the slash; then as wanted
 * `discount`, `shipping free`, `eco` (net for one and its rate), `voucher` (net, on that line alone).
 * The first eleven are orders of a real shop, with the figures its invoices print.
 */
const cases: [string, string, string, (RoundType | undefined)?, (Rounding | undefined)?][] = [
  [
    'P15: a cent too much is taken off the largest tax',
    'products 38.29/43.45; 1 x 20.75 @19; 1 x 17.535545 @7',
    '20.75 +3.93 | 17.54 +1.23',
  ],
  [
    'P60: per unit, two cents of base and seven of tax to give',
    'products 28.34/31.48; 3 x 6 @5.5; 3 x 3.333 @20; 7 x 0.0549 @20',
    '18.00 +1.01 | 9.99 +2.04 | 0.35 +0.09',
    'perUnit',
  ],
  [
    'P62: on the total, each rate is rounded once',
    'products 28.3833/31.44996; 3 x 6 @5.5; 3 x 3.333 @20; 7 x 0.0549 @20',
    '18.00 +0.99 | 10.00 +2.00 | 0.38 +0.08',
    'onTotal',
  ],
  [
    'P56: a voucher on the book only',
    'products 45.07/49.00; discount 7.01/7.40; 1 x 10 @20; 2 x 17.535545 @5.5 voucher 7.014',
    '10.00 +2.00 | 28.06 +1.54',
  ],
  [
    'P03: 10 % on two rates',
    'products 71.07/79.33; discount 7.11/7.93; 3 x 10 @20; 2 x 17.535545 @5.5; 1 x 6 @5.5',
    '27.00 +5.40 | 31.56 +1.74 | 5.40 +0.30',
  ],
  [
    'P06: free shipping is no discount of the products',
    'products 41.50/49.80; discount 5.75/6.90; shipping free 5.75/6.90; 2 x 20.75 @20',
    '41.50 +8.30',
  ],
  [
    'P26: everything free',
    'products 38.29/43.40; discount 44.04/50.30; shipping free 5.75/6.90; 1 x 20.75 @20; 1 x 17.535545 @5.5',
    '0.00 +0.00 | 0.00 +0.00',
  ],
  ['P51: the tax on eco-tax is apart', 'products 84.00/100.80; 2 x 42 @20 eco 0.42 20', '84.00 +16.63 eco 0.84 +0.17'],
  [
    'P53: net rounded line by line',
    'products 122.02/146.43; 1 x 69.941667 @20; 1 x 52.083334 @20',
    '69.94 +13.99 | 52.08 +10.42',
  ],
  ['P48: no tax', 'products 150.00/150.00; 1 x 150 @', '150.00'],
  ['P12: thirds', 'products 10.00/12.00; 3 x 3.333 @20', '10.00 +2.00'],
  [
    '1042: the discounted order of the specification',
    'products 50.00/58.55; discount 5.00/5.86; 2 x 20 @20; 1 x 10 @5.5',
    '36.00 +7.19 | 9.00 +0.50',
  ],
  [
    'equal figures keep their order when a cent is spread',
    'products 20.00/24.01; 1 x 10 @20; 1 x 10 @20',
    '10.00 +2.01 | 10.00 +2.00',
  ],
  ['one cent per piece and one is still rounding', 'products 10.00/12.02; 1 x 10 @20', '10.00 +2.02'],
  ['one cent more is not', 'products 10.00/12.03; 1 x 10 @20', '10.00 +2.00 gap tax 2.03 2.00'],
  ['a base that misses the stated products', 'products 10.50/12.60; 1 x 10 @20', '10.00 +2.00 gap net 10.50 10.00'],
  ['eco-tax without tax is no gap', 'products 100.00/116.00; 1 x 100 @20 eco 20 0', '100.00 +16.00 eco 20.00 +0.00'],
  ['two taxes, each on the price', 'products 100.00/115.00; 1 x 100 @5,10 each', '100.00 +5.00 +10.00'],
  ['two taxes, the second on the first too', 'products 100.00/115.50; 1 x 100 @5,10 cumulative', '100.00 +5.00 +10.50'],
  ['two taxes of which only the first counts', 'products 100.00/105.00; 1 x 100 @5,10', '100.00 +5.00'],
  ['half up', 'products 100.13/100.13; 1 x 0.125 @0; 1 x 100 @0', '0.13 +0.00 | 100.00 +0.00', 'perLine', 'half-up'],
  [
    'half down',
    'products 100.12/100.12; 1 x 0.125 @0; 1 x 100 @0',
    '0.12 +0.00 | 100.00 +0.00',
    'perLine',
    'half-down',
  ],
  [
    'half even',
    'products 100.12/100.12; 1 x 0.125 @0; 1 x 100 @0',
    '0.12 +0.00 | 100.00 +0.00',
    'perLine',
    'half-even',
  ],
  ['half odd', 'products 100.13/100.13; 1 x 0.125 @0; 1 x 100 @0', '0.13 +0.00 | 100.00 +0.00', 'perLine', 'half-odd'],
  ['up', 'products 100.13/100.13; 1 x 0.121 @0; 1 x 100 @0', '0.13 +0.00 | 100.00 +0.00', 'perLine', 'up'],
  ['down', 'products 100.12/100.12; 1 x 0.129 @0; 1 x 100 @0', '0.12 +0.00 | 100.00 +0.00', 'perLine', 'down'],
];

for (const [what, sketch, wanted, roundType = 'perLine', rounding = 'half-up'] of cases) {
  test(`S-264 VAT by line: ${what}`, () => {
    assert.equal(result(inputOf(sketch, roundType, rounding)), wanted);
  });
}

test('S-264 the same order rounded per unit and per line', () => {
  const lines = '7 x 0.057 @20; 1 x 100 @20';
  assert.equal(result(inputOf(`products 100.42/120.49; ${lines}`, 'perUnit', 'half-up')), '0.42 +0.07 | 100.00 +20.00');
  assert.equal(result(inputOf(`products 100.40/120.48; ${lines}`, 'perLine', 'half-up')), '0.40 +0.08 | 100.00 +20.00');
});

test('what is spread always adds up, and no figure moves more than its share', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -50n, max: 50n }),
      fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 9 }),
      (difference, cents) => {
        const values = cents.map((units) => ({ units, scale: 2 }));
        const after = spread(difference, values, 2);
        const moved = after.map((value, index) => value.units - (values[index]?.units ?? 0n));
        assert.equal(
          moved.reduce((all, part) => all + part, 0n),
          difference,
        );
        const size = difference < 0n ? -difference : difference;
        const most = size / BigInt(cents.length) + 1n;
        assert.ok(moved.every((part) => part <= most && part >= -most));
      },
    ),
  );
});

test('gross at a rate gives net and tax that add up', () => {
  const { net, tax } = splitGross(decimal('10.00'), decimal('20'), 2);
  assert.deepEqual([decimalText(net, 2), decimalText(tax, 2)], ['8.33', '1.67']);
  assert.equal(explains(decimal('20'), { net, tax }, decimal('0.01')), true);
  assert.equal(explains(decimal('10'), { net, tax }, decimal('0.01')), false);
});

function inputOf(sketch: string, roundType: RoundType, rounding: Rounding): VatInput {
  const pair = (name: string) => {
    const [, net = '0', gross = '0'] = new RegExp(`${name} ([\\d.]+)/([\\d.]+)`).exec(sketch) ?? [];
    return { net: decimal(net), gross: decimal(gross) };
  };
  const lines = sketch
    .split('; ')
    .filter((part) => / x /.test(part))
    .map(lineOf);
  const products = pair('products');
  return {
    products: products.net,
    productsGross: products.gross,
    discounts: pair('discount'),
    shipping: pair('shipping free'),
    freeShipping: sketch.includes('shipping free'),
    lines,
    roundType,
    rounding,
    decimals: 2,
    statedDecimals: 2,
  };
}

function lineOf(text: string, index: number): VatLine {
  const [, quantity = '', unitPrice = '', rates = ''] = /^(\S+) x (\S+) @(\S*)/.exec(text) ?? [];
  const [, ecotax = '0', ecotaxRate = '0'] = /eco (\S+) (\S+)/.exec(text) ?? [];
  const [, voucher = '0'] = /voucher (\S+)/.exec(text) ?? [];
  return {
    id: String(index + 1),
    quantity: decimal(quantity),
    unitPrice: decimal(unitPrice),
    ecotax: decimal(ecotax),
    ecotaxRate: decimal(ecotaxRate),
    voucher: decimal(voucher),
    taxes: rates === '' ? [] : rates.split(',').map((rate) => ({ id: `tax ${rate}`, rate: decimal(rate) })),
    method: text.includes('cumulative') ? 'cumulative' : text.includes('each') ? 'each' : 'first',
  };
}

function result(input: VatInput): string {
  const { rows, gap } = vatOf(input);
  const text = (value: typeof ZERO) => decimalText(value, 2);
  const lines = rows.map(({ base, taxes, ecotax }) =>
    [
      text(base),
      ...taxes.map((tax) => `+${text(tax.amount)}`),
      ...(ecotax.net.units === 0n ? [] : [`eco ${text(ecotax.net)} +${text(ecotax.tax)}`]),
    ].join(' '),
  );
  return lines.join(' | ') + (gap === null ? '' : ` gap ${gap.of} ${text(gap.stated)} ${text(gap.computed)}`);
}

/** [decimals kept, order, lines]: the shop's totals are in cents, however many decimals the books keep. */
const kept: [number, string, string][] = [
  [3, 'products 38.29/43.40; 1 x 20.75 @20; 1 x 17.535545 @5.5', '20.75 +4.15 | 17.536 +0.964'],
  [4, 'products 38.29/43.40; 1 x 20.75 @20; 1 x 17.535545 @5.5', '20.75 +4.15 | 17.5355 +0.9645'],
  [3, 'products 28.34/31.48; 3 x 6 @5.5; 3 x 3.333 @20; 7 x 0.0549 @20', '17.98 +1.01 | 9.989 +2.03 | 0.374 +0.097'],
  [3, 'products 41.50/49.80; 2 x 20.75 @20', '41.50 +8.30'],
  [3, 'products 38.40/43.51; 1 x 20.75 @20; 1 x 17.535545 @5.5', '20.75 +4.15 | 17.536 +0.964 gap net 38.40 38.286'],
];
for (const [decimals, sketch, expected] of kept) {
  test(`S-263 ${decimals} decimals of totals in cents: ${sketch}`, () => {
    assert.equal(result({ ...inputOf(sketch, 'perLine', 'half-up'), decimals }), expected);
  });
}
