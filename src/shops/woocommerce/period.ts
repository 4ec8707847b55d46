import { addDays, type Day, dayIn, lowestLocalTime } from '../../core/calendar.ts';
import type { ReadRequest } from '../reader.ts';
import type { Params } from './client.ts';

/** An invoice may be made this long after its order: WooCommerce can only be asked by the order's date. */
const INVOICE_DAYS = 90;
/** Shops without a list of refunds are asked for orders this old that may have been refunded in the period. */
const REFUNDED_ORDER_DAYS = 400;
/** A refund may leave its order's date of change alone, so that recent ones are always read again. */
export const RECENT_REFUND_DAYS = 60;

export function orderPeriod({ from, to, findBy }: Pick<ReadRequest, 'from' | 'to' | 'findBy'>): { from: Day; to: Day } {
  return { from: findBy === 'invoice' ? addDays(from, -INVOICE_DAYS) : from, to };
}

export function refundedOrderPeriod({ from, to }: { from: Day; to: Day }): { from: Day; to: Day } {
  return { from: addDays(from, -REFUNDED_ORDER_DAYS), to };
}

export function recentPeriod(nowMs: number, timeZone: string): { from: Day; to: Day } {
  const today = dayIn(timeZone, nowMs);
  return { from: addDays(today, -RECENT_REFUND_DAYS), to: today };
}

/**
 * Bounds in the site's local time, both exclusive, as WooCommerce takes them without `dates_are_gmt` (older versions do
 * not know it). A site on another clock than the profile is asked for a day more on each side; what is outside the
 * period is dropped here, by the civil day in the profile's zone.
 */
export function periodParams({ from, to }: { from: Day; to: Day }, sameClock: boolean): Params {
  const wider = sameClock ? 0 : 1;
  return {
    after: `${addDays(from, -1 - wider)}T23:59:59`,
    before: `${addDays(to, 1 + wider)}T00:00:00`,
  };
}

export function changedParams(fromMs: number, siteTimeZone: string | null): Params {
  const earliest = siteTimeZone === null ? fromMs - 86_400_000 : fromMs;
  return { modified_after: lowestLocalTime(siteTimeZone ?? 'UTC', earliest) };
}

export function isWithin(date: Day, { from, to }: { from: Day; to: Day }): boolean {
  return date >= from && date <= to;
}
