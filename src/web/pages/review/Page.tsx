import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { ProblemGroup, Review } from '../../../api/review.ts';
import { useReview } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { ActionBar } from './ActionBar.tsx';
import { Cards, Totals } from './Cards.tsx';
import { ColumnsMenu, hiddenColumns } from './ColumnsMenu.tsx';
import { Complete } from './Complete.tsx';
import { columnsShown, type LineRow } from './columns.ts';
import { ExcludeDialog, ExcludedNotice, type Exclusion, SumDialog } from './Dialogs.tsx';
import { Empty, NothingToWrite } from './Empty.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { CorrectionsNotice, FilterBar } from './FilterBar.tsx';
import { GROUPS, Groups } from './Groups.tsx';
import { Grouping, Head, NarrowHead, Tabs } from './Heads.tsx';
import { ProblemBand } from './ProblemBand.tsx';
import { isFiltered } from './query.ts';
import { SearchBox } from './SearchBox.tsx';
import { Table, type TableHandle } from './Table.tsx';
import { useCursor } from './use-cursor.ts';
import { useList } from './use-list.ts';
import { usePageKeys } from './use-page-keys.ts';
import { WhyPanel } from './WhyPanel.tsx';

type Params = { profile: string; run: string; entry: string | null; line: string | null };

/** The list of entries: the heart of the application (S-042, S-074 to S-086). */
export function ReviewPage({ profile, run, entry, line }: Params) {
  const { say } = useSpeech();
  const review = useReview(run);
  const [, go] = useLocation();
  const owner = review.data?.profile.id ?? profile;
  useEffect(() => {
    if (owner !== profile) go(`/p/${owner}/review/${run}`, { replace: true }); // an address put together by hand
  }, [owner, profile, run, go]);
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
            <Unread query={review}>
              <Link className="button small" href={`/p/${profile}/runs/${run}`}>
                {say('ui.review.see-run')}
              </Link>
            </Unread>
          ) : (
            <Skeleton />
          )}
        </div>
      )}
    </Shell>
  );
}

type Explained = { readonly number: number; readonly line: number };

/** The list with all that acts on it; wide and narrow windows lay out the same pieces. */
function ReviewList({ review, profile, explained }: { review: Review; profile: string; explained: Explained | null }) {
  const { say, count } = useSpeech();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const list = useList(review, narrow);
  const asGroups = new URLSearchParams(useSearch()).get('group');
  const group = GROUPS.find((name) => name === asGroups) ?? null;
  const table = useRef<TableHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [bandFolded, setBandFolded] = useState<boolean | null>(null);
  const [problem, setProblem] = useState(0);
  const [sum, setSum] = useState<ProblemGroup | null>(null);
  const [excluding, setExcluding] = useState<Exclusion | null>(null);
  const [asked, setAsked] = useState(0);
  const [exporting, setExporting] = useState(false);
  const [hidden, setHidden] = useState(hiddenColumns);
  const { run } = review;
  const { columns: given } = review;
  const { flat } = list.query;
  const explain = useExplain(`/p/${profile}/review/${run.id}`, explained !== null);
  const { cursor, moveTo, tickRow, onKey } = useCursor(list, explained !== null, explain);
  const explaining = explained !== null && !narrow;
  const columns = useMemo(() => columnsShown({ given, hidden, explaining, flat }), [given, hidden, explaining, flat]);
  usePageKeys({
    onCreate: () => setAsked((before) => before + 1),
    onSearch: () => searchBox.current?.focus(),
    onFilter: () => table.current?.focusFilter(),
    onExport: () => setExporting(true),
    onNextProblem: () => {
      setBandFolded(false);
      setTimeout(() => focusNextProblem(), 0); // once the band is drawn
    },
  });

  const tabs = <Tabs review={review} list={list} narrow={narrow} />;
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
  const errors = [list.tick.error, list.include.error, list.rows.error]
    .filter((error) => error !== null)
    .map((error) => <TroubleNotice key={String(error)} error={error} />);
  const why = explained ? (
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
  ) : null;
  const dialogs = (
    <>
      {sum ? <SumDialog group={sum} currency={run.currency} onClose={() => setSum(null)} /> : null}
      {excluding ? <ExcludeDialog list={list} exclusion={excluding} onClose={() => setExcluding(null)} /> : null}
    </>
  );

  if (narrow) {
    const head = (
      <>
        {tabs}
        <Complete review={review} onlyWrong />
        {band}
        <CorrectionsNotice review={review} list={list} />
        <ExcludedNotice review={review} list={list} />
        <FilterBar review={review} list={list} onExclude={setExcluding} />
        {errors}
      </>
    );
    return (
      <>
        <NarrowHead review={review} profile={profile} />
        <Cards list={list} empty={empty} onTickRow={tickRow} onExplain={explain} onExclude={setExcluding} head={head} />
        <div className="bottom-sheet">
          <Totals review={review} />
          <ActionBar review={review} profile={profile} narrow asked={asked} />
        </div>
        {why ? <div className="why-over">{why}</div> : null}
        {dialogs}
      </>
    );
  }
  return (
    <div className="page review">
      <Head review={review}>
        <SearchBox ref={searchBox} value={list.query.q} onChange={(q) => list.set({ q })} />
        <ExportMenu list={list} opened={exporting} onOpen={setExporting} />
        <ColumnsMenu given={given} hidden={hidden} onChange={setHidden} />
      </Head>
      <div className="page-head">
        {tabs}
        <Grouping list={list} group={group} />
      </div>
      {band}
      <CorrectionsNotice review={review} list={list} />
      <ExcludedNotice review={review} list={list} />
      <FilterBar review={review} list={list} onExclude={setExcluding} />
      <NothingToWrite review={review} profile={profile} />
      {errors}
      {group === null ? null : <Groups list={list} by={group} />}
      <div className="review-body" hidden={group !== null}>
        <Table
          review={review}
          profile={profile}
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
        {why}
      </div>
      <p className="unseen" role="status">
        {say('ui.review.total.spoken', { entries: count(review.totals.entries) })}
      </p>
      <ActionBar review={review} profile={profile} narrow={false} asked={asked} />
      {dialogs}
    </div>
  );
}

/** Opens the explanation of a line, or closes it; moving from line to line leaves one step in the history. */
function useExplain(base: string, open: boolean): (row: LineRow | null) => void {
  const [, go] = useLocation();
  const search = useSearch();
  return useCallback(
    (row: LineRow | null) => {
      const path = row === null ? base : `${base}/${row.number}/${row.line}`;
      go(search ? `${path}?${search}` : path, { replace: open && row !== null });
    },
    [go, search, base, open],
  );
}

/** Goes round the fields of the problem band. */
function focusNextProblem(): void {
  const problems = [...document.querySelectorAll<HTMLElement>('.problem')];
  const here = problems.findIndex((element) => element.contains(document.activeElement));
  const next = problems[(here + 1) % Math.max(1, problems.length)];
  next?.querySelector<HTMLElement>('input, button')?.focus();
}
