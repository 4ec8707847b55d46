import { IconBan } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ProblemGroup, Review, ReviewQuery } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';
import { kindWord, sayReason } from '../../parts/state.ts';
import type { List } from './use-list.ts';

/** *Show the sum*: what the lines make, what the shop states, and what separates them. */
export function SumDialog({
  group,
  currency,
  onClose,
}: {
  group: ProblemGroup;
  currency: string;
  onClose: () => void;
}) {
  const speech = useSpeech();
  const { say, money } = speech;
  if (group.cure.type !== 'show-sum') return null;
  const { lines, stated, difference, tolerance } = group.cure;
  const { message, cure } = sayReason(group.reason, speech);
  return (
    <Dialog title={say('ui.cure.show-sum')} opened onClose={onClose} size={560}>
      <div className="dialog-form">
        <p>{message}</p>
        <dl className="figures card">
          <div>
            <dt>{say('ui.sum.lines')}</dt>
            <dd className="figure">{money(lines, currency)}</dd>
          </div>
          <div>
            <dt>{say('ui.sum.stated')}</dt>
            <dd className="figure">{money(stated, currency)}</dd>
          </div>
          <div>
            <dt>{say('ui.sum.difference')}</dt>
            <dd className="figure bad">{money(difference, currency)}</dd>
          </div>
        </dl>
        {tolerance === null ? null : (
          <p className="muted">{say('ui.sum.tolerance', { amount: money(tolerance, currency) })}</p>
        )}
        {cure ? <p className="muted">{cure}</p> : null}
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('ui.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Documents to exclude: one of them, all that a cause holds, or those a filter finds; `n` is how many. */
export type Exclusion = {
  readonly n: number;
  readonly of: { readonly keys: readonly string[] } | { readonly cause: string } | { readonly query: ReviewQuery };
};

/** *Exclude for good* asks why; it can be undone at once, or later in the tab of the excluded. */
export function ExcludeDialog({ list, exclusion, onClose }: { list: List; exclusion: Exclusion; onClose: () => void }) {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '' || list.exclude.isPending) return;
    list.exclude.mutate({ ...of, reason: reason.trim() }, { onSuccess: onClose });
  };
  const { n, of } = exclusion;
  return (
    <Dialog title={say('ui.exclude.title', { n })} opened onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.exclude.help', { n })}</p>
        <Field id="exclude-reason" label={say('ui.exclude.reason')}>
          <input
            id="exclude-reason"
            className="field"
            data-autofocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {list.exclude.error ? <TroubleNotice error={list.exclude.error} /> : null}
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('ui.cancel')}</Button>
          <Button danger type="submit" disabled={list.exclude.isPending || reason.trim() === ''}>
            {say('ui.exclude.act', { n })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What was just excluded, with the way back; it stays until it is undone or put away. */
export function ExcludedNotice({ review, list }: { review: Review; list: List }) {
  const { say } = useSpeech();
  const { data } = list.exclude;
  if (!data) return null;
  return (
    <div className="filter-bar" role="status">
      <IconBan size={16} stroke={1.75} aria-hidden="true" />
      <p>{say(`ui.excluded.${kindWord(review.run.kind)}`, { n: data.excluded })}</p>
      <Button small disabled={list.include.isPending} onClick={() => list.include.mutate({ undo: data.undo })}>
        {say('ui.undo')}
      </Button>
      <Button look="plain" small onClick={() => list.exclude.reset()}>
        {say('ui.hide')}
      </Button>
    </div>
  );
}
