// biome-ignore-all lint/a11y/useSemanticElements: a region that scrolls is named, and is no section of the text.
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { RunSummary } from '../../../api/api.ts';
import { useRuns } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { RunBadge, Unread } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { periodWords } from '../../parts/state.ts';
import { Table } from '../../parts/Table.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { UndoDialog } from '../run/UndoDialog.tsx';
import { countsByState, inState, monthsOf } from './filter.ts';

/** History of the imports: by state and by month; a row opens its run. */
export function RunsPage({ profile }: { profile: string }) {
  const { say, month } = useSpeech();
  const runs = useRuns(profile);
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? 'all';
  const chosenMonth = params.get('month') ?? '';
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '' || value === 'all') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const all = runs.data ?? [];
  const shown = all.filter((run) => inState(run, state) && run.startedAt.startsWith(chosenMonth));
  const counts = countsByState(all);
  return (
    <Shell profile={profile} here="runs" title={say('ui.nav.runs')}>
      <div className="page">
        <header className="page-head">
          <h1 className="page-title">{say('ui.nav.runs')}</h1>
          {all.length > 0 ? (
            <select
              className="field group"
              aria-label={say('ui.runs.month')}
              value={chosenMonth}
              onChange={(event) => set('month', event.target.value)}
              style={{ width: 190 }}
            >
              <option value="">{say('ui.runs.all-months')}</option>
              {monthsOf(all).map((value) => (
                <option key={value} value={value}>
                  {month(`${value}-01`)}
                </option>
              ))}
            </select>
          ) : null}
        </header>
        {runs.error ? <Unread query={runs} /> : null}
        {runs.isPending ? <Skeleton /> : null}
        {all.length > 0 ? (
          <Segments
            label={say('ui.runs.state')}
            value={state}
            onChoose={(id) => set('state', id)}
            choices={(['all', 'written', 'review', 'failed', 'other'] as const).map((id) => ({
              id,
              label: say(`ui.runs.${id}`),
              count: counts[id],
              alert: id === 'failed',
            }))}
          />
        ) : null}
        {runs.data ? (
          <section className="card table-card">
            {shown.length === 0 ? (
              <div className="empty">
                <p>{say(all.length === 0 ? 'ui.home.never' : 'ui.runs.none')}</p>
              </div>
            ) : (
              <RunTable profile={profile} runs={shown} />
            )}
          </section>
        ) : null}
      </div>
    </Shell>
  );
}

function RunTable({ profile, runs }: { profile: string; runs: readonly RunSummary[] }) {
  const speech = useSpeech();
  const { say, date, time, count, amount } = speech;
  const [, go] = useLocation();
  const [undoing, setUndoing] = useState<RunSummary | null>(null);
  const href = (run: RunSummary) =>
    run.state === 'review' ? `/p/${profile}/review/${run.id}` : `/p/${profile}/runs/${run.id}`;
  return (
    <>
      {undoing ? <UndoDialog run={undoing} onClose={() => setUndoing(null)} /> : null}
      <Table
        label={say('ui.nav.runs')}
        heads={[
          say('ui.runs.when'),
          say('ui.runs.kind'),
          say('ui.runs.period'),
          [say('ui.run.read'), 'right'],
          [say('ui.run.written'), 'right'],
          [say('ui.run.held'), 'right'],
          [say('ui.total'), 'right'],
          say('ui.runs.file'),
          say('ui.runs.by'),
          say('ui.column.state'),
          [say('ui.acts'), 'unseen'],
        ]}
      >
        {runs.map((run) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row is the way of the keyboard.
          <tr key={run.id} className="opens" onClick={() => go(href(run))}>
            <td className="figure">
              <Link href={href(run)} onClick={(event) => event.stopPropagation()}>
                {date(run.startedAt)} {time(run.startedAt, { seconds: false })}
              </Link>
            </td>
            <td>{say(run.kind === 'sales' ? 'ui.kind.sales' : 'ui.kind.credit-notes')}</td>
            <td className="figure">{periodWords(run, speech)}</td>
            <td className="figure right">{count(run.counts.read)}</td>
            <td className="figure right">{count(run.counts.written)}</td>
            <td className={run.counts.held > 0 ? 'figure right bad' : 'figure right'}>{count(run.counts.held)}</td>
            <td className="figure right">{amount(run.debit)}</td>
            <td>{run.file?.name ?? ''}</td>
            <td className="muted">{say(`ui.by.${run.startedBy}`)}</td>
            <td>
              <RunBadge state={run.state} />
            </td>
            <td className="right">
              {run.state === 'written' && run.counts.written > 0 ? (
                <Button
                  small
                  look="plain"
                  danger
                  aria-label={say('ui.runs.undo.of', { at: `${date(run.startedAt)} ${time(run.startedAt)}` })}
                  onClick={(event) => {
                    event.stopPropagation();
                    setUndoing(run);
                  }}
                >
                  {say('ui.runs.undo')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
