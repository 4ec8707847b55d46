import { z } from 'zod';
import { addDays, instantOf } from '../../core/calendar.ts';
import type { SalesDocument } from '../../core/document.ts';
import { Failure, problem } from '../../core/problem.ts';
import { idText } from '../../schema/codes.ts';
import { firstIssue } from '../../schema/issue.ts';
import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import type { AskOptions, Found, ShopwareClient } from './client.ts';
import { ASSOCIATIONS, type ShopwareOrder, shopwareOrder } from './order.ts';
import { DEFAULT_STATUSES } from './statuses.ts';
import { creditNotesOf, type ShopwareContext, saleOf } from './to-document.ts';

const PAGE_SIZE = 100;
const MAX_PAGES = 100_000;
const PASSING = new Set(['shop.silent', 'shop.unreachable', 'shop.broken-answer', 'shop.not-an-answer']);
/** The currency that every shop has from its installation, whose factor is 1 (Shopware's `Defaults::CURRENCY`). */
const DEFAULT_CURRENCY = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
/** Invoices may be made so long after their order: orders are found by their own day. */
const INVOICE_DAYS = 90;

const numbered = z.object({ autoIncrement: z.int() });
const history = z.object({ referencedId: idText, createdAt: z.iso.datetime({ offset: true }) });

/** Sales or credit notes, by the number Shopware counts orders with: what follows the last one, page by page. */
export async function* readDocuments(client: ShopwareClient, request: ReadRequest): AsyncGenerator<ReadEvent> {
  const { kind, timeZone, options, signal } = request;
  const currency = await defaultCurrency(client, { signal });
  let historyTold = false;
  let after = Number(/^orders\/(\d{1,15})$/.exec(request.resumeAfter ?? '')?.[1] ?? 0);
  let total: number | null = null;
  let read = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const found: Found = yield* withRetries((onRetry) =>
      ask(after, { signal, onRetry }).catch((error: unknown) => {
        throw page === 1 ? error : pageFailure(error, page, read);
      }),
    );
    const { records } = found;
    total ??= found.total;
    const numbers = records.flatMap((record) => numbered.safeParse(record).data?.autoIncrement ?? []);
    if (numbers.some((number) => number <= after) || (records.length > 0 && numbers.length === 0)) {
      throw new Failure('shop.page-repeats', { page: String(page) });
    }
    const parsed = records.map((record) => ({ record, result: shopwareOrder.safeParse(record) }));
    const orders = parsed.flatMap(({ result }) => (result.success ? [result.data] : []));
    const paidAt = await paidInstants(client, orders, { signal });
    if (paidAt === null && !historyTold) {
      historyTold = true;
      yield {
        type: 'problem',
        problem: problem('shop.read-incomplete', 'warn', null, { right: 'state_machine_history:read' }),
      };
    }
    const context: ShopwareContext = { timeZone, currency, options, paidAt: paidAt ?? new Map() };
    for (const { record, result } of parsed) {
      if (!result.success) yield { type: 'item', item: unreadable(kind, record, firstIssue(result.error)) };
      else for (const item of itemsOf(result.data, record, context, request)) yield { type: 'item', item };
    }
    after = Math.max(after, ...numbers);
    read += records.length;
    yield { type: 'page', page, records: records.length, total, resumeAfter: `orders/${after}` };
    if (records.length === 0 || (found.total !== null && records.length >= found.total)) return;
  }

  function ask(from: number, asking: AskOptions): Promise<Found> {
    const filter = [...filtersOf(request), ...(from === 0 ? [] : [range('autoIncrement', { gt: from })])];
    const sort = [{ field: 'autoIncrement', order: 'ASC', naturalSorting: false }];
    const criteria = { limit: PAGE_SIZE, 'total-count-mode': 1, filter, sort, associations: ASSOCIATIONS };
    return client.search('order', criteria, asking);
  }
}

/** Conditions of a request, in Shopware's own words; times are UTC. */
export function filtersOf({
  kind,
  from,
  to,
  timeZone,
  changedSince,
  statuses,
  subShops,
  findBy,
}: ReadRequest): readonly object[] {
  const start = findBy === 'invoice' && kind === 'sales' ? addDays(from, -INVOICE_DAYS) : from;
  const days = {
    gte: utc(instantOf(timeZone, `${start}T00:00:00`)),
    lt: utc(instantOf(timeZone, `${addDays(to, 1)}T00:00:00`)),
  };
  const filters: object[] = [];
  if (changedSince !== null) {
    const since = { gte: utc(changedSince) };
    filters.push({ type: 'multi', operator: 'or', queries: [range('updatedAt', since), range('createdAt', since)] });
  } else if (kind === 'sales') filters.push(range('orderDateTime', days));
  if (kind === 'creditNotes') {
    const credit = { type: 'equals', field: 'lineItems.type', value: 'credit' };
    const ofCredit = changedSince === null ? [credit, range('lineItems.createdAt', days)] : [credit];
    filters.push({ type: 'multi', operator: 'and', queries: ofCredit });
  } else {
    filters.push({
      type: 'equalsAny',
      field: 'stateMachineState.technicalName',
      value: (statuses ?? DEFAULT_STATUSES).join('|'),
    });
  }
  if (subShops !== null) filters.push({ type: 'equalsAny', field: 'salesChannelId', value: subShops.join('|') });
  return filters;
}

/** The code of the shop's own currency; null when it may not be read. */
export async function defaultCurrency(client: ShopwareClient, options: AskOptions): Promise<string | null> {
  const filter = [{ type: 'equals', field: 'id', value: DEFAULT_CURRENCY }];
  const found = await client.searchIfAllowed('currency', { limit: 1, filter }, options);
  return z.object({ isoCode: z.string() }).safeParse(found?.records[0]).data?.isoCode ?? null;
}

/** When transactions became paid, by their history; null when it may not be read. */
async function paidInstants(client: ShopwareClient, orders: readonly ShopwareOrder[], options: AskOptions) {
  const ids = orders.flatMap(({ transactions }) => transactions.map(({ id }) => id));
  const instants = new Map<string, number>();
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const lot = ids.slice(start, start + PAGE_SIZE);
    const filter = [
      { type: 'equalsAny', field: 'referencedId', value: lot.join('|') },
      { type: 'equals', field: 'toStateMachineState.technicalName', value: 'paid' },
    ];
    const found = await client.searchIfAllowed('state-machine-history', { limit: 500, filter }, options);
    if (found === null) return null;
    for (const record of found.records) {
      const { referencedId, createdAt } = history.safeParse(record).data ?? {};
      if (referencedId === undefined || createdAt === undefined) continue;
      instants.set(
        referencedId,
        Math.min(instants.get(referencedId) ?? Number.POSITIVE_INFINITY, Date.parse(createdAt)),
      );
    }
  }
  return instants;
}

function itemsOf(
  order: ShopwareOrder,
  record: unknown,
  context: ShopwareContext,
  request: ReadRequest,
): readonly ReadItem[] {
  const { kind, changedSince, findBy } = request;
  const documents = kind === 'sales' ? [saleOf(order, context)] : creditNotesOf(order, context);
  const wanted = ({ creditNote, invoice, order: placed }: SalesDocument) => {
    const date = creditNote?.date ?? (findBy === 'invoice' ? (invoice?.date ?? placed.date) : placed.date);
    return changedSince !== null || (date >= request.from && date <= request.to);
  };
  return documents.filter(wanted).map((document) => ({ state: 'read', document, raw: jsonText(record) }));
}

function unreadable(kind: ReadRequest['kind'], record: unknown, reason: { field: string; reason: string }): ReadItem {
  const id = z.object({ id: idText }).safeParse(record).data?.id ?? '?';
  const of = kind === 'sales' ? 'sale' : 'creditNote';
  const key = `${of}/${id}`;
  const problems = [problem('record.unreadable', 'hold', { kind: of, key, number: id }, reason)];
  return { state: 'unreadable', kind: of, key, orderId: id, problems, raw: jsonText(record) };
}

function range(field: string, parameters: Readonly<Record<string, string | number>>): object {
  return { type: 'range', field, parameters };
}

function utc(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000Z', '+00:00').replace('Z', '+00:00');
}

function pageFailure(error: unknown, page: number, read: number): unknown {
  if (!(error instanceof Failure) || !PASSING.has(error.code)) return error;
  return new Failure(
    'shop.page-failed',
    { page: String(page), read: String(read), reason: error.code },
    { cause: error },
  );
}
