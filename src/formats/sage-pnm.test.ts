import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { formatContract } from './contract.ts';
import { fileOf, fitting, readAll, same } from './contract-kit.ts';
import { optionFaults } from './options.ts';
import { readPnmRows, sagePnm, writePnmRows } from './sage-pnm.ts';
import { CONTEXT, entryOf, lineOf, PAYMENT, SALE } from './sample-entries.ts';

formatContract({ format: sagePnm, badCodes: ['411α'] });

const GOLDEN = new URL('./golden/sage-pnm/', import.meta.url);

describe('sage-pnm', () => {
  for (const name of readdirSync(new URL('real/', GOLDEN)).filter((each) => each.endsWith('.pnm'))) {
    test(`rows of Sage's own ${name} are read and written back byte for byte`, async () => {
      const bytes = readFileSync(new URL(`real/${name}`, GOLDEN));
      const { companyName, rows } = await readPnmRows([bytes]);
      const written = writePnmRows(companyName, rows);
      assert.deepEqual(written.notes, { faults: [], remarks: [] });
      assert.equal(written.bytes.toString('latin1'), bytes.toString('latin1'));
      assert.equal(rows.length, bytes.length > 0 ? (bytes.length - 32) / 201 : -1);
    });

    test(`the general lines of Sage's own ${name} balance; details are not added`, async () => {
      const lines = await readAll(sagePnm, readFileSync(new URL(`real/${name}`, GOLDEN)));
      const amounts = lines.map((line) =>
        line.type === 'line' ? line.amountMinor : assert.fail(`line ${line.lineNumber}`),
      );
      assert.equal(
        amounts.reduce((sum, amount) => sum + amount, 0n),
        0n,
      );
      assert.ok(amounts.length >= 2);
    });
  }

  test('the number of an entry stands to the left in the 138 form where the profile says so', async () => {
    const bytes = fileOf(sagePnm, [SALE], { recordLength: 138, pieceNumberPadding: 'left' });
    const [, record = ''] = bytes.toString('latin1').split('\r\n');
    assert.equal(record.slice(105, 112), '1      ');
    const [line] = await readAll(sagePnm, bytes);
    assert.equal(line?.type === 'line' && line.number, '1');
    assert.deepEqual(
      optionFaults(sagePnm.options, { pieceNumberPadding: 'none' }).map(({ name }) => name),
      ['pieceNumberPadding'],
    );
  });

  test('the 138 form is the published sample', () => {
    same(new URL('samples/sage-pnm.vente.pnm', GOLDEN), fileOf(sagePnm, [SALE], { recordLength: 138 }));
  });

  test('general lines are counted from 1 through the file, right-justified', () => {
    const records = fileOf(sagePnm, [SALE, PAYMENT]).toString('latin1').split('\r\n').slice(1, -1);
    assert.deepEqual(
      records.map((record) => record.slice(105, 112)),
      ['      1', '      2', '      3', '      4', '      5'],
    );
    assert.deepEqual(new Set(records.map(({ length }) => length)), new Set([199]));
  });

  test('the counter goes on from where it is told, and starts again after seven digits', () => {
    const { bytes } = fitting(sagePnm.encode(PAYMENT, CONTEXT));
    const state = { records: 9_999_998 };
    const records = sagePnm.stamp(bytes, state).toString('latin1').split('\r\n').slice(0, -1);
    assert.deepEqual(
      records.map((record) => record.slice(105, 112)),
      ['9999999', '      1'],
    );
    assert.equal(state.records, 10_000_000);
  });

  test('a piece of 14 characters keeps its end, with a remark', () => {
    const encoded = fitting(sagePnm.encode({ ...SALE, piece: 'X1234567890123' }, CONTEXT));
    assert.deepEqual(encoded.remarks, [{ reason: 'piece-cut', value: 'X1234567890123', cut: '1234567890123' }]);
    assert.equal(encoded.bytes.toString('latin1').slice(38, 51), '1234567890123');
  });

  test('a piece of 13 characters is whole', () => {
    const encoded = fitting(sagePnm.encode({ ...SALE, piece: '1234567890123' }, CONTEXT));
    assert.deepEqual(encoded.remarks, []);
  });

  test('the payment mode is written when it is one character, on its line', () => {
    const lines = ['L', 'CB'].map((paymentMode) => ({ ...lineOf('411/WEB 1.00', ''), paymentMode }));
    const entry = { ...SALE, lines: [...lines, lineOf('707 -2.00', '')] };
    const records = fitting(sagePnm.encode(entry, CONTEXT)).bytes.toString('latin1').split('\r\n');
    assert.deepEqual(
      records.slice(0, 2).map((record) => record[76]),
      ['L', ' '],
    );
  });

  /** [field, value]: each is one character more than its columns. */
  const tooLong = [
    ['journal', 'VTEX'],
    ['thirdParty', 'WEBFRANCE00001'],
  ] as const;
  for (const [field, value] of tooLong) {
    test(`a ${field} that is too long is refused`, () => {
      const entry = entryOf({
        ...(field === 'journal' ? { journal: value } : {}),
        lines: [`411/${field === 'thirdParty' ? value : 'W'} 1.00`, '707 -1.00'],
      });
      const encoded = sagePnm.encode(entry, CONTEXT);
      assert.deepEqual(encoded.state === 'refused' && encoded.faults, [
        { reason: 'too-long', field, value, width: value.length - 1 },
      ]);
    });
  }

  test('years outside 1950-2049 have no place in a two-digit year', () => {
    for (const [date, state] of [
      ['1949-12-31', 'refused'],
      ['1950-01-01', 'fits'],
      ['2049-12-31', 'fits'],
      ['2050-01-01', 'refused'],
    ] as const) {
      assert.equal(sagePnm.encode(entryOf({ date, lines: ['411/W 1.00', '707 -1.00'] }), CONTEXT).state, state, date);
    }
  });

  test('a file whose editor cut the spaces, with LF and Ctrl-Z, is read all the same', async () => {
    const text = fileOf(sagePnm, [SALE])
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.slice(0, 112).trimEnd())
      .join('\n')
      .trimEnd();
    const lines = await readAll(sagePnm, Buffer.from(`${text}\x1a`, 'latin1'));
    assert.deepEqual(
      lines.map((line) => line.type === 'line' && line.amountMinor),
      [48360n, -40300n, -8060n],
    );
  });

  test('a label of the web is transliterated, one byte per column', () => {
    const label = 'Nguyễn “Œuvre” ☕ Ψυχή €';
    const bytes = fitting(sagePnm.encode(entryOf({ label, lines: ['411/W 1.00', '707 -1.00'] }), CONTEXT)).bytes;
    assert.equal(bytes.length, 2 * 201);
    assert.deepEqual(bytes.subarray(51, 76), Buffer.from('Nguyen "\x8cuvre" Psychi \x80'.padEnd(25), 'latin1'));
  });
});
