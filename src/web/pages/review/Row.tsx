// biome-ignore-all lint/a11y/useSemanticElements: a treegrid of rows in sight only cannot be a table of the document.
// biome-ignore-all lint/a11y/useFocusableInteractive: the treegrid has the focus, and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are those of the treegrid.
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, memo, type ReactNode, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import type { ReviewRow } from '../../../api/review.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { type Speech, useSpeech } from '../../language.tsx';
import { DocumentBadge, ReasonBadge } from '../../parts/Badges.tsx';
import { Tick } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { type DocumentRow, type EntryRow, entryText, kindOf, type LineRow, lineText, toldOf } from './columns.ts';
import type { Exclusion } from './Dialogs.tsx';

type Props = {
  index: number;
  top: number;
  height: number;
  row: ReviewRow | null;
  profile: string;
  columns: readonly GridColumn[];
  flat: boolean;
  open: boolean;
  active: boolean;
  explained: boolean;
  acts: RowActs;
};

/** What may be done in a row. The object stays the same while the list scrolls, so that rows in sight are not drawn again. */
export type RowActs = {
  readonly pick: (index: number) => void;
  readonly explain: (row: LineRow) => void;
  readonly fold: (index: number, row: EntryRow) => void;
  readonly tick: (index: number, shift: boolean) => void;
  readonly exclude: (exclusion: Exclusion) => void;
  readonly include: (key: string) => void;
};

/** Always the latest acts, behind an object that never changes. */
export function useSteady(acts: RowActs): RowActs {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(
    () => ({
      pick: (index) => latest.current.pick(index),
      explain: (row) => latest.current.explain(row),
      fold: (index, row) => latest.current.fold(index, row),
      tick: (index, shift) => latest.current.tick(index, shift),
      exclude: (exclusion) => latest.current.exclude(exclusion),
      include: (key) => latest.current.include(key),
    }),
    [],
  );
}

/** One row of the list: the header of an entry, one of its lines, or a document that has no entry. */
export const Row = memo(function Row(props: Props) {
  const { row, index, active, acts } = props;
  const style: CSSProperties = { height: props.height, transform: `translateY(${props.top}px)` };
  const common = { id: `row-${index}`, 'aria-rowindex': index + 3, style, onClick: () => acts.pick(index) };
  if (row === null)
    return (
      <div role="row" className="grid-row loading" {...common} tabIndex={-1}>
        <div role="gridcell" className="cell" />
        {props.columns.map(({ key, align }) => (
          <div key={key} role="gridcell" className={`cell ${align}`}>
            <span className="skeleton" />
          </div>
        ))}
      </div>
    );
  const classes = [
    'grid-row',
    row.type,
    active ? 'active' : '',
    props.explained ? 'explained' : '',
    'ticked' in row && !row.ticked ? 'unticked' : '',
  ]
    .filter(Boolean)
    .join(' ');
  if (row.type === 'line') {
    return (
      <div
        role="row"
        aria-level={props.flat ? 1 : 2}
        aria-selected={row.ticked}
        className={classes}
        {...common}
        onDoubleClick={() => acts.explain(row)}
      >
        <LineCells {...props} row={row} />
      </div>
    );
  }
  if (row.type === 'entry') {
    return (
      <div
        role="row"
        aria-level={1}
        aria-expanded={props.open}
        aria-selected={row.ticked}
        className={classes}
        {...common}
      >
        <EntryCells {...props} row={row} />
      </div>
    );
  }
  return (
    <div role="row" aria-level={1} className={classes} {...common}>
      <DocumentCells {...props} row={row} />
    </div>
  );
});

function EntryCells({ row, index, columns, open, profile, acts }: Props & { row: EntryRow }) {
  const speech = useSpeech();
  const { say } = speech;
  const start = columns.findIndex(({ key }) => key === 'account');
  const end = columns.findIndex(({ key }) => key === 'debit');
  const locked = row.state === 'already' || row.state === 'transferred';
  return (
    <>
      <div role="gridcell" className="cell box">
        <Tick
          checked={row.ticked}
          disabled={locked}
          tabIndex={-1}
          label={say('ui.review.tick', { n: row.number })}
          onChange={(_, shift) => acts.tick(index, shift)}
        />
      </div>
      {columns.map((column, place) => {
        if (place > start && place < end) return null;
        if (place === start) {
          return (
            <div
              key={column.key}
              role="gridcell"
              className="cell kind"
              style={{ gridColumn: `${start + 2} / ${end + 2}` }}
            >
              <button
                type="button"
                className="fold"
                tabIndex={-1}
                aria-label={say(open ? 'ui.review.fold' : 'ui.review.unfold', { n: row.number })}
                onClick={(event) => {
                  event.stopPropagation();
                  acts.fold(index, row);
                }}
              >
                {open ? (
                  <IconChevronDown size={14} aria-hidden="true" />
                ) : (
                  <IconChevronRight size={14} aria-hidden="true" />
                )}
              </button>
              <strong>{say(`ui.kind.${row.kind}`)}</strong>
              <OrderLink profile={profile} document={row.document} order={row.order} />
              {row.state === 'ready' || row.state === 'unticked' ? null : (
                <DocumentBadge state={row.state} kind={row.kind} />
              )}
              {toldOf(row).map((reason) => (
                <ReasonBadge key={reason.code + reason.part} reason={reason} />
              ))}
            </div>
          );
        }
        const text = entryText(row, column.key, speech);
        return <Cell key={column.key} column={column} text={text} speech={speech} />;
      })}
    </>
  );
}

function LineCells({ row, index, columns, flat, acts }: Props & { row: LineRow }) {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <>
      <div role="gridcell" className="cell box">
        {flat ? (
          <Tick
            checked={row.ticked}
            tabIndex={-1}
            label={say('ui.review.tick', { n: row.number })}
            onChange={(_, shift) => acts.tick(index, shift)}
          />
        ) : null}
      </div>
      {columns.map((column) =>
        column.key === 'account' ? (
          <div key="account" role="gridcell" className="cell of-account" title={row.accountName ?? undefined}>
            <button
              type="button"
              className="account-button figure"
              tabIndex={-1}
              aria-label={say('ui.review.why-account', { account: row.account })}
              onClick={(event) => {
                event.stopPropagation();
                acts.explain(row);
              }}
            >
              {row.account}
            </button>
            <span className="muted">{row.accountName}</span>
          </div>
        ) : (
          <Cell key={column.key} column={column} text={lineText(row, column.key, flat, speech)} speech={speech}>
            {column.key === 'amountInCurrency' && row.amountInCurrency !== null ? (
              <Coded text={lineText(row, column.key, flat, speech)} />
            ) : null}
          </Cell>
        ),
      )}
    </>
  );
}

function DocumentCells({ row, columns, profile, acts }: Props & { row: DocumentRow }) {
  const { say, day, money } = useSpeech();
  // Of what is written already, only that it changed since matters now.
  const told =
    row.state === 'already'
      ? row.reasons.filter(({ code }) => code === 'document.changed-after-transfer')
      : row.reasons;
  const start = columns.findIndex(({ key }) => key === 'account');
  return (
    <>
      <div role="gridcell" className="cell box" />
      {columns.slice(0, start).map((column) => (
        <div key={column.key} role="gridcell" className="cell figure">
          {column.key === 'date' && row.date ? day(row.date) : ''}
        </div>
      ))}
      <div role="gridcell" className="cell kind" style={{ gridColumn: `${start + 2} / -1` }}>
        <span className="fold" />
        <strong>{say(`ui.kind.${kindOf(row)}`)}</strong>
        <OrderLink profile={profile} document={row.key} order={row.order} />
        {row.gross && row.currency ? <span className="muted figure">{money(row.gross, row.currency)}</span> : null}
        {told.length === 0 || row.state === 'already' ? <DocumentBadge state={row.state} kind={kindOf(row)} /> : null}
        {told.map((reason) => (
          <ReasonBadge key={reason.code + reason.part} reason={reason} />
        ))}
        {row.state === 'held' ? (
          <button
            type="button"
            className="link-button row-act"
            tabIndex={-1}
            onClick={() => acts.exclude({ n: 1, of: { keys: [row.key] } })}
          >
            {say('ui.exclude')}
          </button>
        ) : null}
        {row.reasons.some(({ code }) => code === 'document.excluded-for-good') ? (
          <button type="button" className="link-button row-act" tabIndex={-1} onClick={() => acts.include(row.key)}>
            {say('ui.include')}
          </button>
        ) : null}
      </div>
    </>
  );
}

/** The order, which opens the page of its document; the keyboard gets there from the panel that explains a line. */
function OrderLink({ profile, document, order }: { profile: string; document: string; order: string }) {
  const { say } = useSpeech();
  return (
    <Link
      className="order-link figure"
      href={documentAddress(profile, document)}
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
    >
      {say('ui.order', { order })}
    </Link>
  );
}

/** A figure is never cut; words are, and then say themselves whole. Copying an amount gives `1910,44`, without grouping. */
function Cell({
  column,
  text,
  speech,
  children,
}: {
  column: GridColumn;
  text: string;
  speech: Speech;
  children?: ReactNode;
}) {
  const classes = ['cell', column.align, column.figures ? 'figure' : 'words', `of-${column.key}`].join(' ');
  const named = column.align === 'right' && text !== '' ? `${speech.say(column.title)} ${text}` : undefined;
  return (
    <div role="gridcell" className={classes} title={column.figures ? undefined : text || undefined} aria-label={named}>
      {children ?? text}
    </div>
  );
}

/** `118,90 CHF`, the code muted: the figure is what is read. */
function Coded({ text }: { text: string }) {
  const code = text.slice(-4);
  return (
    <>
      {text.slice(0, -4)}
      <span className="muted">{code}</span>
    </>
  );
}
