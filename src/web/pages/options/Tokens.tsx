import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { NewToken, RoleName, TokenInfo } from '../../../api/access.ts';
import { get, post, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import { RoleField } from './Users.tsx';

const KEY = ['tokens'];

/** Keys for programmes: named, with a role and an end; the secret is shown once. */
export function Tokens({ role: most }: { role: RoleName }) {
  const { say, date } = useSpeech();
  const queries = useQueryClient();
  const kept = useQuery({ queryKey: KEY, queryFn: () => get<readonly TokenInfo[]>('/api/tokens') });
  const [asked, setAsked] = useState({ name: '', role: 'read' as RoleName, days: '90' });
  const [secret, setSecret] = useState<string | null>(null);
  const make = useAct({
    mutationFn: () => post<NewToken>('/api/tokens', { ...asked, days: Number(asked.days) }),
    onSuccess: (made: NewToken) => {
      setSecret(made.secret);
      setAsked({ ...asked, name: '' });
      queries.setQueryData(KEY, made.tokens);
    },
  });
  const revoke = useAct({
    mutationFn: (id: string) => remove<readonly TokenInfo[]>(`/api/tokens/${id}`),
    onSuccess: (left: readonly TokenInfo[]) => queries.setQueryData(KEY, left),
  });
  if (kept.error) return <Unread query={kept} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <section className="card panel" aria-labelledby="tokens">
      <h2 id="tokens" className="section-title">
        {say('ui.access.tokens')}
      </h2>
      <p className="muted">{say('ui.access.tokens.text')}</p>
      <ul className="plain-list">
        {(kept.data ?? []).map(({ id, name, role, expiresAt, usedAt }) => (
          <li key={id} className="row">
            <span style={{ flex: 1 }}>
              {name} <span className="badge">{say(`ui.role.${role}`)}</span>
              <br />
              <span className="muted">
                {say('ui.access.token-until', { day: date(expiresAt) })}
                {usedAt ? ` · ${say('ui.access.token-used', { day: date(usedAt) })}` : ''}
              </span>
            </span>
            <Button small onClick={() => revoke.mutate(id)}>
              {say('ui.access.revoke', { name })}
            </Button>
          </li>
        ))}
      </ul>
      {secret === null ? null : (
        <div className="notice" role="status">
          <p>{say('ui.access.token-made')}</p>
          <p className="token-secret">{secret}</p>
        </div>
      )}
      <form className="row" onSubmit={submit}>
        <Field id="token-name" label={say('ui.access.token-name')}>
          <input
            id="token-name"
            className="field"
            autoComplete="off"
            maxLength={100}
            value={asked.name}
            onChange={(event) => setAsked({ ...asked, name: event.target.value })}
          />
        </Field>
        <div>
          <RoleField
            id="token-role"
            label={say('ui.access.role')}
            most={most}
            value={asked.role}
            onChoose={(role) => setAsked({ ...asked, role })}
          />
        </div>
        <Field id="token-days" label={say('ui.access.token-days')}>
          <input
            id="token-days"
            className="field figure"
            type="number"
            min={1}
            max={366}
            value={asked.days}
            onChange={(event) => setAsked({ ...asked, days: event.target.value })}
          />
        </Field>
        <Button look="primary" type="submit" disabled={make.isPending || asked.name.trim() === ''}>
          {say('ui.access.make-token')}
        </Button>
      </form>
      {(make.error ?? revoke.error) ? <TroubleNotice error={make.error ?? revoke.error} /> : null}
    </section>
  );
}
