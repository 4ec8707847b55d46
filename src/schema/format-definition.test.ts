import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { definitionJsonSchema, formatDefinition } from './format-definition.ts';

const PUBLISHED = new URL('../../docs/format-definition.schema.json', import.meta.url);
const CABINET: unknown = JSON.parse(
  readFileSync(new URL('../../docs/samples/cabinet-riviere.json', import.meta.url), 'utf8'),
);

test('S-145 the published schema is fresh (node tools/run.mjs tools/profile-docs.ts writes it)', () => {
  assert.equal(readFileSync(PUBLISHED, 'utf8'), `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`);
});

/** [what is changed of the sample, whether it is still a definition] */
const CASES: readonly (readonly [object, boolean])[] = [
  [{}, true],
  [{ charset: 'ebcdic' }, false],
  [{ newline: 'cr' }, false],
  [{ name: '' }, false],
  [{ shape: { is: 'separated', separator: '|' } }, true],
  [{ shape: { is: 'tagged' } }, false],
  [{ records: {} }, false],
  [{ records: { line: { columns: [] } } }, false],
  [{ records: { line: { columns: [{ name: 'a', is: 'date' }] } } }, false],
  [{ records: { line: { columns: [{ name: 'a', is: 'date', pattern: 'JJMMAA' }] } } }, true],
  [{ records: { line: { columns: [{ name: 'a', is: 'dream' }] } } }, false],
  [{ records: { line: { columns: [{ name: 'a', is: 'label', widht: 3 }] } } }, false],
  [{ colour: 'red' }, false],
];

const accepts = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(PUBLISHED, 'utf8')));

for (const [change, isOne] of CASES) {
  test(`S-145 the published schema and the door agree: ${JSON.stringify(change)}`, () => {
    const document = { ...(CABINET as object), ...change };
    assert.equal(formatDefinition.safeParse(document).success, isOne);
    assert.equal(accepts(document), isOne);
  });
}
