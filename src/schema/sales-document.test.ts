import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Unreadable } from './decode.ts';
import { readDocument } from './sales-document.ts';
import { documentToJson } from './sales-json.ts';

const golden = JSON.parse(readFileSync(new URL('golden/sale-and-credit-note-1042.json', import.meta.url), 'utf8'));

test('the golden sale and credit note are read, and written back with the same figures', () => {
  for (const json of golden.documents) {
    const document = readDocument(json, 'Europe/Paris');
    const again = readDocument(documentToJson(document), 'Europe/Paris');
    assert.deepEqual(again, document);
  }
});

test('a date-time becomes the civil day in the shop zone, which may be another month', () => {
  const json = { ...golden.documents[0], order: { id: '1', date: '2026-10-31T23:30:00Z' } };
  assert.equal(readDocument(json, 'Europe/Paris').order.date, '2026-11-01');
  assert.equal(readDocument(json, 'UTC').order.date, '2026-10-31');
});

const refusals: [string, object, string][] = [
  ['an amount as a JSON number', { totals: { net: 10, tax: '2.00', gross: '12.00' } }, 'totals.net'],
  ['a decimal comma', { totals: { net: '10,00', tax: '2.00', gross: '12.00' } }, 'totals.net'],
  ['seven decimals', { totals: { net: '10.0000001', tax: '2.00', gross: '12.00' } }, 'totals.net'],
  ['an unknown field', { totl: {} }, ''],
  ['an unknown kind of line', { lines: [{ id: '1', kind: 'gift', net: '1.00', gross: '1.00' }] }, 'lines.0.kind'],
  ['no line', { lines: [] }, 'lines'],
  ['a currency in small letters', { currency: { code: 'eur' } }, 'currency.code'],
  ['a date-time without offset', { order: { id: '1', date: '2026-10-31T23:30:00' } }, 'order.date'],
  ['a credit note without its own id', { kind: 'creditNote' }, 'creditNote'],
];

for (const [name, change, path] of refusals) {
  test(`${name} is refused, naming the field`, () => {
    assert.throws(
      () => readDocument({ ...golden.documents[0], ...change }, 'Europe/Paris'),
      (error) => error instanceof Unreadable && error.path === path,
    );
  });
}

test('a date that does not exist is refused', () => {
  const json = { ...golden.documents[0], order: { id: '1', date: '2026-02-30' } };
  assert.throws(() => readDocument(json, 'Europe/Paris'), Unreadable);
});
