import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { useSpeech } from '../../language.tsx';
import type { Json } from '../settings/tabs.ts';
import { textOf, valueIn } from './draft.ts';
import type { Column } from './kinds.ts';
import { valueTitle } from './titles.ts';

type Props = {
  column: Column;
  value: Json | undefined;
  /** Names of the shop's values, shown in the place of their ids. */
  names: ReadonlyMap<string, string>;
  /** What an empty cell stands for. */
  empty: string;
  label: string;
  at: string;
  error: string | null;
  listId: string;
  onChange: (value: Json) => void;
  onPaste: (event: ClipboardEvent) => void;
  onMove: (down: number) => void;
};

/** A cell edited in place: Enter and the arrows move to another row, Tab to another column, Esc gives back what was there. */
export function Cell({ column, value, names, empty, label, at, error, listId, onChange, onPaste, onMove }: Props) {
  const { say } = useSpeech();
  const [typing, setTyping] = useState<{ readonly text: string; readonly before: Json } | null>(null);
  const text = textOf(value);
  if (column.values !== null)
    return (
      <select
        className="cell-input"
        aria-label={label}
        data-cell={at}
        title={error ?? undefined}
        value={text}
        onChange={(event) => onChange(valueIn(column, event.target.value))}
      >
        <option value="">{empty}</option>
        {column.values.map((each) => (
          <option key={String(each)} value={String(each)}>
            {valueTitle(say, column.name, each)}
          </option>
        ))}
      </select>
    );
  const typed = (given: string): Json => {
    const known = [...names].find(([, name]) => name === given.trim());
    return known ? known[0] : valueIn(column, given);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && typing !== null) {
      event.stopPropagation();
      onChange(typing.before);
      event.currentTarget.blur();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      onMove(1);
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      onMove(-1);
    }
  };
  return (
    <input
      className={column.key ? 'cell-input' : 'cell-input figure'}
      aria-label={label}
      aria-invalid={error !== null}
      data-cell={at}
      title={error ?? (names.has(text) ? text : undefined)}
      placeholder={empty}
      list={names.size > 0 ? listId : undefined}
      value={typing?.text ?? names.get(text) ?? text}
      onFocus={() => setTyping({ text, before: value ?? null })}
      onBlur={() => setTyping(null)}
      onChange={(event) => {
        setTyping({ text: event.target.value, before: typing?.before ?? null });
        onChange(typed(event.target.value));
      }}
      onKeyDown={keys}
      onPaste={onPaste}
    />
  );
}
