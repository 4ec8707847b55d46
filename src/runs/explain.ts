import type { NumberedEntry } from '../core/entry.ts';
import type { PartRow, Store } from '../store/store.ts';
import { entryFromJson } from './entry-json.ts';
import type { RunDocument } from './events.ts';
import { documentOf, fileOf, requestOf } from './stored.ts';
import { writtenEntry } from './written.ts';

/** All that is known of one document: what the shop said last, what became of its parts, and its entries. */
export type Explained = {
  readonly key: string;
  /** As the newest run that read it told it; null: no run kept has it. */
  readonly document: RunDocument | null;
  readonly parts: readonly PartRow[];
  readonly history: Awaited<ReturnType<Store['parts']['history']>>;
  readonly entries: readonly ExplainedEntry[];
};

/** `written`: in a file; `review`: waits in an open list; `read`: as it would be written now. */
export type ExplainedEntry = {
  readonly source: 'written' | 'review' | 'read';
  readonly run: { readonly id: string; readonly at: string; readonly file: string | null };
  readonly entry: NumberedEntry;
};

/**
 * The documents a person names (key, id of the order, number of order, invoice or credit note), each with what was
 * written of it, from the entries kept, and what an open review would write.
 */
export async function explainDocuments(store: Store, profile: string, name: string): Promise<readonly Explained[]> {
  const keys = await store.written.documents(profile, name);
  return Promise.all(keys.map((key) => explainDocument(store, profile, key)));
}

async function explainDocument(store: Store, profile: string, key: string): Promise<Explained> {
  const parts = (await store.parts.of(profile, [key])).get(key) ?? [];
  const runs = await store.written.runsOf(profile, key);
  const [newest] = runs;
  const [row] = newest === undefined ? [] : await store.runs.documentsByKey(newest.run, [key]);
  const entries = [...(await writtenOf(store, parts))];
  for (const { run, state } of runs) if (state === 'review') entries.push(...(await waitingIn(store, run, key)));
  return {
    key,
    document: row === undefined ? null : documentOf(row),
    parts,
    history: await withWriters(store, await store.parts.history(profile, key)),
    entries,
  };
}

/** A transfer is the act of whoever had its run written. */
async function withWriters(store: Store, history: Explained['history']): Promise<Explained['history']> {
  return Promise.all(
    history.map(async (one) => {
      const run = one.user === null && one.run !== null ? await store.runs.get(one.run) : null;
      return run === null ? one : { ...one, user: requestOf(run).writtenBy ?? null };
    }),
  );
}

async function writtenOf(store: Store, parts: readonly PartRow[]): Promise<readonly ExplainedEntry[]> {
  const found: ExplainedEntry[] = [];
  for (const part of parts) {
    if (part.state !== 'transferred' || part.run === null) continue;
    const entry = await writtenEntry(store, part);
    const run = await store.runs.get(part.run);
    if (entry === null || run === null) continue;
    found.push({ source: 'written', run: { id: run.id, at: part.at, file: fileOf(run)?.path ?? null }, entry });
  }
  return found.sort((a, b) => (a.run.at === b.run.at ? a.entry.number - b.entry.number : a.run.at < b.run.at ? -1 : 1));
}

async function waitingIn(store: Store, id: string, key: string): Promise<readonly ExplainedEntry[]> {
  const run = await store.runs.get(id);
  if (run === null) return [];
  const rows = await store.review.ofDocument(id, key);
  return rows.map(({ number, entry }) => ({
    source: 'review',
    run: { id, at: run.startedAt, file: null },
    entry: entryFromJson(entry, number),
  }));
}
