import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Failure } from '../core/problem.ts';

/** A file, unpacked if it is gzip, as its first bytes and all of them; each reading begins anew. */
export type Bytes = {
  /** What messages call it. */
  readonly name: string;
  readonly head: Buffer;
  readonly all: () => AsyncIterable<Buffer>;
};

/** Enough to tell what a file is. */
const HEAD = 1 << 18;
/** Read at once: less than what is made of it until the second collection from now, which would find it old. */
const CHUNK = 1 << 16;
/** No file of sales is larger once unpacked: a smaller one that unfolds to more was made to fill a machine. */
const MAX_UNPACKED = 64 * 1024 ** 3;

/** Opens the file at `path`; a failure says `name` when it cannot be read. */
export async function openBytes(path: string, signal: AbortSignal, name: string): Promise<Bytes> {
  const failed = (error: unknown): unknown => {
    if (signal.aborted || !(error instanceof Error) || error instanceof Failure) return error;
    const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
    return new Failure('file.unreadable', { path: name, reason }, { cause: error });
  };
  const [first] = await headOf(raw(), 2);
  const packed = first?.[0] === 0x1f && first[1] === 0x8b;
  return { name, head: Buffer.concat(await headOf(all(), HEAD)), all };

  async function* raw(): AsyncGenerator<Buffer> {
    try {
      yield* createReadStream(path, { highWaterMark: CHUNK, signal });
    } catch (error) {
      throw failed(error);
    }
  }

  async function* all(): AsyncGenerator<Buffer> {
    if (!packed) return yield* raw();
    const file = createReadStream(path, { highWaterMark: CHUNK, signal });
    const unpacked = createGunzip({ chunkSize: CHUNK });
    file.on('error', (error) => unpacked.destroy(error));
    let bytes = 0;
    try {
      for await (const chunk of file.pipe(unpacked)) {
        bytes += chunk.length;
        if (bytes > MAX_UNPACKED) throw new Failure('file.unreadable', { path: name, reason: 'too-large' });
        yield chunk;
      }
    } catch (error) {
      throw failed(error);
    } finally {
      file.destroy();
    }
  }
}

/** A file that stands whole in memory. */
export function bytesOf(name: string, whole: Buffer): Bytes {
  async function* all(): AsyncGenerator<Buffer> {
    yield whole;
  }
  return { name, head: whole.subarray(0, HEAD), all };
}

/** The first bytes, at least so many if there are. */
async function headOf(chunks: AsyncIterable<Buffer>, wanted: number): Promise<Buffer[]> {
  const head: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    head.push(chunk);
    bytes += chunk.length;
    if (bytes >= wanted) break;
  }
  return head;
}
