import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SessionAnswer } from '../../../api/access.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';

type Props = {
  /** `users`: a name too; `setup`: the code of the terminal too; `password`: that of the options alone. */
  readonly by: 'users' | 'setup' | 'password';
  readonly onDone: () => void;
  readonly onCancel?: () => void;
};

/** The fields of signing in, of the first user, or of the options' password. */
export function SignIn({ by, onDone, onCancel }: Props) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ user: '', password: '', code: '' });
  const act = useAct({
    mutationFn: () =>
      by === 'setup'
        ? post<SessionAnswer>('/api/session/setup', given)
        : post<SessionAnswer>('/api/session', { user: by === 'users' ? given.user : null, password: given.password }),
    onSuccess: (answer: SessionAnswer) => {
      queries.setQueryData(['session'], answer);
      onDone();
    },
    onError: () => setGiven((before) => ({ ...before, password: '' })),
  });
  const field = (name: keyof typeof given, type: string, autoComplete: string) => (
    <Field id={`sign-in-${name}`} label={say(`ui.sign-in.${name}`)} help={helpOf(name)}>
      <input
        id={`sign-in-${name}`}
        className="field"
        type={type}
        autoComplete={autoComplete}
        required
        maxLength={200}
        data-autofocus={name === (by === 'password' ? 'password' : by === 'setup' ? 'code' : 'user') || undefined}
        value={given[name]}
        onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
      />
    </Field>
  );
  const helpOf = (name: string) => {
    if (by === 'setup' && name !== 'user') return say(`ui.sign-in.${name}.help`);
    return null;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      {by === 'setup' ? field('code', 'text', 'one-time-code') : null}
      {by === 'password' ? null : field('user', 'text', 'username')}
      {field('password', 'password', by === 'setup' ? 'new-password' : 'current-password')}
      {act.error ? <TroubleNotice error={act.error} /> : null}
      <div className="dialog-acts">
        {onCancel ? <Button onClick={onCancel}>{say('ui.cancel')}</Button> : null}
        <Button look="primary" type="submit" disabled={act.isPending}>
          {say(by === 'password' ? 'ui.sign-in.unlock' : 'ui.sign-in.open')}
        </Button>
      </div>
    </form>
  );
}
