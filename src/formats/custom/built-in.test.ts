import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { NumberedEntry } from '../../core/entry.ts';
import { formatDefinition } from '../../schema/format-definition.ts';
import { fileOf, golden, readAll, same, shortened } from '../contract-kit.ts';
import type { Carried, Format } from '../format.ts';
import { formats } from '../index.ts';
import { CREDIT_NOTE, IN_DOLLARS, IN_SECTIONS, MANUAL, MATCHED, PAYMENT } from '../sample-entries.ts';
import { customFormat } from './custom.ts';
import { definitionOf } from './definition-of.ts';
import { definitionFaults } from './faults.ts';

/** The built-in formats that a definition can say: [golden file, what is in it, what the format carries if it has one]. */
const FILES: readonly (readonly [string, readonly NumberedEntry[], Carried | null])[] = [
  ['sales', MANUAL, null],
  ['credit-note', [CREDIT_NOTE], null],
  ['payment', [PAYMENT], null],
  ['currency', [IN_DOLLARS], 'currency'],
  ['sections', [IN_SECTIONS], 'section'],
  ['matched', MATCHED, 'matching'],
];

/** These stand beside the test as documents of their own, to be read and started from. */
const DOCUMENTS = readdirSync(new URL('./golden', import.meta.url));

const derived = formats.flatMap((format) => {
  const made = definitionOf(format);
  return made.ok && format.id !== 'custom' ? [{ format, definition: made.definition }] : [];
});

test('S-145 at least ten built-in formats can be said as a definition', () => {
  const ids = derived.map(({ format }) => `${format.id}.json`);
  assert.ok(DOCUMENTS.filter((name) => ids.includes(name)).length >= 10, ids.join(' '));
  assert.deepEqual(
    DOCUMENTS.filter((name) => !ids.includes(name)),
    [],
  );
});

for (const { format, definition } of derived) {
  describe(`S-145 ${format.id} as a definition`, () => {
    const file = new URL(`./golden/${format.id}.json`, import.meta.url);
    const text = `${JSON.stringify(definition, null, 2)}\n`;
    const isDocument = DOCUMENTS.includes(`${format.id}.json`);
    if (isDocument) test('is this document', () => golden(file, Buffer.from(text)));
    const own = customFormat(formatDefinition.parse(JSON.parse(isDocument ? readFileSync(file, 'utf8') : text)));

    for (const [name, entries, carried] of FILES) {
      if (carried !== null && !format.carries.includes(carried)) continue;
      test(`writes the ${name} of the format itself, byte for byte`, async () => {
        const fitting = entries.map((entry) => (name === 'matched' ? entry : shortened(format, entry)));
        const bytes = fileOf(own, fitting);
        same(new URL(`../golden/${format.id}/${name}.${format.extension}`, import.meta.url), bytes);
        assert.deepEqual(await readAll(own, bytes), await readAll(format, bytes));
      });
    }

    test('carries what it carries, in the same room, and has no faults', () => {
      const facts = ({ carries, accounts, limits: { decimals: _, ...limits }, order, entriesEnd }: Format) => ({
        ...{ carries, accounts, limits, order, entriesEnd },
      });
      assert.deepEqual(facts(own), facts(format));
      assert.deepEqual(definitionFaults(definition), []);
    });
  });
}
