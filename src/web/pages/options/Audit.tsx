import { useQuery } from '@tanstack/react-query';
import type { AuditPage } from '../../../api/access.ts';
import { get } from '../../api/client.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';

const SHOWN = 100;

/** Who did what, newest first. */
export function Audit() {
  const { say, date, time } = useSpeech();
  const kept = useQuery({ queryKey: ['audit'], queryFn: () => get<AuditPage>(`/api/audit?limit=${SHOWN}`) });
  if (kept.error) return <Unread query={kept} />;
  const rows = kept.data?.rows ?? [];
  return (
    <section className="card panel" aria-labelledby="audit">
      <h2 id="audit" className="section-title">
        {say('ui.access.audit')}
      </h2>
      {rows.length === 0 ? (
        <p className="muted">{say('ui.access.audit.none')}</p>
      ) : (
        // biome-ignore lint/a11y: what scrolls sideways is reached by the keyboard.
        <div role="group" className="scroll" tabIndex={0} aria-label={say('ui.access.audit')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('ui.access.audit.at')}</th>
                <th scope="col">{say('ui.sign-in.user')}</th>
                <th scope="col">{say('ui.access.audit.act')}</th>
                <th scope="col">{say('ui.access.audit.object')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ at, user, via, act, object }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two acts of one moment are told apart by their place.
                <tr key={`${at}-${place}`}>
                  <td className="figure">
                    {date(at)} {time(at)}
                  </td>
                  <td>
                    {user ?? '—'}{' '}
                    {via === 'token' || via === 'cli' ? <span className="badge">{say(`ui.via.${via}`)}</span> : null}
                  </td>
                  <td>{say(`ui.audit.${act}`)}</td>
                  <td>{object ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
