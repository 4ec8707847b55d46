import { Failure } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Bytes } from './bytes.ts';
import { invoiceOfCii } from './cii.ts';
import { documentJson, type Invoice } from './en16931.ts';
import { textOf } from './encoding.ts';
import { headerOf } from './json-lines.ts';
import { attachedInvoice } from './pdf.ts';
import { MAX_DOCUMENT, type SalesFile } from './sales-file.ts';
import { type Element, treeOf } from './tree.ts';
import { invoiceOfUbl } from './ubl.ts';
import { unreadableDocument } from './unreadable.ts';

const CII = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100';
const UBL = /^urn:oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)-2$/;
/** Dates of an invoice are civil days already. */
const NO_ZONE = 'UTC';

/** Whether a root element is that of an invoice of EN 16931, in UBL 2.1 or in CII. */
export function isInvoice({ uri, local }: { readonly uri: string; readonly local: string }): boolean {
  return uri === CII ? local === 'CrossIndustryInvoice' : UBL.test(uri);
}

/** An invoice of EN 16931 as a file of one document; the shop is its seller. */
export async function openInvoice(bytes: Bytes): Promise<SalesFile> {
  let xml = '';
  for await (const text of textOf(bytes)) {
    if (typeof text !== 'string') throw notOurs(bytes.name, text.reason);
    xml += text;
    if (xml.length > MAX_DOCUMENT) throw notOurs(bytes.name, `too-large: ${MAX_DOCUMENT}`);
  }
  return invoiceFile(xml, bytes.name);
}

/** The same of the invoice that is attached to a PDF (Factur-X, ZUGFeRD). */
export async function openPdf(bytes: Bytes): Promise<SalesFile> {
  const xml = await attachedInvoice(bytes);
  if (xml === null) throw notOurs(bytes.name, 'no-invoice-attached');
  return invoiceFile(xml, bytes.name);
}

function invoiceFile(xml: string, name: string): SalesFile {
  const root = treeOf(xml.replace(/^\uFEFF/, ''), name);
  if (!isInvoice({ uri: root.uri, local: root.name })) throw notOurs(name, `other-root: ${root.name.slice(0, 60)}`);
  const invoice = root.uri === CII ? invoiceOfCii(root) : invoiceOfUbl(root);
  const { seller, currency } = invoice;
  const shop = { id: seller.vatNumber ?? seller.registration ?? seller.name ?? '', name: seller.name ?? '' };
  const header = headerOf(
    { format: 'comptoir-sales', version: '1.0', shop: { ...shop, currency, timeZone: NO_ZONE } },
    name,
  );
  const items = [itemOf(invoice, root)];
  return { format: 'invoice', header, lots: lots(items), documents: () => items.length };
}

async function* lots(items: readonly ReadItem[]) {
  yield { items, broken: null };
}

function itemOf(invoice: Invoice, { line }: Element): ReadItem {
  let json: unknown = { key: `sale/${invoice.number}`, order: { id: invoice.number } };
  try {
    json = documentJson(invoice);
    return { state: 'read', document: readDocument(json, NO_ZONE), raw: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return unreadableDocument(json, { line, column: 1 }, { field: error.path, reason: error.reason });
  }
}

function notOurs(path: string, reason: string): Failure {
  return new Failure('file.not-comptoir-sales', { path, field: '', reason });
}
