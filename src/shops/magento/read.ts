import { dayIn } from '../../core/calendar.ts';
import { decimalText, round } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { problem } from '../../core/problem.ts';
import { utcTime } from '../../schema/instant.ts';
import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import type { MagentoClient } from './client.ts';
import { type Companions, companionsOf, idIn, type Parsed, parsedOf, transactionsIn } from './companions.ts';
import type { MagentoInvoice, MagentoOrder } from './order.ts';
import { isWithin, statusFilters, storeFilters, timeFilters } from './period.ts';
import { type MagentoContext, type OrderRecords, saleOfInvoice, saleOfOrder } from './sale.ts';
import { type Filter, readPages } from './search.ts';

const RESUME = /^(\w+)\/(\d{1,15})$/;

/**
 * Sales of a period or changed since an instant. By the profile they are invoices, found by the day of their order or by
 * their own, or the orders themselves. What changed is read by orders, each with all its invoices, whichever changed.
 */
export async function* readSales(client: MagentoClient, request: ReadRequest): AsyncGenerator<ReadEvent> {
  const { timeZone, options, changedSince, findBy } = request;
  const context: MagentoContext = { timeZone, options };
  const byInvoice = options.salesSource !== 'orders';
  const companions = companionsOf(client, request.signal);
  if (byInvoice && findBy === 'invoice' && changedSince === null) {
    yield* readInvoices();
    return;
  }
  const given = new Set<string>();
  if (markOf(request, 'invoices') === null) yield* readOrders();
  if (byInvoice && changedSince !== null) yield* readChangedInvoices();

  async function* readOrders(): AsyncGenerator<ReadEvent> {
    const filters = [...timeFilters(request), ...storeFilters(request), ...statusFilters(request)];
    for await (const step of pagesOf(client, request, { phase: 'orders', path: 'orders', filters })) {
      if (step.type !== 'records') yield step;
      else yield* itemsOfOrders(step.records);
    }
  }

  async function* itemsOfOrders(records: readonly unknown[]): AsyncGenerator<ReadEvent> {
    const ids = records.flatMap((record) => idIn(record, 'entity_id') ?? []);
    const invoices = await companions.invoices(ids);
    const transactions = await companions.transactions(ids);
    yield* notices(companions);
    for (const raw of records) {
      const id = idIn(raw, 'entity_id');
      const own = id === null ? [] : (invoices?.get(id) ?? []);
      if (id !== null && changedSince !== null) given.add(id);
      if (byInvoice && own.length === 0) continue; // not invoiced yet: no sale
      const parsed = parsedOf('orders', raw, options);
      if (!parsed.ok) {
        if (mayBeWanted(raw))
          yield { type: 'item', item: unreadable('sale', `sale/${id ?? '?'}`, id, raw, parsed.reason) };
        continue;
      }
      const date = dayIn(timeZone, parsed.record.created_at);
      if (changedSince === null && !isWithin(date, request)) continue;
      yield* salesOf(parsed, { invoices: invoices === null ? null : own, transactions: transactions?.get(id ?? '') });
    }
  }

  function* salesOf(
    parsed: Extract<Parsed<MagentoOrder>, { ok: true }>,
    found: { readonly invoices: readonly unknown[] | null; readonly transactions: readonly unknown[] | undefined },
  ): Generator<ReadEvent> {
    const { record: order, raw } = parsed;
    const invoices = found.invoices?.map((one) => parsedOf('invoices', one, options)) ?? null;
    const good = invoices?.flatMap((one) => (one.ok ? [one.record] : [])) ?? null;
    const records: OrderRecords = {
      order,
      invoices: good,
      creditMemos: [],
      transactions: transactionsIn(found.transactions),
    };
    if (!byInvoice) {
      const document = withGap(saleOfOrder(records, context), parsed);
      yield { type: 'item', item: { state: 'read', document, raw: jsonText(raw) } };
      return;
    }
    for (const one of invoices ?? []) yield { type: 'item', item: itemOf(one, { parsed, records }) };
  }

  function itemOf(
    one: Parsed<MagentoInvoice>,
    { parsed, records }: { parsed: Extract<Parsed<MagentoOrder>, { ok: true }>; records: OrderRecords },
  ): ReadItem {
    if (!one.ok) return unreadable('sale', `sale/inv-${one.id ?? '?'}`, parsed.record.entity_id, one.raw, one.reason);
    const document = withGap(saleOfInvoice(one.record, records, context), one);
    return { state: 'read', document, raw: jsonText({ order: parsed.raw, invoice: one.raw }) };
  }

  /** Invoices by their own day, each page with its orders; the others of an order only where points are shared over them. */
  async function* readInvoices(): AsyncGenerator<ReadEvent> {
    const filters = [...timeFilters(request), ...storeFilters(request)];
    for await (const step of pagesOf(client, request, { phase: 'invoices', path: 'invoices', filters })) {
      if (step.type !== 'records') {
        yield step;
        continue;
      }
      const ids = [...new Set(step.records.flatMap((record) => idIn(record, 'order_id') ?? []))];
      const orders = new Map(
        [...(await companions.orders(ids))].map(([id, raw]) => [id, parsedOf('orders', raw, options)]),
      );
      const sharing = [...orders].flatMap(([id, order]) => (order.ok && hasPoints(order.record) ? [id] : []));
      const siblings = sharing.length === 0 ? null : await companions.invoices(sharing);
      const transactions = await companions.transactions(ids);
      yield* notices(companions);
      for (const raw of step.records) {
        const one = parsedOf('invoices', raw, options);
        const orderId = idIn(raw, 'order_id');
        const parsed = orders.get(orderId ?? '');
        if (one.ok && !isWithin(dayIn(timeZone, one.record.created_at), request)) continue;
        if (parsed === undefined || !parsed.ok) {
          const reason =
            parsed === undefined ? { field: 'order_id', reason: `order-gone: ${orderId ?? '?'}` } : parsed.reason;
          const key = `sale/inv-${idIn(raw, 'entity_id') ?? '?'}`;
          yield { type: 'item', item: unreadable('sale', key, orderId, raw, one.ok ? reason : one.reason) };
          continue;
        }
        const others = (siblings?.get(orderId ?? '') ?? [raw]).map((other) => parsedOf('invoices', other, options));
        const records: OrderRecords = {
          order: parsed.record,
          invoices: others.flatMap((other) => (other.ok ? [other.record] : [])),
          creditMemos: [],
          transactions: transactionsIn(transactions?.get(orderId ?? '')),
        };
        yield { type: 'item', item: itemOf(one, { parsed, records }) };
      }
    }
  }

  /** Invoices that changed while their order kept its date of change: it is read as well, with all its invoices. */
  async function* readChangedInvoices(): AsyncGenerator<ReadEvent> {
    const filters = [...timeFilters(request), ...storeFilters(request)];
    for await (const step of pagesOf(client, request, { phase: 'invoices', path: 'invoices', filters })) {
      if (step.type !== 'records') {
        yield step;
        continue;
      }
      const ids = [...new Set(step.records.flatMap((record) => idIn(record, 'order_id') ?? []))];
      const missing = ids.filter((id) => !given.has(id));
      if (missing.length > 0) yield* itemsOfOrders([...(await companions.orders(missing)).values()]);
    }
  }

  /** An unreadable order is told unless its date, if that is readable, lies outside. */
  function mayBeWanted(raw: unknown): boolean {
    const created = utcTime.safeParse(typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'created_at') : null);
    return changedSince !== null || !created.success || isWithin(dayIn(timeZone, created.data), request);
  }
}

export type Step = ReadEvent | { readonly type: 'records'; readonly records: readonly unknown[] };

/** A list page by page, from where an earlier read stopped; the page is told after its records. */
export async function* pagesOf(
  client: MagentoClient,
  request: ReadRequest,
  list: { readonly phase: string; readonly path: string; readonly filters: readonly Filter[] },
): AsyncGenerator<Step> {
  const { phase, path, filters } = list;
  const after = markOf(request, phase) ?? 0;
  for await (const step of readPages(client, { path, filters, after, signal: request.signal })) {
    if (step.type !== 'records') {
      yield step;
      continue;
    }
    yield { type: 'records', records: step.records };
    const { page, total, records, lastId } = step;
    yield { type: 'page', page, records: records.length, total, resumeAfter: `${phase}/${lastId}` };
  }
}

/** The last id of this list that an earlier read got to; null for another list or from the start. */
function markOf({ resumeAfter }: ReadRequest, phase: string): number | null {
  const match = resumeAfter === null ? null : RESUME.exec(resumeAfter);
  return match === null || match[1] !== phase ? null : Number(match[2]);
}

export function* notices(companions: Companions): Generator<ReadEvent> {
  for (const problem of companions.told()) yield { type: 'problem', problem };
}

/** Where the amounts of the two currencies do not agree at the order's rate, a person should look. */
export function withGap(document: SalesDocument, { gap }: Extract<Parsed<unknown>, { ok: true }>): SalesDocument {
  if (gap === null) return document;
  const { kind, key, order } = document;
  const source = { kind, key, number: document.creditNote?.number ?? order.number ?? order.id };
  const values = {
    field: gap.field,
    stated: decimalText(gap.stated, 2),
    computed: decimalText(round(gap.computed, 2), 2),
  };
  return { ...document, remarks: [...document.remarks, problem('document.order-contradicts', 'warn', source, values)] };
}

export function unreadable(
  kind: 'sale' | 'creditNote',
  key: string,
  orderId: string | null,
  raw: unknown,
  reason: { field: string; reason: string },
): ReadItem {
  const source = { kind, key, number: key.slice(key.indexOf('/') + 1) };
  const problems = [problem('record.unreadable', 'hold', source, reason)];
  return { state: 'unreadable', kind, key, orderId: orderId ?? '?', problems, raw: jsonText(raw) };
}

function hasPoints({ extension_attributes: attributes }: MagentoOrder): boolean {
  return (attributes?.reward_currency_amount.units ?? 0n) !== 0n;
}
