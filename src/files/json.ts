import { Failure } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument, type SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Bytes } from './bytes.ts';
import { type Cut, cut } from './json-cut.ts';
import { headerOf } from './json-lines.ts';
import { gathering } from './lots.ts';
import { type FileLot, MAX_DOCUMENT, type SalesFile } from './sales-file.ts';
import { unreadableDocument } from './unreadable.ts';

/**
 * `comptoir-sales` as one JSON object with its `documents`. It is read twice: once as far as the header goes, which may
 * stand behind the documents, and once for them. A document is never in memory with another.
 */
export async function openJson(bytes: Bytes): Promise<SalesFile> {
  const header = await readHeaderOf(bytes);
  let documents = 0;
  const lots = documentsOf(bytes, header, () => {
    documents += 1;
  });
  return { format: 'json', header, lots, documents: () => documents };
}

async function readHeaderOf({ name, all }: Bytes): Promise<SalesFileHeader> {
  for await (const piece of cut(all())) {
    if (piece.kind === 'broken') throw notOurs(name, piece.reason);
    if (piece.kind === 'document') continue;
    const json = parsed(piece.text.replace(/^\uFEFF/, ''));
    if (typeof json !== 'object' || json === null) throw notOurs(name, 'not-json');
    const { documents, ...header } = json as Record<string, unknown>; // just checked
    if (!piece.last && !Object.hasOwn(header, 'shop')) continue; // it may come behind them
    if (documents === undefined) throw notOurs(name, 'missing', 'documents');
    return headerOf(header, name);
  }
  throw notOurs(name, 'not-json');
}

async function* documentsOf(bytes: Bytes, header: SalesFileHeader, met: () => void): AsyncGenerator<FileLot> {
  const gathered = gathering();
  for await (const piece of cut(bytes.all())) {
    if (piece.kind === 'header') {
      if (!piece.last || parsed(piece.text.replace(/^\uFEFF/, '')) !== undefined) continue;
      yield gathered.rest({ ...piece.place, reason: 'not-json' });
      return;
    }
    if (piece.kind === 'broken') {
      yield gathered.rest({ ...piece.place, reason: piece.reason });
      return;
    }
    met();
    const lot = gathered.add(documentOf(piece, header));
    if (lot !== null) yield lot;
  }
  yield gathered.rest(null);
}

function documentOf({ text, place }: Extract<Cut, { kind: 'document' }>, header: SalesFileHeader): ReadItem {
  if (text === null) return unreadableDocument(null, place, { field: '', reason: `too-large: ${MAX_DOCUMENT}` });
  const json = parsed(text);
  if (json === undefined) return unreadableDocument(null, place, { field: '', reason: 'not-json' });
  try {
    return { state: 'read', document: readDocument(json, header.shop.timeZone), raw: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return unreadableDocument(json, place, { field: error.path, reason: error.reason });
  }
}

/** What JSON spells; undefined is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function notOurs(path: string, reason: string, field = ''): Failure {
  return new Failure('file.not-comptoir-sales', { path, field, reason });
}
