import { Modal } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useSpeech } from '../language.tsx';

type Look = 'primary' | 'tinted' | 'plain' | 'outlined';
type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; small?: boolean; danger?: boolean };

/** A button of the design; Mantine's menus may take it as their target, hence the plain props. */
export function Button({ look = 'outlined', small = false, danger = false, className = '', ...rest }: ButtonProps) {
  const classes = ['button', look, small ? 'small' : '', danger ? 'danger' : '', className].filter(Boolean).join(' ');
  return <button type="button" className={classes} {...rest} />;
}

type Segment = { readonly id: string; readonly label: string; readonly count?: number; readonly alert?: boolean };

/** Words side by side of which one is chosen, with the counts they stand for. */
export function Segments(props: {
  label: string;
  value: string;
  choices: readonly Segment[];
  onChoose: (id: string) => void;
}) {
  const { count } = useSpeech();
  return (
    <fieldset className="segments" style={{ margin: 0, padding: 0 }} aria-label={props.label}>
      {props.choices.map((choice) => (
        <button
          type="button"
          key={choice.id}
          aria-pressed={choice.id === props.value}
          onClick={() => props.onChoose(choice.id)}
        >
          {choice.label}
          {choice.count === undefined ? null : (
            <span className={choice.alert && choice.count > 0 ? 'figure alert' : 'figure'}>{count(choice.count)}</span>
          )}
        </button>
      ))}
    </fieldset>
  );
}

type TickProps = {
  /** Of a box that stands beside its own label. */
  id?: string;
  checked: boolean;
  some?: boolean;
  label: string;
  disabled?: boolean;
  tabIndex?: number;
  onChange: (checked: boolean, shift: boolean) => void;
};

export function Tick({ id, checked, some = false, label, disabled = false, tabIndex, onChange }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !checked;
  }, [some, checked]);
  return (
    <input
      ref={box}
      type="checkbox"
      className="tick"
      checked={checked}
      disabled={disabled}
      tabIndex={tabIndex}
      id={id}
      aria-label={id === undefined ? label : undefined}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) =>
        onChange(event.target.checked, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
      }
    />
  );
}

/** A field with its label, help and error. */
export function Field(props: {
  id: string;
  label: string;
  help?: ReactNode;
  error?: string | null;
  children: ReactNode;
}) {
  return (
    <div>
      <label className="label" htmlFor={props.id}>
        {props.label}
      </label>
      {props.children}
      {props.error ? (
        <p className="field-error" id={`${props.id}-error`} role="alert">
          {props.error}
        </p>
      ) : null}
      {props.help ? <p className="help">{props.help}</p> : null}
    </div>
  );
}

export function Dialog(props: {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: number;
  children: ReactNode;
}) {
  const { say } = useSpeech();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 480}
      title={<span style={{ fontSize: 17, fontWeight: 640 }}>{props.title}</span>}
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      {props.children}
    </Modal>
  );
}

/** A destructive act asks first, with its effect; the way back comes first in the order of focus. */
export function Confirm(props: {
  title: string;
  text: string;
  act: string;
  opened: boolean;
  busy?: boolean;
  onAct: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { say } = useSpeech();
  return (
    <Dialog title={props.title} opened={props.opened} onClose={props.onClose}>
      <div className="dialog-form">
        <p>{props.text}</p>
        {props.children}
        <div className="dialog-acts">
          <Button onClick={props.onClose}>{say('ui.cancel')}</Button>
          <Button danger disabled={props.busy ?? false} onClick={props.onAct}>
            {props.act}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
