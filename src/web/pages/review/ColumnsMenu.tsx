import { Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useSpeech } from '../../language.tsx';
import { Button, Tick } from '../../parts/Controls.tsx';
import { type ColumnsGiven, isAbsent, REVIEW_COLUMNS } from './columns.ts';

const HIDDEN = 'comptoir.columns.hidden';
/** An entry is nothing without these. */
const ALWAYS = new Set(['account', 'debit', 'credit']);
/** Sentences of the heads that are cut short in the list. */
const LONG: Readonly<Record<string, string>> = {
  rate: 'ui.column.rate.long',
  amountInCurrency: 'ui.column.amount-in-currency.long',
};

/** The columns hidden by hand, kept by the browser. */
export function hiddenColumns(): ReadonlySet<string> {
  return new Set((localStorage.getItem(HIDDEN) ?? '').split(',').filter(Boolean));
}

type Props = { given: ColumnsGiven; hidden: ReadonlySet<string>; onChange: (hidden: ReadonlySet<string>) => void };

/** Which columns are shown; one with nothing to show in this run is listed and cannot be. */
export function ColumnsMenu({ given, hidden, onChange }: Props) {
  const { say } = useSpeech();
  const [opened, setOpened] = useState(false);
  const set = (key: string, shown: boolean) => {
    const next = new Set([...hidden].filter((other) => other !== key));
    if (!shown) next.add(key);
    localStorage.setItem(HIDDEN, [...next].join(','));
    onChange(next);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal={false} offset={4}>
      <Popover.Target>
        <Button onClick={() => setOpened(!opened)}>
          <IconColumns3 size={16} stroke={1.75} aria-hidden="true" /> {say('ui.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label={say('ui.columns')}>
        {REVIEW_COLUMNS.filter(({ key }) => !ALWAYS.has(key)).map(({ key, title }) => {
          const absent = isAbsent(key, given);
          return (
            <label key={key} htmlFor={`column-${key}`}>
              <Tick
                id={`column-${key}`}
                label={say(title)}
                checked={!hidden.has(key) && !absent}
                disabled={absent}
                onChange={(checked) => set(key, checked)}
              />
              <span>
                {say(LONG[key] ?? title)}
                {absent ? <span className="muted"> ({say('ui.columns.absent')})</span> : null}
              </span>
            </label>
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}
