/** Rows asked of the server at a time. */
export const PAGE = 150;
/** Pages read ahead where the list is moving to: at 30 000 pixels a second a page passes in a sixth of a second. */
const AHEAD = 3;
/** And on the other side, for who turns back. */
const BEHIND = 1;

/** The rows in sight, and which way they moved last. */
export type Sight = { readonly first: number; readonly last: number; readonly down: boolean };

/** The pages to hold: the first, which carries the totals, those in sight, then those around them. */
export function pagesWanted({ first, last, down }: Sight, total: number): readonly number[] {
  const end = pageOf(Math.max(0, total - 1));
  const [top, bottom] = [pageOf(first), pageOf(last)];
  const [above, below] = down ? [BEHIND, AHEAD] : [AHEAD, BEHIND];
  const inSight = range(top, bottom);
  const around = [...range(bottom + 1, Math.min(end, bottom + below)), ...range(Math.max(0, top - above), top - 1)];
  return [...new Set([0, ...inSight, ...around])];
}

export function pageOf(row: number): number {
  return Math.floor(row / PAGE);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
