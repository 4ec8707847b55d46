import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeletedProfile, ProfileSummary } from '../../../api/api.ts';
import { get, post, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Confirm } from '../../parts/Controls.tsx';

export const DELETED = ['deleted-profiles'];

export async function bringBack(queries: QueryClient, id: string): Promise<ProfileSummary> {
  const back = await post<ProfileSummary>(`/api/deleted-profiles/${id}/restore`);
  for (const queryKey of [DELETED, ['info'], ['profile']]) await queries.invalidateQueries({ queryKey });
  return back;
}

/** Profiles deleted less than thirty days ago; none, and nothing is shown. */
export function DeletedProfiles() {
  const { say, date } = useSpeech();
  const queries = useQueryClient();
  const kept = useQuery({ queryKey: DELETED, queryFn: () => get<readonly DeletedProfile[]>('/api/deleted-profiles') });
  const [leaving, setLeaving] = useState<DeletedProfile | null>(null);
  const act = useAct({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: async () => {
      setLeaving(null);
      await queries.invalidateQueries({ queryKey: DELETED });
    },
  });
  if (kept.error) return <Unread query={kept} />;
  if (kept.data === undefined || kept.data.length === 0) return null;
  return (
    <section className="card panel" aria-labelledby="deleted-profiles">
      <h2 id="deleted-profiles" className="section-title">
        {say('ui.profile.deleted.title')}
      </h2>
      {act.error ? <TroubleNotice error={act.error} /> : null}
      <ul className="plain-list">
        {kept.data.map((one) => (
          <li key={one.id} className="row">
            <span>
              {one.name}
              <br />
              <span className="muted">
                {say('ui.profile.deleted.until', { from: date(one.deletedAt), until: date(one.until) })}
              </span>
            </span>
            <Button small look="plain" danger onClick={() => setLeaving(one)}>
              {say('ui.profile.forget')}
            </Button>
            <Button small look="tinted" onClick={() => act.mutate(() => bringBack(queries, one.id))}>
              {say('ui.profile.restore')}
            </Button>
          </li>
        ))}
      </ul>
      {leaving ? (
        <Confirm
          title={say('ui.profile.forget.title', { name: leaving.name })}
          text={say('ui.profile.forget.text')}
          act={say('ui.profile.forget')}
          opened
          busy={act.isPending}
          onAct={() => act.mutate(() => remove(`/api/deleted-profiles/${leaving.id}`))}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </section>
  );
}
