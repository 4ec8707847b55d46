import { type RawBuilder, sql } from 'kysely';

/** SQLite binds at most 32 766 values a statement; rows are sent in lots well below that. */
export function* lots<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

/** Many values or rows as one parameter: SQLite takes JSON apart faster than a statement of a thousand holes is made and filled. */
export function json(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** To stand behind `in`. */
export function among(values: readonly string[]): RawBuilder<unknown> {
  return sql`(select value from json_each(${json(values)}))`;
}
