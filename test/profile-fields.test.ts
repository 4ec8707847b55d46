import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { profileFields } from '../src/profiles/fields.ts';
import { parsePath, setAt } from '../src/profiles/paths.ts';
import { profileSchema } from '../src/profiles/profile.ts';
import { validateProfile } from '../src/profiles/validate.ts';
import { known } from '../src/wiring/profiles.ts';
import { BASE, FIELDS } from './profile-fields/fields.ts';
import { fieldsPage } from './profile-fields/page.ts';

test('every field of the profile has its proof, and no proof is for a field that is gone', () => {
  const proven = new Set(FIELDS.map(({ path }) => path));
  const fields = profileFields().map(({ path }) => path);
  assert.deepEqual(
    fields.filter((path) => !proven.has(path)),
    [],
  );
  assert.deepEqual(
    [...proven].filter((path) => !fields.includes(path)),
    [],
  );
});

for (const field of FIELDS) {
  if ('refused' in field) {
    test(`${title(field)} is refused: ${field.refused}`, () => {
      const validated = validateProfile(changed(BASE, field.set), known);
      assert.ok(!validated.ok);
      assert.deepEqual([...new Set(validated.errors.map(({ code }) => code))], [field.refused]);
    });
  } else {
    test(`${title(field)} changes: ${field.seen}`, async () => {
      const from = changed(BASE, field.from ?? {});
      const before = await field.probe(profileSchema.parse(from));
      const after = await field.probe(profileSchema.parse(changed(from, field.set)));
      assert.notEqual(after, before);
    });
  }
}

test('the page of the fields is fresh (node tools/run.mjs tools/profile-docs.ts writes it)', () => {
  assert.equal(readFileSync(new URL('../docs/profile-fields.md', import.meta.url), 'utf8'), fieldsPage());
});

function changed(document: unknown, changes: Readonly<Record<string, unknown>>): unknown {
  let result = document;
  for (const [path, value] of Object.entries(changes)) {
    result = setAt(result, parsePath(path) ?? assert.fail(path), value);
    assert.notEqual(result, undefined, path);
  }
  return result;
}

function title({ rows, path }: { readonly rows?: string; readonly path: string }): string {
  return rows === undefined ? path : `${rows} ${path}`;
}
