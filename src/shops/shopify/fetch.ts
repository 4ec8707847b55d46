import { Failure } from '../../core/problem.ts';
import type { AskOptions, ShopifyAnswer, ShopifyClient, Variables } from './client.ts';
import { at, type Connection, connectionAt, MAX_PAGES, pagesOf } from './connection.ts';
import { notAnAnswer } from './failures.ts';
import { needsRefundLines } from './fallback.ts';
import { shopifyOrder } from './order.ts';

type Fields = Record<string, unknown>;

/** An order with all its lists whole, in the shape of `order.ts`, and the places the app may not read. */
export type FetchedOrder = { readonly record: Fields; readonly refused: readonly string[] };

/** Transactions and refunds are plain lists: a full one is asked again, larger. */
const MANY = 100;
const MOST = 250;
/** An order that changes while it is read is read again; one that never stands still is read as it is told last. */
const MAX_READINGS = 3;
const REFUNDS_AT_ONCE = 50;

/** One order, whole; null when the shop does not give it: deleted, or older than the app may see. */
export async function fetchOrder(client: ShopifyClient, id: string, options: AskOptions): Promise<FetchedOrder | null> {
  for (let reading = 1; ; reading += 1) {
    const fetched = await fetchOnce(client, id, options);
    if (fetched === null || !fetched.moved || reading >= MAX_READINGS) return fetched;
  }
}

async function fetchOnce(client: ShopifyClient, id: string, options: AskOptions) {
  const refused = new Set<string>();
  const detail = await ask('order-detail', { id, many: MANY });
  const order = at(detail.data, 'order');
  if (!isFields(order)) return null;
  const record: Fields = { ...order, ...(await linesOf(detail)) };
  record.localizedFields = nodesOf(order.localizedFields);
  if (isFull(order.transactions, MANY) || isFull(order.refunds, MANY)) {
    const larger = at((await ask('order-detail', { id, many: MOST })).data, 'order');
    record.transactions = at(larger, 'transactions');
    record.refunds = at(larger, 'refunds');
    if (isFull(record.transactions, MOST) || isFull(record.refunds, MOST))
      throw new Failure('shop.answer-too-large', { url: id, limit: String(MOST) });
  }
  const { agreements, updatedAt } = await agreementsOf();
  record.agreements = agreements;
  record.refunds = await withTransactions(listOf(record.refunds));
  const parsed = shopifyOrder.safeParse(record);
  if (parsed.success && needsRefundLines(parsed.data))
    record.refundDetails = await refundDetails(listOf(record.refunds));
  return { record, refused: [...refused], moved: updatedAt !== order.updatedAt };

  async function ask(name: Parameters<ShopifyClient['ask']>[0], variables: Variables): Promise<ShopifyAnswer> {
    const answer = await client.ask(name, variables, options);
    for (const place of answer.refused) refused.add(place);
    return answer;
  }

  /** Lines, parcels and discounts come in pages of their own, and go on together. */
  async function linesOf(first: ShopifyAnswer) {
    const names = ['lineItems', 'shippingLines', 'discountApplications'] as const;
    const found: Record<(typeof names)[number], unknown[]> = {
      lineItems: [],
      shippingLines: [],
      discountApplications: [],
    };
    const cursors: Record<string, string | null> = {};
    let answer = first;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      let more = false;
      for (const name of names) {
        const { nodes, pageInfo }: Connection = connectionAt(answer, 'order', name);
        found[name].push(...nodes);
        more ||= pageInfo.hasNextPage;
        if (pageInfo.endCursor != null) cursors[name] = pageInfo.endCursor;
      }
      if (!more) return found;
      answer = await ask('order-lines-next', {
        id,
        after: cursors.lineItems ?? null,
        afterShipping: cursors.shippingLines ?? null,
        afterDiscounts: cursors.discountApplications ?? null,
      });
    }
    return found;
  }

  async function agreementsOf() {
    const agreements: Fields[] = [];
    let updatedAt: unknown = null;
    let before: string | null = null; // cursor of the agreement before: the only way to one of them
    const pages = pagesOf(
      async (after) => {
        const answer = await ask('order-agreements', { id, after });
        updatedAt ??= at(answer.data, 'order', 'updatedAt');
        return answer;
      },
      'order',
      'agreements',
    );
    for await (const { nodes, edges } of pages) {
      for (const [index, node] of nodes.entries()) {
        if (!isFields(node)) continue;
        agreements.push({ ...node, sales: await salesOf(node, before) });
        before = edges?.[index]?.cursor ?? null;
      }
    }
    return { agreements, updatedAt };
  }

  async function salesOf(agreement: Fields, before: string | null): Promise<readonly unknown[]> {
    const nodes: unknown[] = [...nodesOf(agreement.sales)];
    let pageInfo = at(agreement.sales, 'pageInfo');
    for (let page = 1; page <= MAX_PAGES && at(pageInfo, 'hasNextPage') === true; page += 1) {
      const answer = await ask('agreement-sales-next', { id, before, after: String(at(pageInfo, 'endCursor')) });
      const [next] = nodesOf(at(answer.data, 'order', 'agreements'));
      if (at(next, 'id') !== agreement.id) throw notAnAnswer(answer.answer);
      nodes.push(...nodesOf(at(next, 'sales')));
      pageInfo = at(next, 'sales', 'pageInfo');
    }
    return nodes;
  }

  /** Transactions do not say their refund: refunds name their transactions. */
  async function withTransactions(refunds: readonly Fields[]): Promise<readonly Fields[]> {
    return transactionsOfRefunds(client, refunds, options);
  }

  async function refundDetails(refunds: readonly Fields[]): Promise<readonly Fields[]> {
    const details: Fields[] = [];
    for (const { id: refund } of refunds) details.push(await refundDetail(String(refund)));
    return details;
  }

  async function refundDetail(refund: string): Promise<Fields> {
    const names = ['refundLineItems', 'refundShippingLines', 'orderAdjustments'] as const;
    const cursors: Record<string, string | null> = {};
    const lists: Record<string, unknown[]> = {};
    let head: Fields = {};
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await ask('refund-detail', {
        id: refund,
        afterLines: cursors.refundLineItems ?? null,
        afterShipping: cursors.refundShippingLines ?? null,
        afterAdjustments: cursors.orderAdjustments ?? null,
      });
      const told = at(answer.data, 'refund');
      if (!isFields(told)) throw notAnAnswer(answer.answer);
      head = told;
      let more = false;
      for (const name of names) {
        const { nodes, pageInfo } = connectionAt(answer, 'refund', name);
        lists[name] = [...(lists[name] ?? []), ...nodes];
        more ||= pageInfo.hasNextPage;
        if (pageInfo.endCursor != null) cursors[name] = pageInfo.endCursor;
      }
      if (!more) break;
    }
    return { ...head, ...lists };
  }
}

/** Refunds with the ids of their transactions. */
export async function transactionsOfRefunds(
  client: ShopifyClient,
  refunds: readonly Fields[],
  options: AskOptions,
): Promise<readonly Fields[]> {
  const ids = refunds.map(({ id }) => String(id));
  const byRefund = new Map<string, string[]>();
  for (let start = 0; start < ids.length; start += REFUNDS_AT_ONCE) {
    const answer = await client.ask('refund-money', { ids: ids.slice(start, start + REFUNDS_AT_ONCE) }, options);
    for (const node of listOf(at(answer.data, 'nodes'))) {
      const found = idsOf(nodesOf(node.transactions));
      const id = String(node.id);
      if (at(node.transactions, 'pageInfo', 'hasNextPage') === true) {
        const after = String(at(node.transactions, 'pageInfo', 'endCursor'));
        const pages = pagesOf(
          (next) => client.ask('refund-money-next', { id, after: next ?? after }, options),
          'refund',
          'transactions',
        );
        for await (const { nodes } of pages) found.push(...idsOf(nodes));
      }
      byRefund.set(id, found);
    }
  }
  return refunds.map((refund) => ({ ...refund, transactionIds: byRefund.get(String(refund.id)) ?? [] }));
}

function idsOf(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node) => {
    const id = at(node, 'id');
    return typeof id === 'string' ? [id] : [];
  });
}

function nodesOf(list: unknown): readonly unknown[] {
  const nodes = at(list, 'nodes');
  return Array.isArray(nodes) ? nodes : [];
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFull(list: unknown, limit: number): boolean {
  return Array.isArray(list) && list.length >= limit;
}
