import { Link } from 'wouter';
import type { Review } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord } from '../../parts/state.ts';

/** Why the list is empty, and the way on. */
export function Empty({
  review,
  profile,
  filtered,
  onClear,
}: {
  review: Review;
  profile: string;
  filtered: boolean;
  onClear: () => void;
}) {
  const { say } = useSpeech();
  const { run, tabs } = review;
  if (filtered)
    return (
      <div className="empty">
        <p>{say('ui.review.no-match')}</p>
        <Button look="tinted" onClick={onClear}>
          {say('ui.filter.clear')}
        </Button>
      </div>
    );
  if (tabs.all > 0 && tabs.all !== tabs.already)
    return (
      <div className="empty">
        <p>{say('ui.review.tab-empty')}</p>
      </div>
    );
  const word = kindWord(run.kind);
  return (
    <div className="empty">
      <p>
        {say('ui.review.nothing')}
        <br />
        {say(run.counts.read === 0 ? `ui.review.nothing-read.${word}` : `ui.review.all-already.${word}`, {
          n: run.counts.read,
        })}
      </p>
      {run.from && run.to ? (
        <Link className="button tinted" href={`/p/${profile}?import=${word}&from=${run.from}&to=${run.to}`}>
          {say('ui.review.again')}
        </Link>
      ) : null}
    </div>
  );
}

/** Above documents that are all written already: why there is nothing to create, and how to write them again. */
export function NothingToWrite({ review, profile }: { review: Review; profile: string }) {
  const { say } = useSpeech();
  const { run, tabs } = review;
  if (tabs.already === 0 || tabs.ready + tabs.unticked + tabs.toMend > 0) return null;
  const word = kindWord(run.kind);
  return (
    <div className="filter-bar" role="status">
      <p>
        <strong>{say('ui.review.nothing')}</strong> {say(`ui.review.all-already.${word}`, { n: tabs.already })}
      </p>
      {run.from && run.to ? (
        <Link className="button small" href={`/p/${profile}?import=${word}&from=${run.from}&to=${run.to}`}>
          {say('ui.review.again')}
        </Link>
      ) : null}
    </div>
  );
}
