import type { Bytes } from './bytes.ts';

/** A text that does not hold what its encoding says. */
export type Garbled = { readonly reason: string };

/** Encodings that shops still write, by the names their files give them; the first one is the common one. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252', // as browsers read it: what it lacks are control characters
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  'cp-1252': 'windows-1252',
};

/** Bytes made text at once: what is cut from a text keeps all of it in memory, so that it had better be small. */
const PIECE = 1 << 14;

/**
 * The text of an XML file, in small pieces: in the encoding of its byte order mark, else of its declaration, else UTF-8. Ends with why it is
 * garbled when it is.
 */
export async function* textOf({ head, all }: Bytes): AsyncGenerator<string | Garbled> {
  const named = markOf(head) ?? declared(head);
  const encoding = ENCODINGS[named];
  if (encoding === undefined) return yield { reason: `unknown-encoding: ${named}` };
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of all()) {
      for (let at = 0; at < chunk.length; at += PIECE)
        yield decoder.decode(chunk.subarray(at, at + PIECE), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    yield { reason: `garbled: ${named}` };
  }
}

function markOf(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb ? 'utf-8' : null;
}

function declared(head: Buffer): string {
  const [, name = 'utf-8'] =
    /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(head.toString('latin1')) ?? [];
  return name.toLowerCase();
}
