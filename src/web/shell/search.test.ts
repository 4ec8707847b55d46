import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, MOST, type Place } from './search.ts';

function place(title: string, more: Partial<Place> = {}): Place {
  return { id: title, group: 'window', title, told: '', words: '', href: `/${title}`, ...more };
}

const PLACES = [
  place('Configuration, Boutique'),
  place('Écarts de règlement', { group: 'setting', told: 'Mappages' }),
  place('Historique'),
  place('Importer les ventes', { group: 'action', words: 'import sales' }),
  place('Ventes du 26/11/2018 au 31/12/2018', { group: 'run', told: 'Écrit' }),
];

/** [query, what is found, in order] */
const CASES: readonly [string, readonly string[]][] = [
  ['ecart', ['Écarts de règlement']],
  ['REGLEMENT ecarts', ['Écarts de règlement']],
  ['ventes', ['Ventes du 26/11/2018 au 31/12/2018', 'Importer les ventes']],
  ['ventes 2018', ['Ventes du 26/11/2018 au 31/12/2018']],
  ['mappages', ['Écarts de règlement']],
  ['sales', ['Importer les ventes']],
  ['istorique', []],
];

for (const [query, expected] of CASES) {
  test(`the search for ${query} finds ${expected.length}`, () => {
    assert.deepEqual(
      found(PLACES, query).map(({ title }) => title),
      expected,
    );
  });
}

test('without words, windows and actions are proposed, and never more than fit', () => {
  assert.deepEqual(
    found(PLACES, ' ').map(({ group }) => group),
    ['window', 'window', 'action'],
  );
  const many = Array.from({ length: 100 }, (_, number) => place(`Page ${number}`));
  assert.equal(found(many, 'page').length, MOST);
});
