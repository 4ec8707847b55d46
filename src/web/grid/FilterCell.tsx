import { Popover } from '@mantine/core';
import { useEffect, useState } from 'react';
import { day } from '../../core/calendar.ts';
import { useSpeech } from '../language.tsx';
import { typedDay } from '../parts/period.ts';
import type { GridColumn } from './columns.ts';
import { type ListChoice, OPERATORS, typedOf, wireOf } from './filter.ts';
import { ListFilter } from './ListFilter.tsx';

type Props = {
  column: GridColumn;
  title: string;
  wire: string;
  choices: readonly ListChoice[];
  onChange: (wire: string) => void;
};

/** Typing is told to the server after this pause. */
const PAUSE_MS = 220;

/** The filter of a column: typed with or without an operator, the operators offered below while it has the focus. */
export function FilterCell({ column, title, wire, choices, onChange }: Props) {
  const { say, day: showDay, decimalMark } = useSpeech();
  const shown = typedOf(column.filter, wire, showDay, decimalMark);
  const [typed, setTyped] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const next = typed === null ? wire : wireOf(column.filter, typed, (text) => typedDay(text, thisYear()));
  const name = say('ui.filter.of', { column: title });

  useEffect(() => {
    if (typed === null || next === undefined || (next ?? '') === wire) return;
    const pause = setTimeout(() => onChange(next ?? ''), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed, next, wire, onChange]);

  if (column.filter === 'list') return <ListFilter name={name} wire={wire} choices={choices} onChange={onChange} />;
  const operators = OPERATORS[column.filter];
  return (
    <Popover
      opened={focused && operators.length > 1}
      position="bottom-start"
      offset={4}
      withinPortal
      withRoles={false}
      transitionProps={{ duration: 0 }}
      trapFocus={false}
      returnFocus={false}
    >
      <Popover.Target>
        <input
          className={wire ? 'filter active' : 'filter'}
          data-filter
          aria-label={name}
          aria-invalid={next === undefined}
          placeholder={say(`ui.filter.hint.${column.filter}`)}
          value={typed ?? shown}
          style={{ textAlign: column.align }}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            if (next !== undefined) {
              if ((next ?? '') !== wire) onChange(next ?? '');
              setTyped(null);
            }
          }}
        />
      </Popover.Target>
      <Popover.Dropdown className="operators" p={4}>
        {operators.map((operator) => (
          <button
            type="button"
            key={operator}
            tabIndex={-1}
            onMouseDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              const bare = (typed ?? shown).replace(/^\s*(>=|<=|[~^=≥≤])\s*/, '');
              setTyped(operator === '..' ? `${bare}..` : operator + bare);
            }}
          >
            <span className="key">{operator === '>=' ? '≥' : operator === '<=' ? '≤' : operator}</span>{' '}
            {say(`ui.filter.operator.${operator}`)}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function thisYear() {
  return day(`${new Date().getFullYear()}-12-31`);
}
