import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, inFolder, jsonOf, salesFile } from './command-kit.ts';

/** `comptoir explain`: every line says which rule gave its account and which amounts it sums. */

const ASK = ['--profile', 'demo-woocommerce'];

test('D-36 a document written explains itself: where, when, the rule and the sum of each line', async () => {
  await inFolder('explain', async (home) => {
    const file = await salesFile(join(home, 'sales.jsonl'), [{ id: 41 }, { id: 42 }]);
    const run = jsonOf(await comptoir(home, ['import', 'sales', ...ASK, '--file', file, '--yes', '--json']));
    for (const name of ['sale/42', '42', 'FA000042', '#FA000042']) {
      const { code, out } = await comptoir(home, ['explain', name, ...ASK, '--json']);
      assert.equal(code, 0);
      const [told, ...others] = JSON.parse(out);
      assert.deepEqual([told.key, others], ['sale/42', []], name);
      assert.deepEqual(
        told.entries.map((entry: { source: string; number: number; run: { id: string; file: string } }) => [
          entry.source,
          entry.number,
          entry.run.id,
          entry.run.file,
        ]),
        [3, 4].map((number) => ['written', number, run.run.id, run.files[0].path]),
      );
      assert.deepEqual(
        told.entries[0].lines.map(({ account, debit, credit, mapping, rule, sum }: Record<string, unknown>) => [
          account,
          debit,
          credit,
          mapping,
          rule,
          sum,
        ]),
        [
          ['411000', '12.00', '0.00', 'customers', {}, [{ line: 'total', label: '', amount: '12.00' }]],
          ['707100', '0.00', '10.00', 'sales', {}, [{ line: '1', label: 'Savon', amount: '10.00' }]],
          [
            '445711',
            '0.00',
            '2.00',
            'taxes',
            { country: 'FR', item: '20%' },
            [{ line: '1', label: 'Savon', amount: '2.00' }],
          ],
        ],
      );
      assert.deepEqual(
        told.history.map(({ part, action, number }: Record<string, unknown>) => [part, action, number]),
        [
          ['document', 'written', 3],
          ['payment/1', 'written', 4],
        ],
      );
    }
    const { out } = await comptoir(home, ['explain', '42', ...ASK]);
    for (const word of ['sale/42', 'FA000042', '707100', 'FR + 20%', 'default', '1 Savon 10.00', run.files[0].path])
      assert.ok(out.includes(word), `${word} in ${out}`);
  });
});

test('D-36 what is held says why, and a document read again says what it would write now', async () => {
  await inFolder('explain', async (home) => {
    const file = await salesFile(join(home, 'sales.jsonl'), [{ id: 43, gross: '13.00' }]);
    await comptoir(home, ['import', 'sales', ...ASK, '--file', file, '--yes', '--json']);
    const [held] = JSON.parse((await comptoir(home, ['explain', '43', ...ASK, '--json'])).out);
    assert.equal(held.state, 'held');
    assert.ok(
      held.problems.some(
        ({ code, cure }: { code: string; cure: string }) => code === 'document.totals-differ' && cure !== '',
      ),
    );
    assert.deepEqual(
      held.parts.map(({ part, state }: Record<string, unknown>) => [part, state]),
      [['document', 'held']],
    );
    const mended = await salesFile(join(home, 'mended.jsonl'), [{ id: 43 }]);
    const [again] = JSON.parse(
      (await comptoir(home, ['explain', '43', ...ASK, '--file', mended, '--kind', 'sales', '--json'])).out,
    );
    assert.deepEqual(
      again.entries.map(({ source, lines }: { source: string; lines: { account: string }[] }) => [
        source,
        lines.map(({ account }) => account),
      ]),
      [
        ['read', ['411000', '707100', '445711']],
        ['read', ['411000', '517200']],
      ],
    );
    const unknown = await comptoir(home, ['explain', '9999', ...ASK]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /9999.*--from/);
  });
});
