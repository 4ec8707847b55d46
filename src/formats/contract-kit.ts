import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NumberedEntry } from '../core/entry.ts';
import { contentsAt, noteContents } from './contents.ts';
import type { Encoded, Format, FormatOptions, ReadBack } from './format.ts';
import { CONTEXT } from './sample-entries.ts';

/** What tests of formats share: files of entries, golden bytes, codes cut to what a format holds. */

/** The bytes of a file of these entries, which must all fit; written at noon of the manual's first sale, or at `stamp`. */
export function fileOf(
  given: Format,
  entries: readonly NumberedEntry[],
  options: FormatOptions = {},
  stamp = '20181126-120000',
): Buffer {
  const format = given.configured(options);
  const context = { ...CONTEXT, options };
  const state = { records: 0 };
  const contents = contentsAt(stamp);
  for (const entry of entries) noteContents(contents, entry);
  return Buffer.concat([
    format.head(context, contents),
    ...inFileOrder(format, entries).map((entry) => format.stamp(fitting(format.encode(entry, context)).bytes, state)),
    format.foot(context, contents),
  ]);
}

export function inFileOrder({ order }: Format, entries: readonly NumberedEntry[]): readonly NumberedEntry[] {
  if (order === 'number') return entries;
  return entries.toSorted((a, b) => (a.journal < b.journal ? -1 : a.journal > b.journal ? 1 : 0));
}

/** The entries as a file of them says them, in its order. */
export function saidBy(format: Format, entries: readonly NumberedEntry[]): readonly NumberedEntry[] {
  return inFileOrder(format, entries).flatMap((entry) => format.restated?.(entry) ?? [entry]);
}

/** The entry with codes as short as the format needs them: see there. */
export { shortened } from './shortened.ts';

export function fitting(encoded: Encoded): Encoded & { state: 'fits' } {
  assert.equal(encoded.state, 'fits', encoded.state === 'refused' ? JSON.stringify(encoded.faults) : '');
  const { bytes, ...rest } = encoded as Encoded & { state: 'fits' }; // just asserted
  return { ...rest, bytes: Buffer.from(bytes) }; // a test keeps several
}

export async function readAll(format: Format, bytes: Buffer, chunk = 7): Promise<ReadBack[]> {
  return (await Array.fromAsync(format.read(chunksOf(bytes, chunk)))).flat();
}

export function chunksOf(bytes: Buffer, chunk: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  return chunks;
}

/** Compares with a file kept in git, or writes it when UPDATE=1. */
export function golden(path: URL, bytes: Buffer): void {
  if (process.env.UPDATE === '1') {
    mkdirSync(dirname(path.pathname), { recursive: true });
    writeFileSync(path, bytes);
  }
  same(path, bytes);
}

/** Compares with a file that somebody else wrote, and never touches it. */
export function same(path: URL, bytes: Buffer): void {
  assert.equal(bytes.toString('latin1'), readFileSync(path).toString('latin1'));
}
