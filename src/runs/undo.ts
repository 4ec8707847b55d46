import { Failure } from '../core/problem.ts';
import type { Placeable } from '../ledgers/ledger.ts';
import type { RunRow } from '../store/store.ts';
import { placeOrder } from './deliver.ts';
import type { RunDeps } from './deps.ts';
import type { RunTrouble } from './events.ts';
import { briefly } from './lock.ts';
import { fileOf } from './stored.ts';

/** What becomes of the delivered files: kept beside under a name no program imports, removed, or left where they are. */
export type UndoFiles = 'rename' | 'remove' | 'leave';

export type UndoAsked = {
  readonly files: UndoFiles;
  /** Why, for the history of each document. */
  readonly reason: string;
  readonly by: 'web' | 'cli';
};

/** What a person should know before a run is taken back. */
export type UndoView = {
  /** Why it cannot be; null: it can. */
  readonly obstacle: RunTrouble | null;
  /** Sales, credit notes and payments that would be new again. */
  readonly parts: number;
  readonly files: readonly { readonly path: string; readonly standing: Standing }[];
  readonly downloadedAt: string | null;
};
export type Standing = 'there' | 'gone' | 'changed';

/** Runs of a profile that are looked through for one that continued the same file. */
const LOOKED_AT = 1000;

export async function lookAtUndo(deps: RunDeps, run: RunRow): Promise<UndoView> {
  const { undo } = deps.store;
  const whole = run.state === 'written' ? fileOf(run) : null;
  const files: { path: string; standing: Standing }[] = [];
  for (const { file } of whole === null ? [] : placeOrder(whole).toReversed())
    files.push({ path: file.targetPath, standing: await deps.standing(file) });
  const { downloadedAt } = await undo.trace(run.id);
  return { obstacle: await obstacleTo(deps, run), parts: await undo.count(run.id), files, downloadedAt };
}

/**
 * Takes a written run back before the accounting software imported it: its documents are new again (or what an earlier run
 * had made of them), and its files are put aside. Files go first: a crash in between leaves a run that can be undone again,
 * never documents that are new beside a file that still waits to be imported. Answers how many parts changed.
 */
export async function undoRun(deps: RunDeps, id: string, { files, reason, by }: UndoAsked): Promise<number> {
  const asked = await deps.store.runs.get(id);
  if (asked === null) throw new Failure('undo.not-written', { run: id });
  return briefly(deps, asked.profile, async () => {
    const run = await deps.store.runs.get(id); // as it stands now that nobody else works on the profile
    const whole = run && fileOf(run);
    if (!run || !whole) throw new Failure('undo.not-written', { run: id });
    const obstacle = await obstacleTo(deps, run);
    if (obstacle !== null) throw new Failure(obstacle.code as 'undo.not-written', obstacle.values); // only such codes
    const all = placeOrder(whole).toReversed();
    if (files !== 'leave') {
      for (const { file, ofEntries } of all)
        if (ofEntries && (await deps.standing(file)) === 'changed')
          throw new Failure('delivery.changed-meanwhile', { path: file.targetPath });
      await takeAllBack(deps, all);
    }
    const at = new Date(deps.now()).toISOString();
    const user = deps.by ?? null;
    const count = await deps.store.undo.undo(run, at, { json: JSON.stringify({ at, by, user, reason }), reason, user });
    if (files !== 'leave') for (const { file } of all) await deps.putAside(file, files === 'rename' ? id : null);
    return count;
  });
}

/** All of them or none: what was taken away already is put back when one cannot be. */
async function takeAllBack(
  deps: RunDeps,
  all: readonly { readonly file: Placeable; readonly ofEntries: boolean }[],
): Promise<void> {
  const taken: Placeable[] = [];
  try {
    for (const { file } of all) if (await deps.takeBack(file)) taken.push(file);
  } catch (error) {
    for (const file of taken.toReversed()) await deps.place(file);
    throw error;
  }
}

/** The first thing that stands on the run, or keeps it from being one that can be taken back. */
async function obstacleTo(deps: RunDeps, run: RunRow): Promise<RunTrouble | null> {
  if (run.state !== 'written' || run.file === null) return { code: 'undo.not-written', values: { run: run.id } };
  const { runs, reviews } = await deps.store.undo.dependents(run);
  const [later] = runs;
  if (later !== undefined) {
    const started = (await deps.store.runs.get(later))?.startedAt ?? '';
    return { code: 'undo.later-run', values: { run: run.id, later, started } };
  }
  const [review] = reviews;
  if (review !== undefined) return { code: 'undo.open-review', values: { run: run.id, review } };
  return continuedBy(deps, run);
}

/** A later run that wrote into the same file: taking ours out would take its entries too. */
async function continuedBy(deps: RunDeps, run: RunRow): Promise<RunTrouble | null> {
  const whole = fileOf(run);
  const own = new Set((whole === null ? [] : placeOrder(whole)).map(({ file }) => file.targetPath));
  for (const { id } of await deps.store.profiles.list()) {
    for (const other of await deps.store.runs.list(id, LOOKED_AT)) {
      if (other.id === run.id || (other.endedAt ?? '') <= (run.endedAt ?? '') || other.state !== 'written') continue;
      const theirs = fileOf(other);
      const continued = (theirs === null ? [] : placeOrder(theirs)).find(
        ({ file }) => file.policy === 'append' && file.oldSha256 !== null && own.has(file.targetPath),
      );
      if (continued !== undefined) {
        const values = { path: continued.file.targetPath, later: other.id, started: other.startedAt };
        return { code: 'undo.later-file', values };
      }
    }
  }
  return null;
}
