import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isHeader, readTable, type TableFormat, writeTable } from './table.ts';

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
      assert.equal(writeTable(table, { a, b: '-1' }, { faults: [], remarks: [] }), `${line}\n`);
      assert.deepEqual(readTable(table, line), { a, b: '-1' });
    });
  }

  for (const line of ['a', 'a;b;c', '"a;b', '"a"x;b', '"a";b;']) {
    test(`${line} is no row`, () => assert.equal(readTable(table, line), null));
  }

  test('a header is known in any case, whole', () => {
    assert.deepEqual(
      ['a;b', 'A;B', 'a;b;c', 'b;a'].map((line) => isHeader(table, line)),
      [true, true, false, false],
    );
  });
});
