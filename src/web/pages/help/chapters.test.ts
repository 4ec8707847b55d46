import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anchorOf, CHAPTERS, titlesOf } from './chapters.ts';

for (const language of ['fr', 'en']) {
  const path = fileURLToPath(new URL(`../../../../docs/${language}/guide.md`, import.meta.url));
  const guide = readFileSync(path, 'utf8');
  const titles = titlesOf(guide);

  test(`S-069 the guide in ${language} has a chapter for each address of the help`, () => {
    assert.equal(titles.length, CHAPTERS.length);
    assert.match(titles[CHAPTERS.indexOf('dashboard')] ?? '', /dashboard|tableau de bord/i);
    assert.match(titles[CHAPTERS.indexOf('backup')] ?? '', /backup|sauvegarde/i);
    assert.match(titles[CHAPTERS.indexOf('credit-notes')] ?? '', /credit notes|avoirs/i);
    assert.match(titles[CHAPTERS.indexOf('users')] ?? '', /users|utilisateurs/i);
  });

  test(`S-069 what the guide in ${language} links to is there`, () => {
    for (const [, target = ''] of guide.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#'))
        assert.ok(
          titles.some((title) => `#${anchorOf(title)}` === target),
          target,
        );
      else assert.ok(existsSync(join(dirname(path), target)), target);
    }
  });
}
