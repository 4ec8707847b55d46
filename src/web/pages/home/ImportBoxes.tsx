import { useSpeech } from '../../language.tsx';
import { Tick } from '../../parts/Controls.tsx';

type Props = {
  word: 'sales' | 'credit-notes';
  includeTransferred: boolean;
  onInclude: (include: boolean) => void;
  review: boolean;
  onReview: (review: boolean) => void;
  /** Only for what is read from the shop. */
  fresh?: { readonly on: boolean; readonly onChange: (fresh: boolean) => void };
};

/** The boxes of an import (S-040, S-041); the first turns its help into a warning. */
export function ImportBoxes({ word, includeTransferred, onInclude, review, onReview, fresh }: Props) {
  const { say } = useSpeech();
  return (
    <div className="import-boxes">
      <label htmlFor="import-include">
        <Tick
          id="import-include"
          checked={includeTransferred}
          label={say(`ui.import.include.${word}`)}
          onChange={onInclude}
        />
        <span>
          {say(`ui.import.include.${word}`)}
          <small className={includeTransferred ? 'careful' : undefined}>{say('ui.import.include.help')}</small>
        </span>
      </label>
      <label htmlFor="import-review">
        <Tick id="import-review" checked={review} label={say('ui.import.review')} onChange={onReview} />
        <span>{say('ui.import.review')}</span>
      </label>
      {fresh ? (
        <label htmlFor="import-fresh">
          <Tick id="import-fresh" checked={fresh.on} label={say('ui.import.fresh')} onChange={fresh.onChange} />
          <span>
            {say('ui.import.fresh')}
            <small>{say('ui.import.fresh.help')}</small>
          </span>
        </label>
      ) : null}
    </div>
  );
}
