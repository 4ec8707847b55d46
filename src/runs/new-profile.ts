import { Failure } from '../core/problem.ts';
import { DEMOS } from '../profiles/demo.ts';
import type { FieldError } from '../profiles/fault.ts';
import { slugOf } from '../profiles/new-profile.ts';
import { owedAccount } from '../profiles/owed.ts';
import { withPaymentRows } from '../profiles/templates.ts';
import { type Known, validateProfile } from '../profiles/validate.ts';
import type { RunDeps } from './deps.ts';

/** Where profiles are kept, and what their documents are held against. */
export type ProfilePlace = { readonly deps: RunDeps; readonly known: Known };

/** The permanent id of what was added, or each fault of its document. */
export type Added =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** A new profile, and what its shop said when asked for its payment methods: null when there was no key to ask with. */
export type Created =
  | { readonly ok: true; readonly id: string; readonly payments: { readonly added: number } | Failure | null }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Ids tried when a name is taken: `lavande`, `lavande-2` ... */
const MAX_SAME_NAME = 1000;

type Secrets = Readonly<Record<string, string>>;

/**
 * A new profile with its secrets, and a row for each payment method of the shop: a template gives accounts, and only
 * the shop knows its methods. A shop that cannot be reached yet keeps nobody from going on: its `Failure` is answered.
 */
export async function createProfile(
  place: ProfilePlace,
  document: unknown,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Created> {
  const added = await addProfile(place, document, secrets);
  if (!added.ok) return added;
  const payments = Object.keys(secrets).length === 0 ? null : await fillPayments(place.deps, added.id, signal);
  return { ...added, payments };
}

/** Keeps a valid document, with the secrets given, as a new profile. */
export async function addProfile(
  { deps, known }: ProfilePlace,
  document: unknown,
  secrets: Secrets = {},
): Promise<Added> {
  const validated = validateProfile(document, known);
  if (!validated.ok) return validated;
  const id = await keep(deps, validated.profile.name, JSON.stringify(document));
  for (const [name, value] of Object.entries(secrets)) await deps.store.secrets.put(id, name, value);
  return { ok: true, id };
}

/** A copy works at once: it reads the same shop with the same key. */
export async function duplicateProfile(place: ProfilePlace, id: string, name: string): Promise<Added> {
  const { store } = place.deps;
  const row = await store.profiles.get(id);
  if (row === null) throw new Failure('profile.unknown', { profile: id });
  const document = { ...(JSON.parse(row.document) as object), name }; // only valid profiles are saved, and they are objects
  return addProfile(place, document, await store.secrets.all(id));
}

async function keep({ store, now }: RunDeps, name: string, document: string): Promise<string> {
  const base = slugOf(name);
  const at = new Date(now()).toISOString();
  for (let place = 1; place <= MAX_SAME_NAME; place += 1) {
    const id = place === 1 ? base : `${base}-${place}`;
    if (DEMOS.some((demo) => demo.id === id)) continue;
    if (await store.profiles.add({ id, document, demo: false, at })) return id;
  }
  throw new Failure('profile.exists', { profile: base });
}

async function fillPayments(
  deps: RunDeps,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly added: number } | Failure> {
  try {
    const methods = await paymentMethods(deps, id, signal);
    const row = await deps.store.profiles.get(id);
    if (row === null) throw new Failure('profile.unknown', { profile: id });
    const { profile } = await deps.profiles.get(id);
    const banks = new Map(
      methods.flatMap(({ id: item, owed }) =>
        owed === undefined ? [] : [[item, owedAccount(profile, owed)] as const],
      ),
    );
    const ids = methods.map((method) => method.id);
    const document = withPaymentRows(JSON.parse(row.document), ids, banks); // written by this product
    const at = new Date(deps.now()).toISOString();
    await deps.store.profiles.save(id, { document: JSON.stringify(document), revision: row.revision, at });
    return { added: methods.length };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function paymentMethods(deps: RunDeps, id: string, signal: AbortSignal) {
  const open = await deps.openShop(await deps.profiles.get(id));
  try {
    const lists = await open.shop.lists(signal);
    return lists.paymentMethods.filter(({ active }) => active);
  } finally {
    await open.close();
  }
}
