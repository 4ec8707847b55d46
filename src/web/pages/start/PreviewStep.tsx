import { IconArrowRight, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { RunSummary, StartRun } from '../../../api/api.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useRunEvents } from '../../api/use-run-events.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import type { StepProps } from './ConnectionStep.tsx';
import { Foot } from './Foot.tsx';
import { lastThirtyDays } from './steps.ts';

/** Step 6: the last thirty days as entries. Nothing is written here: the list says what is ready and what waits. */
export function PreviewStep({ home }: StepProps) {
  const { say, count, money } = useSpeech();
  const [period, setPeriod] = useState(() => lastThirtyDays(new Date()));
  const [run, setRun] = useState<string | null>(home.openReview?.run ?? null);
  const { progress, end } = useRunEvents(run);
  const start = useAct({
    mutationFn: () =>
      post<RunSummary>(`/api/profiles/${home.id}/runs`, {
        ...{ kind: 'sales', ...period, period: 'custom', includeTransferred: false, review: true },
      } satisfies StartRun),
    onSuccess: ({ id }) => setRun(id),
  });
  const busy = run !== null && end === null;
  return (
    <>
      <div className="start-form">
        <div className="two">
          {(['from', 'to'] as const).map((end) => (
            <Field key={end} id={`start-${end}`} label={say(`ui.import.${end}`)}>
              <input
                id={`start-${end}`}
                className="field figure"
                type="date"
                value={period[end]}
                onChange={(event) => setPeriod({ ...period, [end]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        <div>
          <Button
            look={end ? 'outlined' : 'tinted'}
            disabled={busy || start.isPending || period.from === '' || period.to === ''}
            onClick={() => start.mutate()}
          >
            <IconPlayerPlay size={16} stroke={1.75} aria-hidden="true" /> {say('ui.start.preview.read')}
          </Button>
        </div>
        {start.error ? <TroubleNotice error={start.error} /> : null}
        <div role="status">
          {busy ? <p className="muted">{say('ui.start.preview.reading', { n: progress?.done ?? 0 })}</p> : null}
          {end?.state === 'failed' && end.trouble ? <TroubleNotice error={end.trouble} /> : null}
          {end?.state === 'review' ? (
            <section className="card panel">
              <p>
                <strong className="figure">{count(end.counts.read)}</strong>{' '}
                {say('ui.start.preview.orders', { n: end.counts.read })}
                {', '}
                <strong className="figure">{count(end.counts.ready)}</strong>{' '}
                {say('ui.start.preview.ready', { n: end.counts.ready })}
                {', '}
                <strong className="figure">{count(end.counts.held)}</strong>{' '}
                {say('ui.start.preview.held', { n: end.counts.held })}
              </p>
              <p>
                {say('ui.start.preview.balanced', {
                  debit: money(end.debit, end.currency),
                  credit: money(end.credit, end.currency),
                })}
              </p>
              <Link className="button tinted" href={`/p/${home.id}/review/${end.id}`}>
                {say('ui.start.preview.open')} <IconArrowRight size={16} aria-hidden="true" />
              </Link>
            </section>
          ) : null}
        </div>
      </div>
      <Foot step="preview" profile={home.id} busy={busy} />
    </>
  );
}
