// biome-ignore-all lint/a11y/useSemanticElements: a region that scrolls is named, and is no section of the text.
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { LogLine, RunPage as RunAnswer, RunDocumentRow } from '../../../api/api.ts';
import { get } from '../../api/client.ts';
import { useRun } from '../../api/queries.ts';
import { useLanguage, useSpeech } from '../../language.tsx';
import { DocumentStates, RunBadge, Unread } from '../../parts/Badges.tsx';
import { CompletenessText } from '../../parts/Completeness.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { isRunning, periodWords, sayReason } from '../../parts/state.ts';
import { Table } from '../../parts/Table.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { logDetail, logText } from '../home/log-text.ts';
import { Skeleton } from '../home/Page.tsx';
import { Delivered } from './Delivered.tsx';
import { UndoDialog } from './UndoDialog.tsx';

/** A run: counts that add up, its documents, what was delivered, how it went. */
export function RunPage({ profile, run }: { profile: string; run: string }) {
  const { say } = useSpeech();
  const answer = useRun(run);
  return (
    <Shell profile={profile} here="runs" title={say('ui.nav.runs')}>
      <div className="page">
        {answer.data ? (
          <Run profile={profile} run={answer.data} />
        ) : answer.error ? (
          <Unread query={answer}>
            <Link className="button small" href={`/p/${profile}/runs`}>
              {say('ui.nav.runs')}
            </Link>
          </Unread>
        ) : (
          <Skeleton />
        )}
      </div>
    </Shell>
  );
}

function Run({ profile, run }: { profile: string; run: RunAnswer }) {
  const { speech } = useLanguage();
  const { say, amount, count } = speech;
  const { counts } = run;
  const [undoing, setUndoing] = useState(false);
  const title = say(`ui.run.title.${run.kind}`, { period: periodWords(run, speech) });
  const figures: [string, string, boolean][] = [
    ['ui.run.read', count(counts.read), false],
    [
      run.state === 'written' ? 'ui.run.written' : 'ui.run.ready',
      count(run.state === 'written' ? counts.written : Math.max(0, counts.ready - counts.unticked)),
      false,
    ],
    ['ui.run.unticked', count(counts.unticked), false],
    ['ui.run.held', count(counts.held), counts.held > 0],
    ['ui.run.excluded', count(counts.excluded), false],
    ['ui.run.already', count(counts.alreadyTransferred), false],
    ['ui.run.balanced', amount(run.debit), false],
  ];
  const failed = run.trouble ? sayReason(run.trouble, speech) : null;
  return (
    <>
      <header className="page-head">
        <div>
          <Link href={`/p/${profile}/runs`} className="crumb">
            {say('ui.nav.runs')}
          </Link>
          <div className="title-row">
            <h1 className="page-title">{title}</h1>
            <RunBadge state={run.state} />
          </div>
        </div>
        <div className="acts">
          {run.state === 'review' ? (
            <Link className="button primary" href={`/p/${profile}/review/${run.id}`}>
              {say('ui.nav.review')}
            </Link>
          ) : null}
          {isRunning(run.state) ? (
            <Link className="button" href={`/p/${profile}`}>
              {say('ui.run.follow')}
            </Link>
          ) : null}
          {run.state === 'written' && run.file ? (
            <Button look="plain" danger onClick={() => setUndoing(true)}>
              {say('ui.undo-run')}
            </Button>
          ) : null}
          {run.file && run.undone === null ? (
            <a className="button primary" href={`/api/runs/${run.id}/file`} download={run.file.name}>
              <IconDownload size={16} stroke={1.75} aria-hidden="true" />{' '}
              {say('ui.download.of', { file: run.file.name })}
            </a>
          ) : null}
        </div>
      </header>
      {undoing ? <UndoDialog run={run} onClose={() => setUndoing(false)} /> : null}
      {run.undone ? (
        <div className="notice" role="note">
          <div>
            <p className="strong">
              {say(`ui.undo-run.by-${run.undone.by}`, {
                at: `${speech.date(run.undone.at)} ${speech.time(run.undone.at)}`,
                reason: run.undone.reason,
                ...(run.undone.user === null ? {} : { user: run.undone.user }),
              })}
            </p>
            <p>{say('ui.undo-run.told')}</p>
          </div>
        </div>
      ) : null}
      {failed && run.state === 'failed' ? (
        <div className="notice bad" role="alert">
          <div>
            <p className="strong">{failed.message}</p>
            {failed.cure ? <p>{failed.cure}</p> : null}
            <p>{say(counts.written > 0 ? 'ui.run.some-written' : 'ui.run.nothing-written')}</p>
          </div>
        </div>
      ) : null}
      <div className="run-body">
        <div>
          <dl className="card figures">
            {figures.map(([key, value, bad]) => (
              <div key={key}>
                <dt>{say(key)}</dt>
                <dd className={bad ? 'figure bad' : 'figure'}>{value}</dd>
              </div>
            ))}
          </dl>
          <Documents profile={profile} run={run} />
        </div>
        <div>
          {run.file ? <Delivered run={run} file={run.file} /> : null}
          {run.control ? (
            <section className="card panel">
              <div className="card-head">
                <h2 className="section-title">{say('ui.run.control')}</h2>
              </div>
              <CompletenessText control={run.control} read={counts.read} />
            </section>
          ) : null}
          <section className="card panel">
            <div className="card-head">
              <h2 className="section-title">{say('ui.run.timeline')}</h2>
              <a className="link-button" href={`/api/runs/${run.id}/log.txt?lang=${speech.code}`} download>
                {say('ui.run.full-log')}
              </a>
            </div>
            <ol className="timeline">
              {milestones(run.log).map((line) => (
                <li key={line.seq}>
                  <time className="figure" dateTime={line.at}>
                    {speech.time(line.at)}
                  </time>
                  <span>{logText(line, speech)}</span>
                  <span className="muted figure">{logDetail(line, speech)}</span>
                </li>
              ))}
            </ol>
            <p className="help">{say('ui.run.by', { by: say(`ui.by.${run.startedBy}`) })}</p>
          </section>
        </div>
      </div>
    </>
  );
}

/** The steps of a run and its problems' conclusions, not every entry. */
function milestones(log: readonly LogLine[]): readonly LogLine[] {
  return log
    .filter(({ level, event }) => level === 'head' || level === 'failed' || event.endsWith('-done') || event === 'file')
    .slice(-30);
}

const PAGE = 200;
type Documents = { readonly total: number; readonly rows: readonly RunDocumentRow[] };

function Documents({ profile, run }: { profile: string; run: RunAnswer }) {
  const { say, day, amount, count } = useSpeech();
  const [state, setState] = useState('all');
  const documents = useInfiniteQuery({
    queryKey: ['run', run.id, 'documents', state],
    queryFn: ({ pageParam }) =>
      get<Documents>(
        `/api/runs/${run.id}/documents?${state === 'all' ? '' : `state=${state}&`}offset=${pageParam}&limit=${PAGE}`,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * PAGE < last.total ? pages.length * PAGE : undefined),
  });
  const { counts } = run;
  const done =
    run.state === 'written' ? { id: 'written', count: counts.written } : { id: 'ready', count: counts.ready };
  const choices = [
    { id: 'all', label: say('ui.run.documents.all'), count: counts.read },
    { id: done.id, label: say(`ui.run.documents.${done.id}`), count: done.count },
    { id: 'held', label: say('ui.run.documents.held'), count: counts.held },
    ...(counts.excluded > 0
      ? [{ id: 'excluded', label: say('ui.run.documents.excluded'), count: counts.excluded }]
      : []),
  ];
  const rows = documents.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="card table-card">
      <div className="card-head">
        <h2 className="section-title">{say('ui.run.documents')}</h2>
        <Segments label={say('ui.column.state')} value={state} choices={choices} onChoose={setState} />
      </div>
      {documents.error ? <Unread query={documents} /> : null}
      <Table
        label={say('ui.run.documents')}
        heads={[
          say('ui.column.kind'),
          say('ui.column.order'),
          say('ui.column.piece'),
          say('ui.column.date'),
          [say('ui.column.gross'), 'right'],
          say('ui.column.state'),
        ]}
      >
        {rows.length === 0 && !documents.error ? (
          <tr>
            <td colSpan={6} className="muted">
              {documents.isPending ? <span className="skeleton" /> : say('ui.run.documents.none')}
            </td>
          </tr>
        ) : null}
        {rows.map((row) => (
          <tr key={row.kind + row.key}>
            <td>{say(`ui.kind.${row.kind}`)}</td>
            <td className="figure">
              <Link href={documentAddress(profile, row.key)}>{row.order}</Link>
            </td>
            <td className="figure">{row.piece}</td>
            <td className="figure">{row.date ? day(row.date) : ''}</td>
            <td className="figure right">
              {row.gross ? amount(row.gross) : ''}
              {row.gross && row.currency && row.currency !== run.currency ? (
                <span className="muted"> {row.currency}</span>
              ) : null}
            </td>
            <td>
              <DocumentStates {...row} />
            </td>
          </tr>
        ))}
      </Table>
      {documents.hasNextPage ? (
        <div style={{ padding: 12 }}>
          <Button small disabled={documents.isFetching} onClick={() => documents.fetchNextPage()}>
            {say('ui.more', { n: count(documents.data?.pages[0]?.total ?? 0) })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
