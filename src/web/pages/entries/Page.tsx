import { Link, Redirect, useSearchParams } from 'wouter';
import type { ActivityEntries } from '../../../api/activity.ts';
import { type Speech, useSpeech } from '../../language.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { Paged, usePaged } from '../../parts/Paged.tsx';
import { type Head, Table } from '../../parts/Table.tsx';
import { Shell } from '../../shell/Shell.tsx';

const NAMES = ['from', 'to', 'about', 'country', 'item', 'open'] as const;

/** The written entries behind a figure of the dashboard; which figure, the address says. Without a period there is none. */
export function EntriesPage({ profile }: { profile: string }) {
  const [params] = useSearchParams();
  const isWhole = params.has('from') && params.has('to');
  return isWhole ? <Behind profile={profile} params={params} /> : <Redirect to={`/p/${profile}/dashboard`} replace />;
}

function Behind({ profile, params }: { profile: string; params: URLSearchParams }) {
  const speech = useSpeech();
  const { say, day, money } = speech;
  const asked = Object.fromEntries(NAMES.flatMap((name) => (params.has(name) ? [[name, params.get(name) ?? '']] : [])));
  const query = new URLSearchParams(asked);
  const pages = usePaged<ActivityEntries>(profile, 'entries', query.toString());
  const [first] = pages.data?.pages ?? [];
  const { from = '', to = '' } = asked;
  const title = titleOf(asked, speech);
  return (
    <Shell profile={profile} here="dashboard" title={title}>
      <div className="page">
        <header className="page-head">
          <div>
            <Link
              href={`/p/${profile}/dashboard?${new URLSearchParams({ from: params.get('of') ?? from, to: params.get('until') ?? to })}`}
              className="crumb"
            >
              {say('ui.nav.dashboard')}
            </Link>
            <h1 className="page-title">{title}</h1>
            <p className="sub figure">
              {from === to ? day(from) : say('ui.from-to', { from: day(from), to: day(to) })}
              {first ? ` · ${say('ui.dash.entries', { n: first.total })}` : ''}
              {first?.base ? ` · ${say('ui.dash.base')} ${money(first.base, first.currency)}` : ''}
              {first?.amount ? ` · ${money(first.amount, first.currency)}` : ''}
            </p>
          </div>
        </header>
        <Paged pages={pages} none={say('ui.entries.none')}>
          {(answers) => <Rows profile={profile} pages={answers} title={title} />}
        </Paged>
      </div>
    </Shell>
  );
}

function Rows({ profile, pages, title }: { profile: string; pages: readonly ActivityEntries[]; title: string }) {
  const { say, day, amount, country } = useSpeech();
  const [first] = pages;
  const [hasAmount, hasBase] = [first?.amount !== null, first?.base !== null];
  const names = ['date', 'kind', 'order', 'piece', 'journal', 'payment'].map((name) => say(`ui.column.${name}`));
  const figures = [
    ...(hasBase ? ['ui.dash.base'] : []),
    ...(hasAmount ? ['ui.entries.amount'] : []),
    ...['ui.entries.total', 'ui.column.number'],
  ];
  const heads: Head[] = [...names, say('ui.dash.country'), ...figures.map((name) => [say(name), 'right'] as const)];
  return (
    <Table label={title} heads={heads}>
      {pages.flatMap(({ rows }) =>
        rows.map((row) => (
          <tr key={`${row.run} ${row.number}`}>
            <td className="figure">{day(row.date)}</td>
            <td>{say(`ui.kind.${row.kind}`)}</td>
            <td className="figure">
              <Link href={documentAddress(profile, row.document)}>{row.order}</Link>
            </td>
            <td className="figure">{row.piece}</td>
            <td className="figure">{row.journal}</td>
            <td>{row.payment}</td>
            <td>{row.country ? country(row.country) : ''}</td>
            {hasBase ? <td className="figure right">{row.base ? amount(row.base) : ''}</td> : null}
            {hasAmount ? <td className="figure right strong">{row.amount ? amount(row.amount) : ''}</td> : null}
            <td className="figure right">{amount(row.total)}</td>
            <td className="figure right">
              <Link href={`/p/${profile}/runs/${row.run}`} aria-label={say('ui.entries.run', { number: row.number })}>
                {row.number}
              </Link>
            </td>
          </tr>
        )),
      )}
    </Table>
  );
}

/** What the figure is, in words. */
function titleOf(asked: Readonly<Record<string, string>>, { say, country, percent }: Speech): string {
  const { about, item, open } = asked;
  if (open === 'true') return say('ui.dash.open');
  if (about === 'vat' || about === 'oss') {
    const place =
      asked.country === undefined ? [] : [asked.country ? country(asked.country) : say('ui.dash.country.none')];
    const tax = item === undefined ? [] : [item ? percent(item) : say('ui.dash.vat.none')];
    return [say(about === 'oss' ? 'ui.oss.title' : 'ui.dash.vat.amount'), ...place, ...tax].join(', ');
  }
  if (about === 'payment') return [say('ui.dash.payments.short'), ...(item ? [item] : [])].join(', ');
  if (about === 'fee') return item ? say('ui.dash.fee', { method: item }) : say('ui.dash.fees');
  if (about === 'difference' && item) return say(`ui.dash.difference.${item}`);
  return about === 'net' ? say('ui.dash.net') : say('ui.entries.title');
}
