import { type Decimal, decimalText } from '../../core/decimal.ts';
import type { DocumentLine, Payment, SalesDocument } from '../../core/document.ts';
import { parseJson } from '../../schema/json.ts';
import { HTTP, OPTIONS } from '../read.test-kit.ts';
import type { ReadingOptions, Shop, ShopConnection } from '../reader.ts';
import { parsedOf } from './companions.ts';
import { magento } from './index.ts';
import type { MagentoCreditMemo, MagentoInvoice, MagentoOrder } from './order.ts';

export { documentsOf, eventsOf, OPTIONS, requestOf } from '../read.test-kit.ts';

/** Requests and small records for the tests of this folder. */

type Running = { readonly url: string; readonly credentials: ShopConnection['credentials'] };

export function connectionOf(shop: Running, fields: Partial<ShopConnection> = {}): ShopConnection {
  return {
    url: shop.url,
    credentials: shop.credentials,
    http: HTTP,
    now: Date.now,
    sleep: async (_ms, signal) => signal?.throwIfAborted(),
    ...fields,
  };
}

export function shopAt(shop: Running, fields: Partial<ShopConnection> = {}): Shop {
  return magento.open(connectionOf(shop, fields));
}

/** Does some work with a running shop, and closes it. */
export async function during<Shop extends { close(): Promise<void> }, Result>(
  start: Promise<Shop>,
  work: (shop: Shop) => Promise<Result>,
): Promise<Result> {
  const shop = await start;
  try {
    return await work(shop);
  } finally {
    await shop.close();
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** A record through the same door as an answer: JSON text, base amounts, schema. */
export function orderOf(fields: Fields, options: Partial<ReadingOptions> = {}): MagentoOrder {
  return good(parsedOf('orders', json(fields), { ...OPTIONS, ...options }));
}

export function invoiceOf(fields: Fields, options: Partial<ReadingOptions> = {}): MagentoInvoice {
  return good(parsedOf('invoices', json(fields), { ...OPTIONS, ...options }));
}

export function memoOf(fields: Fields, options: Partial<ReadingOptions> = {}): MagentoCreditMemo {
  return good(parsedOf('creditmemos', json(fields), { ...OPTIONS, ...options }));
}

function json(fields: Fields): unknown {
  return parseJson(JSON.stringify(fields));
}

function good<Record>(
  parsed: { ok: true; record: Record } | { ok: false; reason: { field: string; reason: string } },
): Record {
  if (parsed.ok) return parsed.record;
  throw new TypeError(`${parsed.reason.field}: ${parsed.reason.reason}`);
}

/** A document in a line: `product 10.00 20%=2.00; shipping … | in money card 12.00 2026-10-03 | remarks`. */
export function told({ totals, lines, payments, remarks, currency }: SalesDocument): string {
  const amount = (value: Decimal) => decimalText(value, 2);
  const line = ({ kind, net, taxes }: DocumentLine) =>
    [
      kind,
      amount(net),
      ...taxes.map(
        (tax) => `${decimalText(tax.rate)}%=${amount(tax.amount)}${tax.base === null ? '' : `/${amount(tax.base)}`}`,
      ),
    ].join(' ');
  const payment = ({ direction, type, method, amount: paid, date }: Payment) =>
    `${direction} ${type} ${method.id} ${amount(paid)} ${date}`;
  return [
    `${amount(totals.gross)} ${currency.code}`,
    lines.map(line).join('; '),
    payments.map(payment).join('; '),
    remarks.map(({ code, severity, values }) => [severity, code, ...Object.values(values)].join(' ')).join('; '),
  ]
    .filter((part) => part !== '')
    .join(' | ');
}
