import {
  IconBan,
  IconCalendarX,
  IconChevronDown,
  IconChevronUp,
  IconCreditCard,
  IconHandStop,
  IconMathFunction,
  IconReceiptTax,
  IconTag,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ProblemGroup, Review } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord, sayCause } from '../../parts/state.ts';
import { Cure } from './Cure.tsx';
import type { Exclusion } from './Dialogs.tsx';
import type { List } from './use-list.ts';

type Props = {
  review: Review;
  list: List;
  folded: boolean;
  onFold: (folded: boolean) => void;
  onExclude: (exclusion: Exclusion) => void;
  onShowSum: (group: ProblemGroup) => void;
  narrow: boolean;
  current: number;
  onCurrent: (index: number) => void;
};

const SHOWN = 3;
const NAMED = 4;

/** What waits for a decision, one line per cause with its cure on the same line; absent when nothing waits. */
export function ProblemBand({ review, list, folded, onFold, onExclude, onShowSum, narrow, current, onCurrent }: Props) {
  const { say } = useSpeech();
  const [all, setAll] = useState(false);
  const [released, setReleased] = useState<number | null>(null);
  const [mending, setMending] = useState<string>(''); // what the last act frees: sales, credit notes, payments
  const word = kindWord(review.run.kind);
  const band = useRef<HTMLElement>(null);
  const waiting = review.problems.filter(({ reason }) => reason.severity === 'hold' || reason.severity === 'part');
  const documents = review.run.counts.held;
  const payments = waiting
    .filter(({ reason }) => reason.severity === 'part')
    .reduce((sum, { documentCount }) => sum + documentCount, 0);
  const mended = list.mend.data;
  useEffect(() => {
    if (!mended) return;
    setReleased(mended.released);
    band.current?.querySelector<HTMLElement>('.problem input, .problem select, .problem button')?.focus();
    const fading = setTimeout(() => setReleased(null), 8000);
    return () => clearTimeout(fading);
  }, [mended]);

  const told =
    released === null ? null : (
      <p className="released" role="status">
        {say(`ui.band.released.${mending}`, { n: released })}
      </p>
    );
  if (waiting.length === 0) return told ? <div className="band card">{told}</div> : null;
  const at = Math.min(current, waiting.length - 1);
  const shown = narrow ? waiting.slice(at, at + 1) : all ? waiting : waiting.slice(0, SHOWN);
  return (
    <section ref={band} className="band" aria-label={say('ui.band.title', { n: waiting.length })}>
      {narrow ? null : (
        <button type="button" className="band-head" aria-expanded={!folded} onClick={() => onFold(!folded)}>
          <IconHandStop size={16} stroke={1.75} aria-hidden="true" />
          <span>
            {say('ui.band.title', { n: waiting.length })} ·{' '}
            {[
              documents > 0 ? say('ui.band.documents', { n: documents }) : '',
              payments > 0 ? say('ui.band.payments', { n: payments }) : '',
            ]
              .filter(Boolean)
              .join(say('ui.and'))}
          </span>
          <span className="band-rest">
            {folded ? say('ui.band.unfold') : say('ui.band.rest')}
            {folded ? <IconChevronDown size={15} aria-hidden="true" /> : <IconChevronUp size={15} aria-hidden="true" />}
          </span>
        </button>
      )}
      {folded && !narrow ? null : (
        <>
          {told}
          {shown.map((group) => (
            <div className="problem" key={group.id}>
              <ProblemIcon group={group} narrow={narrow} />
              <ProblemText group={group} currency={review.run.currency} />
              <Cure
                group={group}
                kind={review.run.kind}
                busy={list.mend.isPending}
                narrow={narrow}
                onMend={(request) => {
                  if (list.mend.isPending) return;
                  setMending(frees(group, waiting) ? word : 'payments');
                  list.mend.mutate(request);
                }}
                onExclude={() => onExclude({ n: group.heldDocuments, of: { cause: group.id } })}
                onShowSum={() => onShowSum(group)}
              />
            </div>
          ))}
          {list.mend.error ? (
            <div style={{ padding: 10 }}>
              <TroubleNotice error={list.mend.error} />
            </div>
          ) : null}
          {narrow ? (
            waiting.length > 1 ? (
              <div className="problem-turn">
                <span className="muted figure">{say('ui.band.of', { n: at + 1, total: waiting.length })}</span>
                <button type="button" className="link-button" onClick={() => onCurrent((at + 1) % waiting.length)}>
                  {say('ui.next')}
                </button>
              </div>
            ) : null
          ) : waiting.length > SHOWN && !all ? (
            <Button look="plain" small className="band-more" onClick={() => setAll(true)}>
              {say('ui.band.more', { n: waiting.length - SHOWN })}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
}

/** Whether mending a cause frees whole documents: one act can mend what holds documents, and what keeps payments alone back. */
function frees({ reason }: ProblemGroup, waiting: readonly ProblemGroup[]): boolean {
  return waiting.some(({ reason: { code, severity } }) => code === reason.code && severity === 'hold');
}

function ProblemText({ group, currency }: { group: ProblemGroup; currency: string }) {
  const speech = useSpeech();
  const { say, money } = speech;
  const { message, cure } = sayCause(group.reason, speech);
  const mended = group.cure.type !== 'none'; // its cure stands on the line, or in the dialog its button opens
  const named = group.documents.slice(0, NAMED).map(({ order }) => order);
  const orders = new Intl.ListFormat(speech.locale).format(
    group.documentCount > named.length
      ? [...named, say('ui.band.others', { n: group.documentCount - named.length })]
      : named,
  );
  const amount = group.amount ? `, ${money(group.amount, currency)}` : '';
  return (
    <p className="problem-text">
      <strong>{message}</strong>{' '}
      <span className="muted">
        {say('ui.band.orders', { n: group.documentCount, orders })}
        {amount}.{mended ? '' : ` ${cure}`}
      </span>
    </p>
  );
}

const ICONS = {
  'vat-account': IconReceiptTax,
  payment: IconCreditCard,
  account: IconTag,
  'show-sum': IconMathFunction,
  late: IconCalendarX,
  none: IconBan,
} as const;

function ProblemIcon({ group, narrow }: { group: ProblemGroup; narrow: boolean }) {
  const Icon = narrow ? IconHandStop : ICONS[group.cure.type];
  return <Icon size={16} stroke={1.75} aria-hidden="true" className={narrow ? 'bad' : 'muted'} />;
}
