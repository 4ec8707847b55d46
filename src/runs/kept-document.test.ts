import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../core/decimal.ts';
import { sketch } from '../core/testing/sketch.ts';
import { documentOfKept, keptDocument } from './kept-document.ts';

test('a document kept for a review comes back as it was, with all the reader knew of its order', () => {
  const zero = decimal('0');
  const wholeOrder = {
    saleParts: 1,
    sales: decimal('12'),
    creditNotes: zero,
    paidIn: zero,
    paidOut: zero,
    firstMethod: 'cheque',
  };
  const document = sketch('sale FR; product 10.00 20% 2.00', {
    wholeOrder,
    taxCountry: 'FR',
    tolerance: decimal('0.10'),
  });
  assert.deepEqual(documentOfKept(keptDocument(document)).wholeOrder, wholeOrder);
});
