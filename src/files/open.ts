import { Failure } from '../core/problem.ts';
import { type Bytes, openBytes } from './bytes.ts';
import { openCsv } from './csv/open.ts';
import { type CsvContext, type CsvTable, tableOf } from './csv/table.ts';
import { isInvoice, openInvoice, openPdf } from './invoice.ts';
import { openJson } from './json.ts';
import { openJsonLines } from './json-lines.ts';
import type { SalesFile } from './sales-file.ts';
import { openXml, rootOf } from './xml.ts';

/** What is known of a file beside its bytes; a CSV needs it. */
export type FileContext = CsvContext & {
  /** What messages call it. */
  readonly name?: string | undefined;
  /** The profile's zone. */
  readonly timeZone?: string | null;
};

/**
 * Opens a file of sales, whatever its name is: what it holds tells what it is. XML and JSON of `comptoir-sales`, its JSON
 * Lines, invoices of EN 16931 in UBL, CII or inside a PDF, and CSV, packed by gzip or not. A file of another kind is a
 * failure, which says its name.
 */
export async function openSalesFile(
  path: string,
  signal: AbortSignal,
  context: FileContext = { kind: 'sale' },
): Promise<SalesFile> {
  const { bytes, table } = await lookAt(path, signal, context);
  if (table !== null) return openCsv(bytes, table, context.timeZone ?? null);
  if (bytes.head.subarray(0, 1024).includes('%PDF-')) return openPdf(bytes);
  if (isXml(bytes.head)) return (await isInvoiceFile(bytes)) ? openInvoice(bytes) : openXml(bytes);
  return isOneObject(bytes.head) ? openJson(bytes) : openJsonLines(bytes);
}

/** A file and, where it is a CSV, how it would be read. */
export async function lookAt(
  path: string,
  signal: AbortSignal,
  context: FileContext,
): Promise<{ readonly bytes: Bytes; readonly table: CsvTable | null }> {
  const bytes = await openBytes(path, signal, context.name ?? path);
  if (bytes.head.length > 3 && bytes.head.subarray(0, 4).equals(ZIP)) {
    throw new Failure('file.not-comptoir-sales', { path: bytes.name, field: '', reason: 'zip-or-spreadsheet' });
  }
  const known =
    bytes.head.subarray(0, 1024).includes('%PDF-') || isXml(bytes.head) || /^[\uFEFF\s]*\{/.test(textOf(bytes.head));
  return { bytes, table: known ? null : await tableOf(bytes, context) };
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');

async function isInvoiceFile(bytes: Bytes): Promise<boolean> {
  const root = await rootOf(bytes);
  return root !== null && isInvoice(root);
}

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
