import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import type { ActivityEntries } from '../../../api/activity.ts';
import { get } from '../../api/client.ts';
import { profileKey } from '../../api/queries.ts';
import { type Speech, useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';

const PAGE = 100;
const NAMES = ['from', 'to', 'about', 'country', 'item', 'open'] as const;

/** The written entries behind a figure of the dashboard; which figure, the address says. */
export function EntriesPage({ profile }: { profile: string }) {
  const speech = useSpeech();
  const { say, day, count, money } = speech;
  const [params] = useSearchParams();
  const asked = Object.fromEntries(NAMES.flatMap((name) => (params.has(name) ? [[name, params.get(name) ?? '']] : [])));
  const query = new URLSearchParams(asked);
  const pages = useInfiniteQuery({
    queryKey: [...profileKey(profile), 'entries', query.toString()],
    queryFn: ({ pageParam }) =>
      get<ActivityEntries>(`/api/profiles/${profile}/entries?${query}&offset=${pageParam}&limit=${PAGE}`),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total ? all.length * PAGE : undefined),
  });
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
        {pages.error ? <Unread query={pages} /> : null}
        {pages.isPending && !pages.error ? <Skeleton /> : null}
        {first?.total === 0 ? (
          <section className="card empty">
            <p>{say('ui.entries.none')}</p>
          </section>
        ) : null}
        {first && first.total > 0 ? <Rows profile={profile} pages={pages.data?.pages ?? []} title={title} /> : null}
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

function Rows({ profile, pages, title }: { profile: string; pages: readonly ActivityEntries[]; title: string }) {
  const { say, day, amount, country } = useSpeech();
  const [first] = pages;
  const [hasAmount, hasBase] = [first?.amount !== null, first?.base !== null];
  return (
    <section className="card table-card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('ui.column.date')}</th>
              <th scope="col">{say('ui.column.kind')}</th>
              <th scope="col">{say('ui.column.order')}</th>
              <th scope="col">{say('ui.column.piece')}</th>
              <th scope="col">{say('ui.column.journal')}</th>
              <th scope="col">{say('ui.column.payment')}</th>
              <th scope="col">{say('ui.dash.country')}</th>
              {hasBase ? (
                <th scope="col" className="right">
                  {say('ui.dash.base')}
                </th>
              ) : null}
              {hasAmount ? (
                <th scope="col" className="right">
                  {say('ui.entries.amount')}
                </th>
              ) : null}
              <th scope="col" className="right">
                {say('ui.entries.total')}
              </th>
              <th scope="col" className="right">
                {say('ui.column.number')}
              </th>
            </tr>
          </thead>
          <tbody>
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
                    <Link
                      href={`/p/${profile}/runs/${row.run}`}
                      aria-label={say('ui.entries.run', { number: row.number })}
                    >
                      {row.number}
                    </Link>
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

/** What the figure is, in words. */
function titleOf(asked: Readonly<Record<string, string>>, { say, country, percent }: Speech): string {
  const { about, item, open } = asked;
  if (open === 'true') return say('ui.dash.open');
  if (about === 'vat') {
    const place =
      asked.country === undefined ? [] : [asked.country ? country(asked.country) : say('ui.dash.country.none')];
    const tax = item === undefined ? [] : [item ? percent(item) : say('ui.dash.vat.none')];
    return [say('ui.dash.vat.amount'), ...place, ...tax].join(', ');
  }
  if (about === 'payment') return [say('ui.dash.payments.short'), ...(item ? [item] : [])].join(', ');
  if (about === 'fee') return item ? say('ui.dash.fee', { method: item }) : say('ui.dash.fees');
  if (about === 'difference' && item) return say(`ui.dash.difference.${item}`);
  return about === 'net' ? say('ui.dash.net') : say('ui.entries.title');
}
