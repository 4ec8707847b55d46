import { Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChevronDown,
  IconCircleCheck,
  IconExternalLink,
  IconFileUpload,
  IconReceiptRefund,
  IconShoppingBag,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { ProfileHome, RunSummary } from '../../../api/api.ts';
import { post } from '../../api/client.ts';
import { useAppInfo, useGaps, useProfileHome, useRenewProfile } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useRunEvents } from '../../api/use-run-events.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { isRunning, periodWords, type RunKind } from '../../parts/state.ts';
import { ProfileSwitcher } from '../../shell/ProfileSwitcher.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { tabOfPath } from '../settings/tabs.ts';
import { FileDialog } from './FileDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { Log } from './Log.tsx';
import { LastRuns, ProfilePanel, StatePanel, StatusBar } from './Panels.tsx';

/** Main window of a profile (S-054 to S-059, S-071 to S-073). */
export function HomePage({ profile }: { profile: string }) {
  const { say } = useSpeech();
  const home = useProfileHome(profile);
  return (
    <Shell profile={profile} here="home" title={say('ui.nav.home')}>
      {home.data ? (
        <Home key={profile} home={home.data} />
      ) : (
        <div className="page">{home.error ? <Unread query={home} /> : <Skeleton />}</div>
      )}
    </Shell>
  );
}

function Home({ home }: { home: ProfileHome }) {
  const speech = useSpeech();
  const { say } = speech;
  const info = useAppInfo();
  const gaps = useGaps(home.id, home.url !== '' || home.demo).length;
  const renew = useRenewProfile();
  const [params, setParams] = useSearchParams();
  const [, go] = useLocation();
  const [started, setStarted] = useState<string | null>(null);
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const followed = started ?? home.runningRun ?? home.lastRuns[0]?.id ?? null;
  const { lines, progress, end, lost } = useRunEvents(followed);
  const stop = useAct({ mutationFn: (run: string) => post(`/api/runs/${run}/stop`) });
  const run = end ?? home.lastRuns.find(({ id }) => id === followed) ?? null;
  const running = followed !== null && end === null && (followed === home.runningRun || followed === started);
  const asked = params.get('import');
  const configured = home.missing.length === 0;

  /** A run that waits for a person opens its list by itself, once, for whoever started it here (S-041). */
  useEffect(() => {
    if (end && end.id === started && end.state === 'review') go(`/p/${home.id}/review/${end.id}`);
  }, [end, started, home.id, go]);

  // A file needs no connection to the shop, only the accounts.
  const fileReason = running
    ? say('ui.import.busy')
    : home.missing.some(({ path }) => path !== 'shop.url' && !path.startsWith('secrets.'))
      ? say('ui.import.unconfigured')
      : undefined;
  const openFile = (kind: RunKind) =>
    setParams({ import: 'file', ...(kind === 'sales' ? {} : { kind: 'credit-notes' }) });
  const openImport = (kind: 'sales' | 'credit-notes') => setParams({ import: kind });
  const reason = running ? say('ui.import.busy') : configured ? undefined : say('ui.import.unconfigured');
  const onStarted = (summary: RunSummary) => {
    setStarted(summary.id);
    setParams({}, { replace: true });
    renew(home.id);
  };
  const reviewHref = run?.state === 'review' ? `/p/${home.id}/review/${run.id}` : null;

  return (
    <>
      {narrow ? (
        <header className="top-bar">
          <Mark size={28} />
          <ProfileSwitcher current={home} compact />
        </header>
      ) : null}
      <div className="page">
        {narrow ? (
          <h1 className="unseen">{home.name}</h1>
        ) : (
          <header className="page-head">
            <div>
              <h1 className="page-title">{home.name}</h1>
              <p className="sub">{say('ui.home.from-to', { shop: home.shopName, ledger: home.ledgerName })}</p>
            </div>
            <div className="acts">
              <LoadFile disabled={fileReason !== undefined} title={fileReason} onChoose={openFile} />
              {home.url && !home.demo ? (
                <a className="button" href={home.url} target="_blank" rel="noreferrer">
                  <IconExternalLink size={16} stroke={1.75} aria-hidden="true" /> {say('ui.home.see-shop')}
                </a>
              ) : null}
            </div>
          </header>
        )}
        {narrow ? (
          <div className="actions">
            <Button look="primary" disabled={reason !== undefined} title={reason} onClick={() => openImport('sales')}>
              {say('ui.import.sales')}
            </Button>
            <Button disabled={reason !== undefined} title={reason} onClick={() => openImport('credit-notes')}>
              {say('ui.kind.credit-notes')}
            </Button>
          </div>
        ) : (
          <div className="actions">
            <Action
              icon={<IconShoppingBag size={18} stroke={1.75} aria-hidden="true" />}
              title={say('ui.kind.sales')}
              text={reason ?? say('ui.home.sales')}
            >
              <Button look="primary" disabled={reason !== undefined} title={reason} onClick={() => openImport('sales')}>
                {say('ui.import.sales')}
              </Button>
            </Action>
            <Action
              icon={<IconReceiptRefund size={18} stroke={1.75} aria-hidden="true" />}
              title={say('ui.kind.credit-notes')}
              text={reason ?? say('ui.home.credit-notes')}
            >
              <Button disabled={reason !== undefined} title={reason} onClick={() => openImport('credit-notes')}>
                {say('ui.import.credit-notes')}
              </Button>
            </Action>
          </div>
        )}
        <div className="home-body">
          <Log
            run={followed}
            subtitle={run ? say(`ui.log.of.${run.kind}`, { period: periodWords(run, speech) }) : ''}
            lines={lines}
            progress={progress}
            running={running}
            lost={lost}
            reviewHref={reviewHref}
            stopping={stop.isPending}
            onStop={() => followed && stop.mutate(followed)}
            empty={configured ? <Never /> : <ToDo home={home} />}
          />
          <div className="home-side">
            {stop.error ? <TroubleNotice error={stop.error} /> : null}
            {reviewHref && run ? (
              <section className="card panel">
                <p className="strong">{say('ui.home.to-review', { n: run.counts.entries })}</p>
                <p className="help">{say('ui.home.to-review.help')}</p>
                <Link className="button tinted" style={{ marginTop: 12 }} href={reviewHref}>
                  {say('ui.nav.review')}
                </Link>
              </section>
            ) : null}
            <ProfilePanel home={home} />
            <StatePanel home={home} gaps={gaps} />
            <LastRuns home={home} />
          </div>
        </div>
      </div>
      <StatusBar
        home={home}
        version={info.data?.version ?? ''}
        running={
          running
            ? progress?.total
              ? say('ui.status.running.of', { done: progress.done, total: progress.total })
              : say('ui.status.running')
            : null
        }
      />
      {asked === 'file' && fileReason === undefined ? (
        <FileDialog
          home={home}
          kind={params.get('kind') === 'credit-notes' ? 'creditNotes' : 'sales'}
          onKind={openFile}
          onClose={() => setParams({}, { replace: true })}
          onStarted={onStarted}
        />
      ) : null}
      {asked && asked !== 'file' && !running && configured ? (
        <ImportDialog
          home={home}
          kind={asked === 'credit-notes' ? 'creditNotes' : 'sales'}
          asked={{ period: params.get('period'), from: params.get('from'), to: params.get('to') }}
          gaps={gaps}
          onClose={() => setParams({}, { replace: true })}
          onStarted={onStarted}
        />
      ) : null}
      {run && !running && isRunning(run.state) && lost ? (
        <p className="unseen" role="status">
          {say('ui.lost')}
        </p>
      ) : null}
    </>
  );
}

/** S-051, S-052: a file in the place of the shop. */
function LoadFile({
  disabled,
  title,
  onChoose,
}: {
  disabled: boolean;
  title: string | undefined;
  onChoose: (kind: RunKind) => void;
}) {
  const { say } = useSpeech();
  return (
    <Menu position="bottom-end" offset={4} disabled={disabled}>
      <Menu.Target>
        <Button look="plain" disabled={disabled} title={title}>
          <IconFileUpload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.file.load')}{' '}
          <IconChevronDown size={14} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose('sales')}>{say('ui.file.of-sales')}</Menu.Item>
        <Menu.Item onClick={() => onChoose('creditNotes')}>{say('ui.file.of-credit-notes')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Action({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <section className="card action">
      <span className="tile">{icon}</span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {children}
    </section>
  );
}

function Never() {
  const { say } = useSpeech();
  return (
    <div className="empty">
      <IconCircleCheck size={28} stroke={1.4} aria-hidden="true" />
      <p>
        {say('ui.home.never')}
        <br />
        {say('ui.home.never.help')}
      </p>
    </div>
  );
}

/** S-035: what remains before a first import, and the way to it. */
function ToDo({ home }: { home: ProfileHome }) {
  const { say } = useSpeech();
  return (
    <div style={{ padding: '14px 0', display: 'grid', gap: 14, justifyItems: 'start' }}>
      <p className="section-title">{say('ui.home.todo', { n: home.missing.length })}</p>
      <ul className="state-list">
        {home.missing.map(({ path, code }) => (
          <li key={path + code}>
            <span aria-hidden="true">○</span>
            <span style={{ fontWeight: 400 }}>
              {say(code.startsWith('profile.') ? code : `profile.${code}`, { path })}
            </span>
          </li>
        ))}
      </ul>
      <Link className="button tinted" href={`/p/${home.id}/${windowOf(home.missing[0]?.path ?? 'name')}`}>
        {say('ui.configure')}
      </Link>
    </div>
  );
}

export function Skeleton() {
  return (
    <div style={{ display: 'grid', gap: 14, paddingTop: 24 }} aria-hidden="true">
      {[60, 90, 75, 82].map((width) => (
        <div key={width} className="skeleton" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** Where the field of a path is filled in: its mapping, else its tab of the configuration. */
function windowOf(path: string): string {
  const [section, mapping] = path.split('.');
  return section === 'mappings' ? `mapping/${mapping}` : `settings/${tabOfPath(path)?.id ?? 'shop'}`;
}
