import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Failure } from '../core/problem.ts';
import { peekSalesFile } from './peek.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-peek-'));
});
after(() => rm(folder, { recursive: true }));

async function peek(content: string | Buffer, kind: 'sale' | 'creditNote') {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return peekSalesFile(path, kind, 'VENTES', new AbortController().signal);
}

test('S-051 S-052 the first document of the kind asked for is shown before the file is sent, wherever it is cut off', async () => {
  const golden = (name: string) =>
    readFile(new URL(`../schema/golden/sale-and-credit-note-1042.${name}`, import.meta.url), 'utf8');
  const sale = { order: '#1042', date: '2026-10-03', gross: '58.59', currency: 'EUR' };
  const note = { order: 'AV000501', date: '2026-10-12', gross: '20.00', currency: 'EUR' };
  for (const [format, text] of [
    ['xml', await golden('xml')],
    ['json', await golden('json')],
  ] as const) {
    for (const content of [text, gzipSync(text)]) {
      assert.deepEqual(await peek(content, 'sale'), { format, shop: 'Exemple', first: sale });
      assert.deepEqual(await peek(content, 'creditNote'), { format, shop: 'Exemple', first: note });
    }
    const cut = text.slice(0, text.lastIndexOf('AV000501'));
    assert.deepEqual((await peek(cut, 'sale')).first, sale);
    assert.deepEqual((await peek(cut, 'creditNote')).first, null);
  }
  const lines = `${JSON.stringify({ format: 'comptoir-sales', version: '1.0', shop: { id: 'a', currency: 'EUR', timeZone: 'Europe/Paris' } })}\nbroken\n`;
  assert.deepEqual(await peek(lines, 'sale'), { format: 'json-lines', shop: 'a', first: null });
});

test('S-051 a file of another kind is said to be none, by its own name', async () => {
  for (const content of ['bonjour', '', '<html></html>', '{"documents":[]}', Buffer.from([1, 2, 3])]) {
    await assert.rejects(peek(content, 'sale'), (error) => {
      return error instanceof Failure && error.code === 'file.not-comptoir-sales' && error.values.path === 'VENTES';
    });
  }
});
