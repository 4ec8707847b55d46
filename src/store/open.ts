import { Kysely, type Migration, Migrator } from 'kysely';
import { Failure } from '../core/problem.ts';
import { accessStore } from './access.ts';
import { activityStore } from './activity.ts';
import { customerCodeStore } from './customers.ts';
import { lockStore } from './locks.ts';
import { maintenanceStore } from './maintenance.ts';
import * as start from './migrations/0001-start.ts';
import * as written from './migrations/0002-written.ts';
import * as lighterParts from './migrations/0003-lighter-parts.ts';
import * as customerCodes from './migrations/0004-customer-codes.ts';
import * as control from './migrations/0005-control.ts';
import * as historySequence from './migrations/0006-history-sequence.ts';
import * as decimals from './migrations/0007-decimals.ts';
import * as matchingCodes from './migrations/0008-matching-codes.ts';
import * as corrections from './migrations/0009-corrections.ts';
import * as keptReads from './migrations/0010-kept-reads.ts';
import * as activity from './migrations/0011-activity.ts';
import * as access from './migrations/0012-access.ts';
import * as undo from './migrations/0013-undo.ts';
import * as profileBin from './migrations/0014-profile-bin.ts';
import * as sums from './migrations/0015-sums.ts';
import { partStore } from './parts.ts';
import { profileStore, settingStore } from './profiles.ts';
import { rawStore } from './raw.ts';
import { readStore } from './reads.ts';
import { reviewStore } from './review.ts';
import { runStore } from './runs.ts';
import { secretStore } from './secrets.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';
import { sumStore } from './sums.ts';
import type { Tables } from './tables.ts';
import { undoStore } from './undo.ts';
import { writtenStore } from './written.ts';

/** In order; one that has run on somebody's machine is never edited. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-start': start,
  '0002-written': written,
  '0003-lighter-parts': lighterParts,
  '0004-customer-codes': customerCodes,
  '0005-control': control,
  '0006-history-sequence': historySequence,
  '0007-decimals': decimals,
  '0008-matching-codes': matchingCodes,
  '0009-corrections': corrections,
  '0010-kept-reads': keptReads,
  '0011-activity': activity,
  '0012-access': access,
  '0013-undo': undo,
  '0014-profile-bin': profileBin,
  '0015-sums': sums,
};

/** Opens the data file, brought up to date. `key` (32 bytes) seals the secrets. */
export async function openStore(path: string, key: Buffer): Promise<Store> {
  const file = openSqlite(path);
  const db = new Kysely<Tables>({ dialect: file.dialect });
  try {
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateToLatest();
    if (error) throw error;
  } catch (error) {
    file.close();
    if (String(error).includes('corrupted migrations')) throw new Failure('store.too-new', { path }, { cause: error });
    throw error;
  }
  return {
    profiles: profileStore(db),
    settings: settingStore(db, key),
    secrets: secretStore(db, key),
    runs: runStore(db),
    parts: partStore(db),
    written: writtenStore(db),
    undo: undoStore(db),
    activity: activityStore(db),
    sums: sumStore(db),
    customers: customerCodeStore(db),
    review: reviewStore(db),
    locks: lockStore(db),
    raw: rawStore(db),
    reads: readStore(db),
    access: accessStore(db),
    maintenance: maintenanceStore(db, key),
    close: async () => {
      await db.destroy();
      file.close();
    },
  };
}
