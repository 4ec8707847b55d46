import type { Completeness } from '../../api/api.ts';
import type { Translate } from '../../i18n/translate.ts';

type Line = { readonly text: string; readonly wrong: boolean };

/** Numbers named in one line; the list of a run names the rest. */
const MAX_NAMED = 30;

/** One line for the count, one for each series, and one for each thing that is wrong with it. */
export function completenessLines(given: {
  readonly control: Completeness;
  readonly read: number;
  readonly say: Translate;
  readonly day: (day: string) => string;
}): readonly Line[] {
  const { control, read, say, day } = given;
  const { source, counted, records, leftOut, complete, series } = control;
  const state = complete === null ? 'uncounted' : complete ? (counted ?? 'uncounted') : 'differs';
  const values = { source: source ?? 0, records, leftOut: leftOut === 0 ? '' : String(leftOut), read };
  const lines: Line[] = [{ text: say(`control.${state}`, values), wrong: complete === false }];
  for (const { name, first, last, count, missing, missingCount, doubles, disorder } of series) {
    lines.push({ text: say('control.series', { name, first, last, count }), wrong: false });
    const wrong = (key: string, numbers: readonly string[], all: number) => {
      const shown = numbers.slice(0, MAX_NAMED).join(', ') + (all > Math.min(numbers.length, MAX_NAMED) ? ' …' : '');
      if (all > 0) lines.push({ text: say(key, { name, count: all, numbers: shown }), wrong: true });
    };
    wrong('control.missing', missing, missingCount);
    wrong(
      'control.doubles',
      doubles.map(({ number, order }) => `${number} (${order})`),
      doubles.length,
    );
    wrong(
      'control.disorder',
      disorder.map((one) => `${one.number} (${day(one.date)}) > ${one.next} (${day(one.nextDate)})`),
      disorder.length,
    );
  }
  return lines;
}
