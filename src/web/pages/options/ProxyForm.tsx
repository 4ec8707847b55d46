import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ProxyAnswer, SaveProxy } from '../../../api/proxy.ts';
import { get, put, Refusal } from '../../api/client.ts';
import { useAppInfo } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import { Skeleton } from '../home/Page.tsx';
import { CheckPanel } from '../settings/CheckPanel.tsx';

const KEY = ['proxy'];

/** The way out to every shop (S-253), for networks that let nobody out by themselves. */
export function ProxyForm() {
  const kept = useQuery({ queryKey: KEY, queryFn: () => get<ProxyAnswer>('/api/proxy'), refetchOnWindowFocus: false });
  if (kept.error) return <Unread query={kept} />;
  return kept.data ? (
    <div className="access">
      <Form kept={kept.data} />
      {kept.data.url === null ? null : <Trial />}
    </div>
  ) : (
    <Skeleton />
  );
}

/** The way out is tried as an import takes it: to the shop of a profile. */
function Trial() {
  const { say } = useSpeech();
  const info = useAppInfo();
  const profiles = info.data?.profiles.filter(({ demo }) => !demo) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const profile = (profiles.find(({ id }) => id === (chosen ?? info.data?.defaultProfile)) ?? profiles[0])?.id;
  if (profile === undefined) return <p className="help">{say('ui.proxy.test.none')}</p>;
  return (
    <>
      <Field id="proxy-profile" label={say('ui.proxy.test')} help={say('ui.proxy.test.help')}>
        <select id="proxy-profile" className="field" value={profile} onChange={({ target }) => setChosen(target.value)}>
          {profiles.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <CheckPanel key={profile} profile={profile} unsaved={false} />
    </>
  );
}

function Form({ kept }: { kept: ProxyAnswer }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const [url, setUrl] = useState(kept.url ?? '');
  const [user, setUser] = useState(kept.user ?? '');
  const [password, setPassword] = useState<string | null>(null);
  const [exceptions, setExceptions] = useState(kept.exceptions.join(' '));
  const save = useAct({
    mutationFn: (proxy: SaveProxy) => put<ProxyAnswer>('/api/proxy', proxy),
    onSuccess: (saved: ProxyAnswer) => {
      setPassword(null);
      queries.setQueryData(KEY, saved);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      url: url.trim() || null,
      user: user.trim() || null,
      exceptions: exceptions.split(/[\s,;]+/).filter(Boolean),
      ...(password === null ? {} : { password }),
    });
  };
  const wrong = save.error instanceof Refusal && save.error.values.field === 'url';
  return (
    <section className="card panel">
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.proxy.text')}</p>
        <Field
          id="proxy-url"
          label={say('ui.proxy.url')}
          help={say('ui.proxy.url.help')}
          error={wrong ? say('ui.proxy.invalid') : null}
        >
          <input
            id="proxy-url"
            className="field"
            aria-invalid={wrong}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <div className="two">
          <Field id="proxy-user" label={say('ui.proxy.user')} help={null}>
            <input
              id="proxy-user"
              className="field"
              autoComplete="off"
              value={user}
              onChange={(event) => setUser(event.target.value)}
            />
          </Field>
          <Field id="proxy-password" label={say('ui.proxy.password')} help={null}>
            <input
              id="proxy-password"
              className="field"
              type="password"
              autoComplete="new-password"
              value={password ?? ''}
              placeholder={say(kept.passwordSet ? 'ui.secret.new' : 'ui.secret.none')}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        </div>
        <Field id="proxy-exceptions" label={say('ui.proxy.exceptions')} help={say('ui.proxy.exceptions.help')}>
          <input
            id="proxy-exceptions"
            className="field"
            value={exceptions}
            onChange={(event) => setExceptions(event.target.value)}
          />
        </Field>
        {save.error && !wrong ? <TroubleNotice error={save.error} /> : null}
        <div className="dialog-acts">
          {save.isSuccess ? <span role="status">{say('ui.proxy.saved')}</span> : null}
          <Button look="primary" type="submit" disabled={save.isPending}>
            {say('ui.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
