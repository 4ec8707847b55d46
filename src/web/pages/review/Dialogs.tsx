import { type FormEvent, useState } from 'react';
import type { ProblemGroup } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';
import { sayReason } from '../../parts/state.ts';

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

/** *Exclude for good* asks why; it can be undone in the tab of the excluded. */
export function ExcludeDialog({
  keys,
  busy,
  onExclude,
  onClose,
}: {
  keys: readonly string[];
  busy: boolean;
  onExclude: (reason: string) => void;
  onClose: () => void;
}) {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onExclude(reason.trim());
  };
  return (
    <Dialog title={say('ui.exclude.title', { n: keys.length })} opened onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.exclude.help', { n: keys.length })}</p>
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
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('ui.cancel')}</Button>
          <Button danger type="submit" disabled={busy || reason.trim() === ''}>
            {say('ui.exclude.act', { n: keys.length })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
