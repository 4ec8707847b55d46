import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { fileOf } from '../formats/contract-kit.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { PAYMENT, SALE } from '../formats/sample-entries.ts';
import { child, failure, folder, freshFolders, oldFor, removeFolders, sealWith, target } from './file.test-kit.ts';
import type { SealedFile } from './ledger.ts';
import { place, placeFromCopy, removeLeftovers } from './place.ts';

describe('placing a sealed file', () => {
  beforeEach(freshFolders);
  after(removeFolders);

  describe('between sealing and placing', () => {
    test('a target taken by somebody else is not overwritten', async () => {
      const sealed = await sealWith([SALE]);
      writeFileSync(sealed.targetPath, 'theirs');
      await assert.rejects(place(sealed), failure('delivery.changed-meanwhile'));
      assert.equal(readFileSync(sealed.targetPath, 'utf8'), 'theirs');
    });

    for (const policy of ['append', 'replaceAfterBackup'] as const) {
      for (const [what, change] of [
        ['changed', (path: string) => writeFileSync(path, 'changed')],
        ['gone', unlinkSync],
      ] as const) {
        test(`${policy}: an old file that is ${what} stops the move`, async () => {
          const path = join(folder, 'VENTES.pnm');
          writeFileSync(path, fileOf(sagePnm, [SALE]));
          const sealed = await sealWith([PAYMENT], { policy });
          change(path);
          await assert.rejects(place(sealed), failure('delivery.changed-meanwhile'));
          assert.equal(existsSync(path) && readFileSync(path, 'utf8'), what === 'gone' ? false : 'changed');
        });
      }
    }

    test('the folder is gone', async () => {
      const sealed = await sealWith([SALE]);
      rmSync(folder, { recursive: true });
      await assert.rejects(place(sealed), failure('delivery.no-folder'));
      await assert.rejects(placeFromCopy(sealed), failure('delivery.no-folder'));
    });

    test('placing twice does it once', async () => {
      const sealed = await sealWith([SALE]);
      await place(sealed);
      await place(sealed);
      await placeFromCopy(sealed);
      assert.deepEqual(readdirSync(folder), ['VENTES.pnm']);
    });
  });

  describe('after a crash', () => {
    for (const policy of ['newName', 'append', 'replaceAfterBackup'] as const) {
      test(`${policy}: killed while writing leaves no target, and its leftovers can be removed`, () => {
        const before = oldFor(policy);
        const run = child({ ...target({ policy }), entries: 3000, die: 'adding' });
        assert.equal(run.signal, 'SIGKILL', run.stderr.toString());
        assert.equal(
          existsSync(join(folder, 'VENTES.pnm')) ? readFileSync(join(folder, 'VENTES.pnm'), 'latin1') : null,
          before,
        );
        assert.ok(readdirSync(folder).some((name) => name.startsWith('.comptoir-run1-')));
        return removeLeftovers(folder, 'run1').then(() =>
          assert.deepEqual(readdirSync(folder), before === null ? [] : ['VENTES.pnm']),
        );
      });

      test(`${policy}: killed after sealing is finished from what it left`, async () => {
        const before = oldFor(policy);
        const run = child({ ...target({ policy }), entries: 2, die: 'sealed' });
        assert.equal(run.signal, 'SIGKILL', run.stderr.toString());
        const sealed = JSON.parse(run.stdout.toString(), (key, value) =>
          key.endsWith('Minor') ? BigInt(value) : value,
        ) as SealedFile; // written by the child below
        assert.equal(existsSync(sealed.targetPath) ? readFileSync(sealed.targetPath, 'latin1') : null, before);
        await placeFromCopy(sealed);
        assert.equal(createHash('sha256').update(readFileSync(sealed.targetPath)).digest('hex'), sealed.sha256);
        assert.ok(!existsSync(sealed.temporaryPath));
      });
    }

    test('a damaged temporary file is made again from the copy', async () => {
      const sealed = await sealWith([SALE]);
      writeFileSync(sealed.temporaryPath, 'half');
      await placeFromCopy(sealed);
      assert.deepEqual(readFileSync(sealed.targetPath), fileOf(sagePnm, [SALE]));
    });

    test('a damaged copy is refused', async () => {
      const sealed = await sealWith([SALE]);
      writeFileSync(sealed.temporaryPath, 'half');
      writeFileSync(sealed.copyPath, 'half');
      await assert.rejects(placeFromCopy(sealed), failure('delivery.verification'));
      assert.ok(!existsSync(sealed.targetPath));
    });

    test('a file that the accounting software took away is not written twice', async () => {
      const sealed = await sealWith([SALE]);
      await place(sealed);
      unlinkSync(sealed.targetPath);
      assert.equal(await placeFromCopy(sealed), sealed.targetPath);
      assert.deepEqual(readdirSync(folder), []);
    });

    test('a target somebody else made since is not overwritten', async () => {
      const sealed = await sealWith([SALE]);
      writeFileSync(sealed.targetPath, 'theirs');
      await assert.rejects(placeFromCopy(sealed), failure('delivery.changed-meanwhile'));
      assert.equal(readFileSync(sealed.targetPath, 'utf8'), 'theirs');
    });
  });
});
