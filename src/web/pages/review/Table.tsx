// biome-ignore-all lint/a11y/useSemanticElements: a treegrid of rows in sight only cannot be a table of the document.
// biome-ignore-all lint/a11y/useFocusableInteractive: the treegrid has the focus, and names its active row.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { Review } from '../../../api/review.ts';
import { useRowExtra } from '../../density.ts';
import { type GridColumn, leastWidth, nextSort, templateOf } from '../../grid/columns.ts';
import { FilterCell } from '../../grid/FilterCell.tsx';
import { useSpeech } from '../../language.tsx';
import { Tick } from '../../parts/Controls.tsx';
import { type LineRow, longestOfPages, rowKey } from './columns.ts';
import type { Exclusion } from './Dialogs.tsx';
import { Row, useSteady } from './Row.tsx';
import type { List } from './use-list.ts';

const HEIGHTS = { entry: 34, document: 34, line: 28 } as const;
const BOX = 38;

export type TableHandle = { readonly focus: () => void; readonly focusFilter: () => void };
type Props = {
  review: Review;
  profile: string;
  list: List;
  columns: readonly GridColumn[];
  cursor: number;
  onCursor: (index: number) => void;
  explained: { number: number; line: number } | null;
  onExplain: (row: LineRow) => void;
  onTickRow: (index: number, shift: boolean) => void;
  onKey: (event: KeyboardEvent) => void;
  onExclude: (exclusion: Exclusion) => void;
  empty: ReactNode;
  handle: Ref<TableHandle>;
};

/** The list of entries as a treegrid: heads and filters above, totals below, and between them only the rows in sight. */
export function Table(props: Props) {
  const { review, list, columns, cursor } = props;
  const speech = useSpeech();
  const { say } = speech;
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    focusFilter: () => scroller.current?.querySelector<HTMLElement>('[data-filter]')?.focus(),
  }));

  const { flat } = list.query;
  const acts = useSteady({
    pick: props.onCursor,
    explain: props.onExplain,
    fold: (index, entry) => list.fold(index, entry),
    tick: props.onTickRow,
    exclude: props.onExclude,
    include: (key) => list.include.mutate({ keys: [key] }),
  });

  const longestOf = useMemo(() => longestOfPages(flat, speech), [flat, speech]);
  const texts = longestOf(list.rows.pages);
  const longest = useMemo(() => {
    const total = Math.max(speech.amount(review.totals.debit).length, speech.amount(review.totals.credit).length);
    return {
      ...texts,
      debit: Math.max(texts.debit ?? 0, total),
      credit: Math.max(texts.credit ?? 0, total),
      number: Math.max(texts.number ?? 0, speech.count(review.tabs.all).length),
    };
  }, [texts, speech, review.totals, review.tabs.all]);
  const style = {
    '--columns': templateOf(columns, longest, BOX),
    minWidth: leastWidth(columns, longest, BOX),
  } as CSSProperties;

  // Of rows not read yet only the usual height is known; those in sight are set right below, without counting them all again.
  const extra = useRowExtra();
  const usual = (list.query.folded && !flat ? HEIGHTS.entry : HEIGHTS.line) + extra;
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usual,
    overscan: 16,
    scrollPaddingStart: 76,
    scrollPaddingEnd: 50,
  });
  const items = virtual.getVirtualItems();
  const [firstIndex, lastIndex] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => {
    const [from, to] = [list.placeOf(firstIndex)?.row ?? 0, list.placeOf(lastIndex)?.row ?? 0];
    list.rows.see(from, to);
  }, [firstIndex, lastIndex, list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows at the same places have other heights.
  useLayoutEffect(() => virtual.measure(), [list.shape, usual, virtual]);
  useLayoutEffect(() => {
    for (const { index, size } of items) {
      const row = list.rowAt(index);
      if (row === null) continue;
      const height = HEIGHTS[row.type] + extra;
      if (size !== height) virtual.resizeItem(index, height);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor alone moves the list.
  useEffect(() => {
    if (cursor >= 0 && cursor < list.total) virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor]);

  const { totals } = review;
  const debit = columns.findIndex(({ key }) => key === 'debit');
  const textEnd = debit === -1 ? columns.length : debit;
  const kindStart = Math.max(1, columns.findIndex(({ key }) => key === 'account') + 1);
  return (
    <div className={list.rows.fresh ? 'grid card' : 'grid card stale'}>
      <div
        ref={scroller}
        className="grid-scroll"
        role="treegrid"
        aria-label={say('ui.review.title')}
        aria-rowcount={list.total + 2}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={cursor >= 0 && cursor < list.total ? `row-${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget) props.onKey(event);
        }}
      >
        <div className="grid-inner" role="rowgroup" style={style}>
          <div className="grid-top" role="presentation">
            <div className="grid-row heads" role="row" aria-rowindex={1}>
              <div role="columnheader" className="cell box">
                <Tick
                  checked={totals.untickedEntries === 0 && totals.entries > 0}
                  some={totals.untickedEntries > 0 && totals.entries > 0}
                  label={say('ui.review.tick-all')}
                  onChange={(ticked) => list.tick.mutate({ ticked, query: { ...list.query, offset: 0, limit: 1 } })}
                />
              </div>
              {columns.map((column) => (
                <Head
                  key={column.key}
                  column={column}
                  sort={list.query.sort || 'number'}
                  onSort={(sort) => list.set({ sort })}
                />
              ))}
            </div>
            <div className="grid-row filters" role="row" aria-rowindex={2}>
              <div role="gridcell" className="cell box">
                <span className="unseen">{say('ui.filter.row')}</span>
              </div>
              {columns.map((column) => (
                <div key={column.key} role="gridcell" className="cell filter-cell">
                  {column.filter === 'none' ? null : (
                    <FilterCell
                      column={column}
                      title={say(column.title)}
                      wire={list.query.filters[column.key] ?? ''}
                      choices={column.key === 'payment' ? review.payments : []}
                      onChange={(wire) => list.set({ filters: without(list.query.filters, column.key, wire) })}
                    />
                  )}
                </div>
              ))}
            </div>
          </div>
          <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = list.rowAt(item.index);
              return (
                <Row
                  key={row ? rowKey(row) : `gap${item.index}`}
                  index={item.index}
                  top={item.start}
                  height={item.size}
                  row={row}
                  profile={props.profile}
                  columns={columns}
                  flat={flat}
                  open={list.isOpen(item.index)}
                  active={item.index === cursor}
                  explained={
                    row?.type === 'line' && row.number === props.explained?.number && row.line === props.explained.line
                  }
                  acts={acts}
                />
              );
            })}
          </div>
          {list.total === 0 && list.rows.fresh ? (
            <div className="grid-empty" role="row">
              <div role="gridcell">{props.empty}</div>
            </div>
          ) : null}
          <div className="grid-row totals" role="row">
            <div
              role="gridcell"
              className="cell totals-text"
              style={{ gridColumn: `${kindStart + 1} / ${textEnd + 2}` }}
            >
              <strong>{say('ui.review.total')}</strong>{' '}
              <span className="muted">
                {say('ui.review.total.counts', { entries: totals.entries, lines: totals.lines })}
              </span>
              {columns.some(({ key }) => key === 'payment') ? null : <Balance totals={totals} />}
            </div>
            {columns.slice(textEnd).map(({ key }) => (
              <div
                key={key}
                role="gridcell"
                className={key === 'debit' || key === 'credit' ? 'cell figure right' : 'cell'}
              >
                {key === 'debit' ? (
                  speech.amount(totals.debit)
                ) : key === 'credit' ? (
                  speech.amount(totals.credit)
                ) : key === 'payment' ? (
                  <Balance totals={totals} />
                ) : null}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

export function Balance({ totals }: { totals: Review['totals'] }) {
  const { say } = useSpeech();
  return (
    <span className={totals.balanced ? 'balance ok' : 'balance bad'}>
      <span aria-hidden="true">{totals.balanced ? '=' : '≠'}</span>{' '}
      {say(totals.balanced ? 'ui.review.balanced' : 'ui.review.unbalanced')}
    </span>
  );
}

function Head({ column, sort, onSort }: { column: GridColumn; sort: string; onSort: (sort: string) => void }) {
  const { say } = useSpeech();
  const direction = sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : 'none';
  return (
    <div role="columnheader" className={`cell ${column.align}`} aria-sort={direction}>
      {column.filter === 'none' ? (
        say(column.title)
      ) : (
        <button type="button" className="head-button" onClick={() => onSort(nextSort(sort, column.key))}>
          {say(column.title)}
          {direction === 'ascending' ? (
            <IconArrowUp size={13} aria-hidden="true" />
          ) : direction === 'descending' ? (
            <IconArrowDown size={13} aria-hidden="true" />
          ) : null}
        </button>
      )}
    </div>
  );
}

function without(filters: Readonly<Record<string, string>>, key: string, wire: string): Record<string, string> {
  const { [key]: _, ...others } = filters;
  return wire === '' ? others : { ...others, [key]: wire };
}
