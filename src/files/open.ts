import { type Bytes, openBytes } from './bytes.ts';
import { isInvoice, openInvoice, openPdf } from './invoice.ts';
import { openJson } from './json.ts';
import { openJsonLines } from './json-lines.ts';
import type { SalesFile } from './sales-file.ts';
import { openXml, rootOf } from './xml.ts';

/**
 * Opens a file of sales, whatever its name is: what it holds tells what it is. XML and JSON of `comptoir-sales`, its JSON
 * Lines, and invoices of EN 16931 in UBL, CII or inside a PDF, packed by gzip or not. A file of another kind is a failure, which says `name`.
 */
export async function openSalesFile(path: string, signal: AbortSignal, name = path): Promise<SalesFile> {
  const bytes = await openBytes(path, signal, name);
  if (bytes.head.subarray(0, 1024).includes('%PDF-')) return openPdf(bytes);
  if (isXml(bytes.head)) return (await isInvoiceFile(bytes)) ? openInvoice(bytes) : openXml(bytes);
  return isOneObject(bytes.head) ? openJson(bytes) : openJsonLines(bytes);
}

async function isInvoiceFile(bytes: Bytes): Promise<boolean> {
  const root = await rootOf(bytes);
  return root !== null && isInvoice(root);
}

function isXml(head: Buffer): boolean {
  if (head[0] === 0xff || head[0] === 0xfe) return true; // UTF-16, which JSON is never written in
  return /^\uFEFF?\s*</.test(head.toString('utf8', 0, 1024));
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
