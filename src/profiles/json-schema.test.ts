import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { profileSchemaText } from './json-schema.ts';

test('the published schema is fresh (node tools/run.mjs tools/profile-docs.ts writes it)', () => {
  assert.equal(readFileSync(new URL('../../docs/profile.schema.json', import.meta.url), 'utf8'), profileSchemaText());
});
