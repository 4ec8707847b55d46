import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NumberedEntry } from '../core/entry.ts';
import { formatContract } from './contract.ts';
import { fileOf, fitting } from './contract-kit.ts';
import type { FormatOptions } from './format.ts';
import { CONTEXT, entryOf, SALE } from './sample-entries.ts';
import { winbooksAct } from './winbooks-act.ts';

formatContract({
  format: winbooksAct,
  badCodes: ['4"11'],
  samples: {
    options: { firstYear: 2018 },
    codes: { '4110000': '400000', '707100': '700000', '4457120': '451000', '5125': '550000', C20: '211400' },
    instead: { '"1","01","20190120"': '"2","01","20190120"' }, // theirs counts 2019 as the year of 2018
  },
});

describe('WinBooks', () => {
  /** [date, first year, month that the fiscal year starts in, BOOKYEAR and PERIOD] */
  const years = [
    ['2018-11-26', 2018, 1, '"1","11"'],
    ['2019-01-20', 2018, 1, '"2","01"'],
    ['2019-06-30', 2018, 7, '"1","12"'],
    ['2019-07-01', 2018, 7, '"2","01"'],
    ['2026-12-31', 2018, 1, '"9","12"'],
    ['2027-01-01', 2018, 1, '"A","01"'],
    ['2052-01-01', 2018, 1, '"Z","01"'],
  ] as const;
  for (const [date, firstYear, fiscalYearMonth, expected] of years) {
    test(`${date} where year 1 is ${firstYear} and years start in month ${fiscalYearMonth}: ${expected}`, () => {
      const [line = ''] = linesOf([entryOf({ date, lines: ['400000/W 1.00', '700000 -1.00'] })], {
        firstYear,
        fiscalYearMonth,
      });
      assert.ok(line.includes(`${expected},"${date.replaceAll('-', '')}"`), line);
    });
  }

  for (const date of ['2017-12-31', '2053-01-01']) {
    test(`${date} where year 1 is 2018 is refused: there is no sign for its year`, () => {
      const format = winbooksAct.configured({ firstYear: 2018 });
      const encoded = format.encode(entryOf({ date, lines: ['400000/W 1.00', '700000 -1.00'] }), CONTEXT);
      assert.equal(encoded.state === 'refused' && encoded.faults[0]?.reason, 'too-long');
    });
  }

  test('each VAT line has the base of its code, the customer those of the document', () => {
    const sale = entryOf({
      lines: [
        '400000/W 238.60',
        '700000 -100.00 211400',
        '704000 -10.00 211400',
        '700100 -100.00 211200',
        '451000 -22.60 211400 21.00',
        '451000 -6.00 211200 6.00',
      ],
    });
    assert.deepEqual(
      linesOf([sale]).map((line) => {
        const cells = line.slice(1, -1).split('","');
        return [cells[16], cells[17], cells[18], cells[22], cells[23]];
      }),
      [
        ['238.60', '210.00', '', '28.60', ''],
        ['-100.00', '', '', '', '211400'],
        ['-10.00', '', '', '', '211400'],
        ['-100.00', '', '', '', '211200'],
        ['-22.60', '110.00', '211400', '', ''],
        ['-6.00', '100.00', '211200', '', ''],
      ],
    );
  });

  test('a piece of more than eight digits keeps the last, and says so', () => {
    const { remarks } = fitting(
      winbooksAct.encode(
        { ...SALE, lines: entryOf({ lines: ['400000/W 1.00', '700000 -1.00'] }).lines, piece: '2026-000012345' },
        CONTEXT,
      ),
    );
    assert.ok(remarks.some((remark) => remark.reason === 'piece-cut' && remark.cut === '00012345'));
  });

  function linesOf(entries: readonly NumberedEntry[], options: FormatOptions = {}): readonly string[] {
    return fileOf(winbooksAct, entries, options).toString('latin1').trimEnd().split('\r\n');
  }
});
