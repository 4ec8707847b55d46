import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { Unreadable } from './decode.ts';
import { readDocument, readHeader } from './sales-document.ts';

/**
 * The published schema of `comptoir-sales` and the door that reads it are two texts: here a validator of the one and the
 * other are asked the same, over documents drawn from the schema and spoilt at a random place. What only one of them
 * can know is listed.
 */

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const PUBLISHED = JSON.parse(
  readFileSync(new URL('../../docs/comptoir-sales-1.schema.json', import.meta.url), 'utf8'),
) as Schema & { readonly $id: string; readonly $defs: Readonly<Record<string, Schema>> };
const GOLDEN = JSON.parse(readFileSync(new URL('golden/sale-and-credit-note-1042.json', import.meta.url), 'utf8')) as {
  documents: Json[];
};

const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false });
const accepts = ajv.addSchema(PUBLISHED).compile({ $ref: `${PUBLISHED.$id}#/$defs/document` });
const acceptsFile = ajv.getSchema(PUBLISHED.$id) ?? assert.fail();

/** What the door says of a document: null, or why not. */
function refusal(json: unknown, read: (value: unknown) => unknown = (value) => readDocument(value, 'Europe/Paris')) {
  try {
    read(json);
    return null;
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

/**
 * Where the door is stricter than a schema can be. Every other difference is a fault of one of the two.
 * - A day or time that does not exist: 30 February has the form of a date.
 * - Lengths are UTF-16 units here and characters in a schema, which differ beyond the basic plane only.
 */
function isJustified({ path, reason }: Unreadable, json: Json): boolean {
  if (reason.startsWith('not-day')) return true;
  const value = path.split('.').reduce<unknown>((at, key) => Reflect.get(Object(at), key), json);
  const limit = Number(/^too-large: (\d+)$/.exec(reason)?.[1]);
  return typeof value === 'string' && value.length > limit && [...value].length <= limit;
}

function agree(json: Json): void {
  const refused = refusal(json);
  if (accepts(json) === (refused === null)) return;
  const said = `schema: ${ajv.errorsText(accepts.errors)}; door: ${refused?.path} ${refused?.reason}`;
  assert.ok(refused !== null && isJustified(refused, json), `${said}\n${JSON.stringify(json)}`);
}

test('documents drawn from the schema are read, whatever is left out of them', () => {
  const drawn = drawnFrom({ $ref: '#/$defs/document' });
  let [read, creditNotes] = [0, 0];
  fc.assert(
    fc.property(drawn, (json) => {
      agree(json);
      if (refusal(json) === null) read += 1;
      if (Reflect.get(Object(json), 'kind') === 'creditNote') creditNotes += 1;
    }),
    { numRuns: 400, seed: 12 },
  );
  assert.ok(read > 100 && creditNotes > 50, `${read} read, ${creditNotes} credit notes`);
});

test('documents spoilt at one place are refused by both or read by both', () => {
  const whole = fc.oneof(fc.constantFrom(...GOLDEN.documents), drawnFrom({ $ref: '#/$defs/document' }));
  let refused = 0;
  fc.assert(
    fc.property(whole, fc.nat(), fc.nat(), (json, place, spoiling) => {
      const spoilt = structuredClone(json);
      spoil(spoilt, place, spoiling);
      agree(spoilt);
      if (refusal(spoilt) !== null) refused += 1;
    }),
    { numRuns: 3000, seed: 12 },
  );
  assert.ok(refused > 1000, `${refused} refused`);
});

/** [what, a change of the golden sale, whether both read it; null: only the schema does] */
const edges: [string, { [name: string]: Json }, boolean | null][] = [
  ['nothing changed', {}, true],
  ['the largest amount', { totals: { net: '999999999999.999999', tax: '0', gross: '-0.000001' } }, true],
  ['one digit more', { totals: { net: '1000000000000', tax: '0', gross: '0' } }, false],
  ['an amount with a leading zero', { totals: { net: '01', tax: '0', gross: '0' } }, false],
  ['an amount that ends with a line', { totals: { net: '1\n', tax: '0', gross: '0' } }, false],
  ['a note of the largest length', { note: 'x'.repeat(1000) }, true],
  ['a longer one', { note: 'x'.repeat(1001) }, false],
  ['a note that is no text', { note: 7 }, false],
  ['a key of the largest length', { key: 'x'.repeat(200) }, true],
  ['an empty key', { key: '' }, false],
  ['no payments', { payments: [] }, true],
  ['too many payments', { payments: Array<Json>(10_001).fill(payment()) }, false],
  ['too many discounts', { discounts: Array<Json>(10_001).fill({}) }, false],
  ['a field called __proto__', JSON.parse('{"customer":{"__proto__":{}}}') as { [name: string]: Json }, false],
  ['a credit note without its own part', { kind: 'creditNote' }, false],
  ['a day that does not exist', { order: { id: '1', date: '2026-02-30' } }, null],
  ['an hour that does not exist', { order: { id: '1', date: '2026-02-03T25:00:00Z' } }, null],
  ['as many emoji as signs are allowed', { note: '😀'.repeat(1000) }, null],
];

for (const [what, change, expected] of edges) {
  test(`the schema and the door agree on ${what}`, () => {
    const json = { ...(GOLDEN.documents[0] as { [name: string]: Json }), ...change };
    agree(json);
    assert.deepEqual([accepts(json), refusal(json) === null], expected === null ? [true, false] : [expected, expected]);
  });
}

test('headers drawn from the schema, and spoilt, are read by both or by neither', () => {
  const header = drawnFrom({ ...PUBLISHED, properties: { ...PUBLISHED.properties, documents: { const: [] } } });
  let refused = 0;
  fc.assert(
    fc.property(header, fc.nat(), fc.nat(), fc.boolean(), (json, place, spoiling, whole) => {
      const file = structuredClone(json) as { [name: string]: Json };
      if (!whole) spoil(file, place, spoiling);
      const { documents: _, ...line } = file; // in JSON Lines the documents are the lines behind it
      const error = refusal(line, readHeader);
      if (error !== null) refused += 1;
      assert.equal(
        acceptsFile({ ...line, documents: [] }),
        error === null,
        `${error?.path} ${error?.reason} ${JSON.stringify(file)}`,
      );
    }),
    { numRuns: 1500, seed: 12 },
  );
  assert.ok(refused > 300, `${refused} refused`);
});

/** Days and instants that exist; of the others nearly all that a pattern draws are made. */
const DATES = fc
  .tuple(fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.nat(3))
  .map(([date, form]) => {
    const instant = date.toISOString();
    return (
      [instant.slice(0, 10), instant, `${instant.slice(0, 19)}+02:00`, `${instant.slice(0, 19)}Z`][form] ?? instant
    );
  });

/** Values that a part of the schema accepts; optional fields come and go. */
function drawnFrom(schema: Schema): fc.Arbitrary<Json> {
  if (schema.$ref !== undefined)
    return drawnFrom(PUBLISHED.$defs[schema.$ref.split('/').at(-1) ?? ''] ?? assert.fail());
  if (schema.const !== undefined) return fc.constant(schema.const as Json);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as Json[]));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'string':
      if (schema.pattern?.startsWith('^[0-9]{4}-'))
        return fc.oneof(
          { weight: 60, arbitrary: DATES },
          { weight: 1, arbitrary: fc.stringMatching(new RegExp(schema.pattern)) },
        );
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: 12, unit: 'grapheme' });
    case 'array':
      return fc.array(drawnFrom(schema.items ?? assert.fail()), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, drawnFrom(one)] as const);
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: [...(schema.required ?? [])],
      }) as fc.Arbitrary<Json>;
    }
    default:
      return assert.fail(`The schema has a type that is not drawn: ${JSON.stringify(schema)}`);
  }
}

/** Spoils one of the values of a document, in one of many ways: some leave it right. */
function spoil(json: Json, place: number, spoiling: number): void {
  const spots: [{ [name: string]: Json } | Json[], string][] = [];
  collect(json);
  const [holder, name] = spots[place % spots.length] ?? assert.fail();
  const value = Reflect.get(holder, name) as Json;
  const values: (Json | undefined)[] = [
    undefined, // taken out
    null,
    7,
    true,
    '',
    [],
    {},
    [value],
    'x'.repeat(201),
    'x'.repeat(1001),
    '12,50',
    '+1.00',
    '1e3',
    '1.0000001',
    '-0',
    '100',
    '100.1',
    'EUR',
    'eur',
    '2026-02-28',
    '2026-02-28T10:00:00',
    typeof value === 'string' ? `${value} ` : '2026-02-28T10:00:00+01:00',
    typeof value === 'string' ? value.toUpperCase() : 'sale',
  ];
  const other = values[spoiling % (values.length + 1)];
  if (spoiling % (values.length + 1) === values.length) {
    if (!Array.isArray(holder)) holder.unheardOf = 'x';
    else holder.push({ unheardOf: 'x' });
  } else if (other === undefined && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (other === undefined) Reflect.deleteProperty(holder, name);
  else Reflect.set(holder, name, other);

  function collect(node: Json): void {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      spots.push([node, key]);
      collect(Reflect.get(node, key) as Json);
    }
  }
}

function payment(): Json {
  return { id: '1', direction: 'in', method: { id: 'card' }, date: '2026-09-01', amount: '1.00' };
}
