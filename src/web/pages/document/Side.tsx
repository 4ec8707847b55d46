import { Link } from 'wouter';
import type { DocumentPage as Answer } from '../../../api/document.ts';
import { useSpeech } from '../../language.tsx';
import { DocumentBadge, RunBadge } from '../../parts/Badges.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { Panel } from '../../parts/Panel.tsx';
import type { Props } from './Page.tsx';

export function Facts({ document }: { document: Answer }) {
  const { say, day, money, country, date, time } = useSpeech();
  const facts: [string, string | null][] = [
    ['ui.column.order', document.order],
    ['ui.why.invoice', document.invoice],
    ['ui.kind.creditNote', document.creditNote],
    ['ui.column.date', document.date && day(document.date)],
    ['ui.column.gross', document.gross && money(document.gross, document.currency ?? 'EUR')],
    ['ui.why.country', document.country && country(document.country)],
    ['ui.document.status', document.content?.status ?? null],
    [
      'ui.why.read',
      document.readAt && say('ui.why.read.at', { day: date(document.readAt), time: time(document.readAt) }),
    ],
  ];
  return (
    <Panel title={say('ui.document.facts')}>
      <dl className="facts wide">
        {facts
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{say(key)}</dt>
              <dd className="figure">{value}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}

/** Payments as the shop states them, while they are kept; each with what became of it. */
export function Payments({ document }: { document: Answer }) {
  const { say, day, amount } = useSpeech();
  const { content } = document;
  if (content === null || content.payments.length === 0) return null;
  return (
    <Panel title={say('ui.dash.payments.short')}>
      <dl className="sums">
        {content.payments.map((payment) => (
          <div key={payment.direction + payment.id}>
            <dt>
              {payment.method} <span className="muted figure">{day(payment.date)}</span>
            </dt>
            <dd className="figure">
              {payment.direction === 'out' ? '−' : ''}
              {amount(payment.amount)}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function Related({ profile, document }: Props) {
  const { say, day, amount } = useSpeech();
  if (document.related.length === 0) return null;
  return (
    <Panel title={say('ui.document.related')}>
      <dl className="sums">
        {document.related.map((other) => (
          <div key={other.key}>
            <dt>
              <Link href={documentAddress(profile, other.key)}>
                {say(`ui.kind.${other.kind}`)} {other.piece ?? other.order}
              </Link>{' '}
              <span className="muted figure">
                {other.date ? day(other.date) : ''} {other.gross ? amount(other.gross) : ''}
              </span>
            </dt>
            <dd>
              <DocumentBadge state={other.state} kind={other.kind} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Every run that read it, newest first. */
export function Runs({ profile, document }: Props) {
  const { say, date, time } = useSpeech();
  return (
    <Panel title={say('ui.document.runs')}>
      <dl className="sums">
        {document.runs.map((run) => (
          <div key={run.run}>
            <dt>
              <Link href={`/p/${profile}/runs/${run.run}`} className="figure">
                {date(run.at)} {time(run.at, { seconds: false })}
              </Link>
            </dt>
            <dd className="badge-row">
              <DocumentBadge state={run.document} kind={document.kind} />
              <RunBadge state={run.state} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** What became of each of its parts, newest first. */
export function History({ profile, document }: Props) {
  const { say, date, time } = useSpeech();
  return (
    <Panel title={say('ui.document.history')}>
      {document.history.length === 0 ? <p className="muted">{say('ui.document.history.none')}</p> : null}
      <ol className="document-history">
        {document.history.map((event, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events of a history have no name of their own and never move.
          <li key={place}>
            <time className="figure muted" dateTime={event.at}>
              {date(event.at)} {time(event.at, { seconds: false })}
            </time>
            <p>
              {say(`ui.document.event.${event.action}`, { part: partWords(event.part, say) })}
              {event.action === 'written' && event.file && event.run ? (
                <>
                  {' '}
                  <Link href={`/p/${profile}/runs/${event.run}`} className="in-text">
                    {event.file}
                  </Link>
                </>
              ) : null}
              {event.number === null || event.action !== 'written' ? null : (
                <span className="muted"> {say('ui.document.event.number', { number: event.number })}</span>
              )}
              {event.reason ? <span className="muted"> — {event.reason}</span> : null}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** `document` is itself, `payment/7` and `refund/7` its payments, `correction/1` what reverses it. */
function partWords(part: string, say: (key: string) => string): string {
  const [kind = ''] = part.split('/');
  return say(`ui.document.part.${kind === 'refund' ? 'payment' : kind}`);
}
