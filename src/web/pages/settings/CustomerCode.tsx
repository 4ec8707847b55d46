import type { FieldError } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';
import { Field } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { Pairs } from './Pairs.tsx';
import { isObject, type Json, type JsonObject } from './tabs.ts';
import { fieldLabel } from './words.ts';

type Props = { path: string; value: Json | undefined; errors: readonly FieldError[]; onChange: (value: Json) => void };

const START = {
  same: { mode: 'same', code: null },
  byPayment: { mode: 'byPayment', default: null, byMethod: {} },
  onePerCustomer: { mode: 'onePerCustomer', prefix: '', length: 8 },
} as const;
type Mode = keyof typeof START;

/** One code for all customers, one by payment method, or one for each (S-100 to S-108). */
export function CustomerCode({ path, value, errors, onChange }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const code: JsonObject = isObject(value) ? value : START.same;
  const mode: Mode = code.mode === 'byPayment' || code.mode === 'onePerCustomer' ? code.mode : 'same';
  const text = (name: string) => (code[name] === null || code[name] === undefined ? '' : String(code[name]));
  const field = (name: string, numeric = false) => {
    const id = `field-${path}.${name}`;
    const error = errors.find((each) => each.path === `${path}.${name}`);
    const typed = (given: string): Json =>
      numeric ? (/^\d{1,3}$/.test(given) ? Number(given) : given) : given === '' && name !== 'prefix' ? null : given;
    return (
      <Field id={id} label={fieldLabel(speech, `${path}.${name}`)} error={error ? fieldMessage(error, speech) : null}>
        <input
          id={id}
          className="field figure"
          aria-invalid={error !== undefined}
          value={text(name)}
          onChange={(event) => onChange({ ...code, [name]: typed(event.target.value) })}
        />
      </Field>
    );
  };
  return (
    <div className="form-wide form-fields">
      <div className="form-wide choice-cards" role="radiogroup" aria-label={fieldLabel(speech, path)}>
        {(Object.keys(START) as Mode[]).map((each) => (
          <label key={each} className={each === mode ? 'choice-card chosen' : 'choice-card'}>
            <input type="radio" name={path} checked={each === mode} onChange={() => onChange(START[each])} />
            <span>
              <strong>{say(`ui.choice.mode.${each}`)}</strong>
              <span className="muted">{say(`ui.choice.mode.${each}.help`)}</span>
            </span>
          </label>
        ))}
      </div>
      {mode === 'same' ? field('code') : null}
      {mode === 'byPayment' ? field('default') : null}
      {mode === 'byPayment' ? (
        <Pairs
          label={fieldLabel(speech, `${path}.byMethod`)}
          value={code.byMethod}
          onChange={(byMethod) => onChange({ ...code, byMethod })}
        />
      ) : null}
      {mode === 'onePerCustomer' ? field('prefix') : null}
      {mode === 'onePerCustomer' ? field('length', true) : null}
      {mode === 'onePerCustomer' ? (
        <p className="help form-wide">
          {say('ui.form.code-example', { code: exampleOf(text('prefix'), Number(text('length'))) })}
        </p>
      ) : null}
    </div>
  );
}

/** The first code of a prefix: `CLI` of 8 characters is `CLI00001`. */
function exampleOf(prefix: string, length: number): string {
  const digits = Number.isInteger(length) ? length - prefix.length : 0;
  return digits < 1 || digits > 20 ? '…' : `${prefix}${'1'.padStart(digits, '0')}`;
}
