import { Failure } from '../core/problem.ts';
import { definitionFaults } from '../formats/custom/faults.ts';
import type { Format } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { optionFaults } from '../formats/options.ts';
import { DEMOS } from '../profiles/demo.ts';
import type { Profile, StoredProfile } from '../profiles/profile.ts';
import { type Known, validateProfile } from '../profiles/validate.ts';
import { shops } from '../shops/index.ts';
import type { ProfileRow, Store } from '../store/store.ts';

/** What profiles are held against: the shops and ledgers there are, and what each format can hold. */
export const known: Known = { shops, ledgers: formats.map(ledgerFacts), definitionFaults };

export function ledgerFacts({ id, customers, options, configured }: Format): Known['ledgers'][number] {
  return {
    ...{ id, hasCustomers: customers !== null },
    facts: (given) => configured(given),
    optionFaults: (given) => optionFaults(options, given),
  };
}

/** The profile of an id, through its door again: a file edited by hand or an older version is not trusted. */
export async function getProfile(store: Store, id: string, nowMs: number): Promise<StoredProfile> {
  const row = (await store.profiles.get(id)) ?? (await demoRow(store, id, nowMs));
  if (row === null) throw new Failure('profile.unknown', { profile: id });
  return { id, profile: checked(JSON.parse(row.document)), demo: row.demo };
}

/** A demo profile, made at its first use; null when no demo has that id. */
export async function openDemo(store: Store, id: string, nowMs: number): Promise<string | null> {
  const demo = DEMOS.find((one) => one.id === id || one.id === `demo-${id}`);
  if (!demo) return null;
  const profile = checked(demo.profile());
  const at = new Date(nowMs).toISOString();
  // One that was deleted begins anew.
  if ((await store.profiles.binned()).some((row) => row.id === demo.id)) await store.profiles.remove(demo.id);
  await store.profiles.add({ id: demo.id, document: JSON.stringify(profile), demo: true, at });
  return demo.id;
}

async function demoRow(store: Store, id: string, nowMs: number): Promise<ProfileRow | null> {
  const demo = await openDemo(store, id, nowMs);
  return demo === null ? null : store.profiles.get(demo);
}

function checked(input: unknown): Profile {
  const validated = validateProfile(input, known);
  if (validated.ok) return validated.profile;
  const [first] = validated.errors;
  throw new Failure('profile.invalid', { path: first?.path ?? '', reason: first?.code ?? '', ...first?.values });
}
