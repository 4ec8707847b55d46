import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../language.tsx';
import { chosenOf, type ListChoice, wireOfChosen } from './filter.ts';

/** The filter of a column with few values: each has a box, and how many entries have it; none ticked means all. */
export function ListFilter({
  name,
  wire,
  choices,
  onChange,
}: {
  name: string;
  wire: string;
  choices: readonly ListChoice[];
  onChange: (wire: string) => void;
}) {
  const { say, count } = useSpeech();
  const [opened, setOpened] = useState(false);
  const chosen = chosenOf(wire);
  const shown = chosen.length === 0 ? say('ui.filter.all') : chosen.join(', ');
  const toggle = (value: string) =>
    onChange(wireOfChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      offset={4}
      withinPortal
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={chosen.length > 0 ? 'filter list active' : 'filter list'}
          aria-label={`${name}: ${shown}`}
          onClick={() => setOpened(!opened)}
        >
          {shown}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={name}>
        <ul className="filter-choices">
          {choices.map(({ value, entries }) => (
            <li key={value}>
              <label>
                <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
                <span>{value}</span>
                <span className="muted figure">{count(entries)}</span>
              </label>
            </li>
          ))}
        </ul>
        <button type="button" className="link-button" disabled={chosen.length === 0} onClick={() => onChange('')}>
          {say('ui.filter.all')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
