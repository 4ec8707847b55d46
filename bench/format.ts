import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { shortened } from '../src/formats/contract-kit.ts';
import { CONTEXT, SALE } from '../src/formats/sample-entries.ts';
import { ledgerOf } from '../src/ledgers/index.ts';

/**
 * One process of bench/formats.ts. `node bench/format.ts FORMAT LINES`: so many lines, in sales of three lines, through a
 * format into a file, which is flushed, read back and verified as in a run; says how many bytes. `node bench/format.ts floor BYTES`:
 * so many bytes written, flushed, and read back into a hash.
 */
const [what = '', given = '0'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));
try {
  process.stdout.write(String(what === 'floor' ? floor(Number(given)) : await deliver(what, Number(given))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function deliver(id: string, lines: number): Promise<number> {
  const kind = ledgerOf(id);
  if (kind === null) throw new TypeError(`No format ${id}`);
  const sale = shortened(kind.format, SALE);
  const preparation = await kind.open(CONTEXT).prepare({
    ...{ runId: 'bench', folder, fileName: 'F', copyPath: join(folder, 'copy', 'F'), policy: 'newName' },
    ...{ stamp: '20261124-100000', customers: null, split: null, zip: null },
  });
  for (let number = 1; number * sale.lines.length <= lines; number += 1) {
    const piece = `FA${String(number).padStart(6, '0')}`;
    const { added, problems } = preparation.add({ ...sale, number, piece });
    if (!added) throw new TypeError(`${id}: ${problems[0]?.code}`);
  }
  const sealed = await preparation.seal();
  return sealed === null ? 0 : statSync(sealed.temporaryPath).size;
}

function floor(bytes: number): number {
  const path = join(folder, 'F');
  const chunk = Buffer.alloc(1 << 18, 0x20);
  const file = openSync(path, 'w+');
  for (let left = bytes; left > 0; left -= chunk.length) writeSync(file, chunk, 0, Math.min(left, chunk.length));
  fsyncSync(file);
  const hash = createHash('sha256');
  for (let at = 0; at < bytes; at += chunk.length)
    hash.update(chunk.subarray(0, readSync(file, chunk, 0, chunk.length, at)));
  closeSync(file);
  return hash.digest().length + bytes;
}
