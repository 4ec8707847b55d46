import { day } from '../core/calendar.ts';
import type { SalesDocument } from '../core/document.ts';
import type { HttpSettings, ReadEvent, ReadItem, ReadingOptions, ReadRequest, Shop } from './reader.ts';

/** What the tests of every shop read with: the autumn of 2026, whose documents were recorded. */

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

export const HTTP: HttpSettings = {
  timeoutMs: 5000,
  pauseMs: 0,
  tries: 3,
  userAgent: 'Comptoir test',
  minimumTls: '1.2',
  version: 'auto',
  basicAuth: null,
  certificate: null,
};

export function requestOf(fields: Partial<ReadRequest> = {}, options: Partial<ReadingOptions> = {}): ReadRequest {
  return {
    kind: 'sales',
    from: day('2026-08-01'),
    to: day('2026-11-30'),
    timeZone: 'Europe/Paris',
    changedSince: null,
    statuses: null,
    subShops: null,
    findBy: 'order',
    options: { ...OPTIONS, ...options },
    resumeAfter: null,
    signal: new AbortController().signal,
    ...fields,
  };
}

/** Everything a read says, in order. */
export async function eventsOf(shop: Pick<Shop, 'read'>, request: ReadRequest): Promise<ReadEvent[]> {
  return gathered(shop.read(request));
}

export async function gathered(read: AsyncIterable<ReadEvent>): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of read) events.push(event);
  return events;
}

export function itemsIn(events: readonly ReadEvent[]): ReadItem[] {
  return events.flatMap((event) => (event.type === 'item' ? [event.item] : []));
}

export function documentsIn(events: readonly ReadEvent[]): SalesDocument[] {
  return itemsIn(events).flatMap((item) => (item.state === 'read' ? [item.document] : []));
}

export async function documentsOf(shop: Pick<Shop, 'read'>, request: ReadRequest): Promise<SalesDocument[]> {
  return documentsIn(await eventsOf(shop, request));
}
