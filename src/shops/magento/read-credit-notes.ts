import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import type { MagentoClient } from './client.ts';
import { companionsOf, idIn, type Parsed, parsedOf, type RecordOf, transactionsIn } from './companions.ts';
import { creditNotesOf } from './credit-note.ts';
import { CANCELLED } from './credits.ts';
import { isWithin, storeFilters, timeFilters } from './period.ts';
import { notices, pagesOf, unreadable, withGap } from './read.ts';
import type { MagentoContext } from './sale.ts';

/**
 * Credit notes by their own day, each page with its orders and all credit memos of these, since what an amount gives back
 * depends on the earlier ones.
 */
export async function* readCreditNotes(client: MagentoClient, request: ReadRequest): AsyncGenerator<ReadEvent> {
  const { timeZone, options, changedSince } = request;
  const context: MagentoContext = { timeZone, options };
  const companions = companionsOf(client, request.signal);
  const standing = { field: 'state', value: String(CANCELLED), condition: 'neq' };
  const filters = [...timeFilters(request), ...storeFilters(request), standing];
  for await (const step of pagesOf(client, request, { phase: 'creditmemos', path: 'creditmemos', filters })) {
    if (step.type !== 'records') {
      yield step;
      continue;
    }
    const orderIds = [...new Set(step.records.flatMap((record) => idIn(record, 'order_id') ?? []))];
    const found = {
      orders: await companions.orders(orderIds),
      creditMemos: await companions.creditMemos(orderIds),
      invoices: await companions.invoices(orderIds),
      transactions: await companions.transactions(orderIds),
    };
    yield* notices(companions);
    const made = new Map<string, ReadonlyMap<string, ReadItem>>();
    for (const raw of step.records) {
      const id = idIn(raw, 'entity_id');
      const orderId = idIn(raw, 'order_id');
      if (orderId !== null && !made.has(orderId)) made.set(orderId, notesOf(orderId));
      const item = made.get(orderId ?? '')?.get(id ?? '');
      if (item !== undefined) {
        if (isWanted(item)) yield { type: 'item', item };
        continue;
      }
      const parsed = parsedOf('creditmemos', raw, options);
      const reason = parsed.ok ? { field: 'order_id', reason: `order-gone: ${orderId ?? '?'}` } : parsed.reason;
      yield { type: 'item', item: unreadable('creditNote', `creditNote/${id ?? '?'}`, orderId, raw, reason) };
    }

    function notesOf(orderId: string): ReadonlyMap<string, ReadItem> {
      const rawOrder = found.orders.get(orderId);
      const rawMemos = found.creditMemos?.get(orderId) ?? [];
      if (rawOrder === undefined) return new Map();
      const order = parsedOf('orders', rawOrder, options);
      const memos = rawMemos.map((memo) => parsedOf('creditmemos', memo, options));
      const broken = memos.find((memo) => !memo.ok);
      const raw = { order: rawOrder, creditMemos: rawMemos };
      if (!order.ok || broken !== undefined) {
        const others = {
          field: 'creditmemos',
          reason: `other-refund: ${broken?.ok === false ? (broken.id ?? '?') : '?'}`,
        };
        return new Map(
          memos.map((memo, index) => {
            const id = idIn(rawMemos[index], 'entity_id') ?? '?';
            const reason = !memo.ok ? memo.reason : !order.ok ? order.reason : others;
            return [id, unreadable('creditNote', `creditNote/${id}`, orderId, raw, reason)];
          }),
        );
      }
      const records = {
        order: order.record,
        invoices: good(found.invoices?.get(orderId)?.map((one) => parsedOf('invoices', one, options)) ?? []),
        creditMemos: good<RecordOf<'creditmemos'>>(memos),
        transactions: transactionsIn(found.transactions?.get(orderId)),
      };
      return new Map(
        creditNotesOf(records, context).map((document) => {
          const id = document.creditNote?.id ?? '?';
          const memo = memos.find((one) => one.ok && one.record.entity_id === id);
          const told = memo?.ok ? withGap(document, memo) : document;
          return [id, { state: 'read', document: told, raw: jsonText(raw) } as const];
        }),
      );
    }
  }

  function isWanted(item: ReadItem): boolean {
    if (changedSince !== null || item.state !== 'read') return true;
    const { creditNote } = item.document;
    return creditNote !== null && isWithin(creditNote.date, request);
  }

  function good<Record>(parsed: readonly Parsed<Record>[]): readonly Record[] {
    return parsed.flatMap((one) => (one.ok ? [one.record] : []));
  }
}
