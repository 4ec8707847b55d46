import { readFile } from 'node:fs/promises';
import { Failure } from '../core/problem.ts';

/** A document is a few hundred lines; more is not one. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The object that a JSON file holds; a failure that names the file and why, where it cannot be read. */
export async function documentIn(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_FILE_BYTES) throw new Failure('file.unreadable', { path, reason: 'too-large' });
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document))
      return document as Readonly<Record<string, unknown>>; // just checked
    throw new Failure('file.unreadable', { path, reason: 'not-json-object' });
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof SyntaxError ? 'not-json' : codeOf(error);
    throw new Failure('file.unreadable', { path, reason }, { cause: error });
  }
}

/** `ENOENT` ... of an error of the file system. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
