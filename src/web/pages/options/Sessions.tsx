import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionInfo } from '../../../api/access.ts';
import { get, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';

const KEY = ['sessions'];

/** One's own sessions, and the way to end the others. */
export function Sessions() {
  const { say, date, time } = useSpeech();
  const queries = useQueryClient();
  const kept = useQuery({ queryKey: KEY, queryFn: () => get<readonly SessionInfo[]>('/api/sessions') });
  const end = useAct({
    mutationFn: (id: string) => remove<readonly SessionInfo[]>(`/api/sessions/${id}`),
    onSuccess: (left: readonly SessionInfo[]) => queries.setQueryData(KEY, left),
  });
  if (kept.error) return <Unread query={kept} />;
  const sessions = kept.data ?? [];
  return (
    <section className="card panel" aria-labelledby="sessions">
      <h2 id="sessions" className="section-title">
        {say('ui.access.sessions')}
      </h2>
      <ul className="plain-list">
        {sessions.map(({ id, seenAt, address, agent, self }) => (
          <li key={id} className="row">
            <span style={{ flex: 1 }}>
              {agent || '—'} <span className="muted figure">{address}</span>
              <br />
              <span className="muted figure">
                {date(seenAt)} {time(seenAt, { seconds: false })}
              </span>{' '}
              {self ? <span className="badge">{say('ui.access.this-session')}</span> : null}
            </span>
            {self ? null : (
              <Button small onClick={() => end.mutate(id)}>
                {say('ui.access.end-session')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.error ? <TroubleNotice error={end.error} /> : null}
      {sessions.length > 1 ? (
        <div className="dialog-acts">
          <Button onClick={() => end.mutate('others')}>{say('ui.access.end-others')}</Button>
        </div>
      ) : null}
    </section>
  );
}
