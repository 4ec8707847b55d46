import { type CustomerCodeKind, customerKey, type OwnCode } from '../core/customer-codes.ts';
import type { NumberedEntry } from '../core/entry.ts';
import type { CodeScheme } from '../core/settings.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { takenCodes } from '../profiles/taken-codes.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Analysed } from './analyse.ts';
import type { RunDeps } from './deps.ts';
import { now } from './work.ts';

type Analyse = (item: ReadItem, place: number, ownCode: OwnCode) => Analysed;

/** Analyses a lot with the codes of its customers. */
export type WithCodes = (items: readonly ReadItem[], analyse: Analyse) => Promise<readonly Analysed[]>;

/** Stands for a code that will be given if the document is to be written; no entry leaves with it. */
const PROMISED = '?';

/**
 * Gives customers their own codes, where the profile says *one per customer*. A lot is analysed with the codes its
 * customers have; who has none yet is given one if entries come of it, so that held documents use up no number, and the
 * documents concerned are analysed again. Until an entry is written a code is only reserved (`letGoOfCodes`).
 */
export function withCustomerCodes(deps: Pick<RunDeps, 'store' | 'now'>, stored: StoredProfile): WithCodes {
  const schemes = schemesOf(stored);
  if (schemes.length === 0)
    return async (items, analyse) => items.map((item, place) => analyse(item, place, () => null));
  const takens = new Map(schemes.map(({ kind }) => [kind, takenCodes(stored.profile, kind)]));

  return async (items, analyse) => {
    const keys = items.map(keyOfCustomer);
    const present = [...new Set(keys.filter((key) => key !== null))];
    const codes = new Map<CustomerCodeKind, ReadonlyMap<string, string>>();
    for (const { kind } of schemes) codes.set(kind, await deps.store.customers.of(stored.id, kind, present));
    const codeOf: OwnCode = (kind, key) => codes.get(kind)?.get(key) ?? null;

    const asking = new Set<number>();
    const first = items.map((item, place) =>
      analyse(item, place, (kind, key) => {
        const code = codeOf(kind, key);
        if (code === null) asking.add(place);
        return code ?? PROMISED;
      }),
    );
    const again = new Set([...asking].filter((place) => (first[place]?.entries.length ?? 0) > 0));
    if (again.size === 0) return first;
    const customers = [...new Set([...again].sort((a, b) => a - b).flatMap((place) => keys[place] ?? []))];
    for (const { kind, scheme } of schemes) {
      const taken = takens.get(kind) ?? new Set();
      const request = { profile: stored.id, kind, scheme, taken, customers, at: now(deps) };
      codes.set(kind, new Map([...(codes.get(kind) ?? []), ...(await deps.store.customers.give(request))]));
    }
    return items.map((item, place) => (again.has(place) ? analyse(item, place, codeOf) : (first[place] as Analysed))); // as many as items
  };
}

/** The codes in entries that are being written are their customers' for ever. */
export function codeKeeper({ store }: Pick<RunDeps, 'store'>, stored: StoredProfile) {
  const used = schemesOf(stored).map(({ kind }) => ({ kind, codes: new Set<string>() }));
  return { note, keep };

  function note({ lines }: NumberedEntry): void {
    for (const { kind, codes } of used) {
      for (const line of lines) {
        const code = line[kind];
        if (line.role === 'customer' && code !== null) codes.add(code);
      }
    }
  }

  async function keep(): Promise<void> {
    for (const { kind, codes } of used) {
      await store.customers.keep(stored.id, kind, [...codes]);
      codes.clear();
    }
  }
}

/** When a run or a review has come to its end: the codes that no entry was written with are free again. */
export async function letGoOfCodes({ store }: Pick<RunDeps, 'store'>, profile: string): Promise<void> {
  await store.customers.release(profile);
}

function schemesOf({ profile }: StoredProfile): readonly { kind: CustomerCodeKind; scheme: CodeScheme }[] {
  return (['account', 'thirdParty'] as const).flatMap((kind) => {
    const setting = profile.customers[kind];
    return setting.mode === 'onePerCustomer' ? [{ kind, scheme: setting }] : [];
  });
}

function keyOfCustomer(item: ReadItem): string | null {
  return item.state === 'read' ? customerKey(item.document.customer) : null;
}
