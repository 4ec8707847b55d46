import { addDays, type Day, instantOf } from '../../core/calendar.ts';
import type { ReadRequest } from '../reader.ts';
import type { Filter } from './search.ts';

/** States of an order that is a sale; statuses are free codes that a shop attaches to states. */
export const SOLD_STATES = ['processing', 'complete', 'closed'];

/** Conditions of a period, or of what changed since an instant: Magento's times are UTC, without offset. */
export function timeFilters({ from, to, timeZone, changedSince }: ReadRequest): readonly Filter[] {
  if (changedSince !== null) return [{ field: 'updated_at', value: utcText(changedSince), condition: 'gteq' }];
  return [
    { field: 'created_at', value: utcText(startOf(from, timeZone)), condition: 'gteq' },
    { field: 'created_at', value: utcText(startOf(addDays(to, 1), timeZone)), condition: 'lt' },
  ];
}

export function storeFilters({ subShops }: ReadRequest): readonly Filter[] {
  return subShops === null ? [] : [{ field: 'store_id', value: subShops.join(','), condition: 'in' }];
}

/** Orders by the profile's statuses, else by the states that mean a sale; what was invoiced is one whatever the status. */
export function statusFilters({ statuses, options }: ReadRequest): readonly Filter[] {
  if (options.salesSource !== 'orders') return [];
  if (statuses === null) return [{ field: 'state', value: SOLD_STATES.join(','), condition: 'in' }];
  return [{ field: 'status', value: statuses.join(','), condition: 'in' }];
}

export function isWithin(date: Day, { from, to }: { from: Day; to: Day }): boolean {
  return date >= from && date <= to;
}

function startOf(date: Day, timeZone: string): number {
  return instantOf(timeZone, `${date}T00:00:00`);
}

/** Whole seconds, rounded down: a second too early is read again, a second too late would be lost. */
function utcText(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19).replace('T', ' ');
}
