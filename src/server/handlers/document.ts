import type { DocumentPage } from '../../api/document.ts';
import { explainDocuments } from '../../runs/explain.ts';
import { documentOf } from '../../runs/stored.ts';
import type { RunRow } from '../../store/store.ts';
import type { Services } from '../app.ts';
import { documentPage } from '../document-page.ts';
import { Refusal } from '../refusal.ts';

/** Documents of one order that are shown beside it. */
const MAX_RELATED = 20;

/** One document by its key, with everything known of it. */
export async function document(services: Services, profile: string, key: string): Promise<DocumentPage> {
  const { store, profiles } = services.app.deps;
  const stored = await profiles.get(profile);
  const explained = (await explainDocuments(store, profile, key)).find((one) => one.key === key);
  if (explained === undefined) throw new Refusal(404, 'document.unknown', { document: key });
  const runs = await readers(services, profile, key);
  const writers = new Map<string, RunRow>();
  for (const id of new Set(explained.history.flatMap(({ run }) => run ?? []))) {
    const run = await store.runs.get(id);
    if (run !== null) writers.set(id, run);
  }
  const query = { from: null, to: null, state: null, offset: 0, limit: MAX_RELATED };
  const orderId = explained.document?.orderId ?? explained.parts[0]?.orderId ?? null;
  const order = orderId === null ? [] : (await store.activity.documents(profile, { ...query, name: orderId })).rows;
  const same = order.filter((row) => documentOf(row).orderId === orderId);
  return documentPage({
    explained,
    state:
      same.find((row) => row.key === key)?.state ??
      explained.parts.find(({ part }) => part === 'document')?.state ??
      'ready',
    ...{ runs, writers },
    related: same.filter((row) => row.key !== key),
    accounts: stored.profile.chart.accounts,
  });
}

/** Keeps a document out for good; where it stands in an open list, it leaves that. */
export async function exclude(services: Services, profile: string, key: string, reason: string): Promise<DocumentPage> {
  const { deps, runs } = services.app;
  const before = await document(services, profile, key);
  if (before.review !== null) await runs.excludeDocuments(deps, before.review, [key], reason);
  else {
    const [row] = before.readBy === null ? [] : await deps.store.runs.documentsByKey(before.readBy, [key]);
    const orderId = row === undefined ? before.order : documentOf(row).orderId;
    await deps.store.parts.exclude(profile, [{ key, orderId }], new Date(deps.now()).toISOString(), reason);
  }
  return document(services, profile, key);
}

/** Undoes it. */
export async function include(services: Services, profile: string, key: string): Promise<DocumentPage> {
  const { deps, runs } = services.app;
  const before = await document(services, profile, key);
  if (before.review !== null) await runs.includeDocuments(deps, before.review, [key]);
  else await deps.store.parts.include(profile, [key], new Date(deps.now()).toISOString());
  return document(services, profile, key);
}

/** Makes what was written of a document importable again: the next import writes it a second time. */
export async function reset(services: Services, profile: string, key: string, reason: string): Promise<DocumentPage> {
  const { deps, runs } = services.app;
  await document(services, profile, key);
  await runs.resetTransfers(deps, profile, [key], reason);
  return document(services, profile, key);
}

async function readers({ app }: Services, profile: string, key: string) {
  const { store } = app.deps;
  const found = [];
  for (const { run: id } of await store.written.runsOf(profile, key)) {
    const run = await store.runs.get(id);
    const [row] = await store.runs.documentsByKey(id, [key]);
    if (run !== null && row !== undefined) found.push({ run, row });
  }
  return found;
}
