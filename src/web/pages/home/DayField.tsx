import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Day } from '../../../core/calendar.ts';
import { useSpeech } from '../../language.tsx';
import { typedDay } from '../../parts/period.ts';

type Props = {
  id: string;
  label: string;
  value: Day | null;
  today: Day;
  disabled?: boolean;
  onChange: (day: Day) => void;
  onUse: () => void;
};

/** A day shown in its long form, and typed in any short one; what is typed is understood at each key. */
export function DayField({ id, label, value, today, onChange, onUse }: Props) {
  const { say, longDay } = useSpeech();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed.trim() !== '' && typedDay(typed, today) === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day, wherever it was chosen, takes the place of what was typed.
  useEffect(() => setTyped(null), [value]);
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div style={{ position: 'relative' }}>
        <input
          id={id}
          className="field"
          autoComplete="off"
          value={typed ?? (value ? longDay(value) : '')}
          placeholder={say('ui.import.day-hint')}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error` : undefined}
          onFocus={(event) => {
            onUse();
            event.target.select();
          }}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => {
            const day = typed === null ? null : typedDay(typed, today);
            if (day) onChange(day);
            if (day || typed?.trim() === '') setTyped(null);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed === null) return;
            const day = typedDay(typed, today);
            if (day) {
              onChange(day);
              setTyped(null); // the same day again is no change, and is shown in its long form too
            }
            event.preventDefault(); // the first Enter settles the day, the next imports
          }}
        />
        <IconCalendar
          size={15}
          stroke={1.75}
          aria-hidden="true"
          style={{ position: 'absolute', right: 12, top: 9, color: 'var(--muted)', pointerEvents: 'none' }}
        />
      </div>
      {wrong ? (
        <p className="field-error" id={`${id}-error`}>
          {say('ui.import.day-wrong')}
        </p>
      ) : null}
    </div>
  );
}
