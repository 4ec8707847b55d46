import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { runManual } from './manual.ts';

/** The worked example of the manual through a whole run: from a file of documents to the bytes an accountant loads. */
const GOLDEN = new URL('./golden/manual/', import.meta.url);

for (const [format, extension] of [
  ['sage-pnm', 'pnm'],
  ['fec', 'txt'],
] as const) {
  test(`S-045 S-085 S-086 ${format}: two sales and their payments, 994.12 on both sides, 4 entries, 10 lines`, async () => {
    const { outcome, bytes } = await runManual('sales', format);
    golden(`sales.${extension}`, bytes);
    assert.deepEqual(outcome.totals, { debit: '994.12', credit: '994.12' });
    assert.deepEqual([outcome.counts.written, outcome.counts.entries, outcome.counts.lines], [2, 4, 10]);
    assert.deepEqual(outcome.troubles, []);
  });

  test(`S-048 S-049 ${format}: the credit note is the mirror of a sale, three lines, no bank entry`, async () => {
    const { outcome, bytes } = await runManual('creditNotes', format);
    golden(`credit-note.${extension}`, bytes);
    assert.deepEqual(outcome.totals, { debit: '403.00', credit: '403.00' });
    assert.deepEqual([outcome.counts.written, outcome.counts.entries, outcome.counts.lines], [1, 1, 3]);
    assert.deepEqual(outcome.troubles, []);
  });
}

test('S-045 the short form of the file, 138 characters', async () => {
  const ledger = { type: 'sage-pnm', companyName: 'MA BOUTIQUE', recordLength: 138 as const };
  const { bytes } = await runManual('sales', 'sage-pnm', { ledger });
  golden('sales-138.pnm', bytes);
});

/** `UPDATE=1` rewrites it: read the difference before it is kept. */
function golden(name: string, bytes: Buffer): void {
  const path = new URL(name, GOLDEN);
  if (process.env.UPDATE) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(path, bytes);
  }
  assert.equal(bytes.toString('latin1'), readFileSync(path).toString('latin1'));
}
