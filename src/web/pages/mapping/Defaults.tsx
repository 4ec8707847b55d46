import { IconCopyCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldError } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { applyStandard, type Draft, setStandard, textOf, valueIn } from './draft.ts';
import { columnsOf, type MappingKind } from './kinds.ts';
import { fieldTitle, valueTitle } from './titles.ts';

type Props = {
  kind: MappingKind;
  draft: Draft;
  errors: readonly FieldError[];
  onChange: (next: Draft) => void;
};

/** What answers when no exception fits, and *Apply to all* (S-120). */
export function Defaults({ kind, draft, errors, onChange }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const [asking, setAsking] = useState(false);
  const columns = columnsOf(kind, []).filter(({ key }) => !key);
  const given = columns.filter(({ name }) => textOf(draft.standard[name]) !== '');
  return (
    <section className="card panel">
      <div className="mapping-title">
        <h2 className="section-title">{say('ui.mapping.default')}</h2>
        <span className="muted">{say('ui.mapping.default.help')}</span>
      </div>
      <div className="mapping-defaults">
        {columns.map((column) => {
          const { name, values } = column;
          const id = `default-${name}`;
          const error = errors.find(({ path }) => path === `mappings.${kind.id}.default.${name}`);
          return (
            <Field
              key={name}
              id={id}
              label={fieldTitle(say, kind.id, name)}
              error={error ? fieldMessage(error, speech) : null}
            >
              {values === null ? (
                <input
                  id={id}
                  className="field figure"
                  value={textOf(draft.standard[name])}
                  placeholder={say('ui.mapping.empty')}
                  aria-invalid={error !== undefined}
                  onChange={(event) => onChange(setStandard(draft, name, valueIn(column, event.target.value)))}
                />
              ) : (
                <select
                  id={id}
                  className="field"
                  value={textOf(draft.standard[name])}
                  onChange={(event) => onChange(setStandard(draft, name, valueIn(column, event.target.value)))}
                >
                  <option value="">{say('ui.mapping.empty')}</option>
                  {values.map((value) => (
                    <option key={String(value)} value={String(value)}>
                      {valueTitle(say, name, value)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          );
        })}
        <Button
          disabled={draft.rows.length === 0 || given.length === 0}
          title={draft.rows.length === 0 ? say('ui.mapping.no-exception') : undefined}
          onClick={() => setAsking(true)}
        >
          <IconCopyCheck size={16} stroke={1.75} aria-hidden="true" /> {say('ui.mapping.apply-to-all')}
        </Button>
      </div>
      {kind.id === 'taxes' ? <p className="help">{say('ui.mapping.taxes.help')}</p> : null}
      <Dialog title={say('ui.mapping.apply-to-all')} opened={asking} onClose={() => setAsking(false)}>
        <div className="dialog-form">
          <p>{say('ui.mapping.apply-to-all.which')}</p>
          {given.map(({ name }) => (
            <Button
              key={name}
              onClick={() => {
                onChange(applyStandard(draft, name));
                setAsking(false);
              }}
            >
              {say('ui.mapping.apply-to-all.effect', {
                field: fieldTitle(say, kind.id, name),
                value: textOf(draft.standard[name]),
                n: draft.rows.length,
              })}
            </Button>
          ))}
          <div className="dialog-acts">
            <Button look="plain" onClick={() => setAsking(false)}>
              {say('ui.cancel')}
            </Button>
          </div>
        </div>
      </Dialog>
    </section>
  );
}
