import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualSettings, sketch } from '../testing/sketch.ts';
import { imbalanceOf } from './balance.ts';
import { postDocument } from './post.ts';

test('entry.unbalanced: lines a cent apart are seen, and both sides told', () => {
  const posted = postDocument(sketch('sale FR; product 403.00 20% 80.60'), manualSettings());
  assert.ok(posted.state === 'ready');
  const lines = posted.entries[0]?.lines ?? [];
  assert.equal(imbalanceOf(lines), null);
  const wrong = lines.map((line) => {
    return line.role === 'vat' ? { ...line, amount: { ...line.amount, minor: line.amount.minor - 1n } } : line;
  });
  assert.deepEqual(imbalanceOf(wrong), { debit: 48360n, credit: 48361n });
});
