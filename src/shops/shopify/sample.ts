import { decimalText } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { eventsOf, HTTP, itemsIn } from '../read.test-kit.ts';
import type { ReadItem, ReadRequest, Shop, ShopConnection } from '../reader.ts';
import { SCOPES } from './scopes.ts';
import { openShopify } from './shop.ts';

export { documentsOf, eventsOf, OPTIONS, requestOf } from '../read.test-kit.ts';

/** What the tests of this folder open and read shops with. */

export const NOW = Date.UTC(2026, 10, 24, 12);

export function connectionTo(
  { url, credentials }: { url: string; credentials: Readonly<Record<string, string>> },
  changes: Partial<ShopConnection> = {},
): ShopConnection {
  return {
    url,
    credentials,
    http: { ...HTTP, timeoutMs: 20_000 }, // the machine of the tests may be busy
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

export async function itemsOf(shop: Shop, request: ReadRequest): Promise<readonly ReadItem[]> {
  return itemsIn(await eventsOf(shop, request));
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
