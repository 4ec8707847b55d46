import { useState } from 'react';
import type { ProfileDocument } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { credentialName } from '../welcome/CreateForm.tsx';

type Props = {
  shop: string;
  secrets: ProfileDocument['secrets'];
  typed: Readonly<Record<string, string>>;
  onChange: (typed: Readonly<Record<string, string>>) => void;
};

/** Secrets show dots and *Replace*; they are never read back. */
export function Secrets({ shop, secrets, typed, onChange }: Props) {
  const { say } = useSpeech();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (secrets.length === 0) return null;
  return (
    <section className="card panel">
      <h2 className="section-title" style={{ marginBottom: 12 }}>
        {say('ui.settings.secrets')}
      </h2>
      <div className="dialog-form">
        {secrets.map(({ name, set }) => {
          const editing = open.has(name) || name in typed || !set;
          const label = credentialName(say, shop, name);
          return (
            <div key={name}>
              <label className="label" htmlFor={`secret-${name}`}>
                {label}
              </label>
              {editing ? (
                <div style={{ display: 'flex', gap: 8 }}>
                  <input
                    id={`secret-${name}`}
                    className="field"
                    type="password"
                    autoComplete="new-password"
                    value={typed[name] ?? ''}
                    placeholder={say(set ? 'ui.secret.new' : 'ui.secret.none')}
                    onChange={(event) =>
                      onChange(
                        event.target.value === '' ? without(typed, name) : { ...typed, [name]: event.target.value },
                      )
                    }
                  />
                  {set ? (
                    <Button
                      onClick={() => {
                        onChange(without(typed, name));
                        setOpen(new Set([...open].filter((other) => other !== name)));
                      }}
                    >
                      {say('ui.cancel')}
                    </Button>
                  ) : null}
                </div>
              ) : (
                <div className="field secret">
                  <span aria-hidden="true">••••••••••••••••••••</span>
                  <button
                    type="button"
                    id={`secret-${name}`}
                    className="link-button"
                    aria-label={say('ui.secret.replace.of', { name: label })}
                    onClick={() => setOpen(new Set([...open, name]))}
                  >
                    {say('ui.secret.replace')}
                  </button>
                </div>
              )}
            </div>
          );
        })}
        <p className="help" style={{ marginTop: 0 }}>
          {say('ui.secret.help')}
        </p>
      </div>
    </section>
  );
}

function without(values: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const { [name]: _, ...others } = values;
  return others;
}
