import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { formatContract } from './contract.ts';
import { fileOf, readAll, shortened } from './contract-kit.ts';
import { isacomptaEcr } from './isacompta-ecr.ts';
import { SALE, SAMPLES } from './sample-entries.ts';

formatContract({
  format: isacomptaEcr,
  badCodes: ['411α'],
  samples: { without: /^EXO/, options: { dossier: 'BOUTIQUE' }, codes: { VTE: 'VE', WEBFRANCE: '411WEBFR' } },
});

describe('isacompta-ecr', () => {
  /** [month the fiscal year starts in, day of the entry, the head's fiscal year] */
  const years: [number, string, string][] = [
    [1, '2018-11-26', '0101201831122018'],
    [7, '2018-11-26', '0107201830062019'],
    [7, '2018-06-30', '0107201730062018'],
    [3, '2020-02-29', '0103201929022020'],
  ];
  for (const [fiscalYearMonth, date, year] of years) {
    test(`an entry of ${date} where years start in month ${fiscalYearMonth}: ${year}`, () => {
      const entry = shortened(isacomptaEcr, SALE);
      const head = fileOf(isacomptaEcr, [{ ...entry, date: day(date) }], { fiscalYearMonth }).toString('latin1');
      assert.equal(head.split('\r\n')[2], `EXO   ${year}             EUR`);
    });
  }

  test('entries of two fiscal years are not put into one file: delivery.fiscal-years', () => {
    const [a, b] = ['2018-12-31', '2019-01-01'].map((date, index) => {
      return { ...shortened(isacomptaEcr, SALE), date: day(date), number: index + 1 };
    });
    assert.ok(a && b);
    assert.throws(
      () => fileOf(isacomptaEcr, [a, b]),
      (error: unknown) => error instanceof Failure && error.code === 'delivery.fiscal-years',
    );
    assert.ok(fileOf(isacomptaEcr, [a, b], { fiscalYearMonth: 7 }).length > 0);
  });

  test('a line of which a section takes a part comes back without section', async () => {
    const sale = shortened(isacomptaEcr, SAMPLES.vente ?? SALE);
    const text = fileOf(isacomptaEcr, [sale]).toString('latin1').replace('       1000\r\n', '        500\r\n');
    const lines = await readAll(isacomptaEcr, Buffer.from(text, 'latin1'));
    assert.deepEqual(
      lines.map((line) => line.type === 'line' && line.section),
      [null, null, null],
    );
  });
});
