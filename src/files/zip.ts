import { Unzip, UnzipInflate } from 'fflate';
import { MAX_PART_MEGABYTES } from '../schema/archive.ts';
import type { Bytes } from './bytes.ts';

/** A file out of an archive, whole in memory; or why it is not taken, as the key of a word. */
export type ZipEntry =
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly name: string; readonly reason: string };

const MAX_ENTRIES = 10_000;
/** Of one file: invoices stay far below; a larger one is packed by gzip on its own. */
const MAX_ENTRY = MAX_PART_MEGABYTES * 1024 * 1024;
const MAX_UNPACKED = 4 * 1024 ** 3;
/** What unfolds to more than so many times its size was made to fill a machine. */
const MAX_RATIO = 200;
/** Pushed at once: an archive unfolds at most a thousandfold while nothing else happens. */
const PIECE = 16 * 1024;

/**
 * The files of an archive one after another, each whole in memory and gone before the next. Nothing is written to the
 * disk, so what an entry calls itself leads nowhere: it is only what messages name it by.
 */
export async function* entriesOf({ name, all }: Bytes): AsyncGenerator<ZipEntry> {
  const done: ZipEntry[] = [];
  let [entries, packed, unpacked, open] = [0, 0, 0, 0];
  let stop: string | null = null;
  const unzip = new Unzip((file) => {
    if (passedOver(file.name)) return;
    entries += 1;
    if (entries > MAX_ENTRIES) stop ??= `zip-entries: ${MAX_ENTRIES}`;
    const chunks: Uint8Array[] = [];
    let size = 0;
    let given = false;
    open += 1;
    const give = (entry: ZipEntry) => {
      if (given) return;
      given = true;
      open -= 1;
      done.push(entry);
    };
    const called = file.name.slice(-120);
    file.ondata = (error, data, final) => {
      if (given) return;
      if (error !== null) return give({ name: called, reason: 'zip-broken' });
      size += data.length;
      unpacked += data.length;
      if (size > MAX_ENTRY) return give({ name: called, reason: `too-large: ${MAX_ENTRY}` });
      chunks.push(data);
      if (final) give({ name: called, bytes: Buffer.concat(chunks) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of all()) {
      for (let at = 0; at < chunk.length && stop === null; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        packed += piece.length;
        unzip.push(piece);
        if (unpacked > MAX_UNPACKED) stop = `too-large: ${MAX_UNPACKED}`;
        if (unpacked > MAX_RATIO * packed + MAX_ENTRY) stop = `zip-ratio: ${MAX_RATIO}`;
        yield* done.splice(0);
      }
      if (stop !== null) break;
    }
    if (stop === null) unzip.push(new Uint8Array(), true); // says so when the last file is not whole
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'number')) throw error; // fflate numbers its errors
    stop ??= 'zip-broken';
  }
  yield* done.splice(0);
  if (stop === null && open > 0) stop = 'cut-off';
  if (stop !== null) yield { name, reason: stop };
}

/** Folders, and what systems put beside files. */
function passedOver(name: string): boolean {
  return name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.[^./])/.test(name);
}

/** The file of a spreadsheet is an archive too. */
export function isSpreadsheet(head: Buffer): boolean {
  return head.includes('[Content_Types].xml') || head.includes('mimetypeapplication/vnd.oasis');
}
