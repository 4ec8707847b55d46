/**
 * Where a row on the screen is among the rows of the server, when some entries were opened (their lines are put in) or
 * closed (the lines that follow are left out) by hand. Both are few, so the map is a short list of steps.
 */
export type RowMap = { readonly total: number; readonly at: (index: number) => Place | null };
/** A row of the server, or the `inner`-th line put in below it. */
export type Place = { readonly row: number; readonly inner: number | null };

/** `opened`: row → lines put in below it; `closed`: row → rows hidden after it. */
export function rowMap(
  total: number,
  opened: ReadonlyMap<number, number>,
  closed: ReadonlyMap<number, number>,
): RowMap {
  const steps = [
    ...[...opened].map(([row, count]) => ({ row, put: count, hide: 0 })),
    ...[...closed].map(([row, count]) => ({ row, put: 0, hide: count })),
  ].sort((a, b) => a.row - b.row);
  const change = steps.reduce((sum, { put, hide }) => sum + put - hide, 0);
  return { total: total + change, at };

  function at(index: number): Place | null {
    let shift = 0; // rows on the screen before this one, less rows of the server
    for (const { row, put, hide } of steps) {
      const place = row + shift;
      if (index <= place) break;
      if (index <= place + put) return { row, inner: index - place - 1 };
      shift += put - hide;
    }
    const found = index - shift;
    return found >= 0 && found < total ? { row: found, inner: null } : null;
  }
}
