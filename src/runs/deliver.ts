import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { localTime } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import type { Placeable, PlaceablePart, Preparation, SealedFile } from '../ledgers/ledger.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { customersFileNameOf, fileNameOf } from '../profiles/settings.ts';
import type { PartClaim, RunRow } from '../store/store.ts';
import { keepCodes } from './customer-codes.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';
import type { RunFile, RunRequest } from './events.ts';
import type { Matcher } from './match.ts';
import { writtenLot } from './written.ts';

/** What the store keeps of a delivered file: enough to find it, to finish it after a crash, and to download it again. */
export type DeliveredFile = Omit<SealedFile, 'debitMinor' | 'creditMinor' | 'annex'> & {
  readonly path: string;
  readonly annex: Placeable | null;
};

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
  run: Pick<RunRow, 'id'>,
  request: Pick<RunRequest, 'kind' | 'folder'>,
  choice: LedgerChoice,
  timeZone: string,
) {
  const { ledger } = stored.profile;
  const customersName = customersFileNameOf(stored.profile, choice);
  const stamp = localTime(timeZone, deps.now())
    .replace('T', '-')
    .replaceAll(':', '')
    .replace(/^(\d+)-(\d+)-(\d+)/, '$1$2$3');
  return {
    runId: run.id,
    folder: request.folder ?? ledger.folder ?? defaultFolder(deps, stored.id),
    fileName: fileNameOf(stored.profile, request.kind, choice),
    copyPath: join(copiesFolder(deps), `${run.id}.${choice.extension}`),
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
 * Step 1 for the entries just put into the delivery: their parts belong to the run, their codes to their customers, and
 * the entries are kept.
 */
export async function claim(
  deps: RunDeps,
  { run, stored }: { readonly run: RunRow; readonly stored: StoredProfile },
  marks: readonly PartClaim[],
  entries: readonly NumberedEntry[],
): Promise<void> {
  if (marks.length === 0) return;
  await keepCodes(deps, stored, entries);
  const at = new Date(deps.now()).toISOString();
  await deps.store.parts.claim(run.profile, run.id, at, marks, writtenLot(entries));
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
  const { debitMinor, creditMinor, annex = null, ...kept } = sealed;
  const file: DeliveredFile = { ...kept, path: sealed.targetPath, annex: annex && placeable(annex) };
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

/** A move that fails in a living process undoes the marks, in one transaction, and says so. */
async function placeOrUndo(deps: RunDeps, run: RunRow, file: DeliveredFile): Promise<void> {
  try {
    if (file.annex) await deps.place(file.annex);
    await deps.place(file);
  } catch (error) {
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
    for (const beside of [file.annex, file.customers]) if (beside) await takeBack(deps, beside);
    throw error;
  }
}

function placeable({ temporaryPath, targetPath, copyPath, oldSha256, sha256, backupPath }: SealedFile): Placeable {
  return { temporaryPath, targetPath, copyPath, oldSha256, sha256, backupPath };
}

/** A file that stands in place already without its entries. A folder that cannot be reached keeps it, which does no harm. */
async function takeBack(deps: RunDeps, file: PlaceablePart): Promise<void> {
  try {
    await deps.takeBack(file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

/** The files of a delivery as they are told: the entries, then the customers. */
export function runFiles({ path, customers, ...entries }: DeliveredFile): readonly RunFile[] {
  return [told(path, entries), ...(customers === null ? [] : [told(customers.targetPath, customers)])];
}

function told(path: string, { format, bytes, sha256, lines }: Omit<RunFile, 'path'>): RunFile {
  return { path, format, bytes, sha256, lines };
}

/** Takes away what was not delivered. A folder that cannot be reached any more must not keep the store from being undone. */
export async function discard(preparation: Preparation | null): Promise<void> {
  try {
    await preparation?.discard();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
