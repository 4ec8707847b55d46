import {
  IconAdjustmentsAlt,
  IconAlertCircle,
  IconCircleCheck,
  IconCircleX,
  IconHandStop,
  IconPlugConnected,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ProfileHome } from '../../../api/api.ts';
import type { CheckAnswer } from '../../../api/shop.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { RunBadge, TroubleNotice } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { checkSummary } from '../settings/checks.ts';

/** The information panel of the open profile (S-055). */
export function ProfilePanel({ home }: { home: ProfileHome }) {
  const { say } = useSpeech();
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{say('ui.home.profile')}</h2>
        <Link href={`/p/${home.id}/settings/profile`} className="button plain small">
          <IconAdjustmentsAlt size={16} stroke={1.75} aria-hidden="true" /> {say('ui.configure')}
        </Link>
      </div>
      <dl className="facts">
        <dt>{say('ui.home.name')}</dt>
        <dd>{home.name}</dd>
        <dt>{say('ui.home.ledger')}</dt>
        <dd>{home.ledgerName}</dd>
        <dt>{say('ui.home.folder')}</dt>
        <dd>{home.folder}</dd>
        <dt>{say('ui.home.shop')}</dt>
        <dd>{home.shopName}</dd>
        <dt>{say('ui.home.url')}</dt>
        <dd>
          <ShopLink home={home} />
        </dd>
        <dt>{say('ui.home.zone')}</dt>
        <dd>{home.timeZone ?? say('ui.home.zone.shop')}</dd>
      </dl>
    </section>
  );
}

/** A demo shop has no page of its own to look at: its address is only told. */
function ShopLink({ home }: { home: ProfileHome }) {
  const { say } = useSpeech();
  if (home.demo) return <>{say('ui.home.demo')}</>;
  if (home.url === '') return <>—</>;
  const host = URL.canParse(home.url) ? new URL(home.url).host : home.url;
  if (!/^https?:/.test(home.url)) return <>{host}</>;
  return (
    <a href={home.url} target="_blank" rel="noreferrer">
      {host}
    </a>
  );
}

type Row = { readonly key: string; readonly icon: ReactNode; readonly text: string; readonly right: ReactNode };

/** What is well and what waits, each with its act; the shop is only asked when somebody wants to know. */
export function StatePanel({ home, gaps }: { home: ProfileHome; gaps: number }) {
  const speech = useSpeech();
  const { say, time } = speech;
  const check = useAct({ mutationFn: () => post<CheckAnswer>(`/api/profiles/${home.id}/check`) });
  const good = <IconCircleCheck size={16} stroke={1.75} className="ok" aria-hidden="true" />;
  const bad = <IconCircleX size={16} stroke={1.75} className="bad" aria-hidden="true" />;
  const rows: Row[] = [];
  if (check.data) {
    const at = (
      <span className="muted figure">{time(new Date(check.submittedAt).toISOString(), { seconds: false })}</span>
    );
    const { shop, ledger } = checkSummary(check.data, speech);
    rows.push({
      key: 'shop',
      icon: shop.ok ? good : bad,
      text: shop.text,
      right: shop.ok ? (
        at
      ) : (
        <Link href={`/p/${home.id}/settings/shop`} className="link-button">
          {say('ui.see')}
        </Link>
      ),
    });
    rows.push({
      key: 'ledger',
      icon: ledger.ok ? good : bad,
      text: ledger.text,
      right: ledger.ok ? (
        at
      ) : (
        <Link href={`/p/${home.id}/settings/ledger`} className="link-button">
          {say('ui.see')}
        </Link>
      ),
    });
  }
  if (gaps > 0)
    rows.push({
      key: 'gaps',
      icon: <IconAlertCircle size={16} stroke={1.75} className="bad" aria-hidden="true" />,
      text: say('ui.gaps.short', { n: gaps }),
      right: (
        <Link href={`/p/${home.id}/mapping`} className="link-button">
          {say('ui.complete')}
        </Link>
      ),
    });
  if (home.openReview)
    rows.push({
      key: 'review',
      icon: (
        <IconHandStop
          size={16}
          stroke={1.75}
          className={home.openReview.held > 0 ? 'bad' : 'muted'}
          aria-hidden="true"
        />
      ),
      text: say('ui.home.review-open', { n: home.openReview.held }),
      right: (
        <Link href={`/p/${home.id}/review/${home.openReview.run}`} className="link-button">
          {say('ui.review-again')}
        </Link>
      ),
    });
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{say('ui.home.state')}</h2>
        <Button
          look="plain"
          small
          onClick={() => check.mutate()}
          disabled={check.isPending || !(home.url || home.demo)}
        >
          <IconPlugConnected size={16} stroke={1.75} aria-hidden="true" />{' '}
          {say(check.isPending ? 'ui.check.busy' : 'ui.check')}
        </Button>
      </div>
      {check.error ? <TroubleNotice error={check.error} /> : null}
      {rows.length > 0 ? (
        <ul className="state-list" aria-live="polite">
          {rows.map((row) => (
            <li key={row.key}>
              {row.icon}
              <span>{row.text}</span>
              {row.right}
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted" style={{ fontSize: 13 }}>
          {say('ui.home.state.none')}
        </p>
      )}
    </section>
  );
}

export function LastRuns({ home }: { home: ProfileHome }) {
  const { say, day } = useSpeech();
  if (home.lastRuns.length === 0) return null;
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{say('ui.home.last-runs')}</h2>
        <Link href={`/p/${home.id}/runs`} className="link-button">
          {say('ui.nav.runs')}
        </Link>
      </div>
      <ul className="last-runs">
        {home.lastRuns.slice(0, 5).map((run) => (
          <li key={run.id}>
            <Link href={run.state === 'review' ? `/p/${home.id}/review/${run.id}` : `/p/${home.id}/runs/${run.id}`}>
              {say(run.kind === 'sales' ? 'ui.kind.sales' : 'ui.kind.credit-notes')}
              {run.to ? ` ${say('ui.until', { day: day(run.to) })}` : ''}{' '}
              <span className="muted figure">{say('ui.count.entries', { n: run.counts.entries })}</span>
            </Link>
            <RunBadge state={run.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** S-057 without licence: state, last import, decisions waiting, version. */
export function StatusBar({ home, running, version }: { home: ProfileHome; running: string | null; version: string }) {
  const { say, date } = useSpeech();
  return (
    <footer className="status-bar">
      <span role="status">
        <span className={running ? 'dot busy' : 'dot'} aria-hidden="true" />
        {running ?? say('ui.status.ready')}
      </span>
      <span>
        {home.lastImportAt ? say('ui.status.last', { day: date(home.lastImportAt) }) : say('ui.status.never')}
      </span>
      {home.waiting > 0 ? <span>{say('ui.status.waiting', { n: home.waiting })}</span> : null}
      <span>Comptoir {version}</span>
    </footer>
  );
}
