/** SQLite binds at most 32 766 values a statement; rows are sent in lots well below that. */
export function* lots<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
