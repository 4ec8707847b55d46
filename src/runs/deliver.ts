import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { localTime } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import type { DeliveryTarget, Placeable, Preparation, SealedFile, SealedPart } from '../ledgers/ledger.ts';
import { customersFileName, fileNames, fiscalYearOf } from '../profiles/file-names.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { PartClaim, RunRow } from '../store/store.ts';
import { codeKeeper } from './customer-codes.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';
import type { RunFile, RunRequest } from './events.ts';
import type { Matcher } from './match.ts';
import { lotPacker } from './written.ts';

/** What the store keeps of a delivered file: enough to find it, to finish it after a crash, and to download it again. */
export type DeliveredFile = Omit<SealedFile, 'debitMinor' | 'creditMinor'> & { readonly path: string };

/**
 * A delivery, once and only once: parts are claimed as their entries go into the temporary file; the file is sealed and
 * verified; one transaction marks every part and makes the run `delivering`; the file is moved into place. A failure
 * before the transaction leaves nothing, after it the next start finishes from the copy.
 */
export async function prepareDelivery(
  deps: RunDeps,
  stored: StoredProfile,
  run: RunRow,
  request: RunRequest,
  choice: LedgerChoice,
  timeZone: string,
): Promise<Preparation> {
  await deps.store.runs.change(run.id, { state: 'writing' });
  await makeDefaultFolder(deps, stored.id);
  return choice.ledger.prepare(target(deps, stored, run, request, choice, timeZone));
}

export function target(
  deps: Pick<RunDeps, 'home' | 'now'>,
  stored: StoredProfile,
  run: Pick<RunRow, 'id' | 'from' | 'to'>,
  request: Pick<RunRequest, 'kind' | 'folder'>,
  choice: LedgerChoice,
  timeZone: string,
): DeliveryTarget {
  const { ledger } = stored.profile;
  const { split, zip } = ledger;
  const stamp = localTime(timeZone, deps.now())
    .replace('T', '-')
    .replaceAll(':', '')
    .replace(/^(\d+)-(\d+)-(\d+)/, '$1$2$3');
  const named = { profile: stored.id, kind: request.kind, from: run.from, to: run.to, stamp };
  const { fileName, nameOf, zipName } = fileNames(stored.profile, named, choice);
  const customersName = customersFileName(stored.profile, named, choice);
  return {
    runId: run.id,
    folder: request.folder ?? ledger.folder ?? defaultFolder(deps, stored.id),
    fileName,
    split: split === 'none' ? null : { by: split, fiscalYearOf: (date) => fiscalYearOf(ledger, date), nameOf },
    zip: zip ? zipName : null,
    copyPath: join(copiesFolder(deps), `${run.id}.${zip ? 'zip' : choice.extension}`),
    policy: ledger.policy,
    stamp,
    customers:
      customersName === null
        ? null
        : {
            fileName: customersName,
            copyPath: join(customersFolder(deps, stored.id), `${run.id}.${choice.extension}`),
          },
  };
}

/** The default folder is ours to make; one the profile names is the merchant's, and missing is said. */
export async function makeDefaultFolder(deps: Pick<RunDeps, 'home'>, profile: string): Promise<void> {
  const path = defaultFolder(deps, profile);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
    const { code } = error;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new Failure('delivery.disk-full', { path }, { cause: error });
    if (code === 'EACCES' || code === 'EROFS') throw new Failure('delivery.no-access', { path }, { cause: error });
    throw new Failure('delivery.file', { path, reason: code }, { cause: error });
  }
}

/** `<data>/files/<profile>`: where files go when the profile names no folder. */
export function defaultFolder(deps: Pick<RunDeps, 'home'>, profile: string): string {
  return join(deps.home, 'files', profile);
}

/** Where copies of delivered files wait to be downloaded again, named by their run. */
export function copiesFolder({ home }: Pick<RunDeps, 'home'>): string {
  return join(home, 'delivered');
}

/** Copies of lists of customers: personal data, so each profile's stand apart and are purged with the shop's raw answers. */
export function customersFolder({ home }: Pick<RunDeps, 'home'>, profile: string): string {
  return join(home, 'customers', profile);
}

/**
 * Step 1 for entries put into the delivery: their parts belong to the run, their codes to their customers, and the entries
 * are kept. Gathered packed, since entries that wait would fill the memory; nothing is claimed before `claim`.
 */
export type Claims = {
  readonly add: (entry: NumberedEntry, marks: readonly PartClaim[]) => void;
  readonly claim: () => Promise<void>;
};

export function claims(
  deps: RunDeps,
  { run, stored }: { readonly run: RunRow; readonly stored: StoredProfile },
): Claims {
  const codes = codeKeeper(deps, stored);
  const packer = lotPacker();
  let marks: PartClaim[] = [];
  return { add, claim };

  function add(entry: NumberedEntry, own: readonly PartClaim[]): void {
    marks.push(...own);
    codes.note(entry);
    packer.add(entry);
  }

  async function claim(): Promise<void> {
    if (marks.length === 0) return;
    const claimed = marks;
    marks = [];
    await codes.keep();
    const at = new Date(deps.now()).toISOString();
    await deps.store.parts.claim(run.profile, run.id, at, claimed, packer.pack());
  }
}

/** Steps 2 to 5 for entries that are all in: no file when there is nothing to deliver. */
export async function finishDelivery(
  deps: RunDeps,
  run: RunRow,
  preparation: Preparation,
  { counts, matcher }: { readonly counts: () => string; readonly matcher: Matcher | null },
): Promise<readonly RunFile[]> {
  const sealed = await preparation.seal();
  const at = () => new Date(deps.now()).toISOString();
  if (sealed === null) {
    await deps.store.parts.release(run.id);
    await deps.store.runs.change(run.id, { state: 'written', endedAt: at(), counts: counts() });
    return [];
  }
  const { debitMinor, creditMinor, ...kept } = sealed;
  const file: DeliveredFile = { ...kept, path: sealed.targetPath };
  await deps.store.parts.markTransferred(run, at(), {
    state: 'delivering',
    file: JSON.stringify(file),
    debitMinor,
    creditMinor,
    counts: counts(),
    matchingCodes: matcher?.given() ?? 0,
  });
  await placeOrUndo(deps, run, file);
  await deps.store.runs.change(run.id, { state: 'written', endedAt: at() });
  return runFiles(file);
}

/**
 * A move that fails in a living process takes back the files that stand in place already, undoes the marks in one
 * transaction, and says so. When entries cannot be taken back, the run stays as it is: the next start puts the rest in place.
 */
async function placeOrUndo(deps: RunDeps, run: RunRow, file: DeliveredFile): Promise<void> {
  const placed: { readonly file: Placeable; readonly ofEntries: boolean }[] = [];
  try {
    for (const one of placeOrder(file)) {
      await deps.place(one.file);
      placed.push(one);
    }
  } catch (error) {
    for (const one of placed.toReversed()) {
      if ((await takenBack(deps, one.file)) || !one.ofEntries) continue;
      throw new Failure('delivery.unfinished', { path: file.path }, { cause: error });
    }
    const trouble =
      error instanceof Failure
        ? { code: error.code, values: error.values }
        : { code: 'delivery.file', values: { path: file.path, reason: 'EIO' } };
    const at = new Date(deps.now()).toISOString();
    await deps.store.parts.unmark(run, at, {
      state: 'failed',
      endedAt: at,
      file: null,
      debitMinor: 0n,
      creditMinor: 0n,
      troubles: JSON.stringify([trouble]),
    });
    throw error;
  }
}

/**
 * The files of a delivery as they are put in place, the one that people look for last: a list of customers or an annex
 * without entries does no harm, and entries without customers may be refused.
 */
export function placeOrder(
  whole: DeliveredFile,
): readonly { readonly file: SealedPart; readonly ofEntries: boolean }[] {
  const { annex, customers, more } = whole;
  const beside = [annex, customers].flatMap((file) => (file === null ? [] : [{ file, ofEntries: false }]));
  return [...beside, ...[...more, whole].map((file) => ({ file, ofEntries: true }))];
}

/** A folder that cannot be reached keeps what was put there. */
async function takenBack(deps: RunDeps, file: Placeable): Promise<boolean> {
  try {
    return await deps.takeBack(file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return false;
  }
}

/** Every file of a delivery, the entries first. */
export function deliveredFiles({ more, customers, annex, ...whole }: DeliveredFile): readonly SealedPart[] {
  return [whole, ...more, ...[customers, annex].flatMap((file) => file ?? [])];
}

/** The same as they are told. */
export function runFiles(file: DeliveredFile): readonly RunFile[] {
  return deliveredFiles(file).map(({ targetPath: path, format, bytes, sha256, lines }) => {
    return { path, format, bytes, sha256, lines };
  });
}

/** Takes away what was not delivered. A folder that cannot be reached any more must not keep the store from being undone. */
export async function discard(preparation: Preparation | null): Promise<void> {
  try {
    await preparation?.discard();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
