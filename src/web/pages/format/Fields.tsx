import { useSpeech } from '../../language.tsx';
import { Field, Tick } from '../../parts/Controls.tsx';

type Common = { readonly id: string; readonly label: string; readonly error?: string | null };

export function Words(
  props: Common & { readonly value: string; readonly mono?: boolean; readonly onChange: (value: string) => void },
) {
  const { id, label, error = null, value, mono = false, onChange } = props;
  return (
    <Field id={id} label={label} error={error}>
      <input
        id={id}
        className={mono ? 'field mono' : 'field'}
        value={value}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** A whole number, or nothing. */
export function Whole(
  props: Common & { readonly value: number | undefined; readonly onChange: (value: number | undefined) => void },
) {
  const { id, label, error = null, value, onChange } = props;
  return (
    <Field id={id} label={label} error={error}>
      <input
        id={id}
        className="field figure"
        inputMode="numeric"
        value={value ?? ''}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, '').slice(0, 4);
          onChange(digits === '' ? undefined : Number(digits));
        }}
      />
    </Field>
  );
}

/** One of some words; each has its sentence, or stands as it is. */
export function Pick(
  props: Common & {
    readonly value: string;
    readonly values: readonly string[];
    readonly title: (value: string) => string;
    readonly onChange: (value: string) => void;
  },
) {
  const { id, label, error = null, value, values, title, onChange } = props;
  return (
    <Field id={id} label={label} error={error}>
      <select
        id={id}
        className="field"
        value={value}
        aria-invalid={error !== null}
        onChange={(event) => onChange(event.target.value)}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {title(one)}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function Flag(props: {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <div className="format-flag">
      <Tick id={props.id} label={props.label} checked={props.checked} onChange={props.onChange} />
      <label htmlFor={props.id}>{props.label}</label>
    </div>
  );
}

/** Titles of words by their key; what has no sentence stands as it is. */
export function useTitles() {
  const { say, knows } = useSpeech();
  return {
    value: (is: string) => say(`ui.format.value.${is}`),
    saying: (name: string) => say(`ui.format.saying.${name}`),
    word: (name: string, value: string) => {
      const key = `ui.format.word.${name}.${value === '' ? 'none' : value}`;
      return knows(key) ? say(key) : value;
    },
  };
}
