import { decimalText } from '../core/decimal.ts';
import { type DocumentKind, type SalesDocument, sourceOf } from '../core/document.ts';
import { Failure } from '../core/problem.ts';
import { openSalesFile } from './open.ts';
import type { FileFormat } from './sales-file.ts';

/** What the beginning of a file tells before it is sent whole: what it is, of which shop, its first document of a kind. */
export type Peeked = {
  readonly format: FileFormat;
  readonly shop: string;
  readonly first: {
    readonly order: string;
    readonly date: string;
    readonly gross: string;
    readonly currency: string;
  } | null;
};

/** Looks at a file that may be cut off anywhere. One that is no file of sales is a failure, which says `name`. */
export async function peekSalesFile(
  path: string,
  kind: DocumentKind,
  name: string,
  signal: AbortSignal,
): Promise<Peeked> {
  const { format, header, lots } = await openSalesFile(path, signal, { kind, name });
  const { shop } = header;
  return { format, shop: shop.name ?? shop.id, first: await firstOf(lots, kind) };
}

async function firstOf(
  lots: Awaited<ReturnType<typeof openSalesFile>>['lots'],
  kind: DocumentKind,
): Promise<Peeked['first']> {
  try {
    for await (const { items } of lots) {
      for (const item of items) if (item.state === 'read' && item.document.kind === kind) return shown(item.document);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error; // a packed file that is cut off: what came before is known
  }
  return null;
}

function shown(document: SalesDocument): Peeked['first'] {
  const { creditNote, order, totals, currency } = document;
  const date = creditNote?.date ?? order.date;
  return { order: sourceOf(document).number, date, gross: decimalText(totals.gross, 2), currency: currency.code };
}
