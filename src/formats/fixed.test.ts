import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Gathered, Notes } from './encode.ts';
import { fixedFormat, putFixed, readFixed, writeFixed } from './fixed.ts';
import { encodeText } from './text.ts';

type Row = { readonly code: string; readonly label: string; readonly piece: string; readonly amount: string };

const format = fixedFormat<keyof Row, Row>({
  rules: { charset: 'windows-1252' },
  fields: [
    { name: 'code', from: 1, width: 4, justify: 'left', padding: ' ', fit: 'code', value: (row) => row.code },
    { name: 'label', from: 6, width: 5, justify: 'left', padding: ' ', fit: 'text', value: (row) => row.label },
    { name: 'piece', from: 11, width: 3, justify: 'left', padding: ' ', fit: 'piece', value: (row) => row.piece },
    { name: 'amount', from: 14, width: 6, justify: 'right', padding: '0', fit: 'own', value: (row) => row.amount },
  ],
});

describe('fixed', () => {
  /** [row, record or what is wrong] */
  const cases: [Partial<Row>, string][] = [
    [{ code: '411', label: 'abc', piece: '12', amount: '9.90' }, '411  abc  12 009.90  '],
    [{ label: 'longer than five', piece: '1234' }, '     longe234000000   | piece-cut piece 234'],
    [{ code: '41100' }, '41100 too-long'],
    [{ code: '41\t' }, 'unencodable'],
    [{ amount: '1234.56' }, 'too-long'],
    [{ label: 'été œ' }, '     été œ   000000  '],
  ];
  for (const [partial, wanted] of cases) {
    test(JSON.stringify(partial), () => {
      const notes: Notes = { faults: [], remarks: [] };
      const record = writeFixed(format, { code: '', label: '', piece: '', amount: '', ...partial }, 21, notes);
      const fault = notes.faults.map(({ reason }) => reason).join();
      if (fault !== '') assert.ok(wanted.endsWith(fault), fault);
      else assert.equal(record, wanted.slice(0, 21).padEnd(21));
      assert.equal(
        notes.remarks.map((remark) => ('cut' in remark ? remark.cut : '')).join(),
        wanted.includes('piece-cut') ? '234' : '',
      );
    });
  }

  test('the same declaration reads the record back, spaces cut by an editor included', () => {
    assert.deepEqual(readFixed(format, '411  abc  12  9.90'), {
      code: '411',
      label: 'abc',
      piece: '12',
      amount: '9.90',
    });
    assert.deepEqual(readFixed(format, '411'), { code: '411', label: '', piece: '', amount: '' });
  });

  test('a record may stop before the last fields', () => {
    const row = { code: '411', label: 'abc', piece: '12', amount: '9.90' };
    assert.equal(writeFixed(format, row, 13, { faults: [], remarks: [] }), '411  abc  12 ');
  });

  test('fields that overlap are a fault of the declaration', () => {
    const [first] = format.fields;
    assert.ok(first);
    assert.throws(() => fixedFormat({ ...format, fields: [first, { ...first, from: 4 }] }), TypeError);
  });

  for (const charset of ['utf-8', 'windows-1252', 'cp850'] as const) {
    test(`records written over each other in ${charset} are those written by themselves`, () => {
      const same = fixedFormat({ fields: format.fields, rules: { charset }, length: 24 });
      const rows: Row[] = [
        { code: '411', label: 'abcde', piece: '12', amount: '9.90' },
        { code: '411', label: 'été', piece: '12', amount: '1.00' },
        { code: '41', label: 'été', piece: '', amount: '0.50' },
        { code: '41', label: 'x', piece: '1', amount: '10.00' },
      ];
      for (const form of [
        { length: 24, newline: '\r\n' },
        { length: 24, least: 21, newline: '\n' },
      ] as const) {
        const out: Gathered = { bytes: Buffer.alloc(8), size: 0, text: '' };
        const notes: Notes = { faults: [], remarks: [] };
        for (const row of rows) putFixed(same, row, form, notes, out);
        const least = 'least' in form ? form.least : form.length;
        const alone = rows.map((row) => writeFixed(same, row, 24, notes).trimEnd().padEnd(least) + form.newline);
        assert.deepEqual(out.bytes.subarray(0, out.size), encodeText(alone.join(''), charset));
      }
    });
  }
});
