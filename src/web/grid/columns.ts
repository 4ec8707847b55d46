/** A column as data: the grid draws, sorts, filters and measures by it and knows nothing of what it means. */
export type GridColumn = {
  readonly key: string;
  /** Sentences of its head, and of the same when room is scarce. */
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Least width in pixels, and its share of the room left; 0: never wider than its widest value. */
  readonly width: number;
  readonly share: number;
  readonly filter: FilterKind;
  /** Figures are never cut: such a column is as wide as its widest value. */
  readonly figures: boolean;
};

export type FilterKind = 'none' | 'text' | 'start' | 'equal' | 'amount' | 'number' | 'day' | 'list';

const PER_CHARACTER = 7.7;
const PADDING = 17;

/** Width of a column, given its widest text. */
export function widthOf(column: GridColumn, longest: number): number {
  return column.figures ? Math.max(column.width, Math.ceil(longest * PER_CHARACTER) + PADDING) : column.width;
}

/** `38px 54px minmax(176px, 2fr) ...`: the box first, then each column. */
export function templateOf(
  columns: readonly GridColumn[],
  longest: Readonly<Record<string, number>>,
  boxWidth: number,
): string {
  const widths = columns.map((column) => {
    const width = widthOf(column, longest[column.key] ?? 0);
    return column.share > 0 ? `minmax(${width}px, ${column.share}fr)` : `${width}px`;
  });
  return [`${boxWidth}px`, ...widths].join(' ');
}

/** The least width of the whole, below which the grid scrolls sideways. */
export function leastWidth(
  columns: readonly GridColumn[],
  longest: Readonly<Record<string, number>>,
  boxWidth: number,
): number {
  return columns.reduce((sum, column) => sum + widthOf(column, longest[column.key] ?? 0), boxWidth);
}

/** `number` → `-number` → none; another column starts ascending. */
export function nextSort(sort: string, key: string): string {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? '' : key;
}
