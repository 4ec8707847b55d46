import { Failure } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument, readHeader, type SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Bytes } from './bytes.ts';
import { type FileLot, LOT, MAX_DOCUMENT, type SalesFile } from './sales-file.ts';
import { unreadableLine } from './unreadable.ts';

/**
 * `comptoir-sales` JSON Lines: the header line, then a document a line. A line that is not a document is an `unreadable`
 * item.
 */
export async function openJsonLines({ name, all }: Bytes): Promise<SalesFile> {
  let documents = -1; // the header is none
  const lines = linesOf(all(), () => {
    documents += 1;
  });
  const first = await lines.next();
  const header = parseHeader(name, first.done ? '' : (first.value ?? ''));
  return {
    format: 'json-lines',
    header,
    lots: documentsOf(lines, header),
    documents: () => Math.max(0, documents),
  };
}

/**
 * The lines of the file; null for one that is longer than the limit, so that a file without line ends is not taken
 * into memory. JSON may hold the other signs that Unicode takes for line ends: only LF ends a line here. Lines are found
 * in the bytes and made text one by one, which takes a sixth of the time of splitting the text.
 */
async function* linesOf(chunks: AsyncIterable<Buffer>, met: () => void) {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let tooLong = false;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const bytes = restBytes + end - start;
      const line = tooLong || bytes > MAX_DOCUMENT ? null : textOf([...rest, chunk.subarray(start, end)]);
      if (line === null || line.trim() !== '') met();
      yield line;
      rest = [];
      restBytes = 0;
      tooLong = false;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    if (restBytes > MAX_DOCUMENT) {
      rest = [];
      tooLong = true;
    }
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

async function* documentsOf(lines: AsyncIterator<string | null>, header: SalesFileHeader): AsyncGenerator<FileLot> {
  let lot: ReadItem[] = [];
  let lineNumber = 1;
  for (;;) {
    const { value, done } = await lines.next();
    if (done) break;
    lineNumber += 1;
    if (value?.trim() === '') continue;
    lot.push(
      value === null
        ? unreadableLine(null, lineNumber, { field: '', reason: `too-large: ${MAX_DOCUMENT}` })
        : parseLine(value, lineNumber, header),
    );
    if (lot.length >= LOT) {
      yield { items: lot, broken: null };
      lot = [];
    }
  }
  if (lot.length > 0) yield { items: lot, broken: null };
}

function parseHeader(path: string, line: string): SalesFileHeader {
  const text = line.startsWith('\uFEFF') ? line.slice(1) : line;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Failure('file.not-comptoir-sales', { path, field: '', reason: 'not-json' }, { cause: error });
  }
  return headerOf(json, path);
}

/** The header a value spells; a failure says `path` when it is none. */
export function headerOf(json: unknown, path: string): SalesFileHeader {
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
    return unreadableLine(null, lineNumber, { field: '', reason: 'not-json' });
  }
  try {
    return { state: 'read', document: readDocument(json, header.shop.timeZone), raw: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return unreadableLine(json, lineNumber, { field: error.path, reason: error.reason });
  }
}
