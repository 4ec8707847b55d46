import { dataJson, dataNames } from './data-files.ts';
import type { Json, JsonObject } from './php.ts';
import { daysToMove, moveDays, parisToUtc, scramble } from './spread.ts';

/** An order or refund as the shop writes it with two and with six decimals (`dp=2`, `dp=6`). */
export type WooRecord = { readonly dp2: JsonObject; readonly dp6: JsonObject };

/** A refund's records carry `parent_id`, as in `GET /refunds`; `GET /orders/{id}/refunds` leaves it out. */
export type WooRecords = { readonly orders: readonly WooRecord[]; readonly refunds: readonly WooRecord[] };

/** What lists filter and sort by; the body is made only when it is sent. */
export type WooRow = {
  readonly id: number;
  readonly parentId: number;
  readonly customerId: number;
  readonly status: string;
  readonly created: string;
  readonly createdUtc: string;
  readonly modified: string;
  readonly modifiedUtc: string;
  readonly broken: boolean;
  /** The record with these decimals. */
  body(decimals: number): JsonObject;
};

export type WooRows = { readonly orders: readonly WooRow[]; readonly refunds: readonly WooRow[] };

/** Room for the ids of a copy: orders and refunds share one sequence, lines and metadata have their own. */
const ORDER_IDS = 1_000;
const LINE_IDS = 10_000;
const LINES = ['meta_data', 'line_items', 'tax_lines', 'shipping_lines', 'fee_lines', 'coupon_lines', 'refunds'];
/** Added to the total of a broken order: far beyond any tolerance. */
const BROKEN_BY = 321n;

export function capturedWooRecords(): WooRecords {
  const six = pages('orders-dp6');
  const orders = pages('orders').map((dp2, at) => ({ dp2, dp6: six[at] ?? dp2 }));
  const refunds = dataNames('woocommerce/refunds', '.json')
    .filter((name) => name.startsWith('order-'))
    .flatMap((name) => {
      const parent = Number.parseInt(name.slice('order-'.length), 10);
      const dp6 = objects(dataJson(`woocommerce/refunds-dp6/${name}`));
      return objects(dataJson(`woocommerce/refunds/${name}`)).map((dp2, at) => ({
        dp2: withParent(dp2, parent),
        dp6: withParent(dp6[at] ?? dp2, parent),
      }));
    });
  return { orders, refunds };
}

/** All rows of the shop: the records, then their copies; the first `broken` paid orders, scattered, do not add up. */
export function wooRows(records: WooRecords, { copies, broken }: { copies: number; broken: number }): WooRows {
  const orders: WooRow[] = [];
  const refunds: WooRow[] = [];
  const days = new Map<string, number>();
  const paid = records.orders.filter(({ dp2 }) => ['processing', 'completed'].includes(String(dp2.status)));
  const breakable = new Set(paid);
  const fractions = paid.length * copies;
  let seen = 0;
  for (let copy = 0; copy < copies; copy += 1) {
    for (const record of records.orders) {
      const id = number(record.dp2.id);
      const move = daysToMove({ id, copy, date: String(record.dp2.date_created) });
      days.set(`${copy}/${id}`, move);
      const breaks = breakable.has(record) && evenly(seen, broken, fractions);
      if (breakable.has(record)) seen += 1;
      orders.push(row({ record, copy, days: move, broken: breaks }));
    }
    for (const record of records.refunds) {
      const move = days.get(`${copy}/${number(record.dp2.parent_id)}`) ?? 0;
      refunds.push(row({ record, copy, days: move, broken: false }));
    }
  }
  return { orders, refunds };
}

type Copied = { readonly record: WooRecord; readonly copy: number; readonly days: number; readonly broken: boolean };

function row(copied: Copied): WooRow {
  const { record, copy, days, broken } = copied;
  const text = (name: string) => (typeof record.dp2[name] === 'string' ? String(record.dp2[name]) : '');
  const created = moveDays(text('date_created'), days);
  const modified = text('date_modified') === '' ? created : later(text('date_modified'), copy);
  const parentId = number(record.dp2.parent_id);
  return {
    id: number(record.dp2.id) + copy * ORDER_IDS,
    parentId: parentId === 0 ? 0 : parentId + copy * ORDER_IDS,
    customerId: number(record.dp2.customer_id),
    status: text('status'),
    created,
    createdUtc: copy === 0 ? text('date_created_gmt') : parisToUtc(created),
    modified,
    modifiedUtc: text('date_modified_gmt') === '' ? parisToUtc(created) : later(text('date_modified_gmt'), copy),
    broken,
    body,
  };

  function body(decimals: number): JsonObject {
    const stated = decimals === 2 ? record.dp2 : decimals === 6 ? record.dp6 : rounded(record, decimals);
    const moved = copy === 0 ? stated : copyOf(stated, copied);
    return broken ? { ...moved, total: breakTotal(String(moved.total)) } : moved;
  }
}

function copyOf(record: JsonObject, { copy, days }: Copied): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(record)) result[name] = moved(name, value);
  return result;

  function moved(name: string, value: Json): Json {
    if (name === 'id' || name === 'parent_id') return value === 0 ? 0 : number(value) + copy * ORDER_IDS;
    if (name === 'number') return String(number(record.id) + copy * ORDER_IDS);
    if (name === 'date_modified' || name === 'date_modified_gmt') return later(String(value), copy);
    if (name.startsWith('date_')) return date(name, value);
    if (name === 'order_key') return `${value}${copy}`;
    if (name === 'transaction_id') return value === '' ? '' : `${value}-${copy}`;
    if (name === 'payment_url' || name === '_links') return addresses(value);
    if (LINES.includes(name) && Array.isArray(value)) return objects(value).map((line) => lineOf(name, line));
    return value;
  }

  function date(name: string, value: Json): Json {
    if (value === null) return null;
    if (!name.endsWith('_gmt')) return moveDays(String(value), days);
    return parisToUtc(moveDays(String(record[name.slice(0, -'_gmt'.length)]), days));
  }

  function lineOf(list: string, line: JsonObject): JsonObject {
    const id = number(line.id) + copy * (list === 'refunds' ? ORDER_IDS : LINE_IDS);
    const meta = Array.isArray(line.meta_data) ? { meta_data: objects(line.meta_data).map(metaOf) } : {};
    return { ...line, id, ...meta };
  }

  function metaOf(meta: JsonObject): JsonObject {
    const id = number(meta.id) + copy * LINE_IDS;
    if (meta.key !== '_refunded_item_id') return { ...meta, id };
    const item = String(number(meta.value) + copy * LINE_IDS);
    return { ...meta, id, value: item, display_value: item };
  }

  function addresses(value: Json): Json {
    if (typeof value === 'string') {
      return value.replace(/(?<=\/(?:orders|order-pay|refunds)\/)\d+/g, (id) => String(number(id) + copy * ORDER_IDS));
    }
    if (Array.isArray(value)) return value.map(addresses);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, addresses(item)]));
  }
}

/** Amounts are the texts that differ between two and six decimals; the rest is the same whatever `dp` says. */
function rounded({ dp2, dp6 }: WooRecord, decimals: number): JsonObject {
  const object = (a: JsonObject, b: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(b).map(([key, value]) => [key, either(a[key] ?? null, value)]));
  return object(dp2, dp6);

  function either(two: Json, six: Json): Json {
    if (typeof two === 'string' && typeof six === 'string') return two === six ? six : roundText(six, decimals);
    if (Array.isArray(six)) return six.map((item, at) => either(Array.isArray(two) ? (two[at] ?? null) : null, item));
    if (isObject(two) && isObject(six)) return object(two, six);
    return six;
  }
}

/** Half away from zero, as PHP's `round`. */
function roundText(amount: string, decimals: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (match === null) return amount;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction.padEnd(decimals + 1, '0');
  const kept = BigInt(whole + digits.slice(0, decimals)) + (digits.charAt(decimals) >= '5' ? 1n : 0n);
  return signed(sign === '-' ? -kept : kept, decimals);
}

function breakTotal(total: string): string {
  const decimals = total.includes('.') ? total.length - total.indexOf('.') - 1 : 0;
  const by = decimals >= 2 ? BROKEN_BY * 10n ** BigInt(decimals - 2) : BROKEN_BY / 100n;
  return signed(BigInt(total.replace('.', '')) + by, decimals);
}

function signed(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** True for exactly `wanted` of the numbers 0 to `of - 1`, evenly scattered. */
function evenly(at: number, wanted: number, of: number): boolean {
  return Math.floor(((at + 1) * wanted) / of) > Math.floor((at * wanted) / of);
}

/** A copy was last changed within the three hours after its original, not in the order of ids. */
function later(date: string, copy: number): string {
  if (copy === 0) return date;
  const seconds = scramble(copy) % 10_800;
  return new Date(Date.parse(`${date}Z`) + seconds * 1000).toISOString().slice(0, 19);
}

function withParent({ id = null, ...rest }: JsonObject, parent: number): JsonObject {
  return { id, parent_id: parent, ...rest };
}

function pages(folder: string): JsonObject[] {
  return dataNames(`woocommerce/${folder}`, '.json').flatMap((name) =>
    objects(dataJson(`woocommerce/${folder}/${name}`)),
  );
}

export function objects(value: Json): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids of the captures are whole numbers, sometimes written as text. */
function number(value: Json | undefined): number {
  return Number.parseInt(String(value ?? 0), 10) || 0;
}
