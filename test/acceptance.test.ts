import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { provenRows } from '../tools/acceptance/names.ts';
import { GROUPS } from '../tools/acceptance/page.ts';

/**
 * docs/acceptance.md claims nothing that is not so (node tools/run.mjs tools/acceptance.ts writes it). A test more than it names
 * makes it no falser, so that whoever adds one need not write it anew.
 */
const PAGE = readFileSync(new URL('../docs/acceptance.md', import.meta.url), 'utf8');
const ROWS = GROUPS.flatMap(({ rows }) => rows);
const PROVEN = provenRows();

test('every row of the page stands there as it is asked, once', () => {
  const told = [...PAGE.matchAll(/^\| ([STD]-\d+) \| (.*?) \|/gm)].map(([, id, asks]) => `${id} ${asks}`);
  assert.deepEqual(
    told,
    ROWS.map(([id, asks]) => `${id} ${asks}`),
  );
  assert.equal(new Set(ROWS.map(([id]) => id)).size, ROWS.length);
});

test('every row has a test that bears its number, or a reason why not', () => {
  const bare = ROWS.filter(([id, , why]) => !PROVEN.has(id) && why === undefined).map(([id]) => id);
  assert.deepEqual(bare, []);
});

test('every test that the page names is there and bears the number', () => {
  const claims = [...PAGE.matchAll(/^\| ([STD]-\d+) \|.*\|$/gm)].flatMap(([line, id = '']) =>
    [...line.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = '']) => ({ id, file })),
  );
  assert.ok(claims.length > 200);
  for (const { id, file } of claims) {
    assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
    assert.ok(PROVEN.get(id)?.includes(file), `${file} does not bear ${id}`);
  }
});

test('no test bears the number of a row that nobody asks for', () => {
  const asked = new Set(ROWS.map(([id]) => id));
  const isSetAside = (id: string) => id >= 'S-001' && id <= 'S-271'; // of the vendor's trade, or of Windows
  const strange = [...PROVEN]
    .filter(([id]) => !asked.has(id) && !isSetAside(id))
    .map(([id, files]) => `${id}: ${files.join(', ')}`);
  assert.deepEqual(strange, []);
});
