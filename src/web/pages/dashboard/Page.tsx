import { useLocation, useSearchParams } from 'wouter';
import { dayIn, isTimeZone, parseDay } from '../../../core/calendar.ts';
import { monthDays, type PeriodName, parsePeriod, periodDays } from '../../../core/periods.ts';
import { useDashboard, useProfileHome } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { Board } from './Board.tsx';

const CHOICES: readonly PeriodName[] = ['last-month', 'this-month', 'this-quarter', 'this-year'];

/** What was read and written of a period, in figures; each opens what is behind it. */
export function DashboardPage({ profile }: { profile: string }) {
  const { say, day } = useSpeech();
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const home = useProfileHome(profile);
  const zone = home.data?.timeZone ?? 'UTC';
  const period = periodOf(params, dayIn(isTimeZone(zone) ? zone : 'UTC', Date.now()));
  const answer = useDashboard(profile, home.data ? period : null);
  const at = (query: string) => `/p/${profile}/dashboard?${query}`;
  const board = answer.data;
  const isEmpty = board !== undefined && board.documents.total === 0 && board.days.length === 0;
  return (
    <Shell profile={profile} here="dashboard" title={say('ui.nav.dashboard')}>
      <div className="page">
        <header className="page-head">
          <div>
            <h1 className="page-title">{say('ui.nav.dashboard')}</h1>
            <p className="sub">
              {home.data
                ? say('ui.dash.sub', { name: home.data.name, from: day(period.from), to: day(period.to) })
                : null}
            </p>
          </div>
          <Segments
            label={say('ui.import.period')}
            value={period.name}
            onChoose={(id) => go(at(`period=${id}`), { replace: true })}
            choices={[...CHOICES, ...(period.name === 'custom' ? (['custom'] as const) : [])].map((id) => ({
              id,
              label: say(`ui.period.${id}`),
            }))}
          />
        </header>
        {answer.error ? <Unread query={answer} /> : null}
        {answer.error || board ? null : <Skeleton />}
        {board && isEmpty ? (
          <section className="card empty">
            <p>{say(board.lastDay === null ? 'ui.dash.never' : 'ui.dash.empty')}</p>
            {board.lastDay === null ? null : (
              <Button
                look="tinted"
                onClick={() => {
                  const { from, to } = monthDays(parseDay(board.lastDay ?? '') ?? period.from);
                  go(at(`from=${from}&to=${to}`));
                }}
              >
                {say('ui.dash.last', { day: day(board.lastDay) })}
              </Button>
            )}
          </section>
        ) : null}
        {board && !isEmpty ? (
          <Board profile={profile} board={board} review={home.data?.openReview?.run ?? null} />
        ) : null}
      </div>
    </Shell>
  );
}

/** The days of the address: a period by its name, or a first and a last day; this month when it says neither. */
function periodOf(params: URLSearchParams, today: ReturnType<typeof dayIn>) {
  const [from, to] = ['from', 'to'].map((name) => parseDay(params.get(name) ?? ''));
  if (from && to && from <= to) return { name: 'custom', from, to };
  const named = parsePeriod(params.get('period') ?? '');
  const days = named && periodDays(named, today);
  return days ? { name: named, ...days } : { name: 'this-month', ...monthDays(today) };
}
