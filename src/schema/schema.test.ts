import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { decimalText } from '../core/decimal.ts';
import { countryCode, currencyCode, idText, textOrNull } from './codes.ts';
import { decimal, decimalOrNull } from './decimal.ts';
import { day, localTime, utcTime } from './instant.ts';
import { firstIssue } from './issue.ts';
import { jsonText, parseJson } from './json.ts';

test('numbers keep their source text through parsing, reading as decimals, and writing back', () => {
  const source = '{"id":42,"a":55.200000000000003,"b":20.0,"c":1e-7,"d":12345678901234567890,"e":-0.10,"f":[1.50]}';
  const value = parseJson(source);
  assert.equal(jsonText(value), source);
  const shape = z.object({
    id: z.int(),
    a: decimal,
    b: decimal,
    c: decimal,
    d: decimal,
    e: decimal,
    f: z.array(decimal),
  });
  const read = shape.parse(value);
  assert.equal(read.id, 42);
  assert.deepEqual(
    [read.a, read.b, read.c, read.d, read.e, ...read.f].map((item) => decimalText(item)),
    ['55.200000000000003', '20', '0.0000001', '12345678901234567890', '-0.1', '1.5'],
  );
});

test('a decimal is text or an exact number, and nothing else', () => {
  for (const value of ['12,5', '', 'NaN', null, undefined, true, {}, 0.1, '1 000', '0x10']) {
    assert.equal(decimal.safeParse(value).success, false, String(value));
  }
  assert.equal(decimalOrNull.parse(''), null);
  assert.equal(decimalOrNull.parse(null), null);
  assert.equal(decimalOrNull.safeParse('abc').success, false);
});

test('days and times that do not exist are refused', () => {
  assert.equal(day.safeParse('2026-02-30').success, false);
  assert.equal(utcTime.parse('2026-08-31T21:59:58'), Date.UTC(2026, 7, 31, 21, 59, 58));
  assert.equal(utcTime.safeParse('2026-02-30T10:00:00').success, false);
  assert.equal(utcTime.safeParse('2026-08-31T21:59:58+02:00').success, false);
  assert.equal(localTime.parse('2026-10-25 02:30:00'), '2026-10-25T02:30:00');
  assert.equal(localTime.safeParse('0000-00-00 00:00:00').success, false);
});

test('codes and texts', () => {
  assert.equal(currencyCode.safeParse('eur').success, false);
  assert.equal(countryCode.safeParse('FRA').success, false);
  assert.equal(idText.parse(7), '7');
  assert.equal(textOrNull.parse('  '), null);
  assert.equal(textOrNull.parse(undefined), null);
  assert.equal(textOrNull.parse(' a '), 'a');
});

test('the first issue names the place and the reason', () => {
  const result = z.object({ lines: z.array(z.object({ total: decimal })) }).safeParse({ lines: [{ total: '1' }, {}] });
  assert.ok(!result.success);
  assert.deepEqual(firstIssue(result.error), { field: 'lines.1.total', reason: 'missing' });
});
