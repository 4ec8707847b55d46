import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Zip, ZipDeflate } from 'fflate';
import { Failure } from '../core/problem.ts';
import type { Store } from '../store/store.ts';
import { DATABASE, type FileFacts, factsOf, filesOf } from './files.ts';
import { BACKUP_VERSION, MANIFEST, type Manifest, sealKey } from './manifest.ts';

export type Backed = {
  readonly store: Store;
  readonly home: string;
  readonly now: () => number;
  readonly version: string;
};

/** Tries, a second apart, to find a moment at which no file is being delivered. */
const TRIES = 30;
/** What the zip of fflate can hold. */
const MAX_BYTES = 4 * 1024 ** 3 - 1;

/**
 * The whole configuration and state as one zip: the data file as it stands at one moment, delivered files and scripts.
 * Runs may go on meanwhile, save the seconds of a delivery, which are waited for: a backup that holds half of one would
 * deliver it a second time when it is restored. With a passphrase, the key of the secrets is in it, sealed.
 */
export async function* backup(
  one: Backed,
  passphrase: string | null,
  maxBytes = MAX_BYTES,
): AsyncGenerator<Uint8Array> {
  const { store, home, now, version } = one;
  const copy = `backup-${randomBytes(6).toString('hex')}.db`;
  try {
    await snapshot(one, join(home, copy));
    const files: FileFacts[] = [{ ...(await factsOf(home, copy)), path: DATABASE }];
    for (const path of await filesOf(home)) files.push(await factsOf(home, path));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > maxBytes) throw new Failure('backup.too-large', { megabytes: String(Math.ceil(bytes / 1024 ** 2)) });
    const manifest: Manifest = {
      ...{ format: 'comptoir-backup', version: BACKUP_VERSION, app: version, home, files },
      madeAt: new Date(now()).toISOString(),
      profiles: (await store.profiles.list()).map(({ id }) => id),
      transferred: await store.maintenance.transferred(),
      key: passphrase === null ? null : sealKey(store.maintenance.key, passphrase),
    };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    yield* zipped([
      [MANIFEST, [text]],
      ...files.map(({ path }): Part => [path, createReadStream(join(home, path === DATABASE ? copy : path))]),
    ]);
  } finally {
    await rm(join(home, copy), { force: true });
  }
}

async function snapshot({ store }: Backed, path: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    if ((await store.runs.inState(['writing', 'delivering'])).length > 0) await setTimeout(1000);
    else return store.maintenance.snapshot(path);
  }
  throw new Failure('backup.busy', {});
}

type Part = readonly [name: string, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>];

async function* zipped(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) fault = error;
    else ready.push(chunk);
  });
  for (const [name, bytes] of parts) {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    for await (const chunk of bytes) {
      file.push(chunk);
      yield* given();
    }
    file.push(new Uint8Array(0), true);
    yield* given();
  }
  zip.end();
  yield* given();

  function* given(): Generator<Uint8Array> {
    if (fault !== null) throw fault;
    const chunks = ready;
    ready = [];
    yield* chunks;
  }
}
