import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Completeness } from '../../api/api.ts';
import { showDay } from '../../i18n/show.ts';
import { translator } from '../../i18n/translate.ts';
import { completenessLines } from './completeness.ts';

const SERIES = {
  name: 'FA#',
  first: 'FA1',
  last: 'FA9',
  count: 8,
  missing: ['FA3'],
  missingCount: 1,
  doubles: [{ number: 'FA4', order: '12' }],
  disorder: [{ number: 'FA5', date: '2026-09-12', next: 'FA6', nextDate: '2026-09-11' }],
  partial: false,
};

function told(control: Partial<Completeness>): readonly string[] {
  const base: Completeness = { source: 8, counted: 'shop', records: 8, leftOut: 0, complete: true, series: [] };
  const given = {
    control: { ...base, ...control },
    read: 8,
    say: translator('en'),
    day: (day: string) => showDay(day, 'en'),
  };
  return completenessLines(given).map(({ text, wrong }) => (wrong ? `! ${text}` : text));
}

test('D-15 the page of a run says what the source counts, and what is wrong first of all in red', () => {
  assert.deepEqual(told({}), ['The shop counts 8 documents: all read (8 to account for).']);
  assert.deepEqual(told({ counted: 'file', source: 9, leftOut: 1 }), [
    'The file counts 9 documents: all read (8 of this import, 1 of another kind or period).',
  ]);
  assert.deepEqual(told({ source: 9, complete: false }), ['! The source counts 9 documents, 8 read.']);
  assert.deepEqual(told({ source: null, counted: null, complete: null }), [
    '8 documents read, without a total to compare: the source’s own would count orders where invoices or refunds are read, or go by other dates.',
  ]);
});

test('D-10 the page of a run names the missing, the doubled and the disordered numbers', () => {
  assert.deepEqual(told({ series: [SERIES] }).slice(1), [
    'Series FA#: from FA1 to FA9, 8 numbers.',
    '! Series FA#, 1 number missing: FA3',
    '! Series FA#, given twice: FA4 (12)',
    '! Series FA#, in disorder: FA5 (12/09/2026) > FA6 (11/09/2026)',
  ]);
});
