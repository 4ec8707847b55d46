import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppInfo, ProfileDocument, ProfileHome } from '../../../api/api.ts';
import type { CheckAnswer } from '../../../api/shop.ts';
import { post, put } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import { CheckList } from '../settings/CheckPanel.tsx';
import { credentialName } from '../welcome/CreateForm.tsx';
import { Foot } from './Foot.tsx';
import { useSave } from './use-save.ts';

export type StepProps = { info: AppInfo; document: ProfileDocument; home: ProfileHome };

/** Step 2: the shop's keys, saved sealed, and the connection tested thing by thing. */
export function ConnectionStep({ info, document, home }: StepProps) {
  const { say, knows } = useSpeech();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { save, error, busy } = useSave(home.id);
  const check = useAct({ mutationFn: () => post<CheckAnswer>(`/api/profiles/${home.id}/check`) });
  const kind = info.shops.find(({ id }) => id === home.shop);
  const known = new Set(document.secrets.filter(({ set }) => set).map(({ name }) => name));
  const keep = async () => {
    const secrets = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
    if (Object.keys(secrets).length === 0) return true;
    const kept = await save(() =>
      put<ProfileDocument>(`/api/profiles/${home.id}/document`, {
        revision: document.revision,
        profile: document.profile,
        secrets,
      }),
    );
    if (kept) setTyped({});
    return kept;
  };
  const path = `ui.start.keys.${home.shop}`;
  const failed = check.data?.checks.some(({ result }) => result === 'failed') ?? false;
  return (
    <>
      <form
        className="start-form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await keep()) check.mutate();
        }}
      >
        {knows(path) ? <p className="start-path">{say(path)}</p> : null}
        {kind?.credentials.map(({ name, secret }) => (
          <Field
            key={name}
            id={`start-${name}`}
            label={credentialName(say, home.shop, name)}
            help={known.has(name) ? say('ui.start.connection.set') : secret ? say('ui.secret.help') : null}
          >
            <input
              id={`start-${name}`}
              className="field"
              type={secret ? 'password' : 'text'}
              autoComplete="off"
              placeholder={known.has(name) ? '••••••••' : ''}
              value={typed[name] ?? ''}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          </Field>
        ))}
        {error ? <TroubleNotice error={error} /> : null}
        {check.error ? <TroubleNotice error={check.error} /> : null}
        <div>
          <Button look={check.data && !failed ? 'outlined' : 'tinted'} type="submit" disabled={busy || check.isPending}>
            <IconPlugConnected size={16} stroke={1.75} aria-hidden="true" />{' '}
            {say(check.isPending ? 'ui.check.busy' : 'ui.check')}
          </Button>
        </div>
        {check.data ? (
          <section className="card" aria-live="polite">
            <CheckList answer={check.data} />
          </section>
        ) : null}
      </form>
      <Foot
        step="connection"
        profile={home.id}
        busy={busy || check.isPending}
        onNext={keep}
        blocked={failed ? say('ui.start.connection.failed') : null}
      />
    </>
  );
}
