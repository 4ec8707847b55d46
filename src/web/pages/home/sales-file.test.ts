import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sketch } from '../../../core/testing/sketch.ts';
import { documentToJson } from '../../../schema/sales-json.ts';
import { peek } from './sales-file.ts';

const HEADER = '{"format":"comptoir-sales","version":"1.0","shop":{"id":"atelier","name":"Atelier Garance"}}';
const SALE = JSON.stringify(documentToJson(sketch('sale FR; product 403.00 20% 80.60')));
const NOTE = '{"kind":"creditNote","order":{"id":"7"},"creditNote":{"number":"AV7","date":"2026-11-03T10:00:00Z"}}';

test('S-051 S-052 the first document of the kind asked for is shown before the file is sent', () => {
  const file = [`\uFEFF${HEADER}\r`, 'broken', NOTE, SALE, '{"kind":"sale","key":"cut o'].join('\n');
  const sale = peek(file, 'sale');
  assert.ok(sale.ok && sale.first !== null);
  assert.equal(sale.shop, 'Atelier Garance');
  assert.deepEqual([sale.first.gross?.replace(/0+$/, ''), sale.first.currency], ['483.6', 'EUR']);
  const note = peek(file, 'creditNote');
  assert.deepEqual(note.ok && note.first, { order: 'AV7', date: '2026-11-03', gross: null, currency: null });
  assert.deepEqual(peek(`${HEADER}\n${SALE}`, 'creditNote'), { ok: true, shop: 'Atelier Garance', first: null });
});

test('a file that is none of ours is told at once, with why', () => {
  for (const [text, reason] of [
    ['', 'not-json-lines'],
    ['a;b\n1;2', 'not-json-lines'],
    ['[1]', 'not-json-lines'],
    ['{"orders":[]}', 'not-comptoir-sales'],
    ['{"format":"comptoir-sales"}', 'not-comptoir-sales'],
  ])
    assert.deepEqual(peek(String(text), 'sale'), { ok: false, reason }, text);
});
