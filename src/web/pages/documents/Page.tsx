import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { ActivityDocuments } from '../../../api/activity.ts';
import { useSpeech } from '../../language.tsx';
import { DocumentStates } from '../../parts/Badges.tsx';
import { Segments } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { Paged, usePaged } from '../../parts/Paged.tsx';
import { Table } from '../../parts/Table.tsx';
import { Shell } from '../../shell/Shell.tsx';

const STATES = ['', 'written', 'ready', 'held', 'excluded'] as const;

/** Documents of all imports, each once as it stands now: by state, period, or the beginning of a number. */
export function DocumentsPage({ profile }: { profile: string }) {
  const { say, day } = useSpeech();
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
  const pages = usePaged<ActivityDocuments>(profile, 'documents', query);
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
        <Paged pages={pages} none={say('ui.documents.none')}>
          {(answers) => <Rows profile={profile} pages={answers} />}
        </Paged>
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
    <Table
      label={say('ui.documents')}
      heads={[
        say('ui.column.kind'),
        say('ui.column.order'),
        say('ui.column.piece'),
        say('ui.column.date'),
        [say('ui.column.gross'), 'right'],
        say('ui.dash.currency'),
        say('ui.column.state'),
      ]}
    >
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
    </Table>
  );
}
