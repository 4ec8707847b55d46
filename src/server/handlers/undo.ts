import { basename, dirname } from 'node:path';
import type { RunSummary, RunUndo, UndoRun } from '../../api/api.ts';
import { lookAtUndo, undoRun } from '../../runs/undo.ts';
import type { Services } from '../app.ts';
import { runSummary } from '../summaries.ts';
import { runOf } from './runs.ts';

/** What a person should know before a run is taken back. */
export async function look(services: Services, id: string): Promise<RunUndo> {
  const { obstacle, parts, files, downloadedAt } = await lookAtUndo(services.app.deps, await runOf(services, id));
  return {
    obstacle: obstacle && { code: obstacle.code, values: obstacle.values },
    parts,
    files: files.map(({ path, standing }) => ({ name: basename(path), folder: dirname(path), standing })),
    downloadedAt,
  };
}

export async function undo(services: Services, id: string, { files, reason }: UndoRun): Promise<RunSummary> {
  await runOf(services, id);
  await undoRun(services.app.deps, id, { files, reason, by: 'web' });
  return runSummary(await runOf(services, id), services.app.ledgers);
}
