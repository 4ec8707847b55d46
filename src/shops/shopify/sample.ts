import { day } from '../../core/calendar.ts';
import { decimalText } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import type { ReadEvent, ReadItem, ReadingOptions, ReadRequest, Shop, ShopConnection } from '../reader.ts';
import { SCOPES } from './scopes.ts';
import { openShopify } from './shop.ts';

/** What the tests of this folder open and read shops with. */

export const OPTIONS: ReadingOptions = {
  decimals: 2,
  rounding: 'shop',
  amountOnlyRefunds: 'share',
  retentions: 'asStated',
  separateEcotax: false,
  wrappingNames: [],
  unexplainedFee: null,
  invoiceNumberKeys: [],
};

export const NOW = Date.UTC(2026, 10, 24, 12);

export function connectionTo(
  { url, credentials }: { url: string; credentials: Readonly<Record<string, string>> },
  changes: Partial<ShopConnection> = {},
): ShopConnection {
  return {
    url,
    credentials,
    http: {
      timeoutMs: 20_000, // the machine of the tests may be busy
      pauseMs: 0,
      tries: 3,
      userAgent: 'Comptoir test',
      minimumTls: '1.2',
      version: 'auto',
      basicAuth: null,
      certificate: null,
    },
    now: () => NOW,
    sleep: async () => {},
    ...changes,
  };
}

export function shopAt(
  demo: { url: string; credentials: Readonly<Record<string, string>> },
  changes: Partial<ShopConnection> = {},
): ReturnType<typeof openShopify> {
  return openShopify(connectionTo(demo, changes));
}

export function requestOf(changes: Partial<ReadRequest> = {}): ReadRequest {
  return {
    kind: 'sales',
    from: day('2026-08-01'),
    to: day('2026-11-30'),
    timeZone: 'Europe/Paris',
    changedSince: null,
    statuses: null,
    subShops: null,
    findBy: 'order',
    options: OPTIONS,
    resumeAfter: null,
    signal: new AbortController().signal,
    ...changes,
  };
}

export async function eventsOf(shop: Shop, request: ReadRequest): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of shop.read(request)) events.push(event);
  return events;
}

export async function itemsOf(shop: Shop, request: ReadRequest): Promise<readonly ReadItem[]> {
  return (await eventsOf(shop, request)).flatMap((event) => (event.type === 'item' ? [event.item] : []));
}

export async function documentsOf(shop: Shop, request: ReadRequest): Promise<readonly SalesDocument[]> {
  return (await itemsOf(shop, request)).flatMap((item) => (item.state === 'read' ? [item.document] : []));
}

/** A document in one line: date, lines with their taxes, payments, total. */
export function sketch({ kind, lines, payments, totals, order, creditNote }: SalesDocument): string {
  const text = (amount: SalesDocument['totals']['net']) => decimalText(amount, 2);
  const own = lines.map(({ kind: of, net, taxes }) => {
    const vat = taxes.map(({ amount, rate }) => ` +${text(amount)}@${decimalText(rate)}`).join('');
    return `${of} ${text(net)}${vat}`;
  });
  const paid = payments.map(({ direction, method, amount, fee }) => {
    return `${direction} ${method.id} ${text(amount)}${fee === null ? '' : ` fee ${text(fee.amount)}`}`;
  });
  const date = kind === 'sale' ? order.date : creditNote?.date;
  return `${date} ${[...own, ...paid].join('; ')} = ${text(totals.gross)}`;
}

/** Every scope but one. */
export function without(...scopes: readonly string[]): readonly string[] {
  return SCOPES.filter((scope) => !scopes.includes(scope));
}
