import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Report } from './findings.ts';

export type FecLine = { readonly text: string; readonly number: number };

/** A line of a FEC is a few hundred bytes; one without an end must not fill the memory. */
const MAX_LINE = 1 << 20;
const LF = 0x0a;
const CR = 0x0d;
const CTRL_Z = 0x1a;

/**
 * The lines of a file, a batch a chunk, their bytes looked at: the law takes ASCII, ISO 8859-15 and UTF-8, one for the
 * whole file. LF ends a line, with a CR before it or not; CR alone does where the first one shows no LF.
 */
export async function* fecLines(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  report: Report,
): AsyncGenerator<readonly FecLine[]> {
  let rest = Buffer.alloc(0);
  let number = 0;
  let end: number | null = null;
  let first: 'crlf' | 'lf' | null = null;
  let endsDiffer = false;
  let charset: 'utf-8' | 'iso-8859-15' | null = null;

  for await (const chunk of bytes) {
    const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (number === 0 && isWide(joined)) {
      report('encoding', { line: 1, value: 'UTF-16' });
      return;
    }
    end ??= joined.includes(LF) ? LF : joined.subarray(0, -1).includes(CR) ? CR : null; // a CR at the end may still get its LF
    yield take(joined, end);
    if (rest.length > MAX_LINE) {
      report('line-too-long', { line: number + 1, values: { most: String(MAX_LINE) } });
      return;
    }
  }
  if (rest.length === 0 || (rest.length === 1 && rest[0] === CTRL_Z)) return;
  yield [lineOf(rest.at(-1) === CR ? rest.subarray(0, -1) : rest)];

  function take(joined: Buffer, ended: number | null): FecLine[] {
    const lines: FecLine[] = [];
    let at = 0;
    for (let to = ended === null ? -1 : joined.indexOf(ended); to >= 0; to = joined.indexOf(ended ?? LF, at)) {
      const withCr = ended === LF && to > at && joined[to - 1] === CR;
      if (ended === LF) sameEnds(withCr, number + 1);
      lines.push(lineOf(joined.subarray(at, withCr ? to - 1 : to)));
      at = to + 1;
    }
    rest = Buffer.from(joined.subarray(at)); // the chunk is overwritten by the next
    return lines;
  }

  function sameEnds(withCr: boolean, line: number): void {
    const found = withCr ? 'crlf' : 'lf';
    first ??= found;
    if (found === first || endsDiffer) return;
    endsDiffer = true;
    report('line-ends', { line });
  }

  function lineOf(raw: Buffer): FecLine {
    number += 1;
    const text = decoded(raw, number);
    const strange = UNWANTED.exec(text);
    if (strange !== null) report('control-character', { line: number, ...placeOf(text, strange.index) });
    return { text, number };
  }

  function decoded(raw: Buffer, line: number): string {
    if (isAscii(raw)) return raw.toString('latin1');
    const found = isUtf8(raw) ? 'utf-8' : 'iso-8859-15';
    const text = found === 'utf-8' ? raw.toString('utf8') : iconv.decode(raw, 'iso-8859-15');
    if (charset === null) charset = found;
    else if (charset !== found) report('mixed-encoding', { line, ...placeOf(text, BEYOND.exec(text)?.index ?? 0) });
    if (found === 'iso-8859-15') {
      const odd = C1.exec(text);
      if (odd !== null) report('encoding', { line, ...placeOf(text, odd.index), value: 'windows-1252' });
    } else {
      const lost = text.indexOf('\ufffd');
      if (lost >= 0) report('lost-character', { line, ...placeOf(text, lost) });
    }
    return text;
  }
}

/** Which cell of a line a character stands in. */
function placeOf(text: string, index: number): { readonly place: number; readonly value: string } {
  const separator = text.includes('\t') ? '\t' : '|';
  const place = text.slice(0, index).split(separator).length;
  return { place, value: text.split(separator)[place - 1] ?? '' };
}

/** UTF-16 by its mark, or by the zeros that stand between its letters. */
function isWide(start: Buffer): boolean {
  return (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff) || start[1] === 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for.
const UNWANTED = /[\x00-\x08\x0b-\x1f\x7f]/;
const C1 = /[\x80-\x9f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII.
const BEYOND = /[^\x00-\x7f]/;
