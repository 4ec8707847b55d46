import type { Named, SalesDocument } from '../core/document.ts';
import type { Batch } from './resume.ts';

/**
 * Payment methods that the profile declares because no shop lists them (EBAY, CDISCOUNT): orders of marketplaces come in
 * through one module, whichever the marketplace, and its name is only what the payment is called. Such a payment goes by
 * the declared name in the mappings, and so does what goes by the order's first method.
 */
export async function* withExtraMethods(
  batches: AsyncGenerator<Batch>,
  extra: readonly string[],
): AsyncGenerator<Batch> {
  const declared = new Map(extra.map((name) => [plain(name), name]));
  for await (const batch of batches) {
    const items = batch.items.map((item) =>
      item.state === 'read' ? { ...item, document: renamed(item.document, declared) } : item,
    );
    yield { ...batch, items };
  }
}

function renamed(document: SalesDocument, declared: ReadonlyMap<string, string>): SalesDocument {
  const others = new Map<string, string>();
  const payments = document.payments.map((payment) => {
    const name = nameOf(payment.method, declared);
    if (name === undefined) return payment;
    others.set(payment.method.id, name);
    return { ...payment, method: { id: name, name: payment.method.name } };
  });
  if (others.size === 0) return document;
  const { wholeOrder } = document;
  const first = wholeOrder?.firstMethod ?? null;
  const renamedFirst = first === null ? null : (others.get(first) ?? first);
  return { ...document, payments, wholeOrder: wholeOrder && { ...wholeOrder, firstMethod: renamedFirst } };
}

function nameOf(method: Named, declared: ReadonlyMap<string, string>): string | undefined {
  return method.name === null ? undefined : declared.get(plain(method.name));
}

/** People write EBAY where the shop says eBay. */
function plain(name: string): string {
  return name.trim().toLowerCase();
}
