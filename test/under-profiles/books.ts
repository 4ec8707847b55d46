import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { day } from '../../src/core/calendar.ts';
import type { SalesDocument } from '../../src/core/document.ts';
import type { NumberedEntry } from '../../src/core/entry.ts';
import type { DemoShop } from '../../src/demo/demo-shop.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import { httpSettings } from '../../src/profiles/settings.ts';
import type { RunDocument } from '../../src/runs/events.ts';
import { startRun } from '../../src/runs/run.ts';
import { shopOf } from '../../src/shops/index.ts';
import type { ReadEvent, ReadRequest, Shop } from '../../src/shops/reader.ts';
import { openStore } from '../../src/store/open.ts';
import { runDeps } from '../../src/wiring/deps.ts';
import { gathered, requested } from '../run-kit.ts';
import { assertSums } from '../sums-kit.ts';

/** What two whole runs, sales and then credit notes, make of a shop: read over its protocol, written to files. */
export type Books = {
  readonly documents: readonly SalesDocument[];
  readonly told: readonly RunDocument[];
  readonly entries: readonly NumberedEntry[];
  /** The files written, by name. */
  readonly files: ReadonlyMap<string, string>;
};

const NOW = Date.parse('2026-12-01T09:00:00Z');

export async function booksOf(demo: DemoShop, profile: Profile): Promise<Books> {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-profile-'));
  const store = await openStore(join(home, 'comptoir.db'), Buffer.alloc(32, 7));
  const documents: SalesDocument[] = [];
  let now = NOW;
  try {
    await store.profiles.add({ id: 'p', document: JSON.stringify(profile), demo: false, at: '2026-11-01T08:00:00Z' });
    const deps = {
      ...runDeps(store, home, () => (now += 1)),
      openShop: async () => ({ ...opened(demo, profile, documents), close: async () => {} }),
    };
    const told: RunDocument[] = [];
    const entries: NumberedEntry[] = [];
    const files = new Map<string, string>();
    for (const kind of ['sales', 'creditNotes'] as const) {
      const period = { type: 'days', from: day('2026-08-01'), to: day('2026-11-30') } as const;
      const run = await gathered(startRun(deps, requested({ kind, period }), new AbortController().signal));
      assert.equal(run.run.state, 'written', JSON.stringify(run.troubles));
      told.push(...run.documents);
      entries.push(...run.entries);
      for (const { path } of run.files) files.set(path.slice(home.length), await readFile(path, 'utf8'));
    }
    await assertSums(store, 'p', entries);
    return { documents, told, entries, files };
  } finally {
    await store.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** The shop's own reader; every document it hands over is noted. */
function opened({ url, credentials }: DemoShop, profile: Profile, documents: SalesDocument[]) {
  const kind = shopOf(profile.shop.type) ?? assert.fail(profile.shop.type);
  const http = { ...httpSettings(profile, null), pauseMs: 0 };
  const shop = kind.open({ url, credentials, http, now: Date.now, sleep: async () => {} });
  const noting: Shop = {
    ...shop,
    read: async function* (request: ReadRequest): AsyncGenerator<ReadEvent> {
      for await (const event of shop.read(request)) {
        if (event.type === 'item' && event.item.state === 'read') documents.push(event.item.document);
        yield event;
      }
    },
  };
  return { kind, shop: noting };
}
