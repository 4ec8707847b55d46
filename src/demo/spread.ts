/** The months the captured orders lie in; copies are spread over the same ones, so a period asked for is as full. */
const FIRST_DAY = Date.UTC(2026, 8, 1);
const DAYS = 84;
const DAY_MS = 86_400_000;

/** Number of days to move a copy of a record by: the same for every run, anywhere in the captured months. */
export function daysToMove({ id, copy, date }: { id: number; copy: number; date: string }): number {
  if (copy === 0) return 0;
  const target = FIRST_DAY + (scramble(id * 7919 + copy) % DAYS) * DAY_MS;
  return Math.round((target - Date.parse(`${date.slice(0, 10)}T00:00:00Z`)) / DAY_MS);
}

/** Moves `2026-10-31T23:59:59` or `2026-10-31 23:59:59` by whole days and keeps the time of the day. */
export function moveDays(date: string, days: number): string {
  if (days === 0 || date.startsWith('0000')) return date;
  const moved = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + days * DAY_MS);
  return moved.toISOString().slice(0, 10) + date.slice(10);
}

/** Local time of Paris to UTC, both without offset; the hour that occurs twice in autumn counts as winter. */
export function parisToUtc(local: string): string {
  const asUtc = Date.parse(`${local}Z`);
  const year = new Date(asUtc).getUTCFullYear();
  const summer = asUtc >= lastSunday(year, 2, 3) && asUtc < lastSunday(year, 9, 2);
  return new Date(asUtc - (summer ? 2 : 1) * 3_600_000).toISOString().slice(0, 19);
}

/** Local hour at which the clocks change, on the last Sunday of March or October. */
function lastSunday(year: number, month: number, hour: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), hour);
}

/** A well mixed, positive 31-bit number for a number (the finaliser of MurmurHash3). */
export function scramble(seed: number): number {
  let mixed = seed | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 0x7fffffff;
}
