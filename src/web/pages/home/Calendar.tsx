import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type Day, day } from '../../../core/calendar.ts';
import type { Days } from '../../../core/periods.ts';
import { useSpeech } from '../../language.tsx';
import { monthAway, weeksOf } from '../../parts/period.ts';

type Props = { month: Day; days: Days | null; today: Day; onMonth: (month: Day) => void; onPick: (day: Day) => void };

const A_MONDAY = '2026-06-01';

/** One month, with the days of the period lit; picking a day sets the date of the field that was last in use. */
export function Calendar({ month, days, today, onMonth, onPick }: Props) {
  const { say, month: monthName, longDay, locale } = useSpeech();
  const heads = Array.from({ length: 7 }, (_, index) => day(`${A_MONDAY.slice(0, 8)}0${index + 1}`));
  const short = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <div>
      <div className="days-head">
        <button type="button" aria-label={say('ui.import.month-before')} onClick={() => onMonth(monthAway(month, -1))}>
          <IconChevronLeft size={15} />
        </button>
        <span aria-live="polite">{monthName(month)}</span>
        <button type="button" aria-label={say('ui.import.month-after')} onClick={() => onMonth(monthAway(month, 1))}>
          <IconChevronRight size={15} />
        </button>
      </div>
      <table className="days">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" abbr={long.format(new Date(head))}>
                {short.format(new Date(head))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place in the month.
            <tr key={row}>
              {week.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the week.
                <td key={column} className={classOf(cell, days)}>
                  {cell === null ? null : (
                    <button
                      type="button"
                      aria-label={longDay(cell).replace(' 1er ', ' 1 ')}
                      aria-current={cell === today ? 'date' : undefined}
                      aria-pressed={days !== null && cell >= days.from && cell <= days.to}
                      onClick={() => onPick(cell)}
                    >
                      {Number(cell.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(cell: Day | null, days: Days | null): string | undefined {
  if (cell === null || days === null || cell < days.from || cell > days.to) return undefined;
  return ['between', cell === days.from ? 'end first' : '', cell === days.to ? 'end last' : ''].join(' ').trim();
}
