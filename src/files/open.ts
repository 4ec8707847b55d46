import { basename } from 'node:path';
import { Failure } from '../core/problem.ts';
import { type Bytes, bytesOf, openBytes } from './bytes.ts';
import type { CsvContext, CsvTable } from './csv/table.ts';
import { openJsonLines } from './json-lines.ts';
import type { SalesFile } from './sales-file.ts';
import { openSeveral, type Part } from './several.ts';

/** What is known of a file beside its bytes; a CSV needs it. */
export type FileContext = CsvContext & {
  /** What messages call it. */
  readonly name?: string | undefined;
  /** The profile's zone. */
  readonly timeZone?: string | null;
};

/**
 * Opens a file of sales, whatever its name is: what it holds tells what it is. XML and JSON of `comptoir-sales`, its JSON
 * Lines, invoices of EN 16931 in UBL, CII or inside a PDF, and CSV, packed by gzip or not, and archives (zip) of them. A
 * file of another kind is a failure, which says its name. `more`: files that go with it, each for itself. Each kind is loaded
 * when such a file is met.
 */
export async function openSalesFile(
  path: string,
  signal: AbortSignal,
  context: FileContext = { kind: 'sale' },
  more: readonly string[] = [],
): Promise<SalesFile> {
  const open = async (file: string, name: string) => opened(await openBytes(file, signal, name), { ...context, name });
  const name = context.name ?? path;
  if (more.length === 0) return open(path, name);
  return openSeveral(parts(), name, context.kind);

  async function* parts(): AsyncGenerator<Part> {
    for (const [at, file] of [path, ...more].entries()) {
      const called = at === 0 ? name : basename(file);
      yield { name: called, open: () => open(file, called) };
    }
  }
}

async function opened(bytes: Bytes, context: FileContext): Promise<SalesFile> {
  if (isZip(bytes.head)) {
    const { isSpreadsheet } = await import('./zip.ts');
    if (isSpreadsheet(bytes.head)) throw notOurs(bytes.name, 'spreadsheet');
    return openSeveral(partsOf(bytes, context), bytes.name, context.kind);
  }
  const table = await tableIn(bytes, context);
  if (table !== null) return (await import('./csv/open.ts')).openCsv(bytes, table, context.timeZone ?? null);
  if (bytes.head.subarray(0, 1024).includes('%PDF-')) return (await import('./invoice.ts')).openPdf(bytes);
  if (isXml(bytes.head)) return openXmlOrInvoice(bytes);
  return isOneObject(bytes.head) ? (await import('./json.ts')).openJson(bytes) : openJsonLines(bytes);
}

async function openXmlOrInvoice(bytes: Bytes): Promise<SalesFile> {
  const { openXml, rootOf } = await import('./xml.ts');
  const { isInvoice, openInvoice } = await import('./invoice.ts');
  const root = await rootOf(bytes);
  return root !== null && isInvoice(root) ? openInvoice(bytes) : openXml(bytes);
}

/** The files of an archive; one inside another is not opened. */
async function* partsOf(zip: Bytes, context: FileContext): AsyncGenerator<Part> {
  const { entriesOf } = await import('./zip.ts');
  for await (const entry of entriesOf(zip)) {
    const open = async (): Promise<SalesFile> => {
      if (!('bytes' in entry)) throw notOurs(entry.name, entry.reason);
      if (isZip(entry.bytes)) throw notOurs(entry.name, 'zip-in-zip');
      return opened(bytesOf(entry.name, entry.bytes), { ...context, name: entry.name });
    };
    yield { name: entry.name, open };
  }
}

function notOurs(path: string, reason: string): Failure {
  return new Failure('file.not-comptoir-sales', { path, field: '', reason });
}

/** A file and, where it is a CSV, how it would be read. */
export async function lookAt(
  path: string,
  signal: AbortSignal,
  context: FileContext,
): Promise<{ readonly bytes: Bytes; readonly table: CsvTable | null }> {
  const bytes = await openBytes(path, signal, context.name ?? path);
  return { bytes, table: isZip(bytes.head) ? null : await tableIn(bytes, context) };
}

async function tableIn(bytes: Bytes, context: FileContext): Promise<CsvTable | null> {
  const { head } = bytes;
  const known = head.subarray(0, 1024).includes('%PDF-') || isXml(head) || /^[\uFEFF\s]*\{/.test(textOf(head));
  return known ? null : (await import('./csv/table.ts')).tableOf(bytes, context);
}

function isZip(bytes: Buffer): boolean {
  return [ZIP, EMPTY_ZIP].some((sign) => bytes.subarray(0, sign.length).equals(sign));
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1');

function isXml(head: Buffer): boolean {
  return /^\uFEFF?\s*</.test(textOf(head));
}

/** The beginning as text, in UTF-16 where it is marked so. */
function textOf(head: Buffer): string {
  const first = head.subarray(0, 1024);
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be').decode(first);
  return first.toString(first[0] === 0xff && first[1] === 0xfe ? 'utf16le' : 'utf8');
}

/** A first line that is a whole object without `documents` is the header of JSON Lines. */
function isOneObject(head: Buffer): boolean {
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (!/^\s*\{/.test(text)) return false;
  const [line = ''] = text.trimStart().split('\n', 1);
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null && 'documents' in json;
  } catch (error) {
    if (error instanceof SyntaxError) return /"documents"\s*:/.test(text) || line.trim() === '{';
    throw error;
  }
}
