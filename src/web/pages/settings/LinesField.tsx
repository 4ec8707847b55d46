import { useState } from 'react';
import type { Json } from './tabs.ts';

type Props = { id: string; value: Json | undefined; invalid: boolean; onChange: (value: Json) => void };

/** Texts, one a line; empty lines are typed on the way to the next and are no values. */
export function LinesField({ id, value, invalid, onChange }: Props) {
  const [typing, setTyping] = useState<string | null>(null);
  const given = Array.isArray(value) ? value.join('\n') : '';
  return (
    <textarea
      id={id}
      className="field form-text"
      rows={3}
      spellCheck={false}
      aria-invalid={invalid}
      value={typing ?? given}
      onBlur={() => setTyping(null)}
      onChange={(event) => {
        setTyping(event.target.value);
        onChange(event.target.value.split('\n').filter((line) => line.trim() !== ''));
      }}
    />
  );
}
