import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatContract } from './contract.ts';
import { fileOf } from './contract-kit.ts';
import { sage50Uk } from './sage50-uk.ts';
import { entryOf } from './sample-entries.ts';

formatContract({
  format: sage50Uk,
  badCodes: [],
  samples: {
    codes: { WEBFRANCE: 'WEBFRANC', '707100': '4000', '5125': '1200', C20: 'T1', '953WEB': '0' },
    instead: { ',T9,0.00,1,,,,': ',T9,0.00,1,WEB1,,,' }, // theirs has no reference on money
    lacks: ['currency'], // amounts are those of the books: Sage would convert others by a rate, to its own cent
  },
});

describe('Sage 50 UK', () => {
  /** [what, kind, lines, rows: type, customer, nominal, net, code, tax] */
  const cases = [
    [
      'VAT beside each line of its code, a discount as a credit',
      'sale',
      ['1100/WEB 443.60', '4000 -403.00 T1', '4009 50.00 T1', '4905 -20.00', '2200 -70.60 T1 20.00'],
      ['SI WEB 4000 403.00 T1 80.60', 'SC WEB 4009 50.00 T1 10.00', 'SI WEB 4905 20.00 T9 0.00'],
    ],
    [
      'money with a fee',
      'payment',
      ['1100/WEB -483.60', '1200 473.60', '7901 10.00 T0'],
      ['SA WEB 1200 473.60 T9 0.00', 'SC WEB 7901 10.00 T0 0.00'],
    ],
    ['money back', 'payment', ['1100/WEB 20.00', '1200 -20.00'], ['SI WEB 1200 20.00 T9 0.00']],
    [
      'two customers are a journal',
      'sale',
      ['1100/A 10.00', '1100/B 20.00', '4000 -30.00 T1'],
      ['JD A 1100 10.00 T9 0.00', 'JD B 1100 20.00 T9 0.00', 'JC  4000 30.00 T1 0.00'],
    ],
  ] as const;
  for (const [what, kind, lines, expected] of cases) {
    test(what, () => {
      const rows = fileOf(sage50Uk, [entryOf({ kind, lines })])
        .toString('latin1')
        .trimEnd()
        .split('\r\n')
        .slice(1);
      const shown = rows
        .map((row) => row.split(','))
        .map((cells) => [0, 1, 2, 7, 8, 9].map((at) => cells[at]).join(' '));
      assert.deepEqual(shown, expected);
    });
  }
});
