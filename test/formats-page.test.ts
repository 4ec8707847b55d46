import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formats } from '../src/formats/index.ts';
import { translate } from '../src/i18n/translate.ts';
import { formatsPage } from '../tools/formats-page.ts';

test('docs/formats.md says what the declarations say (node tools/run.mjs tools/formats.ts writes it)', () => {
  const page = readFileSync(new URL('../docs/formats.md', import.meta.url), 'utf8');
  assert.ok(page === formatsPage(), 'docs/formats.md is out of date: run tools/formats.ts');
});

test('S-144 every format is on the page with its sureness, and those below 4 ask for the accountant', () => {
  const page = formatsPage();
  for (const { id, confidence } of formats) {
    const section = page.slice(page.indexOf(`<a id="${id}">`)).split('<a id=')[1] ?? '';
    assert.ok(page.includes(`[\`${id}\`](#${id})`) && page.includes(`${confidence}/5`), id);
    assert.equal(section.includes('Check with your accountant first'), confidence < 4, id);
  }
});

test('what each format was checked against is said in both languages, as it is declared', () => {
  const said = (language: 'fr' | 'en', id: string) => translate(language, `format.checked.${id}`);
  for (const { id, checkedAgainst } of formats) {
    assert.equal(said('en', id).replaceAll('’', "'"), checkedAgainst);
    assert.notEqual(said('fr', id), `format.checked.${id}`, id);
  }
});

test('adding a format is documented by one that exists, as it stands, in under 60 lines', () => {
  const read = (name: string) => readFileSync(new URL(`../src/formats/${name}`, import.meta.url), 'utf8');
  const [declaration, own] = [read('openconcerto.ts'), read('openconcerto.test.ts')];
  assert.ok(read('README.md').includes(`\n${declaration}`) && read('README.md').includes(`\n${own}`));
  assert.ok((declaration + own).split('\n').length < 60);
});
