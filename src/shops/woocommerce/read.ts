import type { z } from 'zod';
import { dayIn } from '../../core/calendar.ts';
import type { SalesDocument } from '../../core/document.ts';
import { Failure, type Problem, problem } from '../../core/problem.ts';
import { utcTime } from '../../schema/instant.ts';
import { firstIssue } from '../../schema/issue.ts';
import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import type { Params, WooClient } from './client.ts';
import { type WooOrder, wooOrder } from './order.ts';
import { identified, PAGING, readPages, recordsOf } from './pages.ts';
import { changedParams, isWithin, orderPeriod, periodParams } from './period.ts';
import { percentages, readCurrency, readSettings, readTaxRates } from './settings.ts';
import { toDocument, type WooContext } from './to-document.ts';

/** A list is read again from its start when its length changed meanwhile: an order may have slipped over a page's edge. */
const MAX_PASSES = 3;
const RESUME = /^(\w+)\/(\d{1,7})\/(\d{1,15})(\+?)$/;

/** Sales of a period or changed since an instant, by id; an order that cannot be read is told and the others go on. */
export async function* readSales(
  client: WooClient,
  request: ReadRequest,
  statuses: readonly string[],
): AsyncGenerator<ReadEvent> {
  const { signal, timeZone, changedSince: since } = request;
  const site = await client.site({ signal });
  const attributes = attributesOf(client, request);
  const untold: Problem[] = [];
  const learn = async (records: readonly unknown[]) => void untold.push(...(await attributes.learn(records)));
  let context = yield* contextOf(client, request, attributes);
  const period = orderPeriod(request);
  const params: Params = {
    status: statuses.join(','),
    ...(since === null ? periodParams(period, site.timeZone === timeZone) : changedParams(since, site.timeZone)),
  };
  for await (const step of readStable(client, { path: 'orders', phase: 'orders', params, request, onPage: learn })) {
    for (const problem of untold.splice(0)) yield { type: 'problem', problem };
    if (step.type !== 'record') {
      yield step;
      continue;
    }
    const parsed = wooOrder.safeParse(step.record);
    if (!parsed.success) {
      if (mayBeWanted(step.record)) yield { type: 'item', item: unreadableSale(step.record, parsed.error) };
      continue;
    }
    context = await withRates(client, context, parsed.data, request);
    const document = toDocument(parsed.data, context);
    if (isWanted(parsed.data, document))
      yield { type: 'item', item: { state: 'read', document, raw: jsonText(step.record) } };
  }

  function isWanted(order: WooOrder, { order: { date }, invoice }: SalesDocument): boolean {
    if (!statuses.includes(order.status)) return false;
    if (since !== null) return (order.date_modified_gmt ?? since) >= since; // older shops ignore `modified_after`
    return isWithin(request.findBy === 'invoice' ? (invoice?.date ?? date) : date, request);
  }

  /** An unreadable order is told unless its date, if that is readable, lies outside. */
  function mayBeWanted(record: unknown): boolean {
    const created = instantIn(record, 'date_created_gmt');
    return since !== null || created === null || isWithin(dayIn(timeZone, created), period);
  }
}

/** What the shop's settings say; what this key may not read is one problem of the run. */
export async function* contextOf(
  client: WooClient,
  request: ReadRequest,
  { categories, roles }: Attributes,
): AsyncGenerator<ReadEvent, WooContext> {
  const { signal, timeZone, options } = request;
  const settings = await readSettings(client, { signal });
  if (settings === null)
    yield { type: 'problem', problem: problem('shop.read-incomplete', 'warn', null, { right: 'settings' }) };
  const currency = settings?.currency ?? (await readCurrency(client, { signal }));
  const { country, taxBasedOn } = settings ?? { country: null, taxBasedOn: null };
  return { timeZone, currency, country, taxBasedOn, rates: new Map(), categories, roles, options };
}

/** Orders made before WooCommerce 3.7 do not state percentages: the shop's list of rates is read when one comes. */
export async function withRates(
  client: WooClient,
  context: WooContext,
  order: WooOrder,
  request: ReadRequest,
): Promise<WooContext> {
  if (context.rates.size > 0 || order.tax_lines.every(({ rate_percent }) => rate_percent !== null)) return context;
  const rates = await readTaxRates(client, { signal: request.signal });
  return rates === null ? context : { ...context, rates: percentages(rates) };
}

export type Step = ReadEvent | { readonly type: 'record'; readonly id: string | null; readonly record: unknown };

/**
 * Every record of a list once, with a page event after each page. `phase` names the list in the mark from which a
 * failed read goes on. Records that move over the edge of a page while we read are caught by another pass.
 */
export async function* readStable(
  client: WooClient,
  list: {
    readonly path: string;
    readonly phase: string;
    readonly params: Params;
    readonly request: ReadRequest;
    /** Told each whole page before its records, to fetch together what they need. */
    readonly onPage?: (records: readonly unknown[]) => Promise<void>;
  },
): AsyncGenerator<Step> {
  const { path, phase, params, request, onPage } = list;
  const mark = resumeMark(request.resumeAfter, phase);
  const seen = new Set<string>();
  let total: number | null = null;
  let changed = mark?.changed ?? false;
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    const startPage = pass === 1 && mark !== null ? await goOnAt(mark) : 1;
    if (pass > 1) changed = false;
    for await (const step of readPages(client, { path, params, startPage, signal: request.signal })) {
      if (step.type !== 'records') {
        yield step;
        continue;
      }
      if (step.records.length > 0) {
        changed ||= total !== null && step.total !== null && step.total !== total;
        total = step.total;
      }
      const fresh = step.records.filter((record) => isFresh(record, pass));
      await onPage?.(fresh);
      for (const record of fresh) {
        const id = idOf(record);
        if (id !== null) seen.add(id);
        yield { type: 'record', id, record };
      }
      const lastId = step.records.map(idOf).findLast((id) => id !== null) ?? String(mark?.lastId ?? 0);
      const resumeAfter = `${phase}/${step.page}/${lastId}${changed ? '+' : ''}`;
      if (pass === 1) yield { type: 'page', page: step.page, records: step.records.length, total, resumeAfter };
    }
    if (!changed) return;
  }

  /** A further pass looks for what slipped over an edge, before the mark too. */
  function isFresh(record: unknown, pass: number): boolean {
    const id = idOf(record);
    return id === null || (!seen.has(id) && !(pass === 1 && mark !== null && Number(id) <= mark.lastId));
  }

  /**
   * The page to go on with. Orders that left the list since move the others forward, so the mark's own page is looked
   * at: while it ends as it did, the next one is next. Else the nearest page that begins with an order that was read:
   * behind that, nothing can have slipped.
   */
  async function goOnAt({ page, lastId }: Mark): Promise<number> {
    for (let at = page; at > 0; at -= 1) {
      const asked = { ...params, ...PAGING, page: String(at), _fields: 'id' };
      const answer = await client.askPage(path, asked, { signal: request.signal }).catch(beyondTheEnd);
      const ids = answer === null ? [] : recordsOf(answer.data, answer.answer.url).map(idOf);
      if (at === page && ids.at(-1) === String(lastId)) return page + 1;
      if (Number(ids[0] ?? Number.POSITIVE_INFINITY) <= lastId) return at;
    }
    return 1;
  }
}

/** A page that is no longer there is answered by an error where it is not by an empty list. */
function beyondTheEnd(error: unknown): null {
  if (error instanceof Failure && error.code === 'shop.broken-answer') return null;
  throw error;
}

/** `changed`: the list's length changed while it was read, so that another pass is owed. */
type Mark = { readonly page: number; readonly lastId: number; readonly changed: boolean };

/** Where an earlier read of this list stopped; null for another list or from the start. */
export function resumeMark(text: string | null, phase: string): Mark | null {
  const match = text === null ? null : RESUME.exec(text);
  if (match === null || match[1] !== phase) return null;
  return { page: Number(match[2]), lastId: Number(match[3]), changed: match[4] === '+' };
}

export function idOf(record: unknown): string | null {
  const parsed = identified.safeParse(record);
  return parsed.success ? parsed.data.id : null;
}

export function instantIn(record: unknown, field: string): number | null {
  if (typeof record !== 'object' || record === null) return null;
  const parsed = utcTime.safeParse(Reflect.get(record, field));
  return parsed.success ? parsed.data : null;
}

export function unreadable(
  kind: 'sale' | 'creditNote',
  facts: { id: string | null; orderId: string | null; raw: unknown; reason: { field: string; reason: string } },
): ReadItem {
  const id = facts.id ?? '?';
  const key = `${kind}/${id}`;
  const problems: Problem[] = [problem('record.unreadable', 'hold', { kind, key, number: id }, facts.reason)];
  return { state: 'unreadable', kind, key, orderId: facts.orderId ?? '?', problems, raw: jsonText(facts.raw) };
}

function unreadableSale(record: unknown, error: z.ZodError): ReadItem {
  const id = idOf(record);
  return unreadable('sale', { id, orderId: id, raw: record, reason: firstIssue(error) });
}
