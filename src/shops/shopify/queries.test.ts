import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, validate, visit } from 'graphql';
import { shopifySchema } from '../../demo/shopify-graph.ts';
import { operationOf, type QueryName, queryNames, queryText } from './query-text.ts';
import { SCOPES, type Scope } from './scopes.ts';

/** Each document against Shopify's own schema (2026-10, cut to the types it uses), with each scope missing and with none. */
const names = queryNames() as readonly QueryName[];
const every: ReadonlySet<Scope> = new Set(SCOPES);
const some: readonly (readonly [string, ReadonlySet<Scope>])[] = [
  ['every scope', every],
  ['none', new Set()],
  ...SCOPES.map((scope) => [`all but ${scope}`, new Set(SCOPES.filter((one) => one !== scope))] as const),
];

for (const [what, scopes] of some) {
  test(`T-13 every question is one the schema of 2026-10 knows, with ${what}`, () => {
    assert.ok(names.length > 10, names.join(' '));
    for (const name of names) {
      const text = queryText(name, scopes);
      const faults = validate(shopifySchema(), parse(text)).map(({ message }) => message);
      assert.deepEqual(faults, [], name);
      assert.notEqual(operationOf(text), '');
    }
  });
}

test('what a scope opens is asked with it alone', () => {
  const asked = (scopes: ReadonlySet<Scope>) => fieldsOf(queryText('order-detail', scopes));
  assert.ok(asked(every).includes('customer') && asked(every).includes('retailLocation'));
  assert.ok(!asked(new Set(['read_orders'])).includes('customer'));
  assert.ok(!fieldsOf(queryText('order-agreements', new Set(['read_orders']))).includes('return'));
});

test('the schema refuses a question that it does not know', () => {
  const text = queryText('order-detail', every).replace('originalTotalPriceSet', 'originalTotalPrice');
  assert.match(validate(shopifySchema(), parse(text))[0]?.message ?? '', /originalTotalPrice/);
});

function fieldsOf(text: string): string[] {
  const found: string[] = [];
  visit(parse(text), { Field: ({ name }) => void found.push(name.value) });
  return found;
}
