import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SessionAnswer } from '../../../api/access.ts';
import { put, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field, Tick } from '../../parts/Controls.tsx';
import { useSession } from '../login/Door.tsx';
import { Audit } from './Audit.tsx';
import { Sessions } from './Sessions.tsx';
import { Tokens } from './Tokens.tsx';
import { Users } from './Users.tsx';

/** Who may come in (S-246): the password of the options, users, one's own password and sessions, keys, and the record. */
export function Access() {
  const { data } = useSession();
  if (!data) return null;
  const configures = data.role === 'configure';
  return (
    <div className="access">
      {data.user === null ? <OptionsPassword session={data} /> : <OwnPassword user={data.user} />}
      {configures ? <Users self={data.user} /> : null}
      {data.user === null ? null : <Sessions />}
      {data.role ? <Tokens role={data.role} /> : null}
      {configures ? <Audit /> : null}
    </div>
  );
}

/** S-246: a tick, a password, and the same again. */
function OptionsPassword({ session }: { session: SessionAnswer }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const has = session.entrance === 'password';
  const [wanted, setWanted] = useState(has);
  const [given, setGiven] = useState({ password: '', again: '' });
  const differ = given.again !== '' && given.password !== given.again;
  const save = useAct({
    mutationFn: (password: string | null) => put<SessionAnswer>('/api/options/password', { password }),
    onSuccess: (answer: SessionAnswer) => {
      setGiven({ password: '', again: '' });
      setWanted(answer.entrance === 'password');
      queries.setQueryData(['session'], answer);
      void queries.invalidateQueries();
    },
  });
  const lock = useAct({
    mutationFn: () => remove<SessionAnswer>('/api/session'),
    onSuccess: () => window.location.assign('/'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(wanted ? given.password : null);
  };
  return (
    <section className="card panel" aria-labelledby="options-password">
      <h2 id="options-password" className="section-title">
        {say('ui.access.password')}
      </h2>
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.access.password.text')}</p>
        <p className="choice-line">
          <Tick id="password-wanted" label="" checked={wanted} onChange={setWanted} />{' '}
          <label htmlFor="password-wanted">{say('ui.access.password.wanted')}</label>
        </p>
        {wanted ? (
          <div className="two">
            {(['password', 'again'] as const).map((name) => (
              <Field
                key={name}
                id={`new-${name}`}
                label={say(`ui.access.new-${name}`)}
                help={name === 'password' ? say('ui.sign-in.password.help') : null}
                error={name === 'again' && differ ? say('ui.access.differ') : null}
              >
                <input
                  id={`new-${name}`}
                  className="field"
                  type="password"
                  autoComplete="new-password"
                  maxLength={200}
                  value={given[name]}
                  onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
                />
              </Field>
            ))}
          </div>
        ) : null}
        {save.error ? <TroubleNotice error={save.error} /> : null}
        <div className="dialog-acts">
          {save.isSuccess ? <span role="status">{say('ui.proxy.saved')}</span> : null}
          {has && !session.locked ? <Button onClick={() => lock.mutate()}>{say('ui.access.lock')}</Button> : null}
          <Button
            look="primary"
            type="submit"
            disabled={save.isPending || (wanted ? given.password === '' || given.password !== given.again : !has)}
          >
            {say('ui.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function OwnPassword({ user }: { user: string }) {
  const { say } = useSpeech();
  const [given, setGiven] = useState({ old: '', password: '' });
  const save = useAct({
    mutationFn: () => put<SessionAnswer>('/api/password', given),
    onSuccess: () => setGiven({ old: '', password: '' }),
  });
  const leave = useAct({
    mutationFn: () => remove<SessionAnswer>('/api/session'),
    onSuccess: () => window.location.assign('/'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section className="card panel" aria-labelledby="own-password">
      <h2 id="own-password" className="section-title">
        {say('ui.access.own', { user })}
      </h2>
      <form className="dialog-form" onSubmit={submit}>
        <div className="two">
          {(['old', 'password'] as const).map((name) => (
            <Field
              key={name}
              id={`own-${name}`}
              label={say(name === 'old' ? 'ui.access.old-password' : 'ui.access.new-password')}
              help={name === 'password' ? say('ui.sign-in.password.help') : null}
            >
              <input
                id={`own-${name}`}
                className="field"
                type="password"
                autoComplete={name === 'old' ? 'current-password' : 'new-password'}
                maxLength={200}
                value={given[name]}
                onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        {save.error ? <TroubleNotice error={save.error} /> : null}
        <div className="dialog-acts">
          {save.isSuccess ? <span role="status">{say('ui.access.password-changed')}</span> : null}
          <Button onClick={() => leave.mutate()}>{say('ui.access.sign-out')}</Button>
          <Button look="primary" type="submit" disabled={save.isPending || !given.old || !given.password}>
            {say('ui.access.change-password')}
          </Button>
        </div>
      </form>
    </section>
  );
}
