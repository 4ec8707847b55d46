import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RoleName, UserInfo } from '../../../api/access.ts';
import { get, post, put, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Confirm, Field } from '../../parts/Controls.tsx';

const KEY = ['users'];
const ROLES: readonly RoleName[] = ['read', 'prepare', 'approve', 'configure'];

export function RoleField(props: {
  id: string;
  label: string;
  hidden?: boolean;
  value: RoleName;
  most?: RoleName;
  onChoose: (role: RoleName) => void;
}) {
  const { say } = useSpeech();
  const most = ROLES.indexOf(props.most ?? 'configure');
  return (
    <>
      <label className={props.hidden ? 'unseen' : 'label'} htmlFor={props.id}>
        {props.label}
      </label>
      <select
        id={props.id}
        className="field"
        value={props.value}
        onChange={({ target }) => props.onChoose(ROLES.find((role) => role === target.value) ?? 'read')}
      >
        {ROLES.filter((_, place) => place <= most).map((role) => (
          <option key={role} value={role}>
            {say(`ui.role.${role}`)}
          </option>
        ))}
      </select>
    </>
  );
}

/** Users and their roles. The first one makes everybody sign in, and configures. */
export function Users({ self }: { self: string | null }) {
  const { say, date } = useSpeech();
  const queries = useQueryClient();
  const kept = useQuery({ queryKey: KEY, queryFn: () => get<readonly UserInfo[]>('/api/users') });
  const [added, setAdded] = useState({ name: '', password: '', role: 'configure' as RoleName });
  const [leaving, setLeaving] = useState<UserInfo | null>(null);
  const act = useAct({
    mutationFn: (task: () => Promise<readonly UserInfo[]>) => task(),
    onSuccess: (users: readonly UserInfo[]) => {
      queries.setQueryData(KEY, users);
      setLeaving(null);
      setAdded({ name: '', password: '', role: 'prepare' });
      void queries.invalidateQueries();
    },
  });
  if (kept.error) return <Unread query={kept} />;
  const users = kept.data ?? [];
  const path = ({ id }: UserInfo) => `/api/users/${encodeURIComponent(id)}`;
  const add = (event: FormEvent) => {
    event.preventDefault();
    act.mutate(() => post('/api/users', users.length === 0 ? { ...added, role: 'configure' } : added));
  };
  return (
    <section className="card panel" aria-labelledby="users">
      <h2 id="users" className="section-title">
        {say('ui.access.users')}
      </h2>
      <p className="muted">{say(users.length === 0 ? 'ui.access.users.none' : 'ui.access.users.text')}</p>
      {users.length === 0 ? null : (
        // biome-ignore lint/a11y: what scrolls sideways is reached by the keyboard.
        <div role="group" className="scroll" tabIndex={0} aria-label={say('ui.access.users')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('ui.sign-in.user')}</th>
                <th scope="col">{say('ui.access.role')}</th>
                <th scope="col">{say('ui.access.seen')}</th>
                <th scope="col">
                  <span className="unseen">{say('ui.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.map((user) => (
                <tr key={user.id}>
                  <td>{user.name}</td>
                  <td>
                    <RoleField
                      id={`role-${user.id}`}
                      label={say('ui.access.role-of', { user: user.name })}
                      hidden
                      value={user.role}
                      onChoose={(role) => act.mutate(() => put(path(user), { role }))}
                    />
                  </td>
                  <td className="figure">{user.seenAt ? date(user.seenAt) : '—'}</td>
                  <td className="right">
                    <Button small look="plain" onClick={() => setLeaving(user)}>
                      {say('ui.access.remove-user', { user: user.name })}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form onSubmit={add}>
        <div className="row">
          <Field id="user-name" label={say('ui.sign-in.user')}>
            <input
              id="user-name"
              className="field"
              autoComplete="off"
              maxLength={60}
              value={added.name}
              onChange={(event) => setAdded({ ...added, name: event.target.value })}
            />
          </Field>
          <Field id="user-password" label={say('ui.sign-in.password')}>
            <input
              id="user-password"
              className="field"
              type="password"
              autoComplete="new-password"
              maxLength={200}
              value={added.password}
              onChange={(event) => setAdded({ ...added, password: event.target.value })}
            />
          </Field>
          {users.length === 0 ? null : (
            <div>
              <RoleField
                id="user-role"
                label={say('ui.access.role')}
                value={added.role}
                onChoose={(role) => setAdded({ ...added, role })}
              />
            </div>
          )}
          <Button look="primary" type="submit" disabled={act.isPending || !added.name.trim() || !added.password}>
            {say('ui.access.add-user')}
          </Button>
        </div>
        <p className="help">{say('ui.sign-in.password.help')}</p>
      </form>
      {act.error && !leaving ? <TroubleNotice error={act.error} /> : null}
      {leaving ? (
        <Confirm
          title={say('ui.access.remove-user', { user: leaving.name })}
          text={say(leaving.name === self ? 'ui.access.remove-self.text' : 'ui.access.remove-user.text')}
          act={say('ui.profile.delete')}
          opened
          busy={act.isPending}
          onAct={() => act.mutate(() => remove(path(leaving)))}
          onClose={() => setLeaving(null)}
        >
          {act.error ? <TroubleNotice error={act.error} /> : null}
        </Confirm>
      ) : null}
    </section>
  );
}
