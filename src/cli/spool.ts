import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/problem.ts';

/**
 * Texts that wait outside of memory until all of them are known, each with its place; a place told again replaces what
 * was told before. Of a million texts a few numbers each are held.
 */
export type Spool = {
  readonly append: (place: number, text: string) => void;
  /** In the order of their places. */
  readonly texts: () => Generator<string>;
  readonly close: () => void;
};

const BLOCK = 1 << 16;

/** A spool in a file of its own that only its owner reads, and that is gone when it is closed. */
export function spoolIn(folder: string): Spool {
  const path = join(folder, `.json-${crypto.randomUUID()}.tmp`);
  const [places, offsets, lengths]: [number[], number[], number[]] = [[], [], []];
  let file: number | null = null;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let size = 0;
  return { append, texts, close };

  function append(place: number, text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    places.push(place);
    offsets.push(size);
    lengths.push(bytes.length);
    size += bytes.length;
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes >= BLOCK) flush();
  }

  function flush(): void {
    const bytes = Buffer.concat(waiting);
    [waiting, waitingBytes] = [[], 0];
    try {
      file ??= openSync(path, 'wx+', 0o600);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === 'ENOSPC' || code === 'EDQUOT')
        throw new Failure('delivery.disk-full', { path: folder }, { cause: error });
      throw new Failure('file.unwritable', { path, reason: code }, { cause: error });
    }
  }

  function* texts(): Generator<string> {
    if (waitingBytes > 0) flush();
    const order = Uint32Array.from(places.keys());
    // A sort that keeps the order of equals: the last told of a place is the last.
    order.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
    let window: Buffer = Buffer.alloc(0);
    let start = 0;
    for (const [index, one] of order.entries()) {
      if (places[order[index + 1] ?? -1] === places[one]) continue;
      const [offset = 0, length = 0] = [offsets[one], lengths[one]];
      if (offset < start || offset + length > start + window.length) {
        window = read(offset, Math.max(length, Math.min(BLOCK, size - offset)));
        start = offset;
      }
      yield window.toString('utf8', offset - start, offset - start + length);
    }
  }

  function read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const got = file === null ? 0 : readSync(file, bytes, at, length - at, offset + at);
      if (got === 0) throw new TypeError(`Spool cut short: ${path}`);
      at += got;
    }
    return bytes;
  }

  function close(): void {
    if (file === null) return;
    closeSync(file);
    rmSync(path, { force: true });
    file = null;
  }
}
