import type { CheckAnswer, PeriodCount, ProfileGap, ShopLists } from '../../api/shop.ts';
import { day } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { gaps as gapsOf } from '../../profiles/gaps.ts';
import type { StoredProfile } from '../../profiles/profile.ts';
import { makeDefaultFolder, target } from '../../runs/deliver.ts';
import type { OpenShop } from '../../runs/deps.ts';
import { readRequest, zoneOf } from '../../runs/read.ts';
import type { Services } from '../app.ts';
import { proposedRows } from '../cures.ts';

/** What is asked of the shop itself. The shop is opened for the question and closed after it. */

export async function check(services: Services, id: string, signal: AbortSignal): Promise<CheckAnswer> {
  const stored = await services.app.deps.profiles.get(id);
  const checks = await withShop(services, stored, ({ shop }) => shop.check(signal));
  return {
    checks: checks.map(({ id: what, result, values, durationMs }) => ({ id: what, result, values, durationMs })),
    ledger: await checkLedger(services, stored),
  };
}

export async function lists(services: Services, id: string, signal: AbortSignal): Promise<ShopLists> {
  return withShop(services, await services.app.deps.profiles.get(id), ({ shop }) => shop.lists(signal));
}

export async function gaps(services: Services, id: string, signal: AbortSignal): Promise<readonly ProfileGap[]> {
  const stored = await services.app.deps.profiles.get(id);
  const found = gapsOf(stored.profile, await withShop(services, stored, ({ shop }) => shop.lists(signal)));
  return proposedRows(stored.profile, found);
}

type PeriodAsked = { readonly kind: 'sales' | 'creditNotes'; readonly from: string; readonly to: string };

/** Counted without blocking the dialog: what the shop does not say is null, with the reason beside. */
export async function count(
  services: Services,
  id: string,
  { kind, from, to }: PeriodAsked,
  signal: AbortSignal,
): Promise<PeriodCount> {
  const { deps } = services.app;
  const stored = await deps.profiles.get(id);
  const { reading, advanced } = stored.profile;
  const document = kind === 'sales' ? 'sale' : 'creditNote';
  const known = {
    alreadyTransferred: await deps.store.parts.countTransferred(id, document, from, to),
    findBy: reading.findBy,
  };
  try {
    return await withShop(services, stored, async ({ shop }) => {
      const timeZone = zoneOf(stored, (await shop.facts(signal)).timeZone);
      const { statuses } = await shop.lists(signal);
      const asked = readRequest(
        stored,
        { kind },
        { from: day(from), to: day(to), changedSince: null, timeZone, signal },
      );
      const read = statuses.filter(({ id: code, readByDefault }) => asked.statuses?.includes(code) ?? readByDefault);
      const documents = await shop.count(asked);
      return {
        ...known,
        documents,
        statusesRead: read.length,
        statusesKnown: statuses.length,
        timeZone,
        trouble: null,
      };
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const trouble = { code: error.code, values: error.values };
    return { ...known, documents: null, statusesRead: 0, statusesKnown: 0, timeZone: advanced.timeZone ?? '', trouble };
  }
}

async function withShop<Answer>(
  { app }: Services,
  stored: StoredProfile,
  ask: (open: OpenShop) => Promise<Answer>,
): Promise<Answer> {
  const open = await app.deps.openShop(stored);
  try {
    return await ask(open);
  } finally {
    await open.close();
  }
}

async function checkLedger({ app }: Services, stored: StoredProfile): Promise<CheckAnswer['ledger']> {
  const choice = app.deps.ledgerFor(stored.profile, null);
  await makeDefaultFolder(app.deps, stored.id);
  const wanted = target(
    app.deps,
    stored,
    { id: 'check', from: null, to: null },
    { kind: 'sales', folder: null },
    choice,
    'UTC',
  );
  const { ok, code, values } = await choice.ledger.check(wanted);
  return { ok, code, values };
}
