import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { ProblemGroup, Review } from '../../../api/review.ts';
import { useReview } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { isTyping } from '../../shell/use-global-keys.ts';
import { Skeleton } from '../home/Page.tsx';
import { ActionBar } from './ActionBar.tsx';
import { Cards, Totals } from './Cards.tsx';
import { ColumnsMenu, hiddenColumns } from './ColumnsMenu.tsx';
import { columnsShown, type LineRow } from './columns.ts';
import { ExcludeDialog, SumDialog } from './Dialogs.tsx';
import { Empty, NothingToWrite } from './Empty.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ProblemBand } from './ProblemBand.tsx';
import { isFiltered } from './query.ts';
import { SearchBox } from './SearchBox.tsx';
import { Table, type TableHandle } from './Table.tsx';
import { useList } from './use-list.ts';
import { WhyPanel } from './WhyPanel.tsx';

type Params = { profile: string; run: string; entry: string | null; line: string | null };

/** The list of entries: the heart of the application (S-042, S-074 to S-086). */
export function ReviewPage({ profile, run, entry, line }: Params) {
  const { say } = useSpeech();
  const review = useReview(run);
  const explained =
    entry && line && /^\d+$/.test(entry) && /^\d+$/.test(line) ? { number: Number(entry), line: Number(line) } : null;
  return (
    <Shell profile={profile} here="review" title={say('ui.review.title')} rail tabs={false}>
      {review.data ? (
        <ReviewList key={run} review={review.data} profile={profile} explained={explained} />
      ) : (
        <div className="page">
          <h1 className="page-title">{say('ui.review.title')}</h1>
          {review.error ? (
            <TroubleNotice error={review.error}>
              <p style={{ marginTop: 8 }}>
                <Link href={`/p/${profile}/runs/${run}`}>{say('ui.review.see-run')}</Link>
              </p>
            </TroubleNotice>
          ) : (
            <Skeleton />
          )}
        </div>
      )}
    </Shell>
  );
}

function ReviewList({
  review,
  profile,
  explained,
}: {
  review: Review;
  profile: string;
  explained: { number: number; line: number } | null;
}) {
  const { say, day, count } = useSpeech();
  const list = useList(review);
  const [, go] = useLocation();
  const search = useSearch();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const table = useRef<TableHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState(-1);
  const anchor = useRef(-1);
  const [bandFolded, setBandFolded] = useState<boolean | null>(null);
  const [problem, setProblem] = useState(0);
  const [sum, setSum] = useState<ProblemGroup | null>(null);
  const [excluding, setExcluding] = useState<readonly string[] | null>(null);
  const [asked, setAsked] = useState(0);
  const [hidden, setHidden] = useState(hiddenColumns);
  const { run } = review;
  const base = `/p/${profile}/review/${run.id}`;
  const explaining = explained !== null && !narrow;
  const columns = useMemo(
    () => columnsShown({ foreign: review.columns.foreign, hidden, explaining, flat: list.query.flat }),
    [review.columns.foreign, hidden, explaining, list.query.flat],
  );

  const withSearch = useCallback((path: string) => (search ? `${path}?${search}` : path), [search]);
  const explain = useCallback(
    (row: LineRow | null) =>
      go(withSearch(row === null ? base : `${base}/${row.number}/${row.line}`), {
        replace: explained !== null && row !== null,
      }),
    [go, withSearch, base, explained],
  );
  const moveTo = (index: number) => {
    if (list.total === 0) return;
    const to = Math.max(0, Math.min(list.total - 1, index));
    setCursor(to);
    const row = list.rowAt(to);
    if (explained !== null && row?.type === 'line') explain(row);
  };
  const moveEntry = (step: number) => {
    for (let index = cursor + step; index >= 0 && index < list.total; index += step) {
      const row = list.rowAt(index);
      if (row === null || row.type !== 'line') return moveTo(index);
    }
    return undefined;
  };
  /** A tick on a row acts on its whole entry; with Shift, on every entry from the last one ticked (S-076). */
  const tickRow = async (index: number, shift: boolean) => {
    const row = list.rowAt(index);
    if (row === null || row.type === 'document') return;
    const from = anchor.current;
    anchor.current = index;
    if (!shift || from < 0) return list.tick.mutate({ ticked: !row.ticked, numbers: [row.number] });
    const [first, last] = [
      list.placeOf(Math.min(from, index))?.row ?? 0,
      list.placeOf(Math.max(from, index))?.row ?? 0,
    ];
    const rows = await list.between(first, last);
    list.tick.mutate({
      ticked: !row.ticked,
      numbers: [...new Set(rows.flatMap((other) => (other.type === 'document' ? [] : [other.number])))],
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const row = list.rowAt(cursor);
    const ctrl = event.ctrlKey || event.metaKey;
    const acts: Record<string, (() => void) | undefined> = {
      ArrowDown: () => (ctrl ? moveEntry(1) : moveTo(cursor + 1)),
      ArrowUp: () => (ctrl ? moveEntry(-1) : moveTo(cursor - 1)),
      PageDown: () => moveTo(cursor + 16),
      PageUp: () => moveTo(cursor - 16),
      Home: () => moveTo(0),
      End: () => moveTo(list.total - 1),
      ArrowLeft: () => row?.type === 'entry' && list.isOpen(cursor) && list.fold(cursor, row),
      ArrowRight: () => row?.type === 'entry' && !list.isOpen(cursor) && list.fold(cursor, row),
      ' ': () => tickRow(cursor, event.shiftKey),
      Enter: ctrl
        ? undefined
        : () => {
            if (row?.type === 'line') explain(row);
            else if (row?.type === 'entry') list.isOpen(cursor) ? moveTo(cursor + 1) : list.fold(cursor, row);
          },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !document.querySelector('[role=dialog]')) {
        event.preventDefault();
        return setAsked((before) => before + 1);
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined;
      if (event.key === '/') searchBox.current?.focus();
      else if (event.key === 'f') table.current?.focusFilter();
      else if (event.key === 'n') {
        setBandFolded(false);
        setTimeout(() => focusNextProblem(), 0);
      } else return undefined;
      return event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  const tabs = [
    { id: 'to-mend', label: say('ui.tab.to-mend'), count: review.tabs.toMend, alert: true },
    { id: 'ready', label: say('ui.tab.ready'), count: review.tabs.ready },
    { id: 'unticked', label: say('ui.tab.unticked'), count: review.tabs.unticked },
    { id: 'excluded', label: say('ui.tab.excluded'), count: review.tabs.excluded },
    { id: 'already', label: say('ui.tab.already'), count: review.tabs.already },
    { id: 'all', label: say('ui.tab.all'), count: review.tabs.all },
  ];
  const period = run.from && run.to ? say('ui.from-to', { from: day(run.from), to: day(run.to) }) : '';
  const empty = (
    <Empty
      review={review}
      profile={profile}
      filtered={isFiltered(list.query)}
      onClear={() => list.set({ q: '', filters: {} })}
    />
  );
  const band = (
    <ProblemBand
      review={review}
      list={list}
      narrow={narrow}
      current={problem}
      onCurrent={setProblem}
      folded={bandFolded ?? explaining}
      onFold={setBandFolded}
      onExclude={setExcluding}
      onShowSum={setSum}
    />
  );
  const dialogs = (
    <>
      {sum ? <SumDialog group={sum} currency={run.currency} onClose={() => setSum(null)} /> : null}
      {excluding ? (
        <ExcludeDialog
          keys={excluding}
          busy={list.exclude.isPending}
          onClose={() => setExcluding(null)}
          onExclude={(reason) =>
            list.exclude.mutate({ keys: excluding, reason }, { onSuccess: () => setExcluding(null) })
          }
        />
      ) : null}
    </>
  );
  const errors = [list.tick.error, list.exclude.error, list.include.error, list.rows.error].filter(
    (error) => error !== null,
  );

  if (narrow) {
    return (
      <>
        <header className="top-bar">
          <Link href={`/p/${profile}`} className="touch-button" aria-label={say('ui.back')}>
            <IconArrowLeft size={18} aria-hidden="true" />
          </Link>
          <div>
            <h1 className="narrow-title">{say('ui.review.title')}</h1>
            <p className="muted figure" style={{ fontSize: 13, lineHeight: '16px' }}>
              {say(run.kind === 'sales' ? 'ui.kind.sales' : 'ui.kind.credit-notes')}
              {period ? `, ${period}` : ''}
            </p>
          </div>
        </header>
        <Cards
          list={list}
          empty={empty}
          onTickRow={tickRow}
          onExplain={explain}
          onExclude={setExcluding}
          head={
            <>
              <Segments
                label={say('ui.review.tabs')}
                value={list.query.tab}
                onChoose={(tab) => list.set({ tab })}
                choices={tabs.filter(({ id }) => id === 'to-mend' || id === 'ready' || id === 'all')}
              />
              {band}
              {errors.map((error) => (
                <TroubleNotice key={String(error)} error={error} />
              ))}
            </>
          }
        />
        <div className="bottom-sheet">
          <Totals review={review} />
          <ActionBar review={review} profile={profile} narrow asked={asked} />
        </div>
        {explained ? (
          <div className="why-over">
            <WhyPanel
              run={run.id}
              profile={profile}
              at={explained}
              onClose={() => explain(null)}
              onMove={(step) => moveTo(cursor + step)}
            />
          </div>
        ) : null}
        {dialogs}
      </>
    );
  }
  return (
    <div className="page review">
      <header className="page-head">
        <div>
          <h1 className="page-title">{say('ui.review.title')}</h1>
          <p className="sub">
            {[
              `${say(run.kind === 'sales' ? 'ui.kind.sales' : 'ui.kind.credit-notes')} ${period}`.trim(),
              review.profile.name,
              say(run.kind === 'sales' ? 'ui.count.orders-read' : 'ui.count.notes-read', { n: run.counts.read }),
            ].join(' · ')}
          </p>
        </div>
        <div className="acts">
          <SearchBox ref={searchBox} value={list.query.q} onChange={(q) => list.set({ q })} />
          <ColumnsMenu foreign={review.columns.foreign} hidden={hidden} onChange={setHidden} />
        </div>
      </header>
      <div className="page-head">
        <Segments
          label={say('ui.review.tabs')}
          value={list.query.tab}
          choices={tabs}
          onChoose={(tab) => list.set({ tab })}
        />
        <div className="acts">
          <label className="muted" htmlFor="group">
            {say('ui.review.group')}
          </label>
          <select
            id="group"
            className="field group"
            value={list.query.flat ? 'flat' : 'entry'}
            onChange={(event) => list.set({ flat: event.target.value === 'flat' })}
          >
            <option value="entry">{say('ui.review.group.entry')}</option>
            <option value="flat">{say('ui.review.group.flat')}</option>
          </select>
          <Button look="plain" disabled={list.query.flat} onClick={() => list.set({ folded: !list.query.folded })}>
            <IconArrowsDiagonalMinimize2 size={16} stroke={1.75} aria-hidden="true" />{' '}
            {say(list.query.folded ? 'ui.review.unfold-all' : 'ui.review.fold-all')}
          </Button>
        </div>
      </div>
      {band}
      <FilterBar review={review} list={list} />
      <NothingToWrite review={review} profile={profile} />
      {errors.map((error) => (
        <TroubleNotice key={String(error)} error={error} />
      ))}
      <div className="review-body">
        <Table
          review={review}
          list={list}
          columns={columns}
          cursor={cursor}
          onCursor={moveTo}
          explained={explained}
          onExplain={explain}
          onTickRow={tickRow}
          onKey={onKey}
          onExclude={setExcluding}
          empty={empty}
          handle={table}
        />
        {explained ? (
          <WhyPanel
            run={run.id}
            profile={profile}
            at={explained}
            onClose={() => {
              explain(null);
              table.current?.focus();
            }}
            onMove={(step) => moveTo(cursor + step)}
          />
        ) : null}
      </div>
      <p className="unseen" role="status">
        {say('ui.review.total.spoken', { entries: count(review.totals.entries) })}
      </p>
      <ActionBar review={review} profile={profile} narrow={false} asked={asked} />
      {dialogs}
    </div>
  );
}

/** Goes round the fields of the problem band. */
function focusNextProblem(): void {
  const problems = [...document.querySelectorAll<HTMLElement>('.problem')];
  const here = problems.findIndex((element) => element.contains(document.activeElement));
  const next = problems[(here + 1) % Math.max(1, problems.length)];
  next?.querySelector<HTMLElement>('input, button')?.focus();
}
