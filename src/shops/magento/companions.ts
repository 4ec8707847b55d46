import type { z } from 'zod';
import { type Problem, problem } from '../../core/problem.ts';
import { firstIssue } from '../../schema/issue.ts';
import type { ReadingOptions } from '../reader.ts';
import { conversionGap, inBaseCurrency } from './base-amounts.ts';
import type { MagentoClient } from './client.ts';
import { magentoCreditMemo, magentoInvoice, magentoOrder, magentoTransaction } from './order.ts';
import { recordsOfIds } from './search.ts';

/** A record through its schema, in the currency the profile wants, or what is wrong with it. */
export type Parsed<Record> =
  | {
      readonly ok: true;
      readonly record: Record;
      readonly raw: unknown;
      readonly gap: ReturnType<typeof conversionGap>;
    }
  | {
      readonly ok: false;
      readonly id: string | null;
      readonly raw: unknown;
      readonly reason: { field: string; reason: string };
    };

const SHAPES = { orders: magentoOrder, invoices: magentoInvoice, creditmemos: magentoCreditMemo } as const;
type Kind = keyof typeof SHAPES;
export type RecordOf<Name extends Kind> = z.infer<(typeof SHAPES)[Name]>;

export function parsedOf<Name extends Kind>(kind: Name, raw: unknown, options: ReadingOptions): Parsed<RecordOf<Name>> {
  const shape: z.ZodType<RecordOf<Name>> = SHAPES[kind] as never; // TypeScript does not follow the key through the table
  const result = shape.safeParse(options.inCurrency === true ? raw : inBaseCurrency(raw));
  if (result.success) return { ok: true, record: result.data, raw, gap: conversionGap(raw) };
  return { ok: false, id: idIn(raw, 'entity_id'), raw, reason: firstIssue(result.error) };
}

export function idIn(record: unknown, field: string): string | null {
  if (typeof record !== 'object' || record === null) return null;
  const id: unknown = Reflect.get(record, field);
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : null;
}

/** What belongs to orders, fetched for a page of them at once; what may not be read is told, once a run. */
export type Companions = {
  readonly orders: (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>;
  /** By order; null: not allowed. */
  readonly invoices: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, readonly unknown[]> | null>;
  readonly creditMemos: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, readonly unknown[]> | null>;
  readonly transactions: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, readonly unknown[]> | null>;
  readonly told: () => readonly Problem[];
};

export function companionsOf(client: MagentoClient, signal: AbortSignal): Companions {
  const refused = new Set<string>();
  const untold: Problem[] = [];
  return {
    orders: async (ids) => {
      const found = await recordsOfIds(client, { path: 'orders', field: 'entity_id', ids }, { signal });
      return new Map(
        (found ?? []).flatMap((record) => {
          const id = idIn(record, 'entity_id');
          return id === null ? [] : [[id, record] as const];
        }),
      );
    },
    invoices: (ids) => byOrder('invoices', ids),
    creditMemos: (ids) => byOrder('creditmemos', ids),
    transactions: (ids) => byOrder('transactions', ids, 'transaction_id'),
    told: () => untold.splice(0),
  };

  async function byOrder(path: string, ids: readonly string[], sort = 'entity_id') {
    if (refused.has(path)) return null;
    const found = await recordsOfIds(client, { path, field: 'order_id', ids, sort }, { signal });
    if (found !== null) return Map.groupBy(found, (record) => idIn(record, 'order_id') ?? '');
    refused.add(path);
    untold.push(problem('shop.read-incomplete', 'warn', null, { right: path }));
    return null;
  }
}

/** Transactions help to date payments: one that cannot be read is left out. */
export function transactionsIn(records: readonly unknown[] | undefined) {
  return (records ?? []).flatMap((record) => magentoTransaction.safeParse(record).data ?? []);
}
