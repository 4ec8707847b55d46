import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../calendar.ts';
import { decimal } from '../decimal.ts';
import { type SalesDocument, sourceOf } from '../document.ts';
import { manualSettings, sketch } from '../testing/sketch.ts';
import { checkDocument } from './check.ts';

/** `hold code, warn code`, in the order of the checks. */
function check(text: string, changes: Partial<SalesDocument> = {}, settings = manualSettings()): string {
  const { problems } = checkDocument(sketch(text, changes), settings);
  return problems.map(({ severity, code }) => `${severity} ${code}`).join(', ');
}

/** [check, sketch, what it finds]; every one paid, so that only the check in question speaks. */
const cases: [string, string, string][] = [
  ['C1', 'sale FR; product 10.00 20% 2.00 gross=12.01; paid card 12.00', ''],
  ['C1', 'sale FR; product 10.00 20% 2.00 gross=12.02; paid card 12.00', 'hold document.line-gross-differs'],
  ['C2 C3 C5', 'sale FR; product 10.00 20% 2.00; total 12.00 10.01 1.99; paid card 12.00', ''],
  [
    'C3 C5',
    'sale FR; product 10.00 20% 2.00; total 12.00 10.00 1.00; paid card 12.00',
    'hold document.tax-differs, hold document.totals-contradict',
  ],
  [
    'C4 C5',
    'sale FR; product 10.00 20% 2.00; total 8.00 10.00 2.00; paid card 8.00',
    'hold document.totals-differ, hold document.totals-contradict',
  ],
  [
    'C2',
    'sale FR; product 10.00 20% 2.00; total 12.00 10.02 1.98; paid card 12.00',
    'hold document.net-differs, hold document.tax-differs',
  ],
  [
    'C2',
    'sale FR; product 10.00 20% 2.00; total 12.00 9.00 2.00; paid card 12.00',
    'hold document.net-differs, hold document.totals-contradict',
  ],
  ['C4', 'sale FR; product 10.00 20% 2.00; total 12.01 10.01 2.00; paid card 12.01', ''],
  [
    'C4',
    'sale FR; product 10 20% 2; product 10 20% 2; product 10 20% 2; total 36.05 30.03 2.02 ; paid card 36.05',
    'hold document.tax-differs, hold document.totals-contradict',
  ],
  ['C4', 'sale FR; product 10 20% 2; product 10 20% 2; product 10 20% 2; total 36.05 30.03 6.02; paid card 36.05', ''],
  [
    'C4',
    'sale FR; product 10 20% 2; product 10 20% 2; product 10 20% 2; total 36.06 30.03 6.03; paid card 36.06',
    'hold document.totals-differ',
  ],
  ['C5', 'sale FR; product 10.00 20% 2.00; total 12.02 10.00 2.00; paid card 12.02', 'hold document.totals-contradict'],
  ['C5', 'sale FR; product 10.00 20% 2.00; total 12.01 10.00 2.00; paid card 12.01', ''],
  [
    'C8',
    'sale FR; product 10 20% 2; product 10 20% 0; product 10 20% 2; paid card 34',
    'warn document.tax-missing-on-line, hold document.tax-rate-wrong',
  ],
  ['C7', 'sale FR; product 10.00 20% 2.02; paid card 12.02', ''],
  ['C7', 'sale FR; product 10.00 20% 2.03; paid card 12.03', 'warn document.tax-rate-off'],
  ['C7', 'sale FR; product 10.00 20% 2.10; paid card 12.10', 'warn document.tax-rate-off'],
  ['C7', 'sale FR; product 10.00 20% 2.11; paid card 12.11', 'hold document.tax-rate-wrong'],
  ['C7', 'sale FR; product 10.00 0% 1.00; paid card 11.00', 'hold document.tax-rate-wrong'],
  // A unit a line is rounding; of a small base, five units are no wrong rate yet.
  ['C7', 'sale FR; product 10 20% 2.01; product 10 20% 2.01; product 10 20% 2.01; paid card 36.03', ''],
  [
    'C7',
    'sale FR; product 10 20% 2.01; product 10 20% 2.01; product 10 20% 2.02; paid card 36.04',
    'warn document.tax-rate-off',
  ],
  ['C7', 'sale FR; product 1.00 20% 0.25; paid card 1.25', 'warn document.tax-rate-off'],
  ['C7', 'sale FR; product 1.00 20% 0.26; paid card 1.26', 'hold document.tax-rate-wrong'],
  ['C7', 'creditNote FR; product 18.00 20% 3.60; adjustment -1.60; refunded card 20.00', ''],
  [
    'C8',
    'sale FR; product 10.00 20% 0.00; paid card 10.00',
    'warn document.tax-missing-on-line, hold document.tax-rate-wrong',
  ],
  ['C8', 'sale FR; product 0.05 20% 0.00; paid card 0.05', ''],
  ['C8', 'sale FR; product 0.06 20% 0.00; paid card 0.06', 'warn document.tax-missing-on-line'],
  ['C8', 'sale FR; product 1.50 1% 0; paid card 1.50', 'warn document.tax-missing-on-line'],
  ['C8', 'sale FR; product 0.06 0% 0 20% 0.00; paid card 0.06', 'warn document.tax-missing-on-line'],
  ['C9', 'sale FR; product 10.00 20% 2.00 was=9.00; paid card 12.00', 'warn document.discount-negative'],
  ['C9', 'sale FR; product 10.00 20% 2.00 was=9.99; paid card 12.00', ''],
  ['C9', 'sale FR; product 10.00 20% 2.00; product 0 was=-1; paid card 12.00', ''],
  [
    'C9',
    'sale FR; product 10.00; product 0.000001 was=-1; total 10.00 10.00 0; paid card 10',
    'warn document.discount-negative',
  ],
  ['C10', 'creditNote FR; product -10.00 20% -2.00; refunded card -12.00', 'hold document.negative-total'],
  ['C11', 'sale FR; product 10.00 20% 2.00', 'warn document.unpaid'],
  ['C11', 'sale FR; product 0.10 20% 0.02; paid card 0.00', 'warn document.unpaid'],
  ['C11', 'sale FR; product 10.00 20% 2.00; paid card 11.00', ''],
  ['C11', 'sale FR; product 10.00 20% 2.00; paid card 10.99', 'warn document.payments-differ'],
  ['C11', 'sale FR; product 10.00 20% 2.00; paid card 5.00; paid cheque 8.01', 'warn document.payments-differ'],
  ['C11', 'creditNote FR; product 10.00 20% 2.00; refunded card 10.00', 'warn document.payments-differ'],
  ['C13', 'sale FR USD; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR USD@0; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR USD@1; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR EUR@1.1; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR EUR@0.1; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR EUR@2; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-without-rate'],
  ['C13', 'sale FR EUR@1.0; product 10.00 20% 2.00; paid card 12.00', ''],
  ['C13', 'sale FR eur; product 10.00 20% 2.00; paid card 12.00', 'hold document.currency-unknown'],
  ['C15', 'sale -; product 10.00 20% 2.00; paid card 12.00', 'hold document.no-country'],
  ['C15', 'sale -; product 10.00; paid card 10.00', ''],
  [
    'C16',
    'sale FR; product 10.0000001; paid card 10.00',
    'hold document.amount-out-of-range, hold document.amount-out-of-range, hold document.amount-out-of-range, hold document.amount-out-of-range',
  ],
  ['C16', 'sale FR; product 10 pieces=1234567890123456789; paid card 10', 'hold document.amount-out-of-range'],
  [
    'C16',
    'sale FR; product 0; product 10 pieces=1234567890123456789; paid card 10',
    'hold document.amount-out-of-range',
  ],
  ['C11', 'sale FR; product 10.00 20% 2.00; paid card 5; refunded card 5', 'warn document.payments-differ'],
  ['C16', 'sale FR; product 10 pieces=999999999999999999; paid card 10', ''],
  ['C16', 'sale FR; product 10 pieces=1000000000000000000; paid card 10', 'hold document.amount-out-of-range'],
  ['C16', 'sale FR; product 10 pieces=-1000000000000000000; paid card 10', 'hold document.amount-out-of-range'],
  ['C16', 'sale FR; product 10.000001; total 10.00 10.00 0; paid card 10.00', ''],
];

for (const [name, text, expected] of cases) {
  test(`${name} ${text} finds ${expected || 'nothing'}`, () => assert.equal(check(text), expected));
}

test('C6 the tax the shop states for a rate is that of its lines', () => {
  const text = 'sale FR; product 10.00 20% 2.00; product 10.00 5.5% 0.55; paid card 22.55';
  const stated = (...taxes: [string | null, string, string][]) => ({
    totals: {
      ...sketch(text).totals,
      taxes: taxes.map(([code, rate, amount]) => ({
        code,
        name: null,
        rate: decimal(rate),
        base: null,
        amount: decimal(amount),
        treatment: null,
      })),
    },
  });
  assert.equal(check(text, stated(['FR-20', '20', '2.00'], ['FR-5.5', '5.5', '0.55'])), '');
  assert.equal(check(text, stated([null, '20.00', '2.00'], [null, '5.50', '0.55'])), '');
  assert.equal(check(text, stated(['FR-20', '20', '1.98'], ['FR-5.5', '5.5', '0.57'])), '');
  assert.equal(check(text, stated(['FR-20', '20', '1.97'])), 'hold document.tax-of-rate-differs');
  assert.equal(check(text, stated(['FR-10', '10', '1.00'])), 'hold document.tax-of-rate-differs');
  assert.equal(check(text, stated(['FR-20', '20', '1.00'], ['FR-20', '20', '1.00'])), '');
  const nothing = 'sale FR; product 10 20% 2; discount -10 20% -2; total 0.00 0.00 0.00';
  const { totals } = sketch(nothing);
  assert.equal(check(nothing, { totals: { ...totals, taxes: [] } }), '', 'a total of zero is not below it');
});

test('the tolerance that the shop’s own rounding justifies is used when it is larger', () => {
  const text = 'sale FR; product 100.00 20% 20.00; total 120.09 100.00 20.09; paid card 120.09';
  assert.equal(check(text, { tolerance: decimal('0.09') }), '');
  assert.equal(check(text, { tolerance: decimal('0.08') }), 'hold document.tax-differs, hold document.totals-differ');
});

test('tolerances count in the last decimal of a foreign currency', () => {
  assert.equal(check('sale FR JPY@160; product 1000 20% 200; total 1201 1001 200; paid card 1201'), '');
  assert.equal(
    check('sale FR JPY@160; product 1000 20% 200; total 1202 1002 200; paid card 1202'),
    'hold document.net-differs',
  );
  const below = 'sale FR JPY@160; product 1000 20% 200; total';
  assert.equal(check(`${below} 1205 1001 204; paid card 1205`), 'hold document.tax-differs');
  assert.equal(
    check(`${below} 1206 1001 205; paid card 1206`),
    'hold document.tax-differs, hold document.totals-differ',
  );
});

test('tolerances of a profile count in yen as they do in cents', () => {
  const { tolerances } = manualSettings();
  const wide = { tolerances: { ...tolerances, perLine: decimal('0.10'), minimum: decimal('0.10') } };
  const of = (text: string) => {
    const { problems } = checkDocument(sketch(text), manualSettings(wide));
    return problems
      .filter(({ severity }) => severity === 'hold')
      .map(({ code }) => code)
      .join();
  };
  assert.equal(of('sale FR JPY@160; product 1000 20% 200; total 1210 1010 200; paid card 1210'), '');
  assert.equal(of('sale FR KWD@0.33; product 1.000 20% 0.200; total 1.210 1.010 0.200; paid card 1.210'), '');
  assert.equal(
    of('sale FR JPY@160; product 1000 20% 200; total 1211 1011 200; paid card 1211'),
    'document.net-differs,document.totals-differ',
  );
  assert.equal(
    of('sale FR KWD@0.33; product 1.000 20% 0.200; total 1.211 1.011 0.200; paid card 1.211'),
    'document.net-differs,document.totals-differ',
  );
  const none = { tolerances: { ...tolerances, perLine: decimal('0'), minimum: decimal('0') } };
  assert.equal(
    check('sale FR; product 10.000001; total 10.00 10.00 0; paid card 10', {}, manualSettings(none)),
    'hold document.net-differs, hold document.totals-differ',
  );
});

test('C11 an order of several parts is tested once, as a whole, with its first sale', () => {
  const whole = (paidIn: string) => ({
    wholeOrder: {
      saleParts: 2,
      sales: decimal('30'),
      creditNotes: decimal('12'),
      paidIn: decimal(paidIn),
      paidOut: decimal('0'),
    },
  });
  const text = 'sale FR; product 10.00 20% 2.00; paid card 5.00';
  assert.equal(check(text, whole('18')), '');
  assert.equal(check(text, whole('16')), 'warn document.payments-differ');
  assert.equal(check(text, { ...whole('16'), key: 'sale/1/2' }), '');
  assert.equal(check('creditNote FR; product 10.00 20% 2.00', whole('16')), '');
});

test('C11 an order never paid and wholly credited leaves nothing open; one credited in part does', () => {
  const whole = (creditNotes: string, paidIn = '0') => ({
    wholeOrder: {
      saleParts: 1,
      sales: decimal('12'),
      creditNotes: decimal(creditNotes),
      paidIn: decimal(paidIn),
      paidOut: decimal('0'),
    },
  });
  const sale = 'sale FR; product 10.00 20% 2.00';
  assert.equal(check(sale, whole('12')), '');
  assert.equal(check('creditNote FR; product 10.00 20% 2.00', whole('12')), '');
  assert.equal(check(sale, whole('6')), 'warn document.unpaid');
  assert.equal(check(sale, whole('0')), 'warn document.unpaid');
  assert.equal(check(`${sale}; paid card 5.00`, whole('0', '12')), 'warn document.payments-differ');
  const { wholeOrder } = whole('12', '5');
  assert.equal(check(sale, { wholeOrder: { ...wholeOrder, paidOut: decimal('5') } }), '', 'paid, and paid back');
  assert.equal(check(`${sale}; paid card 6.00`, whole('6', '6')), '');
  assert.equal(check(`${sale}; paid card 5.00`, whole('6', '5')), 'warn document.payments-differ');
});

test('D-05 C12 no more is given back than was sold', () => {
  const wholeOrder = {
    saleParts: 1,
    sales: decimal('12'),
    creditNotes: decimal('12.05'),
    paidIn: decimal('12'),
    paidOut: decimal('12'),
  };
  const text = 'creditNote FR; product 10.00 20% 2.00; refunded card 12.00';
  assert.equal(check(text, { wholeOrder }), '');
  assert.equal(
    check(text, { wholeOrder: { ...wholeOrder, creditNotes: decimal('12.06') } }),
    'warn document.refunds-exceed-sale',
  );
});

test('C14 a credit note before its order is held, an invoice two days before it is pointed out', () => {
  const order = { id: '1', number: null, date: day('2026-03-03') };
  const dated = (date: string) => ({ order, invoice: { id: null, number: null, date: day(date) } });
  const sale = 'sale FR; product 10.00 20% 2.00; paid card 12.00 on 2026-03-03';
  assert.equal(check(sale, dated('2026-03-02')), '');
  assert.equal(check(sale, dated('2026-03-01')), 'warn document.invoice-before-order');
  const creditNote = (date: string) => ({
    order,
    creditNote: { id: '7', number: null, date: day(date), reason: null },
    invoice: null,
  });
  const text = 'creditNote FR; product 10.00 20% 2.00; refunded card 12.00';
  assert.equal(check(text, creditNote('2026-03-03')), '');
  assert.equal(check(text, creditNote('2026-03-02')), 'hold document.dates-disorder');
});

test('C15 the profile’s default country stands in for a missing one', () => {
  const text = 'sale -; product 10.00 20% 2.00; paid card 12.00';
  assert.equal(check(text, {}, manualSettings({ defaultCountry: 'FR' })), '');
});

test('D-07 a problem names the figures a person needs', () => {
  const text = 'sale FR; product 10.00 20% 2.00; total 12.06 10.01 2.05; paid card 12.06';
  const [, totals] = checkDocument(sketch(text), manualSettings()).problems;
  assert.deepEqual(totals?.values, { stated: '12.06', lines: '12.00', difference: '0.06', tolerance: '0.05' });
});

test('C11 what is not paid of a sale, and what is paid beyond it, is told with its sign', () => {
  const rests = ['paid card 10.99', 'paid card 13.50'].map((paid) => {
    const { problems } = checkDocument(sketch(`sale FR; product 10.00 20% 2.00; ${paid}`), manualSettings());
    return problems[0]?.values;
  });
  assert.deepEqual(rests, [
    { paid: '10.99', due: '12.00', rest: '1.01' },
    { paid: '13.50', due: '12.00', rest: '-1.50' },
  ]);
});

test('a credit note is called by its number, without one by its id', () => {
  const named = ['000001', null].map((number) => {
    const creditNote = { id: '7', number, date: day('2019-01-20'), reason: null };
    return sourceOf(sketch('creditNote FR; product 10', { creditNote })).number;
  });
  assert.deepEqual(named, ['000001', '7']);
  const order = { ...sketch('sale FR').order, number: 'A-1' };
  assert.equal(sourceOf(sketch('sale FR; product 10', { order })).number, 'A-1', 'a sale by that of its order');
});

test('D-07 a tax that is off is told with its name, its base and what it should be; a line by its label, else its id', () => {
  const values = (text: string, changes: Partial<SalesDocument> = {}) =>
    checkDocument(sketch(text, changes), manualSettings()).problems[0]?.values;
  const off = 'sale FR; product 10.00 20% 2.11; paid card 12.11';
  const told = { rate: '20', base: '10.00', stated: '2.11', expected: '2.00' };
  assert.deepEqual(values(off), { tax: 'TVA 20', ...told });
  const large = values('sale FR; product 10000.00 20% 2001.00; paid card 12001.00');
  assert.deepEqual(large, { tax: 'TVA 20', rate: '20', base: '10000.00', stated: '2001.00', expected: '2000.00' });
  for (const [code, tax] of [
    ['FR-20', 'FR-20'],
    [null, ''],
  ] as const) {
    const lines = sketch(off).lines.map((line) => ({
      ...line,
      taxes: line.taxes.map((one) => ({ ...one, code, name: null })),
    }));
    assert.deepEqual(values(off, { lines }), { tax, ...told });
  }
  const missing = 'sale FR; product 0.06 20% 0.00; paid card 0.06';
  const named = ['Mug', '', null].map((label) => {
    const lines = sketch(missing).lines.map((line) => ({ ...line, label }));
    return values(missing, { lines });
  });
  assert.deepEqual(named, [
    { line: 'Mug', net: '0.06' },
    { line: '1', net: '0.06' },
    { line: '1', net: '0.06' },
  ]);
  const range = values('sale FR; product 10 pieces=1000000000000000000; paid card 10');
  assert.deepEqual(range, { field: 'lines[1].quantity', value: '1000000000000000000' });
});
