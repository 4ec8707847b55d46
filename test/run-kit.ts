import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { day } from '../src/core/calendar.ts';
import type { SalesDocument } from '../src/core/document.ts';
import type { NumberedEntry } from '../src/core/entry.ts';
import { type ProfileInput, profileSchema } from '../src/profiles/profile.ts';
import { template, withPaymentRows } from '../src/profiles/templates.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunDocument, RunEvent, RunOutcome, RunRequest } from '../src/runs/events.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { shopOf } from '../src/shops/index.ts';
import type { ReadEvent, ReadItem, ReadRequest, Shop } from '../src/shops/reader.ts';
import { openStore } from '../src/store/open.ts';
import { runDeps } from '../src/wiring/deps.ts';

/** Whole runs on a real store and real files; the shop is a list of documents that a test changes between runs. */

export type Ran = RunOutcome & {
  readonly documents: readonly RunDocument[];
  readonly entries: readonly NumberedEntry[];
};

export type FakeShop = {
  documents: readonly (SalesDocument | ReadItem)[];
  /** What the shop says it has; null: it cannot say. */
  count: (() => number) | null;
  /** Statuses of orders that are no longer handed over; an order that is not here is gone. */
  statuses: Readonly<Record<string, string>>;
  /** Ids of credit notes that are still there, handed over or not; null: the shop cannot say. */
  creditNotesLeft: readonly string[] | null;
};

export async function runBench(profile: Partial<ProfileInput> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-run-'));
  const store = await openStore(join(home, 'comptoir.db'), Buffer.alloc(32, 7));
  let nowMs = Date.parse('2026-11-24T09:00:00Z');
  const shop: FakeShop = { documents: [], count: null, statuses: {}, creditNotesLeft: null };
  const deps: RunDeps = {
    ...runDeps(store, home, () => (nowMs += 1)),
    openShop: async () => ({ kind: shopOf('woocommerce') ?? fail(), shop: shopFrom(shop), close: async () => {} }),
  };
  const base: ProfileInput = {
    name: 'Lavande',
    shop: { type: 'woocommerce', url: 'https://shop.example' },
    ...withPaymentRows(template('france'), ['card', 'cheque']),
  };
  const document = JSON.stringify(profileSchema.parse({ ...base, ...profile }));
  await store.profiles.add({ id: 'p', document, demo: false, at: '2026-11-01T08:00:00Z' });
  return {
    home,
    store,
    deps,
    shop,
    run: (changes: Partial<RunRequest> = {}) =>
      gathered(startRun(deps, requested(changes), new AbortController().signal)),
    save: async (changed: Partial<ProfileInput>) => {
      const row = (await store.profiles.get('p')) ?? fail();
      const text = JSON.stringify(profileSchema.parse({ ...base, ...profile, ...changed }));
      await store.profiles.save('p', { document: text, revision: row.revision, at: '2026-11-02T08:00:00Z' });
    },
    later: (ms: number) => {
      nowMs += ms;
    },
    files: async () => {
      const folder = join(home, 'files', 'p');
      const names = (await readdir(folder).catch(() => [])).sort();
      return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'latin1') })));
    },
    write: (id: string) => gathered(writeReview(deps, id, new AbortController().signal)),
    close: async () => {
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export function requested(changes: Partial<RunRequest> = {}): RunRequest {
  return {
    profile: 'p',
    kind: 'sales',
    source: { type: 'shop' },
    period: { type: 'days', from: day('2026-09-01'), to: day('2026-09-30') },
    includeTransferred: false,
    mode: 'write',
    startedBy: 'cli',
    format: null,
    folder: null,
    ...changes,
  };
}

export async function gathered(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<Ran> {
  const documents = new Map<number, RunDocument>();
  const entries: NumberedEntry[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { ...next.value, documents: [...documents.values()], entries };
    if (next.value.type !== 'document') continue;
    documents.set(next.value.seq, next.value.document);
    entries.push(...next.value.entries);
  }
}

function shopFrom(shop: FakeShop): Shop {
  const nothing: readonly never[] = [];
  return {
    check: async () => [],
    facts: async () => ({ name: 'Lavande', version: null, currency: 'EUR', country: 'FR', timeZone: 'Europe/Paris' }),
    lists: async () => ({
      countries: nothing,
      taxRules: nothing,
      taxes: nothing,
      carriers: nothing,
      paymentMethods: nothing,
      statuses: nothing,
      currencies: nothing,
      subShops: nothing,
    }),
    standing: async (_, ids) =>
      new Map(
        ids.flatMap((id) => {
          const status = shop.statuses[id];
          return status === undefined ? [] : [[id, { status, wanted: status === 'completed' }] as const];
        }),
      ),
    creditNotesLeft: async () => shop.creditNotesLeft && new Set(shop.creditNotesLeft),
    count: async () => shop.count?.() ?? null,
    read: async function* ({ kind }: ReadRequest): AsyncGenerator<ReadEvent> {
      for (const document of shop.documents) {
        const item: ReadItem = 'state' in document ? document : { state: 'read', document, raw: null };
        const own = item.state === 'read' ? item.document.kind : item.kind;
        if (own === (kind === 'sales' ? 'sale' : 'creditNote')) yield { type: 'item', item };
      }
    },
  };
}

function fail(): never {
  throw new TypeError('It is there');
}
