import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { DocumentPage as Answer } from '../../../api/document.ts';
import { post } from '../../api/client.ts';
import { documentKey, useRenewProfile } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';
import type { Props } from './Page.tsx';

type Act = 'exclude' | 'include' | 'reset';

/** What can be done with a document: in its list, keep it out or take it back, and make it importable again. */
export function Acts({ profile, document }: Props) {
  const { say } = useSpeech();
  const [asked, setAsked] = useState<Act | null>(null);
  const isWritten = document.parts.some(({ state }) => state === 'transferred');
  const isExcluded = document.parts.some(({ part, state }) => part === 'document' && state === 'excluded');
  return (
    <div className="acts">
      {isWritten ? (
        <Button look="plain" danger onClick={() => setAsked('reset')}>
          {say('ui.document.reset')}…
        </Button>
      ) : null}
      {isExcluded ? <Button onClick={() => setAsked('include')}>{say('ui.document.include')}</Button> : null}
      {!isWritten && !isExcluded ? (
        <Button onClick={() => setAsked('exclude')}>{say('ui.document.exclude')}…</Button>
      ) : null}
      {document.review === null ? null : (
        <Link
          className="button primary"
          href={`/p/${profile}/review/${document.review}?q=${encodeURIComponent(document.order)}`}
        >
          {say('ui.document.review')}
        </Link>
      )}
      {asked ? <Asking act={asked} profile={profile} document={document} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}

/** Each act says its effect first; keeping out and writing again ask why, which is kept in the history. */
function Asking({ act, profile, document, onClose }: Props & { act: Act; onClose: () => void }) {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const renew = useRenewProfile();
  const sending = useAct({
    mutationFn: (given: string) =>
      post<Answer>(`/api/profiles/${profile}/document/${act}`, {
        document: document.key,
        ...(given ? { reason: given } : {}),
      }),
    onSuccess: async (answer) => {
      await renew(profile);
      queries.setQueryData(documentKey(profile, document.key), answer);
      onClose();
    },
  });
  const needsReason = act !== 'include';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (needsReason && reason.trim() === '') return;
    sending.mutate(reason.trim());
  };
  return (
    <Dialog title={say(`ui.document.${act}`)} opened onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <p>{say(`ui.document.${act}.help`)}</p>
        {needsReason ? (
          <Field id="document-reason" label={say('ui.exclude.reason')}>
            <input
              id="document-reason"
              className="field"
              data-autofocus
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        ) : null}
        {sending.error ? <TroubleNotice error={sending.error} /> : null}
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('ui.cancel')}</Button>
          <Button
            danger={needsReason}
            type="submit"
            disabled={sending.isPending || (needsReason && reason.trim() === '')}
          >
            {say(`ui.document.${act}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
