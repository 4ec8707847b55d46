import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf } from './schema-help.ts';
import { lineOfPath, merged, parsed, SETTINGS_TABS, type SettingsTab, tabOfPath, textOf } from './tabs.ts';

const profile = {
  name: 'Maison',
  ledger: { folder: null },
  chart: { accounts: {} },
  mappings: { taxes: { default: {}, exceptions: [{ country: 'FR' }, { country: 'BE', account: 'x' }] } },
};
const tab = (id: string): SettingsTab => {
  const found = SETTINGS_TABS.find((known) => known.id === id);
  assert.ok(found);
  return found;
};

test('S-087 each tab shows its sections and gives them back', () => {
  assert.deepEqual(JSON.parse(textOf(profile, tab('ledger'))), { ledger: { folder: null }, chart: { accounts: {} } });
  const next = merged(profile, [{ tab: tab('ledger'), value: { ledger: { folder: '/a' } } }]);
  assert.deepEqual(next, { name: 'Maison', mappings: profile.mappings, ledger: { folder: '/a' } });
  assert.equal(tabOfPath('mappings.taxes.exceptions.1.account')?.id, 'mappings');
  assert.equal(tabOfPath('nowhere'), null);
});

test('an error is shown on the line of its field, or of the nearest field above that is there', () => {
  const text = textOf(profile, tab('mappings'));
  const lines = text.split('\n');
  const lineOf = (path: string) => lines[(lineOfPath(text, path) ?? 0) - 1]?.trim();
  assert.equal(lineOf('mappings.taxes.exceptions.1.account'), '"account": "x"');
  assert.equal(lineOf('mappings.taxes.exceptions[1].country'), '"country": "BE",');
  assert.equal(lineOf('mappings.taxes.exceptions.0.code'), '{');
  assert.equal(lineOfPath(text, 'shop.url'), null);
});

test('what is not JSON is refused with its line', () => {
  const answer = parsed('{\n  "name": "a",\n  oops\n}');
  assert.deepEqual([answer.ok, 'line' in answer ? answer.line : null], [false, 3]);
  assert.equal(parsed('[]').ok, false);
});

test('the help lists fields with their values, limits and defaults', () => {
  const schema = {
    properties: {
      shop: {
        type: 'object',
        properties: {
          tries: { type: 'integer', minimum: 1, maximum: 10, default: 3 },
          version: { anyOf: [{ enum: ['auto', '1.1'] }, { type: 'null' }] },
          rules: { type: 'array', items: { type: 'object', properties: { item: { $ref: '#/$defs/text' } } } },
        },
      },
    },
    $defs: { text: { type: 'string', maxLength: 60 } },
  };
  assert.deepEqual(fieldsOf(schema, ['shop']), [
    { path: 'shop.tries', type: 'integer', values: [], standard: '3', limits: '1 … 10' },
    { path: 'shop.version', type: 'null', values: ['auto', '1.1'], standard: null, limits: '' },
    { path: 'shop.rules[].item', type: 'string', values: [], standard: null, limits: '≤ 60' },
  ]);
});
