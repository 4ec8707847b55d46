import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { RunSummary } from '../../../api/api.ts';
import type { Review } from '../../../api/review.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useRunEvents } from '../../api/use-run-events.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Confirm } from '../../parts/Controls.tsx';

/** Where it goes, and the last button: nothing is written before it, and it says how many (S-043, S-083). */
export function ActionBar({
  review,
  profile,
  narrow,
  asked,
}: {
  review: Review;
  profile: string;
  narrow: boolean;
  asked: number;
}) {
  const { say } = useSpeech();
  const [, go] = useLocation();
  const [closing, setClosing] = useState(false);
  const run = review.run.id;
  const { entries, balanced, untickedEntries } = review.totals;
  const write = useAct({ mutationFn: () => post<RunSummary>(`/api/reviews/${run}/write`) });
  const close = useAct({
    mutationFn: () => post<RunSummary>(`/api/reviews/${run}/close`),
    onSuccess: () => go(`/p/${profile}`),
  });
  const { progress, end } = useRunEvents(write.data ? run : null);
  const ended = end !== null && end.state !== 'review';
  const busy = write.isPending || (write.data !== undefined && end === null);
  const able = entries > 0 && balanced && !busy;
  const create = () => {
    if (able) write.mutate();
  };
  useEffect(() => {
    if (ended) go(`/p/${profile}/runs/${run}`);
  }, [ended, go, profile, run]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked by the keyboard, once per press.
  useEffect(() => {
    if (asked > 0) create();
  }, [asked]);

  const label = busy
    ? say(progress?.total ? 'ui.review.creating.of' : 'ui.review.creating', {
        done: progress?.done ?? 0,
        total: progress?.total ?? 0,
      })
    : say('ui.review.create', { n: entries });
  const why = entries === 0 ? say('ui.review.nothing-ticked') : balanced ? undefined : say('ui.review.unbalanced');
  return (
    <>
      {write.error ? <TroubleNotice error={write.error} /> : null}
      {close.error ? <TroubleNotice error={close.error} /> : null}
      {end?.state === 'review' && end.trouble ? <TroubleNotice error={end.trouble} /> : null}
      <footer className="action-bar">
        {narrow ? null : (
          <p className="destination">
            <span className="muted">{say('ui.review.destination')}</span> <strong>{review.destination.fileName}</strong>{' '}
            <span className="muted">
              {review.destination.formatName}, {say(`ui.policy.${review.destination.policy}`)}
            </span>
          </p>
        )}
        {narrow ? null : (
          <span className="muted">
            {why ??
              (untickedEntries > 0
                ? say('ui.review.unticked', { n: untickedEntries })
                : say('ui.review.unticked.none'))}
          </span>
        )}
        {narrow ? null : (
          <Button onClick={() => setClosing(true)} disabled={busy}>
            {say('ui.close')}
          </Button>
        )}
        {narrow && why ? <span className="muted">{why}</span> : null}
        <Button look="primary" disabled={!able} title={why} onClick={create}>
          <span className="figure" aria-live="polite">
            {label}
          </span>
          {busy || narrow ? null : (
            <span className="key" aria-hidden="true">
              Ctrl ↵
            </span>
          )}
        </Button>
      </footer>
      <Confirm
        title={say('ui.review.close')}
        text={say('ui.review.close.text', { n: entries })}
        act={say('ui.review.close.act')}
        opened={closing}
        busy={close.isPending}
        onAct={() => close.mutate()}
        onClose={() => setClosing(false)}
      >
        <Button look="tinted" onClick={() => go(`/p/${profile}`)}>
          {say('ui.review.close.later')}
        </Button>
      </Confirm>
    </>
  );
}
