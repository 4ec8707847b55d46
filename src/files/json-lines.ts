import { Failure } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument, readHeader, type SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Bytes } from './bytes.ts';
import { gathering } from './lots.ts';
import { type FileLot, MAX_DOCUMENT, type SalesFile } from './sales-file.ts';
import { unreadableLine } from './unreadable.ts';

/**
 * `comptoir-sales` JSON Lines: the header line, then a document a line. A line that is not a document is an `unreadable`
 * item.
 */
export async function openJsonLines({ name, all }: Bytes): Promise<SalesFile> {
  let documents = 0;
  const chunks = linesOf(all());
  const first = (await chunks.next()).value ?? NO_LINES;
  const header = parseHeader(name, first.next().value ?? '');
  const met = () => {
    documents += 1;
  };
  return { format: 'json-lines', header, lots: documentsOf(first, chunks, header, met), documents: () => documents };
}

type Lines = Iterator<string | null, undefined>;

const NO_LINES: Lines = [].values();

/**
 * The lines of the file, those that end in a chunk together, to be taken before the next chunk is; null for one that is longer
 * than the limit, so that a file without line ends is not taken into memory. JSON may hold the other signs that Unicode
 * takes for line ends: only LF ends a line here. Lines are found in the bytes, which takes a sixth of the time of splitting
 * the text, and each is made text when it is asked for: texts that wait would outlive collections.
 */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Lines, undefined> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let tooLong = false;
  for await (const chunk of chunks) {
    if (chunk.includes(LF)) yield linesIn(chunk);
    else keep(chunk);
  }
  const last = tooLong ? null : Buffer.concat(rest).toString('utf8');
  if (last !== '') yield [last].values();

  function* linesIn(chunk: Buffer): Generator<string | null, undefined> {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const bytes = restBytes + end - start;
      const line = tooLong || bytes > MAX_DOCUMENT ? null : textOf(rest, chunk, start, end);
      rest = [];
      restBytes = 0;
      tooLong = false;
      start = end + 1;
      yield line;
    }
    keep(chunk.subarray(start));
  }

  function keep(end: Buffer): void {
    if (end.length > 0) rest.push(end);
    restBytes += end.length;
    if (restBytes <= MAX_DOCUMENT) return;
    rest = [];
    tooLong = true;
  }
}

const LF = 10;

/** The text from `start` to `end` of a chunk, after what the chunks before left of its line. */
function textOf(rest: readonly Buffer[], chunk: Buffer, start: number, end: number): string {
  if (rest.length === 0) return chunk.toString('utf8', start, end);
  return Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
}

async function* documentsOf(
  first: Lines,
  more: AsyncIterable<Lines>,
  header: SalesFileHeader,
  met: () => void,
): AsyncGenerator<FileLot> {
  const gathered = gathering();
  let lineNumber = 1;
  yield* taken(first);
  for await (const lines of more) yield* taken(lines);
  yield gathered.rest(null);

  function* taken(lines: Lines): Generator<FileLot> {
    for (let next = lines.next(); !next.done; next = lines.next()) {
      const line = next.value;
      lineNumber += 1;
      if (line?.trim() === '') continue;
      met();
      const item =
        line === null
          ? unreadableLine(null, lineNumber, { field: '', reason: `too-large: ${MAX_DOCUMENT}` })
          : parseLine(line, lineNumber, header);
      const lot = gathered.add(item);
      if (lot !== null) yield lot;
    }
  }
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
