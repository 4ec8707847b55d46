import { dataJson, dataNames } from './data-files.ts';
import { type MagentoRecords, madeRecords } from './mg-made.ts';
import { TRADES } from './mg-trades.ts';
import type { JsonObject } from './php.ts';
import { daysToMove, moveDays } from './spread.ts';

const CAPTURED = 'magento/captured';
/** Room for the ids of a copy. */
const IDS = 1_000_000;
const DATES = new Set(['created_at', 'updated_at']);
const OF_ORDERS = new Set([
  'id',
  'entity_id',
  'order_id',
  'invoice_id',
  'transaction_id',
  'item_id',
  'order_item_id',
  'parent_item_id',
]);

/** The invented shop of the demo, which has what no recorded shop shows. */
export function demoMagentoRecords(): MagentoRecords {
  return madeRecords(TRADES);
}

/** Answers of real shops and of the vendor's documentation, as they were recorded (data/README.md). */
export function capturedMagentoRecords(): MagentoRecords {
  const of = (part: string) =>
    dataNames(CAPTURED, '.json')
      .filter((name) => name.includes(part))
      .map((name) => dataJson(`${CAPTURED}/${name}`) as JsonObject); // each file is one record
  // One order was recorded twice, before and after it was edited: the later state is the shop's.
  const orders = of('-order-').filter((order, _, all) => isLatest(order, all));
  return { orders, invoices: of('-invoice-'), creditmemos: of('-creditmemo-'), transactions: [] };
}

function isLatest(order: JsonObject, all: readonly JsonObject[]): boolean {
  return all.every(
    (other) => other.entity_id !== order.entity_id || String(other.updated_at) <= String(order.updated_at),
  );
}

/** The records and their copies, each copy with ids of its own and its days moved within the same months. */
export function copiesOf(records: MagentoRecords, copies: number): MagentoRecords {
  const days = new Map<string, number>();
  const of = (kind: keyof MagentoRecords, idField: string) =>
    Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
      records[kind].map((record) => copied(record, copy, idField)),
    );
  return {
    orders: of('orders', 'entity_id'),
    invoices: of('invoices', 'order_id'),
    creditmemos: of('creditmemos', 'order_id'),
    transactions: of('transactions', 'order_id'),
  };

  function copied(record: JsonObject, copy: number, idField: string): JsonObject {
    if (copy === 0) return record;
    const key = `${record[idField]} ${copy}`;
    const id = Number(record[idField]);
    const move = days.get(key) ?? daysToMove({ id, copy, date: String(record.created_at) });
    days.set(key, move);
    return changed(record, copy, move);
  }
}

function changed(record: JsonObject, copy: number, days: number): JsonObject {
  const result: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(record)) {
    if (DATES.has(name) && typeof value === 'string') result[name] = moveDays(value, days);
    else if (OF_ORDERS.has(name) && typeof value === 'number') result[name] = value + copy * IDS;
    else if (name === 'increment_id') result[name] = ownNumber(String(value), copy);
    else if (Array.isArray(value)) result[name] = value.map((one) => (isRecord(one) ? changed(one, copy, days) : one));
    else result[name] = isRecord(value) ? changed(value, copy, days) : value;
  }
  return result;
}

/** `000001020-1` keeps its end, by which an edited order is known. */
function ownNumber(number: string, copy: number): string {
  return number.replace(/^\d+/, (digits) => String(Number(digits) + copy * IDS).padStart(9, '0'));
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
