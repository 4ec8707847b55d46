import { type KeyboardEvent, useRef, useState } from 'react';
import type { LineRow } from './columns.ts';
import type { List } from './use-list.ts';

/** Rows that Page Up and Page Down pass. */
const PAGE = 16;

/** The row the keyboard is on, how it moves, and what the keys do there. */
export function useCursor(list: List, explained: boolean, onExplain: (row: LineRow) => void) {
  const [cursor, setCursor] = useState(-1);
  const anchor = useRef(-1);
  return { cursor, moveTo, tickRow, onKey };

  /** While an explanation is open it follows the cursor. */
  function moveTo(index: number): void {
    if (list.total === 0) return;
    const to = Math.max(0, Math.min(list.total - 1, index));
    setCursor(to);
    const row = list.rowAt(to);
    if (explained && row?.type === 'line') onExplain(row);
  }

  function moveEntry(step: 1 | -1): void {
    let index = cursor + step;
    while (list.rowAt(index)?.type === 'line') index += step;
    if (index >= 0 && index < list.total) moveTo(index);
  }

  /** A tick on a row acts on its whole entry; with Shift, on every entry from the last one ticked (S-076). */
  async function tickRow(index: number, shift: boolean): Promise<void> {
    const row = list.rowAt(index);
    if (row === null || row.type === 'document') return;
    const from = anchor.current;
    anchor.current = index;
    if (!shift || from < 0) return list.tick.mutate({ ticked: !row.ticked, numbers: [row.number] });
    const [first, last] = [Math.min(from, index), Math.max(from, index)].map((at) => list.placeOf(at)?.row ?? 0);
    const rows = await list.between(first ?? 0, last ?? 0);
    const numbers = rows.flatMap((other) => (other.type === 'document' ? [] : [other.number]));
    list.tick.mutate({ ticked: !row.ticked, numbers: [...new Set(numbers)] });
  }

  function onKey(event: KeyboardEvent): void {
    const row = list.rowAt(cursor);
    const ctrl = event.ctrlKey || event.metaKey;
    const entry = row?.type === 'entry' ? row : null;
    const open = entry !== null && list.isOpen(cursor);
    const acts: Record<string, (() => void) | undefined> = {
      ArrowDown: () => (ctrl ? moveEntry(1) : moveTo(cursor + 1)),
      ArrowUp: () => (ctrl ? moveEntry(-1) : moveTo(cursor - 1)),
      PageDown: () => moveTo(cursor + PAGE),
      PageUp: () => moveTo(cursor - PAGE),
      Home: () => moveTo(0),
      End: () => moveTo(list.total - 1),
      ArrowLeft: () => entry !== null && open && list.fold(cursor, entry),
      ArrowRight: () => entry !== null && !open && list.fold(cursor, entry),
      ' ': () => tickRow(cursor, event.shiftKey),
      Enter: ctrl ? undefined : enter,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();

    function enter(): void {
      if (row?.type === 'line') onExplain(row);
      else if (entry !== null) open ? moveTo(cursor + 1) : list.fold(cursor, entry);
    }
  }
}
