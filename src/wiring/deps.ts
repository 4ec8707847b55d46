import { Failure } from '../core/problem.ts';
import { groupedLedger } from '../ledgers/grouped.ts';
import { ledgerOf } from '../ledgers/index.ts';
import type { Ledger } from '../ledgers/ledger.ts';
import { place, placeFromCopy, putAside, removeLeftovers, standing, takeBack } from '../ledgers/place.ts';
import type { Profile } from '../profiles/profile.ts';
import { formatSettings } from '../profiles/settings.ts';
import { decimalFaults } from '../profiles/validate.ts';
import type { LedgerChoice, RunDeps } from '../runs/deps.ts';
import { thisProcess } from '../runs/processes.ts';
import type { Store } from '../store/store.ts';
import { demoShops } from './demo-shops.ts';
import { hookOf } from './hooks.ts';
import { getProfile } from './profiles.ts';
import { openShop } from './shops.ts';

/** Everything a run needs of the world, for one data folder. */
export function runDeps(store: Store, home: string, now: () => number, demos = demoShops(now)): RunDeps {
  return {
    store,
    now,
    home,
    process: thisProcess(),
    profiles: { get: (id) => getProfile(store, id, now()) },
    openShop: (stored) => openShop({ store, demos, now }, stored),
    openHook: (stored) => hookOf(home, stored),
    ledgerFor,
    place,
    placeFromCopy,
    removeLeftovers,
    takeBack,
    standing,
    putAside,
  };
}

function ledgerFor(profile: Profile, format: string | null): LedgerChoice {
  const id = format ?? profile.ledger.type;
  const kind = ledgerOf(id);
  if (!kind) throw new Failure('usage', { reason: 'unknown-format', written: id });
  const context = formatSettings(profile, id);
  const { extension, carries, limits } = kind.format.configured(context.options);
  const [fault] = decimalFaults(profile, { id, limits });
  if (fault) throw new Failure('profile.invalid', { path: fault.path, reason: fault.code, ...fault.values });
  const ledger = grouped(profile, kind.open(context));
  return { ledger, format: kind.id, extension, carries };
}

/** With the entries of documents grouped, and their detail beside the file as CSV. */
function grouped(profile: Profile, ledger: Ledger): Ledger {
  const { grouping } = profile.advanced;
  const annex = ledgerOf('csv');
  if (grouping === 'none' || annex === null) return ledger;
  return groupedLedger(ledger, annex.open(formatSettings(profile, 'csv')), grouping);
}
