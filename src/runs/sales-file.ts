import { createReadStream } from 'node:fs';
import { Failure, problem } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument, readHeader, type SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';

/** Documents handed on together. */
const LOT = 200;
/** Bytes of a line: a document of thousands of lines stays far below. */
const MAX_LINE = 16 * 1024 * 1024;
/** A key is short enough for an id of every shop. */
const MAX_KEY = 200;

/**
 * Reads `comptoir-sales` JSON Lines as a stream: the header line, then a document a line. A line that is not a document
 * is an `unreadable` item; a file that is not of this kind is a failure, which says `name`.
 */
export async function openSalesFile(
  path: string,
  signal: AbortSignal,
  name = path,
): Promise<{
  header: SalesFileHeader;
  items: AsyncIterable<readonly ReadItem[]>;
  /** Lines met so far that should be documents. */
  documents: () => number;
}> {
  const stream = createReadStream(path, { highWaterMark: 1 << 18, signal });
  const opened = new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (error) =>
      reject(new Failure('file.unreadable', { path: name, reason: reasonOf(error) }, { cause: error })),
    );
  });
  await opened;
  let documents = -1; // the header is none
  const lines = linesOf(name, stream, signal, () => {
    documents += 1;
  });
  const first = await lines.next();
  const header = parseHeader(name, first.done ? '' : (first.value ?? ''));
  return { header, items: documentsOf(lines, header), documents: () => Math.max(0, documents) };
}

/**
 * The lines of the file; null for one that is longer than the limit, so that a file without line ends is not taken
 * into memory. JSON may hold the other signs that Unicode takes for line ends: only LF ends a line here. Lines are found
 * in the bytes and made text one by one, which takes a sixth of the time of splitting the text.
 */
async function* linesOf(path: string, stream: AsyncIterable<Buffer>, signal: AbortSignal, met: () => void) {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let tooLong = false;
  try {
    for await (const chunk of stream) {
      let start = 0;
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
        const bytes = restBytes + end - start;
        const line = tooLong || bytes > MAX_LINE ? null : textOf([...rest, chunk.subarray(start, end)]);
        if (line === null || line.trim() !== '') met();
        yield line;
        rest = [];
        restBytes = 0;
        tooLong = false;
        start = end + 1;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
      restBytes += chunk.length - start;
      if (restBytes > MAX_LINE) {
        rest = [];
        tooLong = true;
      }
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    throw new Failure('file.unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
  const last = tooLong ? null : textOf(rest);
  if (last === null || last.trim() !== '') met();
  if (last !== '') yield last;
}

const LF = 10;

function textOf(pieces: readonly Buffer[]): string {
  const [only = Buffer.alloc(0)] = pieces;
  return (pieces.length < 2 ? only : Buffer.concat(pieces)).toString('utf8');
}

async function* documentsOf(
  lines: AsyncIterator<string | null>,
  header: SalesFileHeader,
): AsyncGenerator<readonly ReadItem[]> {
  let lot: ReadItem[] = [];
  let lineNumber = 1;
  for (;;) {
    const { value, done } = await lines.next();
    if (done) break;
    lineNumber += 1;
    if (value?.trim() === '') continue;
    lot.push(
      value === null
        ? unreadable(null, lineNumber, { field: '', reason: `too-large: ${MAX_LINE}` })
        : parseLine(value, lineNumber, header),
    );
    if (lot.length >= LOT) {
      yield lot;
      lot = [];
    }
  }
  if (lot.length > 0) yield lot;
}

function parseHeader(path: string, line: string): SalesFileHeader {
  const text = line.startsWith('\uFEFF') ? line.slice(1) : line;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Failure('file.not-comptoir-sales', { path, field: '', reason: 'not-json' }, { cause: error });
  }
  try {
    return readHeader(json);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Failure('file.not-comptoir-sales', { path, field: error.path, reason: error.reason }, { cause: error });
  }
}

function parseLine(text: string, lineNumber: number, header: SalesFileHeader): ReadItem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable(null, lineNumber, { field: '', reason: 'not-json' });
  }
  try {
    return { state: 'read', document: readDocument(json, header.shop.timeZone), raw: null };
  } catch (error) {
    if (error instanceof Unreadable) return unreadable(json, lineNumber, { field: error.path, reason: error.reason });
    throw error;
  }
}

function unreadable(json: unknown, lineNumber: number, fault: { field: string; reason: string }): ReadItem {
  const { key, kind, order } = (typeof json === 'object' && json !== null ? json : {}) as {
    key?: unknown;
    kind?: unknown;
    order?: { id?: unknown };
  }; // only to name it: each value is checked below
  const named = typeof key === 'string' && key.length <= MAX_KEY ? key : `line/${lineNumber}`;
  return {
    state: 'unreadable',
    kind: kind === 'creditNote' ? 'creditNote' : 'sale',
    key: named,
    orderId: typeof order?.id === 'string' && order.id.length <= MAX_KEY ? order.id : String(lineNumber),
    problems: [
      problem(
        'file.line-unreadable',
        'hold',
        { kind: kind === 'creditNote' ? 'creditNote' : 'sale', key: named, number: named },
        { line: String(lineNumber), ...fault },
      ),
    ],
    raw: null,
  };
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
