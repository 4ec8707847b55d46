import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Notes } from './encode.ts';
import { cellsOf, isHeader, rowReader, rowWriter, type TableFormat } from './table.ts';

type Row = { readonly a: string; readonly b: string };

const table: TableFormat<'a' | 'b', Row> = {
  rules: { charset: 'utf-8' },
  separator: ';',
  newline: '\n',
  bom: false,
  quotes: true,
  neutralised: true,
  columns: [
    { name: 'a', fit: 'text', value: (row) => row.a },
    { name: 'b', fit: 'own', value: (row) => row.b },
  ],
};

const write = rowWriter(table);
const read = rowReader(table);

describe('table', () => {
  /** [cell a, line] */
  const cases: [string, string][] = [
    ['', ';-1'],
    ['x', 'x;-1'],
    ['x;y', '"x;y";-1'],
    ['"', '"""";-1'],
    ['say "x"; y', '"say ""x""; y";-1'],
    ['=x', "'=x;-1"],
    ["''=x", "'''=x;-1"],
    ["'x", "'x;-1"],
  ];
  for (const [a, line] of cases) {
    test(`${JSON.stringify(a)} is ${line}, and back`, () => {
      assert.equal(write({ a, b: '-1' }, { faults: [], remarks: [] }), `${line}\n`);
      const cell = read(line);
      assert.deepEqual(cell && [cell('a'), cell('b')], [a, '-1']);
    });
  }

  for (const line of ['a', 'a;b;c', '"a;b', '"a"x;b', '"a";b;']) {
    test(`${line} is no row`, () => assert.equal(read(line), null));
  }

  test('a header is known in any case, whole', () => {
    assert.deepEqual(
      ['a;b', 'A;B', 'a;b;c', 'b;a'].map((line) => isHeader(table, line)),
      [true, true, false, false],
    );
  });

  test('constants stand between the other cells', () => {
    const constant = { name: 'c', fit: 'own', constant: 'x;y', value: () => 'x;y' } as const;
    const [a, b] = table.columns;
    assert.ok(a !== undefined && b !== undefined);
    const row = rowWriter<'a' | 'b' | 'c', Row>({ ...table, columns: [constant, a, constant, constant, b, constant] });
    for (const value of ['1', '1', '2']) {
      const wanted = `"x;y";${value};"x;y";"x;y";${value};"x;y"\n`;
      assert.equal(row({ a: value, b: value }, { faults: [], remarks: [] }), wanted);
    }
  });

  test('a value that does not fit is told in every row that has it', () => {
    const row = rowWriter<'a', Row>({ ...table, columns: [{ name: 'a', fit: 'code', width: 2, value: ({ a }) => a }] });
    const values = ['abc', 'abc', 'ab', 'ab', 'abc'];
    const faults = values.map((a) => {
      const notes: Notes = { faults: [], remarks: [] };
      row({ a, b: '' }, notes);
      return notes.faults.length;
    });
    assert.deepEqual(faults, [1, 1, 0, 0, 1]);
  });

  /** [line, its cells] */
  const found: [string, readonly string[] | null][] = [
    ['', ['']],
    [';', ['', '']],
    ['"";"a;b";c"d;"e""f"', ['', 'a;b', 'c"d', 'e"f']],
    ['"""";a""b', ['"', 'a""b']],
    ['a;"', null],
    ['"a""', null],
    [`${'x;'.repeat(200)}y`, [...Array.from({ length: 200 }, () => 'x'), 'y']],
  ];
  for (const [line, cells] of found) {
    test(`${line.slice(0, 30)} has ${cells?.length ?? 'no'} cells`, () =>
      assert.deepEqual(cellsOf(table, line), cells));
  }
});
