import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { EntryLine } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import { grossOf, vatShares } from './gross.ts';
import { entryOf, IN_DOLLARS, lineOf } from './sample-entries.ts';

describe('VAT in its net lines', () => {
  /** [lines, the lines with their VAT] */
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['one net line', ['411/W 483.60', '707 -403.00 C20', '4457 -80.60 C20 20.00'], ['411 483.60', '707 -483.60']],
    [
      'three of one code, one without',
      ['411/W 493.60', '707 -303.00 C20', '708 -90.00 C20', '709 -10.00 C20', '758 -10.00', '4457 -80.60 C20 20.00'],
      ['411 493.60', '707 -363.60', '708 -108.00', '709 -12.00', '758 -10.00'],
    ],
    [
      'two codes',
      ['411/W 226.00', '707 -100.00 C20', '701 -100.00 C06', '4457 -20.00 C20 20.00', '4456 -6.00 C06 6.00'],
      ['411 226.00', '707 -120.00', '701 -106.00'],
    ],
    [
      'a discount takes its VAT back',
      ['411/W 423.60', '707 -403.00 C20', '709 50.00 C20', '4457 -70.60 C20 20.00'],
      ['411 423.60', '707 -483.60', '709 60.00'],
    ],
    [
      'a cent that does not divide',
      ['411/W 3.01', '707 -1.00 A', '708 -1.00 A', '709 -1.00 A', '4457 -0.01 A 0.33'],
      ['411 3.01', '707 -1.01', '708 -1.00', '709 -1.00'],
    ],
    [
      'VAT of a code that no net line has stays',
      ['411/W 483.60', '707 -403.00 C20', '4457 -80.60 C10 10.00'],
      ['411 483.60', '707 -403.00', '4457 -80.60'],
    ],
    [
      'VAT on the other side than its net stays',
      ['411/W 322.40', '707 -403.00 C20', '4457 80.60 C20 20.00'],
      ['411 322.40', '707 -403.00', '4457 80.60'],
    ],
  ];
  for (const [what, lines, expected] of cases) {
    test(what, () => assert.deepEqual(shown(grossOf(entryOf({ lines })).lines), expected));
  }

  test('amounts in currency as those of the books', () => {
    const [, net] = grossOf(IN_DOLLARS).lines;
    assert.deepEqual([net?.amount.minor, net?.amountInCurrency?.minor], [-2051n, -2257n]);
  });

  test('law: shares add up to the VAT, and none is further than a cent from its proportion', () => {
    const cents = fc.bigInt({ min: -999_999n, max: 999_999n }).filter((minor) => minor !== 0n);
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 6 }), cents, (nets, vat) => {
        const lines = nets.map((minor) => withAmount(lineOf('707 1.00 C20', ''), minor));
        const line = withAmount(lineOf('4457 1.00 C20 20.00', ''), vat);
        const { shares, unshared } = vatShares([...lines, line]);
        const sum = nets.reduce((all, minor) => all + minor, 0n);
        if (unshared.length > 0) {
          assert.ok(sum === 0n || sum > 0n !== vat > 0n);
          return;
        }
        const parts = lines.map((net) => shares.get(net)?.inBooks ?? assert.fail());
        assert.equal(
          parts.reduce((all, part) => all + part, 0n),
          vat,
        );
        if (nets.some((minor) => minor > 0n !== sum > 0n)) return;
        for (const [index, part] of parts.entries()) {
          const off = part * sum - vat * (nets[index] ?? 0n);
          assert.ok((off < 0n ? -off : off) < (sum < 0n ? -sum : sum), `${part} of ${vat}`);
        }
      }),
    );
  });
});

function withAmount(line: EntryLine, minor: bigint): EntryLine {
  return { ...line, amount: { ...line.amount, minor } };
}

function shown(lines: readonly EntryLine[]): readonly string[] {
  return lines.map(({ account, amount }) => `${account} ${moneyText(amount)}`);
}
