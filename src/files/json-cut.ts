import { MAX_DOCUMENT, type Place } from './sales-file.ts';

/** A piece of a file that is one JSON object. */
export type Cut =
  /** All that is no document: as it stands before the first one (closed, so that it is JSON), and at the end (`last`). */
  | { readonly kind: 'header'; readonly text: string; readonly last: boolean; readonly place: Place }
  /** An element of the list `documents`; null: larger than may be. */
  | { readonly kind: 'document'; readonly text: string | null; readonly place: Place }
  | { readonly kind: 'broken'; readonly place: Place; readonly reason: string };

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const OPEN = 0x7b;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;
/** Of all that is no document, and of the name of a field that is looked at. */
const MAX_HEADER = 1 << 20;
const MAX_NAME = 32;

/**
 * Cuts a JSON object into its documents, looking at brackets and strings alone: what stands between them is for
 * `JSON.parse`, which is many times as fast as a parser that makes an event of every value, and judges it all the same.
 */
export async function* cut(chunks: AsyncIterable<Buffer>): AsyncGenerator<Cut> {
  let [line, lineStart, offset] = [1, 0, 0];
  let [depth, inString, escaped] = [0, false, false];
  let name = ''; // of the field of the object itself that was met last
  let state: 'header' | 'documents' | 'tail' | 'end' = 'header';
  const header = piece(MAX_HEADER);
  let document: { readonly place: Place; readonly text: ReturnType<typeof piece> } | null = null;

  for await (const chunk of chunks) {
    let start = 0; // of what no piece has yet
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === LF) {
        line += 1;
        lineStart = offset + at + 1;
      }
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        else if (depth === 1 && name.length < MAX_NAME) name += String.fromCharCode(byte);
        continue;
      }
      if (byte <= 0x20) continue;
      const place = { line, column: offset + at - lineStart + 1 };
      if (state === 'end' || (depth === 0 && byte !== OPEN)) {
        if (byte === 0xef || byte === 0xbb || byte === 0xbf) continue; // a byte order mark
        return yield { kind: 'broken', place, reason: 'not-json' };
      }
      if (state === 'documents' && depth === 2 && byte !== COMMA && byte !== CLOSE_LIST && document === null) {
        document = { place, text: piece(MAX_DOCUMENT) };
        start = at;
      }
      if (byte === QUOTE) {
        inString = true;
        if (depth === 1) name = '';
      } else if (byte === OPEN || byte === OPEN_LIST) {
        depth += 1;
        if (state === 'header' && depth === 2 && byte === OPEN_LIST && name === 'documents') {
          header.add(chunk.subarray(start, at + 1));
          yield { kind: 'header', text: `${header.text() ?? ''}]}`, last: false, place };
          state = 'documents';
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST || byte === COMMA) {
        if (byte !== COMMA) depth -= 1;
        const ended = byte === COMMA ? depth === 2 : depth === 1; // a value that is no object ends before the sign
        if (document !== null && (ended || depth === 2)) {
          document.text.add(chunk.subarray(start, ended ? at : at + 1));
          yield { kind: 'document', text: document.text.text(), place: document.place };
          document = null;
        }
        if (state === 'documents' && depth === 1) {
          state = 'tail';
          start = at;
        }
        if (depth === 0) {
          header.add(chunk.subarray(start, at + 1));
          state = 'end';
        }
      }
    }
    if (document !== null) document.text.add(chunk.subarray(start));
    else if (state === 'header' || state === 'tail') header.add(chunk.subarray(start));
    offset += chunk.length;
  }
  const place = { line, column: offset - lineStart + 1 };
  if (state !== 'end') return yield { kind: 'broken', place, reason: 'cut-off' };
  const text = header.text();
  if (text === null) yield { kind: 'broken', place, reason: `too-large: ${MAX_HEADER}` };
  else yield { kind: 'header', text, last: true, place };
}

/** Bytes gathered into a text; null once they are more than may be. */
function piece(max: number) {
  let pieces: Buffer[] = [];
  let bytes = 0;
  return {
    add: (more: Buffer) => {
      bytes += more.length;
      if (bytes <= max) pieces.push(more);
      else pieces = [];
    },
    text: () => (bytes > max ? null : Buffer.concat(pieces).toString('utf8')),
  };
}
