import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, HEADER, inFolder, jsonOf, saleJson } from './command-kit.ts';

test('D-14 --correct cancels what was written and writes what the document is now; without it the change is told', async () => {
  await inFolder('correct', async (home) => {
    const file = join(home, 'sales.jsonl');
    const write = (changes: object) =>
      writeFile(file, `${HEADER}\n${JSON.stringify({ ...saleJson({ id: 1 }), ...changes })}\n`);
    const run = async (...more: string[]) =>
      jsonOf(
        await comptoir(home, ['import', 'sales', '--profile', 'demo-woocommerce', '--file', file, '--json', ...more]),
      );
    await write({});
    await run('--yes');
    const line = {
      id: '1',
      kind: 'product',
      label: 'Savon',
      net: '20.00',
      taxes: [{ rate: '20', amount: '4.00' }],
      gross: '24.00',
    };
    await write({ lines: [line], totals: { net: '20.00', tax: '4.00', gross: '24.00' } });
    const told = await run('--yes');
    assert.deepEqual([told.counts.alreadyTransferred, told.entries], [1, []]);
    assert.ok(told.documents[0].reasons.some(({ message }: { message: string }) => message.includes('--correct')));
    const seen = await run('--dry-run', '--correct');
    const corrected = await run('--yes', '--correct');
    assert.deepEqual(corrected.entries, seen.entries, 'what was previewed is what is written');
    const sums = new Map<string, number>();
    for (const { lines } of corrected.entries)
      for (const { account, debit, credit } of lines)
        sums.set(account, (sums.get(account) ?? 0) + Math.round(100 * (Number(debit ?? 0) - Number(credit ?? 0))));
    assert.deepEqual(Object.fromEntries(sums), { 411000: 1200, 707100: -1000, 445711: -200 });
    assert.deepEqual((await run('--yes', '--correct')).entries, []);
    const [explained] = JSON.parse(
      (await comptoir(home, ['explain', '1', '--profile', 'demo-woocommerce', '--json'])).out,
    );
    assert.deepEqual(explained.parts.map(({ part }: { part: string }) => part).sort(), [
      'correction/1',
      'document',
      'payment/1',
    ]);
  });
});
