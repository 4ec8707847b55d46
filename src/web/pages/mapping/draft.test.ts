import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addEach,
  applyStandard,
  doubles,
  draftOf,
  fits,
  grouped,
  mappingOf,
  paste,
  removeRows,
  setCell,
  textOf,
  withDrafts,
} from './draft.ts';
import { columnsOf, KINDS } from './kinds.ts';

const taxes = KINDS.find(({ id }) => id === 'taxes');
assert.ok(taxes);
const COLUMNS = columnsOf(taxes, []);
const PROFILE = {
  name: 'x',
  mappings: {
    taxes: {
      default: { account: '4457' },
      exceptions: [
        { country: 'FR', item: '20%', account: '44571', code: 'C20' },
        { country: 'BE', item: null, account: '44572' },
      ],
    },
  },
};

test('a mapping is edited by cell, by row and as a whole, and goes back into its profile', () => {
  let draft = draftOf(PROFILE, 'taxes');
  draft = setCell(draft, 1, 'code', 'BE21');
  draft = addEach(draft, 'country', ['BE', 'DE', 'ES']);
  assert.deepEqual(
    mappingOf(draft).exceptions.map(({ country, code }) => [country, code]),
    [
      ['FR', 'C20'],
      ['BE', 'BE21'],
      ['DE', undefined],
      ['ES', undefined],
    ],
  );
  draft = applyStandard(removeRows(draft, new Set([0, 3])), 'account');
  assert.deepEqual(withDrafts(PROFILE, { taxes: draft }), {
    name: 'x',
    mappings: {
      taxes: {
        default: { account: '4457' },
        exceptions: [
          { country: 'BE', item: null, account: '4457', code: 'BE21' },
          { country: 'DE', item: null, account: '4457' },
        ],
      },
    },
  });
});

test('cells of a spreadsheet are laid over the rows shown, and new rows come below', () => {
  const draft = draftOf(PROFILE, 'taxes');
  const column = COLUMNS.findIndex(({ name }) => name === 'account');
  const pasted = paste(draft, COLUMNS, [1], { row: 0, column }, '445721\tBE21\r\n445722\tDE19\r\n');
  assert.deepEqual(
    pasted.rows.map(({ id, values }) => [id, values.account, values.code]),
    [
      [0, '44571', 'C20'],
      [1, '445721', 'BE21'],
      [2, '445722', 'DE19'],
    ],
  );
});

test('two rows of the same keys are told; a filter takes a beginning of numbers and a part of words', () => {
  const draft = setCell(setCell(draftOf(PROFILE, 'taxes'), 1, 'country', 'FR'), 1, 'item', '20%');
  assert.deepEqual([...doubles(draft)], [1]);
  const shown = (name: string, value: unknown) =>
    name === 'country' && value === 'FR' ? 'États' : String(value ?? '');
  const matching = (filters: Record<string, string>) =>
    draft.rows.filter((row) => fits(row, filters, shown)).map(({ id }) => id);
  assert.deepEqual(matching({ country: 'etat' }), [0, 1]);
  assert.deepEqual(matching({ account: '44572' }), [1]);
  assert.deepEqual(matching({ account: '4572' }), []);
  assert.deepEqual(matching({ code: 'c2', country: ' ' }), [0]);
});

test('S-190 exceptions by what a column shows: the groups in the order they come, each with its rows', () => {
  const rows = [
    { id: 0, values: { country: 'FR', account: '4457120' } },
    { id: 1, values: { country: 'BE', account: '4457221' } },
    { id: 2, values: { country: 'FR', account: '4457110' } },
    { id: 3, values: { country: null, account: '4457120' } },
  ];
  const told = (column: string) =>
    grouped(rows, column, (name, value) => (name === 'country' && value === 'FR' ? 'France' : textOf(value))).map(
      ({ name, rows: own }) => `${name}: ${own.map(({ id }) => id).join(' ')}`,
    );
  assert.deepEqual(told('country'), ['France: 0 2', 'BE: 1', ': 3']);
  assert.deepEqual(told('account'), ['4457120: 0 3', '4457221: 1', '4457110: 2']);
});
