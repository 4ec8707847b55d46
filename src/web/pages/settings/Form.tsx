import type { FieldError } from '../../../api/api.ts';
import { useAppInfo, useShopLists } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Field } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { sureness } from '../../parts/sureness.ts';
import { CustomerCode } from './CustomerCode.tsx';
import { at, chosen, controlOf, groupsOf, put, read } from './forms.ts';
import { LinesField } from './LinesField.tsx';
import { Pairs } from './Pairs.tsx';
import { PatternField } from './PatternField.tsx';
import { ShopValues } from './ShopValues.tsx';
import type { FieldHelp } from './schema-help.ts';
import type { Json, JsonObject } from './tabs.ts';
import { choiceLabel, fieldHelp, fieldLabel } from './words.ts';

type Props = {
  profile: string;
  tab: string;
  fields: readonly FieldHelp[];
  value: JsonObject;
  errors: readonly FieldError[];
  onChange: (value: JsonObject) => void;
};

/** A tab of the configuration as a form: every field the schema has, in groups, each with what is wrong under it. */
export function Form({ profile, tab, fields, value, errors, onChange }: Props) {
  const { say } = useSpeech();
  return (
    <div className="form">
      {groupsOf(tab, fields).map(({ title, fields: inside }) => (
        <fieldset key={title} className="form-group">
          <legend className="section-title">{say(`ui.form.${tab}.${title}`)}</legend>
          <div className="form-fields">
            {inside.map((field) => (
              <FormField
                key={field.path}
                profile={profile}
                field={field}
                all={value}
                errors={errors}
                onChange={(path, next) => onChange(put(value, path, next))}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

type FieldProps = {
  profile: string;
  field: FieldHelp;
  all: JsonObject;
  errors: readonly FieldError[];
  onChange: (path: string, value: Json) => void;
};

function FormField({ profile, field, all, errors, onChange }: FieldProps) {
  const speech = useSpeech();
  const { say } = speech;
  const info = useAppInfo();
  const control = controlOf(field);
  const lists = useShopLists(profile, control === 'shop-values');
  const { path } = field;
  const given = at(all, path);
  const text = given === null || given === undefined ? standardText(field, given) : String(given);
  const error = errors.find((each) => each.path === path);
  const id = `field-${path}`;
  const label = fieldLabel(speech, path);
  const set = (next: Json) => onChange(path, next);
  const common = { id, 'aria-invalid': error !== undefined, 'aria-describedby': error ? `${id}-error` : undefined };
  if (control === 'none') return null;
  if (control === 'switch')
    return (
      <label className="form-switch" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          className="tick"
          checked={text === 'true'}
          onChange={(event) => set(event.target.checked)}
        />
        {label}
      </label>
    );
  if (control === 'customer-code') return <CustomerCode path={path} value={given} errors={errors} onChange={set} />;
  if (control === 'pairs') return <Pairs label={label} value={given} onChange={set} />;
  if (control === 'shop-values')
    return (
      <ShopValues path={path} label={label} value={given} lists={lists.data} asking={lists.isLoading} onChange={set} />
    );
  return (
    <div className={WIDE.has(control) ? 'form-wide' : undefined}>
      <Field
        id={id}
        label={label}
        error={error ? fieldMessage(error, speech) : null}
        help={control === 'ledger' ? sureness(speech, info.data?.ledgers ?? [], text) : fieldHelp(speech, path)}
      >
        {control === 'choice' || control === 'ledger' ? (
          <select
            {...common}
            className="field"
            value={text}
            onChange={(event) => set(chosen(field, event.target.value))}
          >
            {field.type.includes('null') ? <option value="">{say('ui.form.none')}</option> : null}
            {control === 'ledger'
              ? (info.data?.ledgers ?? []).map(({ id: ledger, name }) => (
                  <option key={ledger} value={ledger}>
                    {name}
                  </option>
                ))
              : field.values.map((each) => (
                  <option key={each} value={each}>
                    {choiceLabel(speech, path, each)}
                  </option>
                ))}
          </select>
        ) : control === 'pattern' ? (
          <PatternField id={id} text={text} invalid={error !== undefined} onChange={set} />
        ) : control === 'lines' ? (
          <LinesField id={id} value={given} invalid={error !== undefined} onChange={set} />
        ) : control === 'long' ? (
          <textarea
            {...common}
            className="field form-text"
            rows={6}
            spellCheck={false}
            value={text}
            onChange={(event) => set(read(field, event.target.value))}
          />
        ) : (
          <input
            {...common}
            className={control === 'text' ? 'field' : 'field figure'}
            type={control === 'day' ? 'date' : 'text'}
            inputMode={control === 'number' ? 'numeric' : undefined}
            disabled={control === 'fixed'}
            value={control === 'fixed' ? (info.data?.shops.find((shop) => shop.id === text)?.name ?? text) : text}
            onChange={(event) => set(read(field, event.target.value))}
          />
        )}
      </Field>
    </div>
  );
}

const WIDE: ReadonlySet<string> = new Set(['pattern', 'lines', 'long']);

function standardText({ standard }: FieldHelp, given: Json | undefined): string {
  if (given === null || standard === null) return '';
  const value: unknown = JSON.parse(standard);
  return value === null || Array.isArray(value) ? '' : String(value);
}
