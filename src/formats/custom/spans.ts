import type { FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import type { PreviewLine } from '../../schema/format-preview.ts';
import { RECORDS } from '../../schema/format-words.ts';
import { placesOf } from './layout-of.ts';

type Cell = PreviewLine['cells'][number];

/** Which record each line of a file is, and where its columns stand in it: for people who look at it. */
export function spansIn(definition: FormatDefinition, texts: readonly string[]): readonly PreviewLine[] {
  const { head, foot, shape, records } = definition;
  const named = shape.is === 'separated' && shape.header !== 'none' ? 1 : 0;
  return texts.map((text, index) => {
    if (index < head.length) return { text, record: 'head', cells: [] };
    if (index < head.length + named) return { text, record: 'names', cells: cellsOf(text, records.line, definition) };
    if (index >= texts.length - foot.length) return { text, record: 'foot', cells: [] };
    const record = RECORDS.find((name) => name !== 'line' && isRecord(text, records[name], definition)) ?? 'line';
    return { text, record, cells: cellsOf(text, records[record] ?? records.line, definition) };
  });
}

/** By its lead, or the text of its first constant. */
function isRecord(text: string, record: FormatRecord | undefined, definition: FormatDefinition): boolean {
  if (record === undefined) return false;
  if (record.lead !== undefined) return text.startsWith(record.lead);
  const index = record.columns.findIndex((column) => column.is === 'constant' && column.text !== '');
  const column = record.columns[index];
  const cell = cellsOf(text, record, definition)[index];
  if (column?.is !== 'constant' || cell === undefined) return false;
  return text.slice(cell.start, cell.end).replaceAll('"', '').trim() === column.text.trim();
}

function cellsOf(text: string, { columns, lead = '' }: FormatRecord, { shape }: FormatDefinition): readonly Cell[] {
  if (shape.is === 'separated') {
    const start = text.startsWith(lead) ? lead.length : 0;
    return separated(text, { start, separator: shape.separator, quotes: shape.quotes !== 'none' });
  }
  const places = placesOf(columns);
  return columns.map(({ width = 1 }, index) => {
    const start = Math.min((places[index] ?? 1) - 1, text.length);
    return { start, end: Math.min(start + width, text.length) };
  });
}

function separated(
  text: string,
  { start, separator, quotes }: { readonly start: number; readonly separator: string; readonly quotes: boolean },
): readonly Cell[] {
  const cells: Cell[] = [];
  let from = start;
  let quoted = false;
  for (let at = start; at <= text.length; at += 1) {
    if (quotes && text[at] === '"') quoted = !quoted;
    if (at < text.length && (quoted || text[at] !== separator)) continue;
    cells.push({ start: from, end: at });
    from = at + 1;
  }
  return cells;
}
