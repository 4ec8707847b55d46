// biome-ignore-all lint/a11y/useSemanticElements: a region that scrolls is named, and is no section of the text.
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Review } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { DocumentBadge, ReasonBadge } from '../../parts/Badges.tsx';
import { Tick } from '../../parts/Controls.tsx';
import { type DocumentRow, type EntryRow, kindOf, type LineRow, rowKey, toldOf } from './columns.ts';
import type { Exclusion } from './Dialogs.tsx';
import { Balance } from './Table.tsx';
import type { List } from './use-list.ts';

type Props = {
  list: List;
  head: ReactNode;
  empty: ReactNode;
  onTickRow: (index: number, shift: boolean) => void;
  onExplain: (row: LineRow) => void;
  onExclude: (exclusion: Exclusion) => void;
};

/** The list on a narrow screen: a card per entry, three columns, the same rows of the server in windows. */
export function Cards({ list, head, empty, onTickRow, onExplain, onExclude }: Props) {
  const { say } = useSpeech();
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => 60,
    overscan: 12,
    scrollMargin: top.current?.offsetHeight ?? 0,
  });
  const items = virtual.getVirtualItems();
  const [firstIndex, lastIndex] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(
    () => list.rows.see(list.placeOf(firstIndex)?.row ?? 0, list.placeOf(lastIndex)?.row ?? 0),
    [firstIndex, lastIndex, list],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
    <div ref={scroller} className="cards" tabIndex={0} role="region" aria-label={say('ui.review.title')}>
      <div ref={top} className="cards-top">
        {head}
      </div>
      {list.total === 0 && list.rows.fresh ? empty : null}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = list.rowAt(item.index);
          const next = list.rowAt(item.index + 1);
          return (
            <div
              key={row ? rowKey(row) : `gap${item.index}`}
              ref={virtual.measureElement}
              data-index={item.index}
              className="card-row"
              style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
            >
              {row === null ? (
                <div className="entry-card">
                  <span className="skeleton" />
                </div>
              ) : row.type === 'entry' ? (
                <EntryCard
                  row={row}
                  open={list.isOpen(item.index)}
                  lone={next?.type !== 'line'}
                  onTick={(shift) => onTickRow(item.index, shift)}
                  onFold={() => list.fold(item.index, row)}
                />
              ) : row.type === 'line' ? (
                <LineCard row={row} last={next?.type !== 'line'} onExplain={onExplain} />
              ) : (
                <DocumentCard row={row} onExclude={onExclude} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function EntryCard({
  row,
  open,
  lone,
  onTick,
  onFold,
}: {
  row: EntryRow;
  open: boolean;
  lone: boolean;
  onTick: (shift: boolean) => void;
  onFold: () => void;
}) {
  const { say, day, amount } = useSpeech();
  return (
    <>
      <div className={['entry-card', lone ? 'lone' : '', row.ticked ? '' : 'unticked'].join(' ')}>
        <span className="touch">
          <Tick
            checked={row.ticked}
            disabled={row.state === 'already'}
            label={say('ui.review.tick', { n: row.number })}
            onChange={(_, shift) => onTick(shift)}
          />
        </span>
        <div>
          <p>
            <strong>{say(`ui.kind.${row.kind}`)}</strong>{' '}
            <span className="muted">{say('ui.order', { order: row.order })}</span>
          </p>
          <p className="muted figure">
            {row.journal} · {day(row.date)} · {row.piece}
          </p>
          {row.state === 'ready' || row.state === 'unticked' ? null : (
            <DocumentBadge state={row.state} kind={row.kind} />
          )}
          {toldOf(row).map((reason) => (
            <ReasonBadge key={reason.code + reason.part} reason={reason} />
          ))}
        </div>
        {lone ? <span className="figure">{amount(row.debit)}</span> : null}
        <button
          type="button"
          className="touch-button"
          aria-expanded={open}
          aria-label={say(open ? 'ui.review.fold' : 'ui.review.unfold', { n: row.number })}
          onClick={onFold}
        >
          {open ? <IconChevronUp size={18} aria-hidden="true" /> : <IconChevronDown size={18} aria-hidden="true" />}
        </button>
      </div>
      {lone ? null : (
        <div className="line-card heads" aria-hidden="true">
          <span>{say('ui.column.account')}</span>
          <span>{say('ui.column.debit')}</span>
          <span>{say('ui.column.credit')}</span>
        </div>
      )}
    </>
  );
}

function LineCard({ row, last, onExplain }: { row: LineRow; last: boolean; onExplain: (row: LineRow) => void }) {
  const { say, amount } = useSpeech();
  const side = (name: string, value: string | null) => (
    <span className="figure">
      {value === null ? null : (
        <>
          <span className="unseen">{say(name)} </span>
          {amount(value)}
        </>
      )}
    </span>
  );
  return (
    <button
      type="button"
      className={['line-card', last ? 'last' : '', row.ticked ? '' : 'unticked'].join(' ')}
      onClick={() => onExplain(row)}
    >
      <span className={row.thirdParty ? 'coded' : undefined}>
        <strong className="figure">{row.account}</strong>{' '}
        <span className="muted">{row.thirdParty ?? row.accountName}</span>
      </span>
      {side('ui.column.debit', row.debit)}
      {side('ui.column.credit', row.credit)}
    </button>
  );
}

function DocumentCard({ row, onExclude }: { row: DocumentRow; onExclude: (exclusion: Exclusion) => void }) {
  const { say, day, money } = useSpeech();
  return (
    <div className="entry-card lone">
      <span />
      <div>
        <p>
          <strong>{say(`ui.kind.${kindOf(row)}`)}</strong>{' '}
          <span className="muted">{say('ui.order', { order: row.order })}</span>
        </p>
        <p className="muted figure">
          {[row.date ? day(row.date) : '', row.gross && row.currency ? money(row.gross, row.currency) : '']
            .filter(Boolean)
            .join(' · ')}
        </p>
        {row.reasons.map((reason) => (
          <ReasonBadge key={reason.code + reason.part} reason={reason} />
        ))}
        {row.reasons.length === 0 ? <DocumentBadge state={row.state} kind={kindOf(row)} /> : null}
      </div>
      {row.state === 'held' && kindOf(row) !== 'payment' ? (
        <button type="button" className="link-button" onClick={() => onExclude({ n: 1, of: { keys: [row.key] } })}>
          {say('ui.exclude')}
        </button>
      ) : (
        <span />
      )}
    </div>
  );
}

/** The sums at the foot of a narrow screen. */
export function Totals({ review }: { review: Review }) {
  const { say, amount } = useSpeech();
  return (
    <p className="sheet-totals">
      <span className="muted">{say('ui.column.debit')}</span>{' '}
      <strong className="figure">{amount(review.totals.debit)}</strong>
      <span className="muted">{say('ui.column.credit')}</span>{' '}
      <strong className="figure">{amount(review.totals.credit)}</strong>
      <Balance totals={review.totals} />
    </p>
  );
}
