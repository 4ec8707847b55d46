import { IconBraces, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Why } from '../../../api/review.ts';
import { useWhy } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Button, Dialog } from '../../parts/Controls.tsx';
import { documentAddress } from '../../parts/document-address.ts';
import { ruleName } from '../../parts/rule-name.ts';
import { Skeleton } from '../home/Page.tsx';

type Props = {
  run: string;
  profile: string;
  at: { number: number; line: number };
  onClose: () => void;
  onMove: (step: number) => void;
};

/** *Why this account?*: the rule, the amount, the document; it follows the cursor. */
export function WhyPanel({ run, profile, at, onClose, onMove }: Props) {
  const { say } = useSpeech();
  const why = useWhy(run, at);
  const [canonical, setCanonical] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('[role=dialog]')) onClose();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onClose]);
  return (
    <aside className="why card" aria-label={say('ui.why.title')}>
      <header className="card-head">
        <h2 className="section-title">{say('ui.why.title')}</h2>
        <Button look="plain" small className="icon-only" aria-label={say('ui.close')} onClick={onClose}>
          <IconX size={16} />
        </Button>
      </header>
      <div className="why-body">
        {why.error ? <Unread query={why} /> : null}
        {why.isPending ? <Skeleton /> : null}
        {why.data ? <Answer why={why.data} profile={profile} /> : null}
      </div>
      <footer className="why-foot">
        <Button small disabled={!why.data} onClick={() => setCanonical(true)}>
          <IconBraces size={15} stroke={1.75} aria-hidden="true" /> {say('ui.why.data')}
        </Button>
        <span>
          <button type="button" className="key" aria-label={say('ui.why.before')} onClick={() => onMove(-1)}>
            ↑
          </button>
          <button type="button" className="key" aria-label={say('ui.why.after')} onClick={() => onMove(1)}>
            ↓
          </button>
        </span>
      </footer>
      {why.data ? (
        <Dialog
          title={say('ui.why.data.of', { order: why.data.document.order })}
          opened={canonical}
          onClose={() => setCanonical(false)}
          size={820}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
          <pre className="mono canonical" tabIndex={0}>
            {JSON.stringify(why.data.document.canonical, null, 2)}
          </pre>
        </Dialog>
      ) : null}
    </aside>
  );
}

function Answer({ why, profile }: { why: Why; profile: string }) {
  const speech = useSpeech();
  const { say, amount, money, date, time, day, country, knows } = speech;
  const { line, entry, document } = why;
  const side = line.debit === null ? 'credit' : 'debit';
  const value = line.debit ?? line.credit ?? '0';
  const mapping = knows(`ui.mapping.${why.mapping}`) ? say(`ui.mapping.${why.mapping}`) : why.mapping;
  return (
    <>
      <div className="why-head">
        <span className="figure">{line.account}</span>
        <span className="figure">
          {amount(value)} <small>{say(`ui.why.${side}`)}</small>
        </span>
      </div>
      <p className="muted why-sub">
        {[line.accountName, say('ui.why.place', { entry: entry.number, line: line.index + 1, order: entry.order })]
          .filter(Boolean)
          .join(' · ')}
      </p>

      <h3>{say('ui.why.rule')}</h3>
      {why.rules.length === 0 ? (
        <p className="muted">{say('ui.why.no-rule', { mapping })}</p>
      ) : (
        <ol className="rules">
          {why.rules.map((rule) => (
            <li key={JSON.stringify(rule)} className={rule.hit ? 'hit' : undefined}>
              <span>{ruleName(rule, say, country)}</span>
              {rule.hit ? (
                <p>
                  {say(line.taxCode ? 'ui.why.gives.code' : 'ui.why.gives', {
                    account: line.account,
                    code: line.taxCode ?? '',
                  })}{' '}
                  <Link href={`/p/${profile}/mapping/${why.mapping.split('.')[0]}`}>{say('ui.why.change')}</Link>
                </p>
              ) : (
                <span className="muted"> — {say('ui.why.none')}</span>
              )}
            </li>
          ))}
        </ol>
      )}

      <h3 className="ruled">{say('ui.why.amount')}</h3>
      <dl className="why-list">
        {why.parts.map((part) => (
          <div key={part.line + part.label}>
            <dt>
              {part.label ||
                (knows(`ui.why.part.${part.line}`)
                  ? say(`ui.why.part.${part.line}`)
                  : say('ui.why.line', { line: part.line }))}
            </dt>
            <dd className="figure">{amount(part.amount)}</dd>
          </div>
        ))}
        <div className="sum">
          <dt>{line.accountName ?? line.account}</dt>
          <dd className="figure">{amount(value)}</dd>
        </div>
      </dl>
      <p className="why-ok">
        <IconCheck size={15} stroke={2} aria-hidden="true" />{' '}
        {say('ui.why.stated', { amount: money(document.gross, document.currency) })}
      </p>

      <h3 className="ruled">{say('ui.why.source')}</h3>
      <dl className="why-list facts-right">
        <div>
          <dt>{say('ui.why.order')}</dt>
          <dd className="figure">
            <Link href={documentAddress(profile, document.key)}>{document.order}</Link>
            {['', day(document.orderDate), document.status].filter((text) => text !== null).join(' · ')}
          </dd>
        </div>
        {document.invoice ? (
          <div>
            <dt>{say('ui.why.invoice')}</dt>
            <dd className="figure">{document.invoice}</dd>
          </div>
        ) : null}
        {document.country ? (
          <div>
            <dt>{say('ui.why.country')}</dt>
            <dd>{country(document.country)}</dd>
          </div>
        ) : null}
        {document.treatment ? (
          <div>
            <dt>{say('ui.why.treatment')}</dt>
            <dd>
              {say('ui.why.treatment.of', {
                treatment: say(`treatment.${document.treatment}`),
                reason: say(`treatment.because.${document.treatmentReason}`),
              })}
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{say('ui.why.read')}</dt>
          <dd className="figure">
            {say('ui.why.read.at', { day: date(document.readAt), time: time(document.readAt, { seconds: false }) })}
          </dd>
        </div>
      </dl>
    </>
  );
}
