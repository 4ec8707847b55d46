import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { ActivityDocuments } from '../../../api/activity.ts';
import { get } from '../../api/client.ts';
import { profileKey } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { DocumentStates, Unread } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';

const PAGE = 100;
const STATES = ['', 'written', 'ready', 'held', 'excluded'] as const;

/** Documents of all imports, each once as it stands now: by state, period, or the beginning of a number. */
export function DocumentsPage({ profile }: { profile: string }) {
  const { say, day, count } = useSpeech();
  const [params, setParams] = useSearchParams();
  const [from, to, state, q] = ['from', 'to', 'state', 'q'].map((name) => params.get(name) ?? '') as [
    string,
    string,
    string,
    string,
  ]; // one for each name
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const query = new URLSearchParams(
    Object.entries({ from, to, state, q: q.trim() }).filter(([, value]) => value !== ''),
  ).toString();
  const pages = useInfiniteQuery({
    queryKey: [...profileKey(profile), 'documents', query],
    queryFn: ({ pageParam }) =>
      get<ActivityDocuments>(`/api/profiles/${profile}/documents?${query}&offset=${pageParam}&limit=${PAGE}`),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total ? all.length * PAGE : undefined),
    placeholderData: (before) => before,
  });
  const [first] = pages.data?.pages ?? [];
  return (
    <Shell profile={profile} here="dashboard" title={say('ui.documents')}>
      <div className="page">
        <header className="page-head">
          <div>
            <Link
              href={`/p/${profile}/dashboard${from && to ? `?${new URLSearchParams({ from, to })}` : ''}`}
              className="crumb"
            >
              {say('ui.nav.dashboard')}
            </Link>
            <h1 className="page-title">{say('ui.documents')}</h1>
            <p className="sub figure">
              {from && to ? say('ui.from-to', { from: day(from), to: day(to) }) : say('ui.documents.all-periods')}
              {first ? ` · ${say('ui.documents.count', { n: first.total })}` : ''}
            </p>
          </div>
          <NumberField value={q} onChange={(value) => set('q', value)} />
        </header>
        <Segments
          label={say('ui.column.state')}
          value={state}
          onChoose={(id) => set('state', id)}
          choices={STATES.map((id) => ({ id, label: say(`ui.dash.state.${id || 'all'}`) }))}
        />
        {pages.error ? <Unread query={pages} /> : null}
        {pages.isPending && !pages.error ? <Skeleton /> : null}
        {first?.total === 0 ? (
          <section className="card empty">
            <p>{say('ui.documents.none')}</p>
          </section>
        ) : null}
        {first && first.total > 0 ? <Rows profile={profile} pages={pages.data?.pages ?? []} /> : null}
        {pages.hasNextPage ? (
          <div>
            <Button small disabled={pages.isFetching} onClick={() => pages.fetchNextPage()}>
              {say('ui.more', { n: count(first?.total ?? 0) })}
            </Button>
          </div>
        ) : null}
      </div>
    </Shell>
  );
}

/** The beginning of a number; the address follows what is typed. */
function NumberField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { say } = useSpeech();
  const [typed, setTyped] = useState(value);
  return (
    <input
      className="field"
      style={{ width: 230 }}
      type="search"
      aria-label={say('ui.documents.number')}
      placeholder={say('ui.documents.number')}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(event.target.value.trim());
      }}
    />
  );
}

function Rows({ profile, pages }: { profile: string; pages: readonly ActivityDocuments[] }) {
  const { say, day, amount } = useSpeech();
  return (
    <section className="card table-card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label={say('ui.documents')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('ui.column.kind')}</th>
              <th scope="col">{say('ui.column.order')}</th>
              <th scope="col">{say('ui.column.piece')}</th>
              <th scope="col">{say('ui.column.date')}</th>
              <th scope="col" className="right">
                {say('ui.column.gross')}
              </th>
              <th scope="col">{say('ui.dash.currency')}</th>
              <th scope="col">{say('ui.column.state')}</th>
            </tr>
          </thead>
          <tbody>
            {pages.flatMap(({ rows }) =>
              rows.map((row) => (
                <tr key={row.key}>
                  <td>{say(`ui.kind.${row.kind}`)}</td>
                  <td className="figure">
                    <Link href={documentAddress(profile, row.key)}>{row.order}</Link>
                  </td>
                  <td className="figure">{row.piece}</td>
                  <td className="figure">{row.date ? day(row.date) : ''}</td>
                  <td className="figure right">{row.gross ? amount(row.gross) : ''}</td>
                  <td className="muted">{row.currency}</td>
                  <td>
                    <DocumentStates {...row} />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
    </section>
  );
}
