import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { formatContract } from './contract.ts';
import { fileOf, readAll, shortened } from './contract-kit.ts';
import { roundTrip } from './contract-round-trip.ts';
import { datevExtf } from './datev-extf.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, SALE } from './sample-entries.ts';

formatContract({
  format: datevExtf,
  badCodes: ['411;0', '4"11'],
  samples: {
    options: { client: 456 },
    codes: { WEBFRANCE: '10000', '707100': '8400', '5125': '1200', C20: '', '953WEB': '' },
    instead: { '20190120120000000': '20181126120000000' }, // each of theirs is made on the day of its entry
  },
});

describe('DATEV', () => {
  const net = { vat: 'net' } as const;

  describe('VAT in rows of its own', () => {
    roundTrip(datevExtf.configured(net), net);
    test('its account against the customer’s', () => {
      const rows = fileOf(datevExtf, [shortened(datevExtf, SALE)], net)
        .toString('latin1')
        .split('\r\n')
        .slice(2, -1);
      assert.deepEqual(
        rows.map((row) => row.split(';').slice(0, 10).join(' ')),
        ['403,00 "S" "EUR"   "" 19602 7071 "C20" 2611', '80,60 "S" "EUR"   "" 19602 4457 "C20" 2611'],
      );
    });
  });

  /** [days, month that the fiscal year starts in, start and period in the header] */
  const years = [
    [['2018-07-01', '2019-02-28', '2019-06-30'], 7, ['20180701', '20180701', '20190630']],
    [['2018-01-01', '2018-02-10'], 1, ['20180101', '20180101', '20180228']],
    [['2027-12-31', '2028-02-29'], 10, ['20271001', '20271201', '20280229']],
  ] as const;
  for (const [days, fiscalYearMonth, [start, from, to]] of years) {
    test(`rows without a year come back with it: ${days.join(', ')} where years start in month ${fiscalYearMonth}`, async () => {
      const entries = days.map((date, index) =>
        entryOf({ date, number: index + 1, lines: ['1400/10000 1.00', '8400 -1.00'] }),
      );
      const bytes = fileOf(datevExtf, entries, { fiscalYearMonth });
      const header = bytes.toString('latin1').split('\r\n', 1)[0]?.split(';') ?? [];
      assert.deepEqual([header[12], header[14], header[15]], [start, from, to]);
      const read = await readAll(datevExtf, bytes);
      assert.deepEqual([...new Set(read.map((line) => line.type === 'line' && line.date))], days);
    });
  }

  test('entries of two fiscal years have no place in one file', () => {
    assert.throws(
      () =>
        fileOf(datevExtf, [
          shortened(datevExtf, SALE),
          { ...shortened(datevExtf, CREDIT_NOTE), date: day('2019-01-02') },
        ]),
      (error) => error instanceof Failure && error.code === 'delivery.fiscal-years',
    );
  });

  for (const start of [
    '',
    'EXTF;700;21',
    '"EXTF";700;21;"Buchungsstapel";9;2018;;"";"";"";1;1;2018;4\r\n',
    'x'.repeat(9000),
  ]) {
    test(`a file without the start of its year is a fault of its first line: ${start.slice(0, 20)}`, async () => {
      const [fault, ...others] = await readAll(datevExtf, Buffer.from(start));
      assert.deepEqual([fault?.type, fault?.lineNumber, others.length], ['fault', 1, 0]);
    });
  }

  test('a piece loses what an invoice number does not have there', async () => {
    const [line] = await readAll(
      datevExtf,
      fileOf(datevExtf, [{ ...shortened(datevExtf, SALE), piece: '#FA 2018/01_é' }]),
    );
    assert.equal(line?.type === 'line' && line.piece, 'FA2018/01');
  });

  /** [account and customer of a line, Sachkontenlänge, what is refused of it] */
  const codes: [string, number, string | null][] = [
    ['8400', 4, null],
    ['84000', 4, 'account too-long 4'],
    ['840000', 6, null],
    ['84A0', 4, 'account unencodable 4'],
    ['1400/10000', 4, null],
    ['14000/10000', 4, null], // the customer's own account stands there alone
    ['10000', 4, null], // as it is read back: a customer's account
    ['1400/100000', 4, 'thirdParty too-long 5'],
    ['1400/WEB', 4, 'thirdParty unencodable 5'],
  ];
  for (const [code, accountLength, wanted] of codes) {
    test(`accounts are numbers: ${code} where they have ${accountLength} digits`, () => {
      const format = datevExtf.configured({ accountLength });
      const encoded = format.encode(entryOf({ lines: [`${code} 1.00`, '8400 -1.00'] }), CONTEXT);
      const faults = encoded.state === 'refused' ? encoded.faults : [];
      const told = faults.map((fault) =>
        'width' in fault ? `${fault.field} ${fault.reason} ${fault.width}` : fault.reason,
      );
      assert.deepEqual(told, wanted === null ? [] : [wanted]);
    });
  }
});

test('numbers of suppliers are known, whatever the length of accounts', () => {
  const isSupplier = (code: string, accountLength: number) =>
    datevExtf.configured({ accountLength }).supplierCodes?.test(code);
  for (const [code, length] of [
    ['70000', 4],
    ['99999', 4],
    ['700000', 5],
  ] as const)
    assert.ok(isSupplier(code, length));
  for (const [code, length] of [
    ['69999', 4],
    ['10000', 4],
    ['7000', 4],
    ['70000', 5],
  ] as const)
    assert.ok(!isSupplier(code, length));
});
