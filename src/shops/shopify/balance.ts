import { z } from 'zod';
import { add, type Decimal, decimalText, equal, sum, ZERO } from '../../core/decimal.ts';
import { Failure, type Problem, problem } from '../../core/problem.ts';
import { type BalanceRow, balanceRow, paymentOf, payoutRow } from './balance-row.ts';
import { type AskOptions, numberIn, type ShopifyClient } from './client.ts';
import { at, pagesOf } from './connection.ts';
import { notAnAnswer } from './failures.ts';
import type { FetchedOrder } from './fetch.ts';

/**
 * The balance that Shopify Payments keeps of a shop: what it took of each payment, the payout each went out with, and what
 * moved beside the orders. The shop lists its rows by time alone, so they are read a day at a time, the days that orders
 * were paid on, and given to the orders by the transaction they name.
 */
export type ShopBalance = {
  /** The order with the rows its payments made (`balance`). */
  readonly withRows: (order: FetchedOrder, options: AskOptions) => Promise<FetchedOrder>;
  /** What the balance of the period holds that no order has, and payouts that are not the sum of their rows. */
  readonly remarks: (options: AskOptions) => Promise<readonly Problem[]>;
};

/** Milliseconds since 1970, the last one excluded. */
type Period = { readonly fromMs: number; readonly toMs: number };

/** Rows as the shop told them, by the transaction of an order that they name. */
type Rows = { readonly byTransaction: ReadonlyMap<string, readonly unknown[]>; readonly count: number };

const GATEWAY = 'shopify_payments';
const DAY_MS = 86_400_000;
/** Rows kept at once; the days used longest ago are asked for again. */
const MAX_ROWS = 20_000;
const MOST_REMARKS = 20;

/** For an app that may not read payouts: fees are then those that the orders state. */
export const NO_BALANCE: ShopBalance = { withRows: async (order) => order, remarks: async () => [] };

export function shopBalance(client: ShopifyClient, { fromMs, toMs }: Period, nowMs: number): ShopBalance {
  const days = new Map<number, Rows>();
  const counted = new Set<number>();
  const beside = new Map<string, { count: number; net: Decimal }>();
  /** Why nothing is read of it: the shop has no Shopify Payments, or the app no right to see them. */
  let closed: 'none' | 'refused' | null = null;

  return { withRows, remarks };

  async function withRows(order: FetchedOrder, options: AskOptions): Promise<FetchedOrder> {
    const { transactions } = order.record;
    const balance: unknown[] = [];
    for (const one of Array.isArray(transactions) ? transactions : []) {
      if (at(one, 'gateway') !== GATEWAY || at(one, 'status') !== 'SUCCESS' || at(one, 'test') === true) continue;
      balance.push(...(await rowsOf(String(at(one, 'id')), Date.parse(String(at(one, 'processedAt'))), options)));
    }
    const refused = closed === 'refused' ? [...order.refused, 'shopifyPaymentsAccount'] : order.refused;
    return { record: { ...order.record, balance }, refused };
  }

  /** Of the day it was paid, or of the one after, when midnight came between the payment and its row. */
  async function rowsOf(id: string, paidMs: number, options: AskOptions): Promise<readonly unknown[]> {
    if (Number.isNaN(paidMs)) return [];
    const first = Math.floor(paidMs / DAY_MS);
    for (const day of [first, first + 1]) {
      const rows = (await dayOf(day, options)).byTransaction.get(numberIn(id));
      if (rows !== undefined) return rows;
    }
    return [];
  }

  async function dayOf(day: number, options: AskOptions): Promise<Rows> {
    const known = days.get(day);
    days.delete(day);
    const rows = known ?? (await readDay(day, options));
    days.set(day, rows); // the last one used stands last
    let kept = [...days.values()].reduce((all, { count }) => all + count, 0);
    for (const [old, { count }] of days) {
      if (kept <= MAX_ROWS || old === day) break;
      days.delete(old);
      kept -= count;
    }
    return rows;
  }

  async function readDay(day: number, options: AskOptions): Promise<Rows> {
    const byTransaction = new Map<string, unknown[]>();
    let count = 0;
    if (day * DAY_MS <= nowMs) {
      const query = `processed_at:>='${timeText(day * DAY_MS)}' processed_at:<'${timeText((day + 1) * DAY_MS)}'`;
      for await (const { row, node } of rowsIn(query, options)) {
        count += 1;
        const id = paymentOf(row);
        if (id !== null) byTransaction.set(id, [...(byTransaction.get(id) ?? []), node]);
        else if (!counted.has(day) && row.transactionDate >= fromMs && row.transactionDate < toMs) note(row);
      }
      counted.add(day);
    }
    return { byTransaction, count };
  }

  async function* rowsIn(
    query: string,
    options: AskOptions,
  ): AsyncGenerator<{ readonly row: BalanceRow; readonly node: unknown }> {
    for await (const node of listed('balance-transactions', 'balanceTransactions', { query }, options)) {
      const row = balanceRow.parse(node);
      if (!row.test) yield { row, node };
    }
  }

  async function* listed(
    name: 'balance-transactions' | 'payouts',
    list: string,
    variables: { readonly query?: string },
    options: AskOptions,
  ): AsyncGenerator<unknown> {
    if (closed !== null) return;
    const ask = async (after: string | null) => {
      const answer = await client.ask(name, { ...variables, after }, options);
      if (at(answer.data, 'shopifyPaymentsAccount') === null) closed = answer.refused.length > 0 ? 'refused' : 'none';
      return answer;
    };
    try {
      const first = await ask(null);
      if (closed !== null) return;
      for await (const { nodes } of pagesOf(
        (after) => (after === null ? Promise.resolve(first) : ask(after)),
        'shopifyPaymentsAccount',
        list,
      ))
        yield* nodes;
    } catch (error) {
      if (error instanceof z.ZodError) throw notAnAnswer((await client.context(options)).answer);
      if (!(error instanceof Failure) || error.code !== 'shop.right-missing') throw error;
      closed = 'refused';
    }
  }

  function note({ type, net }: BalanceRow): void {
    const key = `${type} ${net.currencyCode}`;
    const known = beside.get(key) ?? { count: 0, net: ZERO };
    beside.set(key, { count: known.count + 1, net: add(known.net, net.amount) });
  }

  async function remarks(options: AskOptions): Promise<readonly Problem[]> {
    const last = Math.floor((Math.min(toMs, nowMs + 1) - 1) / DAY_MS);
    for (let day = Math.floor(fromMs / DAY_MS); day <= last && closed === null; day += 1)
      if (!counted.has(day)) await dayOf(day, options);
    const found: Problem[] = await payoutRemarks(options);
    if (beside.size === 0) return found;
    const amounts = [...beside]
      .map(([key, { count, net }]) => `${key.replace(' ', ` ${decimalText(net, 2)} `)} (${count})`)
      .join(', ');
    return [problem('shop.balance-beside', 'warn', null, { amounts }), ...found];
  }

  /** Identity I10 of each payout of the period: it is the sum of what its rows leave, the transfer itself left out. */
  async function payoutRemarks(options: AskOptions): Promise<Problem[]> {
    const found: Problem[] = [];
    for await (const node of listed('payouts', 'payouts', {}, options)) {
      const { legacyResourceId: payout, issuedAt, net } = payoutRow.parse(node);
      if (issuedAt < fromMs) break; // the latest stand first
      if (issuedAt >= toMs || found.length >= MOST_REMARKS) continue;
      const nets: Decimal[] = [];
      let odd = false;
      for await (const { row } of rowsIn(`payments_transfer_id:${payout}`, options)) {
        nets.push(row.net.amount);
        odd ||= !equal(row.net.amount, add(row.amount.amount, negated(row.fee.amount)));
      }
      const total = sum(nets);
      if (equal(total, net.amount) && !odd) continue;
      const values = { payout, stated: decimalText(net.amount, 2), computed: decimalText(total, 2) };
      found.push(problem('shop.payout-differs', 'warn', null, values));
    }
    return found;
  }
}

function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
