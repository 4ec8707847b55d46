import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Compared, Dashboard } from '../../../api/activity.ts';
import { useSpeech } from '../../language.tsx';
import { RunBadge } from '../../parts/Badges.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { kindWord, periodWords } from '../../parts/state.ts';
import { Table } from '../../parts/Table.tsx';
import { sharesOf } from './chart.ts';
import { SalesByDay } from './SalesByDay.tsx';

type Props = { profile: string; board: Dashboard };

/** The figures of a period. */
export function Board({ profile, board, review }: Props & { review: string | null }) {
  const { say } = useSpeech();
  const behind = behindOf(profile, board);
  return (
    <>
      <Figures profile={profile} board={board} review={review} />
      {board.otherCurrencies.length > 0 ? (
        <p className="muted">{say('ui.dash.other-currencies', { codes: board.otherCurrencies.join(', ') })}</p>
      ) : null}
      <div className="board">
        <div>
          <SalesByDay board={board} behind={behind} />
          <Vat profile={profile} board={board} behind={behind} />
          <FeesAndDifferences board={board} behind={behind} />
        </div>
        <div>
          <NothingMissing profile={profile} board={board} />
          <Payments board={board} behind={behind} />
          <LastRuns profile={profile} board={board} />
        </div>
      </div>
    </>
  );
}

export type Behind = (query: Readonly<Record<string, string>>) => string;

/** The address of the entries behind a figure. */
function behindOf(profile: string, { from, to }: Dashboard): Behind {
  return (query) => `/p/${profile}/entries?${new URLSearchParams({ from, to, ...query })}`;
}

function Figures({ profile, board, review }: Props & { review: string | null }) {
  const { say, money, count } = useSpeech();
  const behind = behindOf(profile, board);
  const { open, documents, currency } = board;
  const held = review === null ? documentsAt(profile, board, 'held') : `/p/${profile}/review/${review}`;
  const trends = [board.before, board.yearBefore].flatMap((one) => one ?? []);
  return (
    <dl className="card figures board-figures">
      <Figure
        title={say('ui.dash.net')}
        href={behind({ about: 'net' })}
        value={money(board.net, currency)}
        told={trends.length === 0 ? null : trends.map((one) => <Trend key={one.from} than={one} behind={behind} />)}
      />
      <Figure
        title={say('ui.dash.tax')}
        href={behind({ about: 'vat' })}
        value={money(board.tax, currency)}
        told={say('ui.dash.tax.foreign', { amount: money(board.foreignTax, currency) })}
      />
      {open === null ? (
        <Figure
          title={say('ui.dash.paid')}
          href={behind({ about: 'payment' })}
          value={money(board.paid, currency)}
          told={null}
        />
      ) : (
        <Figure
          title={say('ui.dash.open')}
          href={behind({ open: 'true' })}
          value={money(open.amount, currency)}
          told={say('ui.dash.open.orders', { n: open.orders })}
        />
      )}
      <Figure
        title={say('ui.dash.held')}
        href={held}
        value={count(documents.held)}
        bad={documents.held > 0}
        told={documents.held > 0 ? say('ui.dash.held.open') : say('ui.dash.held.none')}
      />
    </dl>
  );
}

/** How much more was sold than in other days, which it opens. */
function Trend({ than, behind }: { than: Compared; behind: Behind }) {
  const { say, day, percent } = useSpeech();
  const { from, to } = than;
  return (
    <Link className="trend" href={behind({ about: 'net', from, to })}>
      {say('ui.dash.before', {
        percent: `${than.percent.startsWith('-') ? '' : '+'}${percent(than.percent)}`,
        ...{ from: day(from), to: day(to) },
      })}
    </Link>
  );
}

function Figure(props: { title: string; href: string; value: string; told: ReactNode; bad?: boolean }) {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>
        <Link href={props.href} className={props.bad ? 'figure key-figure bad' : 'figure key-figure'}>
          {props.value}
        </Link>
        {props.told ? <span className="figure-told">{props.told}</span> : null}
      </dd>
    </div>
  );
}

function documentsAt(profile: string, { from, to }: Dashboard, state: string): string {
  return `/p/${profile}/documents?${new URLSearchParams({ from, to, ...(state ? { state } : {}) })}`;
}

/** What was read is written, or one of three other things: they add up in sight. */
function NothingMissing({ profile, board }: Props) {
  const { say, count } = useSpeech();
  const { documents, series } = board;
  const states = ['written', 'ready', 'held', 'excluded'] as const;
  const shown = states.map((state) => count(documents[state])).join(' + ');
  const gaps = series === null ? 0 : series.missing + series.doubles;
  return (
    <Panel title={say('ui.dash.complete')}>
      <dl className="sums">
        <div className="strong">
          <dt>{say('ui.dash.read')}</dt>
          <dd className="figure">
            <Link href={documentsAt(profile, board, '')}>{count(documents.total)}</Link>
          </dd>
        </div>
        {states.map((state) => (
          <div key={state}>
            <dt>{say(`ui.dash.state.${state}`)}</dt>
            <dd className={state === 'held' && documents.held > 0 ? 'figure bad' : 'figure'}>
              <Link href={documentsAt(profile, board, state)}>{count(documents[state])}</Link>
            </dd>
          </div>
        ))}
      </dl>
      <p className="told-line ok">
        <IconCheck size={16} stroke={1.75} aria-hidden="true" />
        <span className="figure">{`${shown} = ${count(documents.total)}`}</span>
      </p>
      {series === null ? null : (
        <p className={gaps > 0 ? 'told-line doubt' : 'told-line ok'}>
          {gaps > 0 ? (
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconCheck size={16} stroke={1.75} aria-hidden="true" />
          )}
          <Link href={`/p/${profile}/runs/${series.run}`}>
            {gaps > 0
              ? say('ui.dash.series.gaps', { missing: series.missing, doubles: series.doubles })
              : say('ui.dash.series.ok')}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function Vat({ profile, board, behind }: Props & { behind: Behind }) {
  const { say, amount, percent, country } = useSpeech();
  const at = (row: Dashboard['vat'][number]) =>
    behind({ about: 'vat', country: row.country ?? '', item: row.rate ?? '' });
  return (
    <Panel
      title={say('ui.dash.vat')}
      more={
        <Link href={`/p/${profile}/oss?${new URLSearchParams({ from: board.from, to: board.to })}`}>
          {say('ui.oss.title')}
        </Link>
      }
    >
      {board.vat.length === 0 ? <p className="muted">{say('ui.dash.nothing')}</p> : null}
      {board.vat.length > 0 ? (
        <Table
          label={say('ui.dash.vat')}
          heads={[
            say('ui.dash.country'),
            [say('ui.column.tax-rate'), 'right'],
            [say('ui.dash.base'), 'right'],
            [say('ui.dash.vat.amount'), 'right'],
          ]}
          look="plain-head"
          foot={
            <tr>
              <th scope="row">{say('ui.total')}</th>
              <td />
              <td className="figure right">
                <Link href={behind({ about: 'net' })}>{amount(board.net)}</Link>
              </td>
              <td className="figure right">
                <Link href={behind({ about: 'vat' })}>{amount(board.tax)}</Link>
              </td>
            </tr>
          }
        >
          {board.vat.map((row) => (
            <tr key={`${row.country} ${row.rate}`}>
              <td>
                <Link href={at(row)}>{row.country === null ? say('ui.dash.country.none') : country(row.country)}</Link>
              </td>
              <td className={row.rate === null ? 'right muted' : 'figure right'}>
                {row.rate === null ? say('ui.dash.vat.none') : percent(row.rate)}
              </td>
              <td className="figure right">
                <Link href={at(row)}>{amount(row.base)}</Link>
              </td>
              <td className="figure right">{row.rate === null ? '' : <Link href={at(row)}>{amount(row.tax)}</Link>}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </Panel>
  );
}

function Payments({ board, behind }: { board: Dashboard; behind: Behind }) {
  const { say, amount } = useSpeech();
  const shares = sharesOf(board.payments.map((payment) => payment.amount));
  return (
    <Panel title={say('ui.dash.payments')}>
      {board.payments.length === 0 ? (
        <p className="muted">{say('ui.dash.nothing')}</p>
      ) : (
        <dl className="shares">
          {board.payments.map((payment, place) => (
            <div key={payment.method}>
              <dt>
                <Link href={behind({ about: 'payment', item: payment.method })}>
                  {payment.method || say('ui.dash.method.none')}
                </Link>
              </dt>
              <dd className="figure">
                <Link href={behind({ about: 'payment', item: payment.method })}>{amount(payment.amount)}</Link>
              </dd>
              <dd className="share" aria-hidden="true">
                <span style={{ width: `${(shares[place] ?? 0) / 10}%` }} />
              </dd>
            </div>
          ))}
          <div className="shares-total">
            <dt>{say('ui.dash.paid')}</dt>
            <dd className="figure">
              <Link href={behind({ about: 'payment' })}>{amount(board.paid)}</Link>
            </dd>
          </div>
        </dl>
      )}
    </Panel>
  );
}

function FeesAndDifferences({ board, behind }: { board: Dashboard; behind: Behind }) {
  const { say, amount } = useSpeech();
  const fees = board.payments.filter(({ fee }) => /[1-9]/.test(fee));
  const rows = [
    ...fees.map(({ method, fee }) => ({
      title: say('ui.dash.fee', { method: method || say('ui.dash.method.none') }),
      told: null,
      href: behind({ about: 'fee', item: method }),
      amount: fee,
    })),
    ...board.differences.map(({ role, amount: gap, entries }) => ({
      title: say(`ui.dash.difference.${role}`),
      told: say('ui.dash.entries', { n: entries }),
      href: behind({ about: 'difference', item: role }),
      amount: gap,
    })),
  ];
  return (
    <Panel title={say('ui.dash.fees')}>
      {rows.length === 0 ? (
        <p className="muted">{say('ui.dash.fees.none')}</p>
      ) : (
        <dl className="sums">
          {rows.map((row) => (
            <div key={row.title}>
              <dt>
                <Link href={row.href}>{row.title}</Link> {row.told ? <span className="muted">{row.told}</span> : null}
              </dt>
              <dd className="figure">
                <Link href={row.href}>{amount(row.amount)}</Link>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

function LastRuns({ profile, board }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <Panel title={say('ui.home.last-runs')} more={<Link href={`/p/${profile}/runs`}>{say('ui.nav.runs')}</Link>}>
      <dl className="sums">
        {board.runs.map((run) => (
          <div key={run.id}>
            <dt>
              <Link href={`/p/${profile}/runs/${run.id}`}>
                {say(`ui.kind.${kindWord(run.kind)}`)} {periodWords(run, speech)}
              </Link>{' '}
              <span className="muted">{say('ui.dash.entries', { n: run.counts.entries })}</span>
            </dt>
            <dd>
              <RunBadge state={run.state} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
