import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './command-kit.ts';

/** The pictures that `npm run screens` writes, and the pages that show them. */

const FOLDER = join(ROOT, 'docs', 'screens');
const SCREENS = 35;
const MAX_MEGABYTES = 12;

test('every screen is there as a picture in both languages, and all of them together are not heavy', () => {
  const of = (language: string) => readdirSync(join(FOLDER, language)).sort();
  assert.deepEqual(of('en'), of('fr'));
  const numbers = new Set(of('fr').map((name) => Number(name.slice(0, 2))));
  for (let number = 1; number <= SCREENS; number += 1)
    assert.ok(numbers.has(number), `screen ${number} has no picture`);
  const bytes = ['fr', 'en'].flatMap((language) =>
    of(language).map((name) => statSync(join(FOLDER, language, name)).size),
  );
  assert.ok(bytes.reduce((sum, size) => sum + size, 0) < MAX_MEGABYTES * 1024 * 1024);
});

test('the pictures and pages that the documents lead to are there', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'docs/api.md', 'docs/fr/guide.md', 'docs/en/guide.md'];
  for (const document of documents) {
    const text = readFileSync(join(ROOT, document), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      if (target.startsWith('/')) continue; // an address within the application
      assert.ok(existsSync(join(ROOT, document, '..', target)), `${document} leads to ${target}`);
    }
  }
});
