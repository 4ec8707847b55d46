import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, getAt, parsePath, pathText, setAt, setFromText } from './paths.ts';

const BASE = { name: 'A', shop: { type: 'woocommerce' } };

/** [text, its steps] */
const paths: [string, string | null][] = [
  ['name', 'name'],
  ['shop.http.tries', 'shop/http/tries'],
  ['mappings.taxes.exceptions[0].account', 'mappings/taxes/exceptions/0/account'],
  ['mappings.taxes.exceptions.0.account', 'mappings/taxes/exceptions/0/account'],
  ['mappings.taxes.exceptions[+]', 'mappings/taxes/exceptions/+'],
  ['chart.accounts["41.1"]', 'chart/accounts/41.1'],
  ['', null],
  ['.name', 'name'],
  ['a..b', null],
  ['a[x]', null],
  ['__proto__.polluted', null],
  ['a.constructor', null],
  ['a.b.c.d.e.f.g.h.i.j.k.l.m', null],
];

for (const [text, expected] of paths) {
  test(`the path "${text}" is ${expected}`, () => assert.equal(parsePath(text)?.join('/') ?? null, expected));
}

/** [path, text given, value stored] */
const sets: [string, string, unknown][] = [
  ['name', 'Maison Lien', 'Maison Lien'],
  ['name', '2026', '2026'], // a number where text is wanted stays text
  ['mappings.sales.default.withVat', '707100', '707100'],
  ['mappings.sales.default.withVat', '0707', '0707'],
  ['mappings.sales.default.withVat', 'null', null],
  ['shop.http.tries', '5', 5],
  ['entries.discountLines', 'true', true],
  ['advanced.tolerances.payment', '0.50', '0.50'],
  ['chart.accounts.411000', 'Clients', 'Clients'],
  ['reading.wrappingNames', '["Emballage cadeau"]', ['Emballage cadeau']],
  ['mappings.taxes.exceptions[+]', '{"country":"FR","item":"20%","account":"445711"}', undefined],
];

for (const [path, text, expected] of sets) {
  test(`S-092 ${path}=${text} is stored as ${JSON.stringify(expected)}`, () => {
    const steps = parsePath(path) ?? assert.fail(path);
    const changed = setFromText(BASE, steps, text);
    if (steps.at(-1) === '+') assert.deepEqual(getAt(changed, ['mappings', 'taxes', 'exceptions']), [JSON.parse(text)]);
    else assert.deepEqual(getAt(changed, steps), expected);
  });
}

test('setting a field leaves the document as it was and the rest untouched', () => {
  const before = { a: { b: [1, 2] }, c: 3 };
  const after = setAt(before, ['a', 'b', '1'], 9);
  assert.deepEqual(before, { a: { b: [1, 2] }, c: 3 });
  assert.deepEqual(after, { a: { b: [1, 9] }, c: 3 });
  assert.equal(setAt(before, ['a', 'b', '5'], 9), undefined);
  assert.equal(setAt(before, ['c', 'd'], 9), undefined);
});

test('a pattern names every place of a list', () => {
  const document = { list: [{ code: 'a' }, {}, { code: null }] };
  assert.deepEqual(expand(document, 'list[].code'), [
    { path: 'list[0].code', value: 'a' },
    { path: 'list[2].code', value: null },
  ]);
  assert.deepEqual(
    expand(document, 'list[]').map(({ path }) => path),
    ['list[0]', 'list[1]', 'list[2]'],
  );
  assert.equal(pathText(['chart', 'accounts', '41.1', 'x', 0]), 'chart.accounts["41.1"].x[0]');
});
