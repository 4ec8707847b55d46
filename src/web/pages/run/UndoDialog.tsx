import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RunSummary, RunUndo, UndoRun } from '../../../api/api.ts';
import { get, post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';

const CHOICES = ['rename', 'remove', 'leave'] as const;

/** *Undo this import*: what it would do, what speaks against it, what becomes of the file, and why. */
export function UndoDialog({ run, onClose }: { run: Pick<RunSummary, 'id'>; onClose: () => void }) {
  const { say } = useSpeech();
  const view = useQuery({
    queryKey: ['run', run.id, 'undo'],
    queryFn: () => get<RunUndo>(`/api/runs/${run.id}/undo`),
    staleTime: 0,
  });
  return (
    <Dialog title={say('ui.undo-run.title')} opened onClose={onClose} size={560}>
      {view.error ? <TroubleNotice error={view.error} /> : null}
      {view.data?.obstacle ? (
        <div className="dialog-form">
          <TroubleNotice error={view.data.obstacle} />
          <div className="dialog-acts">
            <Button onClick={onClose}>{say('ui.close')}</Button>
          </div>
        </div>
      ) : null}
      {view.data && view.data.obstacle === null ? <UndoForm run={run.id} view={view.data} onClose={onClose} /> : null}
    </Dialog>
  );
}

function UndoForm({ run, view, onClose }: { run: string; view: RunUndo; onClose: () => void }) {
  const { say, date, time } = useSpeech();
  const queries = useQueryClient();
  const changed = view.files.filter(({ standing }) => standing === 'changed');
  const [files, setFiles] = useState<UndoRun['files']>(changed.length > 0 ? 'leave' : 'rename');
  const [reason, setReason] = useState('');
  const act = useAct<RunSummary, UndoRun>({
    mutationFn: (asked) => post<RunSummary>(`/api/runs/${run}/undo`, asked),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') act.mutate({ files, reason: reason.trim() });
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <p>{say('ui.undo-run.help', { count: view.parts })}</p>
      {view.downloadedAt === null ? null : (
        <p className="notice" role="note">
          {say('ui.undo-run.downloaded', { at: `${date(view.downloadedAt)} ${time(view.downloadedAt)}` })}
        </p>
      )}
      {view.files
        .filter(({ standing }) => standing !== 'there')
        .map(({ name, standing }) => (
          <p key={name} className="notice" role="note">
            {say(`ui.undo-run.${standing}`, { file: name })}
          </p>
        ))}
      <fieldset>
        <legend className="label">{say('ui.undo-run.files')}</legend>
        {CHOICES.map((choice) => (
          <label key={choice} className="choice">
            <input
              type="radio"
              name="undo-files"
              checked={files === choice}
              disabled={changed.length > 0 && choice !== 'leave'}
              onChange={() => setFiles(choice)}
            />{' '}
            {say(`ui.undo-run.files.${choice}`)}
          </label>
        ))}
      </fieldset>
      <Field id="undo-reason" label={say('ui.undo-run.reason')}>
        <input
          id="undo-reason"
          className="field"
          data-autofocus
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {act.error ? <TroubleNotice error={act.error} /> : null}
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('ui.cancel')}</Button>
        <Button danger type="submit" disabled={act.isPending || reason.trim() === ''}>
          {say('ui.undo-run.act')}
        </Button>
      </div>
    </form>
  );
}
