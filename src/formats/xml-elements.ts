import type { ReadFault } from './format.ts';

/** An element of a file as text, from its tag to its end, and the line that it starts in. */
export type ElementText = { readonly type: 'element'; readonly text: string; readonly lineNumber: number };

/** Longest element, and longest text between two. */
const MAX_LENGTH = 1_000_000;

/**
 * The elements of one name in an XML file of UTF-8, a batch at a time, so that no file stands in memory as a whole. They
 * are not within one another. What stands around them must be made of `around` alone, which names no document type; after
 * what is neither, nothing more is read.
 */
export async function* elementsOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  { name, around }: { readonly name: string; readonly around: RegExp },
): AsyncGenerator<readonly (ElementText | ReadFault)[]> {
  const open = `<${name}>`;
  const close = `</${name}>`;
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let lineNumber = 1;
  let over = false;
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    yield take();
    if (over) return;
  }
  rest += decoder.decode();
  yield [...take(), ...ended()];

  function take(): readonly (ElementText | ReadFault)[] {
    const found: (ElementText | ReadFault)[] = [];
    let at = 0;
    while (!over) {
      const start = rest.indexOf(open, at);
      const end = start < 0 ? -1 : rest.indexOf(close, start);
      if (end < 0) {
        if (rest.length - at > MAX_LENGTH) found.push(...wrong(rest.slice(at)));
        break;
      }
      found.push(...outside(rest.slice(at, start)));
      if (over) break;
      at = end + close.length;
      const text = rest.slice(start, at);
      found.push({ type: 'element', text, lineNumber });
      lineNumber += linesIn(text);
    }
    rest = rest.slice(at);
    return found;
  }

  /** Counts the lines of what stands outside, up to what has no place there. */
  function outside(text: string): readonly ReadFault[] {
    if (text.trim() === '') {
      lineNumber += linesIn(text);
      return [];
    }
    const strange = text.replaceAll(around, (part) => '\n'.repeat(linesIn(part)));
    const from = strange.search(/\S/);
    lineNumber += linesIn(from < 0 ? strange : strange.slice(0, from));
    return from < 0 ? [] : wrong(strange.slice(from));
  }

  function ended(): readonly ReadFault[] {
    if (over) return [];
    const strange = outside(rest);
    return strange.length > 0 || /<\/[^<>]+>\s*$/.test(rest) ? strange : wrong('');
  }

  function wrong(text: string): readonly ReadFault[] {
    over = true;
    return [
      { type: 'fault', lineNumber, column: null, expected: `${open} or its end`, found: text.trim().slice(0, 80) },
    ];
  }
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
