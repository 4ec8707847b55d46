import { type QueryObserverResult, useQueries } from '@tanstack/react-query';
import { type Zippable, zipSync } from 'fflate';
import type { PeekedFile } from '../../../api/file.ts';
import { MAX_FILE_MEGABYTES, PEEKED_BYTES } from '../../../api/limits.ts';
import { MAX_PART_MEGABYTES } from '../../../schema/archive.ts';
import { sendFile } from '../../api/client.ts';
import type { RunKind } from '../../parts/state.ts';

/** All of them together, which stand in the browser's memory while they are packed. */
const MAX_TOGETHER_MEGABYTES = 256;
const MEGABYTE = 1024 * 1024;

/** Why files cannot be sent: the key of the sentence and its values. */
export type TooLarge = { readonly key: `ui.file.${string}`; readonly limit: number; readonly file: string };

/** Null: they can. */
export function tooLarge(files: readonly File[]): TooLarge | null {
  const over = (file: File, limit: number) => file.size > limit * MEGABYTE;
  if (files.length < 2) {
    const [file] = files;
    return file !== undefined && over(file, MAX_FILE_MEGABYTES)
      ? { key: 'ui.file.too-large', limit: MAX_FILE_MEGABYTES, file: file.name }
      : null;
  }
  const part = files.find((file) => over(file, MAX_PART_MEGABYTES));
  if (part) return { key: 'ui.file.part-too-large', limit: MAX_PART_MEGABYTES, file: part.name };
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return bytes > MAX_TOGETHER_MEGABYTES * MEGABYTE
    ? { key: 'ui.file.together-too-large', limit: MAX_TOGETHER_MEGABYTES, file: '' }
    : null;
}

/** One file as it is; several as an archive, whose parts the server reads one after another and names in what it says. */
export async function together(files: readonly [File, ...File[]]): Promise<File> {
  const [first, ...more] = files;
  if (more.length === 0) return first;
  const parts: Zippable = {};
  for (const file of files)
    parts[freeName(parts, file.name)] = [new Uint8Array(await file.arrayBuffer()), { level: 0 }];
  return new File([zipSync(parts)], `${first.name} + ${more.length}.zip`);
}

/** Files of two folders may have one name. */
function freeName(parts: Zippable, name: string, times = 1): string {
  const tried = times === 1 ? name : `${times} ${name}`;
  return Object.hasOwn(parts, tried) ? freeName(parts, name, times + 1) : tried;
}

/** The server says what each file is from its beginning, before the rest is sent. */
export function usePeeked(
  profile: string,
  files: readonly File[],
  kind: RunKind,
): readonly QueryObserverResult<PeekedFile>[] {
  return useQueries({
    queries: files.map((file) => ({
      queryKey: ['peek', profile, kind, file.name, file.size, file.lastModified],
      queryFn: () =>
        sendFile<PeekedFile>(`/api/profiles/${profile}/runs/file/peek`, file.slice(0, PEEKED_BYTES), {
          ...{ kind, name: file.name },
        }),
      retry: false,
      refetchOnWindowFocus: false,
      gcTime: 0, // chosen again, it may have been mended
    })),
  });
}
