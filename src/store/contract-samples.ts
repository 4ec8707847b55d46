import type { PartClaim, RunRow, Store } from './store.ts';

/** A fresh store and what its data look like from outside. */
export type StoreBench = {
  readonly store: Store;
  /** A second process's view of the same data; another key when one is given. */
  readonly again: (key?: Buffer) => Promise<Store>;
  /** Everything the store keeps, as bytes. */
  readonly bytes: () => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

/** Adds one sentence of the contract: a test on a store of its own, which has the profile `lavande`. */
export type Says = (what: string, work: (bench: StoreBench) => Promise<void>) => void;

export const AT = '2026-11-24T08:00:00.000Z';
export const LATER = '2026-11-24T09:00:00.000Z';

export function mark(document: string, part = 'document', orderId = document.split('/')[1] ?? ''): PartClaim {
  return { document, part, hash: `h-${document}`, orderId, day: '2026-09-01', number: 1 };
}

export function run(id: string, profile = 'lavande'): RunRow {
  return {
    id,
    profile,
    kind: 'sales',
    from: '2026-09-01',
    to: '2026-09-30',
    state: 'reading',
    request: '{}',
    startedAt: AT,
    endedAt: null,
    counts: '{}',
    debitMinor: 0n,
    creditMinor: 0n,
    currency: 'EUR',
    decimals: 2,
    troubles: '[]',
    file: null,
    control: null,
  };
}

export async function transfer(store: Store, by: RunRow, marks: readonly PartClaim[], at = AT): Promise<void> {
  await store.parts.claim(by.profile, by.id, at, marks, null);
  await store.parts.markTransferred(by, at, { state: 'written' });
}

export async function statesOf(store: Store, profile: string, document: string): Promise<Record<string, string>> {
  const parts = (await store.parts.of(profile, [document])).get(document) ?? [];
  return Object.fromEntries(parts.map(({ part, state }) => [part, state]));
}
