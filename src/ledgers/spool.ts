import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { failureOf } from './disk.ts';

/**
 * Encoded records that wait for their place in the file: a temporary file of blocks, each a length and whole records,
 * so that a million entries of several journals never stand in memory.
 */
export type Spool = {
  readonly append: (records: Buffer) => void;
  /** Every block in order, each overwritten by the next; nothing can be appended afterwards. */
  readonly blocks: () => Generator<Buffer>;
  readonly remove: () => void;
};

const BLOCK = 1 << 18;
const LENGTH = 4;

/** `shown` is the file that people know, named when the disk refuses. */
export function spoolAt(path: string, shown: string): Spool {
  /** Starts with room for its length. */
  let block = Buffer.alloc(BLOCK);
  let size = LENGTH;
  let written = false;
  return { append, blocks, remove };

  function append(records: Buffer): void {
    if (size + records.length > block.length) flush();
    if (size + records.length > block.length) block = Buffer.alloc(size + records.length); // an entry larger than a block
    size += records.copy(block, size);
  }

  function flush(): void {
    block.writeUInt32LE(size - LENGTH);
    try {
      if (!written) rmSync(path, { force: true });
      const file = openSync(path, written ? 'a' : 'ax');
      written = true;
      try {
        writeAll(file, block.subarray(0, size));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw failureOf(error, shown);
    }
    size = LENGTH;
  }

  function* blocks(): Generator<Buffer> {
    if (written) yield* blocksOf(path);
    if (size > LENGTH) yield block.subarray(LENGTH, size);
  }

  function remove(): void {
    if (written) rmSync(path, { force: true });
  }
}

function* blocksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const length = Buffer.alloc(LENGTH);
    let buffer = Buffer.alloc(BLOCK);
    while (readSync(file, length) === LENGTH) {
      const size = length.readUInt32LE();
      if (size > buffer.length) buffer = Buffer.alloc(size);
      if (readSync(file, buffer, 0, size, null) !== size) throw new TypeError(`Spool cut short: ${path}`);
      yield buffer.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}

/** A disk that fills up takes part of the bytes without an error; the next write says so. */
function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
