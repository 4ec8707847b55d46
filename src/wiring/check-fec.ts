import { basename } from 'node:path';
import type { App } from '../cli/app.ts';
import { Failure } from '../core/problem.ts';
import { checkFec } from '../formats/fec-check/check.ts';
import { chunksOf, isSystemError } from '../ledgers/disk.ts';

/** Checks of files for the command line; a file that the disk refuses is told as any other. */
export const checkFecFile: App['checkFec'] = async function* ({ path, purpose }) {
  try {
    return yield* checkFec({ bytes: chunksOf(path), fileName: basename(path), purpose });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure('file.unreadable', { path, reason: error.code }, { cause: error });
  }
};
