import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type FormatDefinition, formatColumn, formatDefinition } from '../../../schema/format-definition.ts';
import { RECORDS } from '../../../schema/format-words.ts';
import type { JsonObject } from '../settings/tabs.ts';
import { added, completed, moved, positionsOf, recordOf, reshaped, withField, withRecord } from './edit.ts';
import { CHOICES, choiceOf, startOf, withValue } from './values.ts';

const CABINET = JSON.parse(
  readFileSync(new URL('../../../../docs/samples/cabinet-riviere.json', import.meta.url), 'utf8'),
) as JsonObject;
const definition = formatDefinition.parse(CABINET);
const names = ({ records }: FormatDefinition) => records.line.columns.map(({ name }) => name).join(' ');

test('S-145 every value of the schema can be chosen, and starts as the schema wants it', () => {
  const values = formatColumn.options.flatMap((option) => option.shape.is.options);
  assert.deepEqual(CHOICES.map(({ is }) => is).sort(), [...values].sort());
  for (const { is } of CHOICES) formatColumn.parse({ name: 'x', is, ...startOf(is) });
});

test('S-145 what a value says is what the schema lets it say', () => {
  for (const option of formatColumn.options) {
    for (const is of option.shape.is.options) {
      const said = choiceOf(is).says.map(({ name }) => name);
      assert.deepEqual(
        said.filter((name) => !(name in option.shape)),
        [],
        is,
      );
    }
  }
});

test('S-145 a document that leaves out what has a default is completed as the schema completes it', () => {
  assert.deepEqual(completed(CABINET), definition);
  const separated = { ...CABINET, shape: { is: 'separated', separator: ';' } };
  assert.deepEqual(completed(separated), formatDefinition.parse(separated));
});

test('S-145 columns are added behind the chosen one, with a name of their own, and moved', () => {
  const more = added(definition, { record: 'line', index: 1 }, { is: 'section', title: 'Journal' });
  assert.equal(names(more).split(' Date')[0], 'Journal Journal 2');
  assert.equal(recordOf(more, 'line').columns[1]?.width, 10);
  assert.match(names(moved(definition, 'line', { from: 1, to: 0 })), /^Date Journal Compte/);
  assert.equal(moved(definition, 'line', { from: 0, to: 99 }), definition);
});

test('S-145 each change leaves a definition of the schema: other shape, other records, other values', () => {
  const all = RECORDS.reduce((one, record) => withRecord(one, record, true), definition);
  for (const one of [all, reshaped(all, 'separated'), reshaped(reshaped(all, 'separated'), 'fixed')])
    formatDefinition.parse(one);
  assert.equal(withRecord(all, 'section', false).records.section, undefined);
  const [column] = definition.records.line.columns;
  if (column === undefined) return assert.fail();
  assert.deepEqual(withValue(column, 'side'), { name: 'Journal', is: 'side', width: 3, debit: 'D', credit: 'C' });
  assert.deepEqual(withField(column, 'width', undefined), { name: 'Journal', is: 'journal' });
});

test('S-145 positions follow each other, and gaps are kept', () => {
  const columns = definition.records.line.columns;
  assert.deepEqual(positionsOf(columns).slice(0, 3), [
    { from: 1, to: 3 },
    { from: 4, to: 9 },
    { from: 10, to: 17 },
  ]);
  const gap = columns.map((column, index) => (index === 1 ? { ...column, from: 6 } : column));
  assert.deepEqual(positionsOf(gap)[2], { from: 12, to: 19 });
});
