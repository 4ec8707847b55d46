import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RestorePreview } from '../../../api/access.ts';
import { fetchFile, post, remove, sendFile } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Confirm, Field, Tick } from '../../parts/Controls.tsx';
import { Schedule } from './Schedule.tsx';
import { saveFile } from './save-file.ts';

/** The whole configuration and state as one file (S-014), and back, checked before anything is replaced. */
export function Backup() {
  return (
    <div className="access">
      <Make />
      <Schedule />
      <Restore />
    </div>
  );
}

function Passphrase(props: {
  id: string;
  label: string;
  help: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field id={props.id} label={props.label} help={props.help}>
      <input
        id={props.id}
        className="field"
        type="password"
        autoComplete="new-password"
        maxLength={200}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}

function Make() {
  const { say } = useSpeech();
  const [secrets, setSecrets] = useState(true);
  const [passphrase, setPassphrase] = useState('');
  const make = useAct({
    mutationFn: async () => {
      const { name, blob } = await fetchFile('/api/backup', { passphrase: secrets ? passphrase : null });
      saveFile(name, blob);
    },
    onSuccess: () => setPassphrase(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <section className="card panel" aria-labelledby="backup-make">
      <h2 id="backup-make" className="section-title">
        {say('ui.backup.make')}
      </h2>
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.backup.text')}</p>
        <p className="choice-line">
          <Tick id="backup-secrets" label="" checked={secrets} onChange={setSecrets} />{' '}
          <label htmlFor="backup-secrets">{say('ui.backup.with-secrets')}</label>
        </p>
        {secrets ? (
          <Passphrase
            id="backup-passphrase"
            label={say('ui.backup.passphrase')}
            help={say('ui.backup.passphrase.help')}
            value={passphrase}
            onChange={setPassphrase}
          />
        ) : (
          <p className="help">{say('ui.backup.without-secrets')}</p>
        )}
        {make.error ? <TroubleNotice error={make.error} /> : null}
        <div className="dialog-acts">
          {make.isSuccess ? <span role="status">{say('ui.backup.made')}</span> : null}
          <Button look="primary" type="submit" disabled={make.isPending || (secrets && passphrase.length < 10)}>
            {say('ui.backup.make')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Restore() {
  const { say, count } = useSpeech();
  const queries = useQueryClient();
  const [inside, setInside] = useState<RestorePreview | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [asking, setAsking] = useState(false);
  const look = useAct({
    mutationFn: (file: File) => sendFile<RestorePreview>('/api/restore', file, {}),
    onSuccess: (found: RestorePreview) => setInside(found),
    onError: () => setInside(null),
  });
  const restore = useAct({
    mutationFn: () => post<RestorePreview>('/api/restore/accept', { passphrase: passphrase || null }),
    onSuccess: () => {
      setInside(null);
      setPassphrase('');
      // The server starts again; everything shown is of before.
      setTimeout(() => void queries.invalidateQueries(), 4_000);
    },
    onSettled: () => setAsking(false),
  });
  const leave = useAct({ mutationFn: () => remove<null>('/api/restore'), onSuccess: () => setInside(null) });
  return (
    <section className="card panel" aria-labelledby="backup-restore">
      <h2 id="backup-restore" className="section-title">
        {say('ui.backup.restore')}
      </h2>
      <p className="muted">{say('ui.backup.restore.text')}</p>
      <Field id="backup-file" label={say('ui.backup.file')}>
        <input
          id="backup-file"
          className="field"
          type="file"
          accept=".zip,application/zip"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) look.mutate(file);
          }}
        />
      </Field>
      {look.error ? <TroubleNotice error={look.error} /> : null}
      {inside === null ? null : <Inside inside={inside} />}
      {inside?.hasSecrets ? (
        <Passphrase
          id="restore-passphrase"
          label={say('ui.backup.passphrase')}
          help={say('ui.backup.passphrase.restore')}
          value={passphrase}
          onChange={setPassphrase}
        />
      ) : null}
      {restore.error ? <TroubleNotice error={restore.error} /> : null}
      {restore.isSuccess ? <p role="status">{say('ui.backup.restored')}</p> : null}
      {inside === null ? null : (
        <div className="dialog-acts">
          <Button onClick={() => leave.mutate()}>{say('ui.cancel')}</Button>
          <Button danger onClick={() => setAsking(true)}>
            {say('ui.backup.restore.act')}
          </Button>
        </div>
      )}
      {asking && inside ? (
        <Confirm
          title={say('ui.backup.restore.question')}
          text={
            inside.since > 0
              ? say('ui.backup.since', { since: inside.since, n: count(inside.since) })
              : say('ui.backup.kept')
          }
          act={say('ui.backup.restore.act')}
          opened
          busy={restore.isPending}
          onAct={() => restore.mutate()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}

function Inside({ inside }: { inside: RestorePreview }) {
  const { say, date, time, count } = useSpeech();
  return (
    <dl className="facts">
      <dt>{say('ui.backup.made-at')}</dt>
      <dd className="figure">
        {date(inside.madeAt)} {time(inside.madeAt, { seconds: false })}
      </dd>
      <dt>{say('ui.options.version')}</dt>
      <dd className="figure">{inside.version}</dd>
      <dt>{say('ui.options.profiles')}</dt>
      <dd>{inside.profiles.join(', ') || '—'}</dd>
      <dt>{say('ui.backup.transferred')}</dt>
      <dd className="figure">{count(inside.transferred)}</dd>
      <dt>{say('ui.backup.transferred-since')}</dt>
      <dd className="figure">{count(inside.since)}</dd>
    </dl>
  );
}
