import { useState } from 'react';
import type { ProfileDocument } from '../../../api/api.ts';
import { post } from '../../api/client.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Field } from '../../parts/Controls.tsx';
import type { StepProps } from './ConnectionStep.tsx';
import { Foot } from './Foot.tsx';
import { templateFor } from './steps.ts';
import { useSave } from './use-save.ts';

/** Step 4: the accounts to begin with. Choosing again replaces them, so it is said before. */
export function TemplateStep({ info, document, home }: StepProps) {
  const { say } = useSpeech();
  const { save, error, busy } = useSave(home.id);
  const [template, setTemplate] = useState(templateFor(home.url, info.templates));
  const [year, setYear] = useState('');
  const keep = () =>
    save(() =>
      post<ProfileDocument>(`/api/profiles/${home.id}/template`, {
        revision: document.revision,
        template,
        fiscalYearStart: year === '' ? null : year,
      }),
    );
  return (
    <>
      <div className="start-form">
        <div className="start-ledgers" role="radiogroup" aria-label={say('ui.create.template')}>
          {info.templates.map((id) => (
            <label key={id} className={id === template ? 'choice-card chosen' : 'choice-card'}>
              <input type="radio" name="template" checked={id === template} onChange={() => setTemplate(id)} />
              {say(`ui.template.${id}`)}
            </label>
          ))}
        </div>
        <Field id="start-year" label={say('ui.start.template.year')} help={say('ui.start.template.year.help')}>
          <input
            id="start-year"
            className="field figure"
            type="date"
            value={year}
            onChange={(event) => setYear(event.target.value)}
          />
        </Field>
        {error ? <TroubleNotice error={error} /> : null}
      </div>
      <Foot step="template" profile={home.id} busy={busy} onNext={keep} />
    </>
  );
}
