import { decimal, decimalText } from '../core/decimal.ts';
import type { SalesDocument, WholeOrder } from '../core/document.ts';
import type { Problem } from '../core/problem.ts';
import { readDocument } from '../schema/sales-document.ts';
import { documentToJson } from '../schema/sales-json.ts';
import type { ReadItem } from '../shops/reader.ts';

/** A canonical document with what the reader knew beside it, kept until its review is closed or its read has ended. */
type Kept = {
  readonly document: unknown;
  readonly taxCountry: string | null;
  readonly tolerance: string | null;
  readonly wholeOrder: {
    readonly saleParts: number;
    readonly sales: string;
    readonly creditNotes: string;
    readonly paidIn: string;
    readonly paidOut: string;
    readonly firstMethod: string | null;
  } | null;
  readonly remarks: readonly Problem[];
};

export function keptDocument(document: SalesDocument): string {
  const { wholeOrder } = document;
  const kept: Kept = {
    document: documentToJson(document),
    taxCountry: document.taxCountry,
    tolerance: document.tolerance && decimalText(document.tolerance),
    wholeOrder: wholeOrder && {
      saleParts: wholeOrder.saleParts,
      sales: decimalText(wholeOrder.sales),
      creditNotes: decimalText(wholeOrder.creditNotes),
      paidIn: decimalText(wholeOrder.paidIn),
      paidOut: decimalText(wholeOrder.paidOut),
      firstMethod: wholeOrder.firstMethod ?? null,
    },
    remarks: document.remarks,
  };
  return JSON.stringify(kept);
}

/** An item of a reader as text, without its raw record: that is kept elsewhere, or not at all. */
export function keptItem(item: ReadItem): string {
  return item.state === 'read' ? keptDocument(item.document) : JSON.stringify({ ...item, raw: null });
}

export function itemOfKept(text: string): ReadItem {
  if (text.startsWith('{"document":')) return { state: 'read', document: documentOfKept(text), raw: null };
  return JSON.parse(text) as ReadItem; // an unreadable one, written by keptItem
}

export function documentOfKept(text: string): SalesDocument {
  const kept = JSON.parse(text) as Kept; // written by keptDocument; the document itself goes through its own door
  const document = readDocument(kept.document, 'UTC'); // only days are kept: the zone does not matter
  return {
    ...document,
    taxCountry: kept.taxCountry,
    tolerance: kept.tolerance === null ? null : decimal(kept.tolerance),
    wholeOrder: kept.wholeOrder && wholeOrder(kept.wholeOrder),
    remarks: kept.remarks,
  };
}

function wholeOrder(kept: NonNullable<Kept['wholeOrder']>): WholeOrder {
  return {
    saleParts: kept.saleParts,
    sales: decimal(kept.sales),
    creditNotes: decimal(kept.creditNotes),
    paidIn: decimal(kept.paidIn),
    paidOut: decimal(kept.paidOut),
    firstMethod: kept.firstMethod,
  };
}
