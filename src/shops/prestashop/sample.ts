import { day } from '../../core/calendar.ts';
import { type Decimal, decimalText } from '../../core/decimal.ts';
import type { DocumentLine, SalesDocument } from '../../core/document.ts';
import type { ReadEvent, ReadingOptions, ReadRequest, Shop, ShopConnection } from '../reader.ts';
import { prestashop } from './index.ts';

/** Requests and short forms of documents for the tests of this folder. */

export const OPTIONS: ReadingOptions = {
  rounding: 'shop',
  amountOnlyRefunds: 'share',
  retentions: 'asStated',
  separateEcotax: false,
  wrappingNames: [],
  unexplainedFee: null,
  invoiceNumberKeys: [],
};

/** All the captured documents: autumn 2026, on the shop's own clock. */
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

export function shopAt(at: { readonly url: string; readonly credentials: Readonly<Record<string, string>> }, changes: Partial<ShopConnection['http']> = {}): Shop {
  return prestashop.open({
    ...at,
    http: {
      timeoutMs: 5000, pauseMs: 0, tries: 2, userAgent: 'Comptoir test', minimumTls: '1.2', version: 'auto',
      basicAuth: null, certificate: null, ...changes,
    },
    now: Date.now,
    sleep: async () => {},
  });
}

export async function eventsOf(shop: Shop, request: ReadRequest): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of shop.read(request)) events.push(event);
  return events;
}

export async function documentsOf(shop: Shop, request: ReadRequest): Promise<SalesDocument[]> {
  const events = await eventsOf(shop, request);
  return events.flatMap((event) => (event.type === 'item' && event.item.state === 'read' ? [event.item.document] : []));
}

/** `product 20.75 +20% 4.15 | shipping 5.75 +20% 1.15`, as tables of tests write lines. */
export function linesText(lines: readonly DocumentLine[]): string {
  return lines.map((line) => [`${line.kind} ${amount(line.net)}`, ...line.taxes.map((tax) => `+${decimalText(tax.rate)}% ${amount(tax.amount)}`)].join(' ')).join(' | ');
}

/** `stripe_official 31.80 2026-09-01`, money out with a minus. */
export function paymentsText({ payments }: SalesDocument): string {
  return payments
    .map(({ id, direction, method, amount: paid, date }) => `${id}: ${method.id} ${direction === 'out' ? '-' : ''}${amount(paid)} ${date}`)
    .join(' | ');
}

export function remarksText({ remarks }: SalesDocument): string {
  return remarks.map(({ severity, code }) => `${severity} ${code}`).join(', ');
}

export function amount(value: Decimal): string {
  return decimalText(value, 2);
}
