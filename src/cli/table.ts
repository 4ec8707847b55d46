import Table from 'cli-table3';

/** Nothing narrower than this is worth a table that wraps. */
const MIN_COLUMNS = 60;
const BORDERS_PER_COLUMN = 3;

/**
 * A table of text, with its line break. On a terminal the last column takes what is left of the width and wraps;
 * elsewhere each row is one line.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], columns: number | null): string {
  const made = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    ...(columns === null || columns < MIN_COLUMNS ? {} : { colWidths: widths(head, rows, columns) }),
  });
  made.push(...rows.map((row) => row.map((cell) => cell.replace(/\s*[\r\n]+\s*/g, ' '))));
  return `${made.toString()}\n`;
}

function widths(head: readonly string[], rows: readonly (readonly string[])[], columns: number): number[] {
  const natural = head.map((title, place) => Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)) + 2);
  const first = natural.slice(0, -1);
  const taken = first.reduce((sum, width) => sum + width + 1, 2);
  const last = Math.max(20, Math.min(natural.at(-1) ?? 0, columns - taken - BORDERS_PER_COLUMN));
  return [...first, last];
}
