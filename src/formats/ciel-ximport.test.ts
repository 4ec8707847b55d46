import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cielXimport } from './ciel-ximport.ts';
import { formatContract } from './contract.ts';
import { fileOf, readAll } from './contract-kit.ts';
import { CONTEXT, entryOf, SALE } from './sample-entries.ts';

formatContract({ format: cielXimport, badCodes: ['411α'], samples: {} });

const ENTRY = { ...SALE, journal: 'VT' };

describe('ciel-ximport', () => {
  /** [options, columns 72-84 of a line of 483.60] */
  const amounts: [Record<string, string>, string][] = [
    [{}, '       483.60'],
    [{ decimal: ',' }, '       483,60'],
    [{ padding: 'zero' }, '0000000483.60'],
    [{ padding: 'zero', decimal: ',' }, '0000000483,60'],
  ];
  for (const [options, amount] of amounts) {
    test(`the amount with ${JSON.stringify(options)}: ${amount}`, async () => {
      const bytes = fileOf(cielXimport, [ENTRY], options);
      assert.equal(bytes.toString('latin1').slice(71, 84), amount);
      const [first] = await readAll(cielXimport.configured(options), bytes);
      assert.equal(first?.type === 'line' && first.amountMinor, 48360n);
    });
  }

  test('in CP850 an accent is one byte, and is read back with the same option', async () => {
    const entry = entryOf({ ...ENTRY, lines: ['411/W 1.00', '707 -1.00'], label: 'Élise ☕ Œuvre' });
    const bytes = fileOf(cielXimport, [entry], { charset: 'cp850' });
    assert.equal(bytes.length, 2 * 144);
    assert.equal(bytes.toString('latin1').slice(46, 60), '\x90lise OEuvre  ');
    const [first] = await readAll(cielXimport.configured({ charset: 'cp850' }), bytes);
    assert.equal(first?.type === 'line' && first.label, 'Élise OEuvre');
  });

  test('the 100 000th entry does not fit five columns, nor a journal of three letters two', () => {
    for (const [entry, field, width] of [
      [{ ...ENTRY, number: 100_000 }, 'number', 5],
      [{ ...ENTRY, journal: 'VTE' }, 'journal', 2],
    ] as const) {
      const encoded = cielXimport.encode(entry, CONTEXT);
      const [fault] = encoded.state === 'refused' ? encoded.faults : [];
      assert.deepEqual(fault && { ...fault, value: '' }, { reason: 'too-long', field, value: '', width });
    }
  });

  test('a third party that is too long is told as such, though it stands in the account column', () => {
    const encoded = cielXimport.encode(entryOf({ ...ENTRY, lines: ['411/WEBFRANCE0001 1.00', '707 -1.00'] }), CONTEXT);
    assert.deepEqual(encoded.state === 'refused' && encoded.faults, [
      { reason: 'too-long', field: 'thirdParty', value: 'WEBFRANCE0001', width: 11 },
    ]);
  });

  test('an editor cut the spaces, and another program wrote the record of 138 columns', async () => {
    const text = fileOf(cielXimport, [ENTRY]).toString('latin1');
    for (const cut of [(line: string) => line.slice(0, 85).trimEnd(), (line: string) => line.slice(0, 138)]) {
      const bytes = Buffer.from(text.split('\r\n').map(cut).join('\n'), 'latin1');
      const lines = await readAll(cielXimport, bytes);
      assert.deepEqual(
        lines.map((line) => line.type === 'line' && line.amountMinor),
        [48360n, -40300n, -8060n],
      );
    }
  });

  test('a record longer than its columns is a fault of the line', async () => {
    const bytes = Buffer.from(`${fileOf(cielXimport, [ENTRY]).toString('latin1').split('\r\n')[0]}more\r\n`, 'latin1');
    assert.deepEqual(
      (await readAll(cielXimport, bytes)).map((line) => line.type === 'fault' && [line.lineNumber, line.expected]),
      [[1, '142 characters']],
    );
  });
});
