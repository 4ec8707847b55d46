import { Failure } from '../core/problem.ts';
import { DEMOS } from '../profiles/demo.ts';
import { slugOf } from '../profiles/new-profile.ts';
import { withPaymentRows } from '../profiles/templates.ts';
import type { RunDeps } from './deps.ts';

/** Ids tried when a name is taken: `lavande`, `lavande-2` ... */
const MAX_SAME_NAME = 1000;

/** Keeps a validated document as a new profile, under a permanent id made of its name. */
export async function addProfile({ store }: Pick<RunDeps, 'store'>, name: string, document: unknown): Promise<string> {
  const base = slugOf(name);
  for (let place = 1; place <= MAX_SAME_NAME; place += 1) {
    const id = place === 1 ? base : `${base}-${place}`;
    if (DEMOS.some((demo) => demo.id === id)) continue;
    if (await store.profiles.add({ id, document: JSON.stringify(document), demo: false })) return id;
  }
  throw new Failure('profile.exists', { profile: base });
}

/**
 * A template gives accounts, and only the shop knows its payment methods: a row is added for each active one. Answers
 * how many. Throws a `Failure` when the shop cannot be reached; the profile then stays as it is.
 */
export async function fillPayments(deps: RunDeps, id: string): Promise<number> {
  const row = await deps.store.profiles.get(id);
  if (row === null) throw new Failure('profile.unknown', { profile: id });
  const open = await deps.openShop(await deps.profiles.get(id));
  try {
    const { paymentMethods } = await open.shop.lists();
    const methods = paymentMethods.filter(({ active }) => active).map((method) => method.id);
    const document = withPaymentRows(JSON.parse(row.document), methods); // written by this product
    await deps.store.profiles.save(id, JSON.stringify(document), row.revision);
    return methods.length;
  } finally {
    await open.close();
  }
}
