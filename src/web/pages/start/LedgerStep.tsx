import { useState } from 'react';
import type { ProfileDocument } from '../../../api/api.ts';
import { put } from '../../api/client.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { isObject } from '../settings/tabs.ts';
import type { StepProps } from './ConnectionStep.tsx';
import { Foot } from './Foot.tsx';
import { useSave } from './use-save.ts';

/** Step 3: the software the accountant uses; typing finds it. */
export function LedgerStep({ info, document, home }: StepProps) {
  const { say } = useSpeech();
  const { save, error, busy } = useSave(home.id);
  const [ledger, setLedger] = useState(home.ledger);
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().trim();
  const shown = info.ledgers.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(words));
  const keep = () => {
    if (ledger === home.ledger) return Promise.resolve(true);
    const profile = isObject(document.profile) ? document.profile : {};
    const given = isObject(profile.ledger) ? profile.ledger : {};
    return save(() =>
      put<ProfileDocument>(`/api/profiles/${home.id}/document`, {
        revision: document.revision,
        profile: { ...profile, ledger: { ...given, type: ledger } },
      }),
    );
  };
  return (
    <>
      <div className="start-form">
        <input
          className="field"
          type="search"
          aria-label={say('ui.start.ledger.find')}
          placeholder={say('ui.start.ledger.find')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <div className="start-ledgers" role="radiogroup" aria-label={say('ui.create.ledger')}>
          {shown.map(({ id, name, extension }) => (
            <label key={id} className={id === ledger ? 'choice-card chosen' : 'choice-card'}>
              <input type="radio" name="ledger" checked={id === ledger} onChange={() => setLedger(id)} />
              <span>
                {name} <span className="muted">.{extension}</span>
              </span>
            </label>
          ))}
          {shown.length === 0 ? <p className="muted">{say('ui.start.ledger.none')}</p> : null}
        </div>
        {error ? <TroubleNotice error={error} /> : null}
      </div>
      <Foot step="ledger" profile={home.id} busy={busy} onNext={keep} />
    </>
  );
}
