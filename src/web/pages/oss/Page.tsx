import { Link, useLocation, useSearchParams } from 'wouter';
import type { Oss } from '../../../api/activity.ts';
import { addDays, dayIn, parseDay } from '../../../core/calendar.ts';
import { type Days, periodDays } from '../../../core/periods.ts';
import { useOss } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Table } from '../../parts/Table.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';

/** Quarters that are offered: this one and two years before. */
const OFFERED = 9;

/** The sheet for the declaration of the one-stop shop: a quarter by member state and rate; each figure opens its entries. */
export function OssPage({ profile }: { profile: string }) {
  const { say, code, day } = useSpeech();
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const quarters = lastQuarters();
  const [from, to] = ['from', 'to'].map((name) => parseDay(params.get(name) ?? ''));
  const days = from && to && from <= to ? { from, to } : (quarters[1] ?? quarters[0]);
  const answer = useOss(profile, days ?? null);
  const query = new URLSearchParams(days);
  const named = ({ from: first }: Days) =>
    say('ui.oss.quarter', { quarter: Math.ceil(Number(first.slice(5, 7)) / 3), year: first.slice(0, 4) });
  const isOffered = quarters.some((one) => one.from === days?.from && one.to === days.to);
  return (
    <Shell profile={profile} here="dashboard" title={say('ui.oss.title')}>
      <div className="page">
        <header className="page-head">
          <div>
            <Link href={`/p/${profile}/dashboard?${query}`} className="crumb">
              {say('ui.nav.dashboard')}
            </Link>
            <h1 className="page-title">{say('ui.oss.title')}</h1>
            <p className="sub figure">{days ? say('ui.from-to', { from: day(days.from), to: day(days.to) }) : ''}</p>
          </div>
          <div className="acts">
            <label className="muted" htmlFor="quarter">
              {say('ui.import.period')}
            </label>
            <select
              id="quarter"
              className="field group"
              value={query.toString()}
              onChange={(event) => go(`/p/${profile}/oss?${event.target.value}`, { replace: true })}
            >
              {isOffered || !days ? null : <option value={query.toString()}>{say('ui.period.custom')}</option>}
              {quarters.map((one) => (
                <option key={one.from} value={new URLSearchParams(one).toString()}>
                  {named(one)}
                </option>
              ))}
            </select>
            {(['xlsx', 'csv'] as const).map((extension) => (
              <a
                key={extension}
                className="button"
                href={`/api/profiles/${profile}/oss.${extension}?${query}&lang=${code}`}
                download
              >
                {say('ui.export')} {extension.toUpperCase()}
              </a>
            ))}
          </div>
        </header>
        {answer.error ? <Unread query={answer} /> : null}
        {answer.error || answer.data ? null : <Skeleton />}
        {answer.data ? <Sheet profile={profile} sheet={answer.data} /> : null}
      </div>
    </Shell>
  );
}

function Sheet({ profile, sheet }: { profile: string; sheet: Oss }) {
  const { say, amount, percent, country } = useSpeech();
  const { from, to, rows } = sheet;
  const behind = (more: Readonly<Record<string, string>>) =>
    `/p/${profile}/entries?${new URLSearchParams({ from, to, about: 'oss', ...more })}`;
  if (sheet.home === null)
    return (
      <section className="card empty">
        <p>{say('ui.oss.no-home')}</p>
        <Link className="button tinted" href={`/p/${profile}/settings/advanced`}>
          {say('ui.nav.settings')}
        </Link>
      </section>
    );
  if (rows.length === 0)
    return (
      <section className="card empty">
        <p>{say('ui.oss.none')}</p>
      </section>
    );
  return (
    <section className="card">
      <Table
        label={say('ui.oss.title')}
        heads={[
          say('ui.oss.state'),
          [say('ui.column.tax-rate'), 'right'],
          [say('ui.dash.base'), 'right'],
          [say('ui.dash.vat.amount'), 'right'],
          [say('ui.dash.entries.head'), 'right'],
        ]}
        foot={
          <tr>
            <th scope="row">{say('ui.total')}</th>
            <td />
            <td className="figure right">{amount(sheet.base)}</td>
            <td className="figure right">
              <Link href={behind({})}>{amount(sheet.tax)}</Link>
            </td>
            <td />
          </tr>
        }
      >
        {rows.map((row) => (
          <tr key={`${row.country} ${row.rate}`}>
            <td>
              <Link href={behind({ country: row.country, item: row.rate })}>{country(row.country)}</Link>
            </td>
            <td className="figure right">{percent(row.rate)}</td>
            <td className="figure right">{amount(row.base)}</td>
            <td className="figure right">{amount(row.tax)}</td>
            <td className="figure right">{row.entries}</td>
          </tr>
        ))}
      </Table>
      <p className="muted">{say('ui.oss.help')}</p>
    </section>
  );
}

/** This quarter and those before it, newest first, by this machine's day: which one is meant, the address says. */
function lastQuarters(): Days[] {
  const found: Days[] = [];
  let any = dayIn('UTC', Date.now());
  while (found.length < OFFERED) {
    const days = periodDays('this-quarter', any);
    if (days === null) break;
    found.push(days);
    any = addDays(days.from, -1);
  }
  return found;
}
