import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { Bytes } from '../bytes.ts';

/** Why a text ends before its file: what it holds is not of its encoding. */
export type Garbled = { readonly garbled: string };

export type Encoding = Exclude<CsvLayout['encoding'], 'auto'>;

/**
 * The encoding of a text: by its byte order mark, by the zeros of a UTF-16 without one, UTF-8 where the whole file is
 * valid, else what Windows writes in Western Europe. The whole file is looked at: its only accent may stand at its end.
 */
export async function encodingOf({ head, all }: Bytes): Promise<Encoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = (odd: number) => head.subarray(0, 400).filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (head.length > 3 && zeros(1) * 4 > Math.min(head.length, 400)) return 'utf-16le';
  if (head.length > 3 && zeros(0) * 4 > Math.min(head.length, 400)) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of all()) decoder.decode(chunk, { stream: true });
    return 'utf-8'; // a file that is looked at by its beginning may end within a character
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return 'windows-1252';
  }
}

/** The text of a file; ends with why it is garbled when it is. */
export async function* textIn({ all }: Pick<Bytes, 'all'>, encoding: Encoding): AsyncGenerator<string | Garbled> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of all()) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    yield { garbled: encoding };
  }
}

/** The text of the first bytes, without the character and the line they may break off in. */
export function headText({ head }: Pick<Bytes, 'head'>, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}
