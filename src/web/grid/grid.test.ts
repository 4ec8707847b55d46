import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FilterKind, type GridColumn, leastWidth, nextSort, templateOf } from './columns.ts';
import { chosenOf, decimalText, typedOf, wireOf, wireOfChosen } from './filter.ts';
import { PAGE, pagesWanted } from './pages.ts';
import { rowMap } from './row-map.ts';

const dayOf = (text: string) => (/^\d\d\/10$/.test(text) ? `2026-10-${text.slice(0, 2)}` : null);
const showDay = (day: string) => `${day.slice(8)}/10`;

test('S-082 a filter takes the operator typed, else that of its column', () => {
  const cases: [FilterKind, string, string | null | undefined][] = [
    ['text', 'dupont', '~dupont'],
    ['text', '=dupont', '=dupont'],
    ['text', '>=3', undefined],
    ['start', '707', '^707'],
    ['start', '~707', '~707'],
    ['equal', ' VTE ', '=VTE'],
    ['amount', '1 910,44', '>=1910.44'],
    ['amount', '≤1,910.44', '<=1910.44'],
    ['amount', '10..20,5', '10..20.5'],
    ['amount', 'abc', undefined],
    ['number', '12', '=12'],
    ['day', '05/10', '2026-10-05..2026-10-05'],
    ['day', '05/10..09/10', '2026-10-05..2026-10-09'],
    ['day', '>=05/10', '2026-10-05..9999-12-31'],
    ['day', 'hier', undefined],
    ['list', 'PayPal', 'PayPal'],
    ['text', '  ', null],
    ['text', '=', null],
  ];
  for (const [kind, typed, wire] of cases) assert.equal(wireOf(kind, typed, dayOf), wire, `${kind} ${typed}`);
});

test('the filter of a list is one value or several, and none is all', () => {
  for (const chosen of [[], ['PayPal'], ['PayPal', 'Alma 3x']])
    assert.deepEqual(chosenOf(wireOfChosen(chosen)), chosen);
  assert.deepEqual(chosenOf('PayPal'), ['PayPal'], 'as addresses had it before');
  assert.equal(wireOfChosen([]), '');
});

test('a filter read from the address is shown as it would be typed', () => {
  const cases: [FilterKind, string, string][] = [
    ['text', '~dupont', 'dupont'],
    ['text', '^dup', '^dup'],
    ['amount', '>=1910.44', '1910,44'],
    ['amount', '10.5..20', '10,5..20'],
    ['day', '2026-10-05..2026-10-05', '05/10'],
    ['day', '2026-10-05..2026-10-09', '05/10..09/10'],
  ];
  for (const [kind, wire, typed] of cases) assert.equal(typedOf(kind, wire, showDay, ','), typed, wire);
});

test('figures are read as text, exact beyond what a binary number holds', () => {
  assert.equal(decimalText('9 007 199 254 740 993,01'), '9007199254740993.01');
  assert.equal(decimalText('1,5'), '1.5');
  assert.equal(decimalText('1.2.3'), null);
});

const column = (key: string, part: Partial<GridColumn> = {}): GridColumn => ({
  key,
  title: key,
  align: 'left',
  width: 50,
  share: 0,
  filter: 'text',
  figures: true,
  ...part,
});

test('a column of figures is as wide as its widest value, a column of words is cut', () => {
  const columns = [column('piece'), column('label', { figures: false, share: 1 })];
  assert.equal(templateOf(columns, { piece: 20, label: 90 }, 38), '38px 171px minmax(50px, 1fr)');
  assert.equal(leastWidth(columns, {}, 38), 138);
});

test('a head clicked sorts up, then down, then not', () => {
  assert.deepEqual(
    [nextSort('', 'debit'), nextSort('debit', 'debit'), nextSort('-debit', 'debit'), nextSort('debit', 'date')],
    ['debit', '-debit', '', 'date'],
  );
});

test('an opened entry shows its lines below it, and rows after it keep their place at the server', () => {
  const map = rowMap(4, new Map([[1, 2]]), new Map());
  assert.equal(map.total, 6);
  assert.deepEqual(
    Array.from({ length: 6 }, (_, index) => map.at(index)),
    [
      { row: 0, inner: null },
      { row: 1, inner: null },
      { row: 1, inner: 0 },
      { row: 1, inner: 1 },
      { row: 2, inner: null },
      { row: 3, inner: null },
    ],
  );
});

test('a closed entry hides the rows that follow it', () => {
  const map = rowMap(7, new Map(), new Map([[0, 3]]));
  assert.equal(map.total, 4);
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => map.at(index)?.row),
    [0, 4, 5, 6],
  );
});

test('pages are read ahead where the list moves to, the totals always, and none beyond the end', () => {
  const at = (first: number, last: number, down: boolean, total = 100 * PAGE) =>
    pagesWanted({ first: first * PAGE, last: last * PAGE + 9, down }, total);
  assert.deepEqual(at(0, 0, true), [0, 1, 2, 3]);
  assert.deepEqual(at(10, 11, true), [0, 10, 11, 12, 13, 14, 9]);
  assert.deepEqual(at(10, 10, false), [0, 10, 11, 7, 8, 9]);
  assert.deepEqual(at(98, 99, true), [0, 98, 99, 97]);
  assert.deepEqual(at(0, 0, true, 0), [0]);
  assert.deepEqual(at(0, 0, true, PAGE), [0], 'the last row of a page opens no other');
});
