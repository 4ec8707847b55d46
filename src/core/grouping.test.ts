import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from './calendar.ts';
import { add, type Decimal, decimal, decimalText, multiply, round } from './decimal.ts';
import type { EntryLine, NumberedEntry } from './entry.ts';
import { type Grouping, grouper } from './grouping.ts';
import { postDocument } from './posting/post.ts';
import { manualSettings, sketch } from './testing/sketch.ts';

const SETTINGS = manualSettings();

/** Entries of documents written as sketches with a day: `2026-09-01 sale FR; ...`. */
function entriesOf(texts: readonly string[]): NumberedEntry[] {
  const entries = texts.flatMap((text, place) => {
    const [date, sale] = [day(text.slice(0, 10)), text.slice(11)];
    const one = sketch(sale);
    const id = String(place + 1);
    const creditNote = one.creditNote && { ...one.creditNote, date };
    const dates = { order: { id, number: id, date }, invoice: { id, number: `FA${id}`, date }, creditNote };
    const payments = one.payments.map((payment) => ({ ...payment, date }));
    const posted = postDocument({ ...one, ...dates, key: `${one.kind}/${id}`, payments }, SETTINGS);
    return posted.state === 'ready' ? posted.entries : assert.fail(JSON.stringify(posted.problems));
  });
  return entries.map((entry, place) => ({ ...entry, number: place + 1 }));
}

function grouped(entries: readonly NumberedEntry[], by: Grouping): readonly NumberedEntry[] {
  const groups = grouper(by);
  for (const entry of entries) groups.add(entry);
  return [...groups.entries()];
}

function told(entries: readonly NumberedEntry[]): readonly string[] {
  return entries.map(({ number, piece, date, journal, reference, label, lines }) =>
    [
      number,
      piece,
      date,
      journal,
      reference,
      label,
      ...lines.map(({ account, amount }) => `${account} ${amount.minor}`),
    ].join(' | '),
  );
}

test('SPEC-7.5 D-26 sales and payments of a day are one entry a journal, country and payment method', () => {
  const texts = [
    '2026-09-01 sale FR; product 10 20% 2; paid card 12',
    '2026-09-01 sale FR; product 20 20% 4; paid card 24',
    '2026-09-01 sale FR; product 5 20% 1; paid cheque 6',
    '2026-09-02 sale FR; product 1 20% 0.20; paid card 1.20',
  ];
  assert.deepEqual(told(grouped(entriesOf(texts), 'day')), [
    '1 | 20260901-1 | 2026-09-01 | VTE | FR Name of card | FA1 - FA2 (2) | 4110000 3600 | 707100 -3000 | 4457120 -600',
    '2 | 20260901-2 | 2026-09-01 | BEU | FR Name of card | FA1 - FA2 (2) | 4110000 -3600 | 5125 3600',
    '3 | 20260901-3 | 2026-09-01 | VTE | FR Name of cheque | FA3 - FA3 (1) | 4110000 600 | 707100 -500 | 4457120 -100',
    '4 | 20260901-4 | 2026-09-01 | BEU | FR Name of cheque | FA3 - FA3 (1) | 4110000 -600 | 5112 600',
    '5 | 20260902-5 | 2026-09-02 | VTE | FR Name of card | FA4 - FA4 (1) | 4110000 120 | 707100 -100 | 4457120 -20',
    '6 | 20260902-6 | 2026-09-02 | BEU | FR Name of card | FA4 - FA4 (1) | 4110000 -120 | 5125 120',
  ]);
  const [month] = grouped(entriesOf(texts), 'month');
  assert.deepEqual([month?.piece, month?.date, month?.lines[0]?.amount.minor], ['202609-1', '2026-09-02', 3720n]);
});

test('SPEC-7.5 what an importer or an accountant keeps apart is not merged', () => {
  const [first, second] = entriesOf([
    '2026-09-01 sale FR; product 10 20% 2; paid card 12',
    '2026-09-01 sale FR; product 10 20% 2; paid card 12',
  ]).filter(({ kind }) => kind === 'sale');
  if (first === undefined || second === undefined) assert.fail();
  const differing: readonly Partial<EntryLine>[] = [
    { thirdParty: 'OTHER' },
    { taxCode: 'X' },
    { section: 'WEB' },
    { paymentMode: 'OTHER' },
    { matchingCode: 'AAB' },
  ];
  for (const change of differing) {
    const [line, ...rest] = second.lines;
    if (line === undefined) assert.fail();
    const [group] = grouped([first, { ...second, lines: [{ ...line, ...change }, ...rest] }], 'day');
    assert.equal(group?.lines.length, first.lines.length + 1, JSON.stringify(change));
  }
  for (const change of [
    { currency: 'USD' },
    { country: 'BE' },
    { journal: 'AUT' },
    { paymentMethod: 'Other' },
    { kind: 'creditNote' as const },
  ])
    assert.equal(grouped([first, { ...second, ...change }], 'day').length, 2, JSON.stringify(change));
});

/** Debits and credits per account, third party, tax code and rate, section and currency. */
function balances(entries: readonly NumberedEntry[]): Record<string, readonly bigint[]> {
  const sums = new Map<string, bigint[]>();
  for (const { lines } of entries) {
    for (const { account, thirdParty, taxCode, taxRate, section, amount, amountInCurrency } of lines) {
      const rate = taxRate && decimalText(taxRate);
      const key = [account, thirdParty, taxCode, rate, section, amountInCurrency?.currency.code].join(' ');
      const sum = sums.get(key) ?? [0n, 0n, 0n];
      sums.set(key, sum);
      const side = amount.minor > 0n ? 0 : 1;
      sum[side] = (sum[side] ?? 0n) + amount.minor;
      sum[2] = (sum[2] ?? 0n) + (amountInCurrency?.minor ?? 0n);
    }
  }
  return Object.fromEntries([...sums].sort());
}

test('SPEC-7.5 grouping preserves every debit and credit per account, third party, tax code and rate; each group balances', () => {
  const sale = fc.record({
    day: fc.integer({ min: 0, max: 40 }),
    country: fc.constantFrom('FR', 'BE', 'DE'),
    cents: fc.integer({ min: 1, max: 500 }).map((count) => count * 200), // so that VAT falls on whole cents
    rate: fc.constantFrom('20', '5.5', '0'),
    method: fc.constantFrom('card', 'cheque'),
    kind: fc.constantFrom('sale', 'creditNote'),
    foreign: fc.boolean(),
    thirdParty: fc.constantFrom(null, 'A', 'B'),
  });
  fc.assert(
    fc.property(
      fc.array(sale, { minLength: 1, maxLength: 30 }),
      fc.constantFrom<Grouping>('day', 'month'),
      (sales, by) => {
        const texts = sales.map(({ day: after, country, cents, rate, method, kind, foreign }) => {
          const base: Decimal = { units: BigInt(cents), scale: 2 };
          const tax = round(multiply(base, { ...decimal(rate), scale: decimal(rate).scale + 2 }), 2);
          const [net, vat, gross] = [base, tax, add(base, tax)].map((one) => decimalText(one, 2));
          const paid = `${kind === 'sale' ? 'paid' : 'refunded'} ${method} ${gross}`;
          return `${addDays(day('2026-09-01'), after)} ${kind} ${country}${foreign ? ' USD@1.0862' : ''}; product ${net} ${rate}% ${vat}; ${paid}`;
        });
        const entries = entriesOf(texts).map((entry, place) => {
          const thirdParty = sales[place % sales.length]?.thirdParty ?? null;
          return {
            ...entry,
            lines: entry.lines.map((line) => (line.role === 'customer' ? { ...line, thirdParty } : line)),
          };
        });
        const groups = grouped(entries, by);
        assert.deepEqual(balances(groups), balances(entries));
        for (const { lines } of groups) {
          assert.equal(
            lines.reduce((sum, { amount }) => sum + amount.minor, 0n),
            0n,
          );
          assert.ok(lines.every(({ amount }) => amount.minor !== 0n));
        }
        assert.deepEqual(
          groups.map(({ number }) => number),
          groups.map((_, place) => place + 1),
        );
      },
    ),
  );
});

test('SPEC-7.5 a cent on either side of an account stays on its side', () => {
  const entries = entriesOf([
    '2026-09-01 sale FR; product 0.01; paid card 0.01',
    '2026-09-01 sale FR; product -0.01; product 0.02; paid card 0.01',
  ]);
  const sides = grouped(entries, 'day').flatMap(({ lines }) =>
    lines.filter(({ account }) => account === '4110000').map(({ amount }) => amount.minor),
  );
  assert.deepEqual(sides, [2n, -2n]);
  const [sale, ...others] = entries;
  assert.ok(sale);
  const turned = {
    ...sale,
    number: 9,
    lines: sale.lines.map((one) => ({ ...one, amount: { ...one.amount, minor: -one.amount.minor } })),
  };
  const both = grouped([sale, ...others, turned], 'day')[0]?.lines.filter(({ account }) => account === '4110000');
  assert.deepEqual(
    both?.map(({ amount }) => amount.minor),
    [2n, -1n],
  );
});

test('SPEC-7.5 a group is dated by the last of its documents, whichever comes first', () => {
  const [first, second] = entriesOf(['2026-09-01 sale FR; product 10', '2026-09-02 sale FR; product 10']);
  assert.ok(first && second);
  for (const entries of [
    [first, second],
    [second, first],
  ]) {
    const [group] = grouped(entries, 'month');
    assert.deepEqual([group?.date, group?.documentDate], ['2026-09-02', '2026-09-02']);
  }
});

test('SPEC-7.5 a column says what all documents of a group say, and nothing where they differ', () => {
  const texts = ['2026-09-01 sale FR; product 10 20% 2', '2026-09-02 sale FR; product 20 20% 4'];
  const [one = assert.fail(), other = assert.fail()] = entriesOf(texts);
  const columns = (first: NumberedEntry['columns'], second: NumberedEntry['columns']) => {
    const [group = assert.fail()] = grouped([withColumns(one, first), withColumns(other, second)], 'month');
    return group.columns;
  };
  assert.deepEqual(columns({ '%SN': 'Exemple', '%OI': '1' }, { '%SN': 'Exemple', '%OI': '2' }), {
    '%SN': 'Exemple',
    '%OI': '',
  });
  assert.deepEqual(columns({ '%SN': 'Exemple' }, undefined), { '%SN': '' });
  const [without = assert.fail()] = grouped([one, other], 'month');
  assert.ok(!('columns' in without));
});

function withColumns(entry: NumberedEntry, columns: NumberedEntry['columns']): NumberedEntry {
  return columns === undefined ? entry : { ...entry, columns };
}

test('SPEC-7.5 S-222 amounts in currency add up beside those of the books', () => {
  const [sale = assert.fail()] = entriesOf(['2026-09-01 sale FR; product 10']);
  const usd = (minor: bigint): NumberedEntry => ({
    ...sale,
    lines: sale.lines.map((line) => ({ ...line, amountInCurrency: { minor, currency: { code: 'USD', decimals: 2 } } })),
  });
  const [group = assert.fail()] = grouped([usd(1100n), usd(1200n)], 'day');
  assert.deepEqual(
    group.lines.map(({ amount, amountInCurrency }) => [amount.minor, amountInCurrency?.minor]),
    [
      [2000n, 2300n],
      [-2000n, 2300n],
    ],
  );
});
