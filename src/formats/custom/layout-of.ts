import type { FormatColumn, FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import { datesOf } from '../dates.ts';
import type { Contents, FormatContext } from '../format.ts';
import type { Layout } from '../layout.ts';
import type { Field, RecordSpec, Shape } from '../records.ts';
import { clean } from '../text.ts';
import { fieldOf } from './columns.ts';

/** A definition as the layout that the engine of all declared formats writes and reads. It must be free of faults. */
export function layoutOf(definition: FormatDefinition): Layout {
  const { charset, newline, replaced, foot, head, pairs, records } = definition;
  const { entry, first, thirdParty, line, dueDate, section, end } = records;
  const shape = shapeOf(definition);
  const spec = (record: FormatRecord) => specOf(record, shape);
  return {
    charset,
    newline: newline === 'crlf' ? '\r\n' : '\n',
    shape,
    ...(replaced === undefined ? {} : { forbidden: anyOf(replaced.signs), instead: replaced.by }),
    ...(head.length === 0 ? {} : { head: (context, contents) => headLines(definition, context, contents) }),
    ...(head.length === 0 ? {} : { skipped: head.length }),
    ...(foot.length === 0 ? {} : { foot, passed: oneOf(foot) }),
    ...(pairs === undefined ? {} : { pairs }),
    line: spec(line),
    ...(entry === undefined ? {} : { entry: spec(entry) }),
    ...(first === undefined ? {} : { first: spec(first) }),
    ...(thirdParty === undefined ? {} : { thirdParty: spec(thirdParty) }),
    ...(dueDate === undefined ? {} : { dueDate: spec(dueDate) }),
    ...(section === undefined ? {} : { section: spec(section) }),
    ...(end === undefined ? {} : { end: spec(end) }),
  };
}

function shapeOf({ shape, records }: FormatDefinition): Shape {
  if (shape.is === 'fixed') return { is: 'fixed', length: shape.length ?? lengthOf(records.line.columns) };
  const { separator, quotes, header, bom } = shape;
  return {
    is: 'table',
    separator,
    quotes,
    ...(header === 'none' ? {} : { header: header === 'names' ? true : 'bare' }),
    ...(bom ? { bom } : {}),
  };
}

function specOf({ columns, lead, length, least }: FormatRecord, shape: Shape): RecordSpec {
  const places = shape.is === 'fixed' ? placesOf(columns) : null;
  return {
    fields: columns.map((column, index): Field => fieldOf(column, places?.[index] ?? null)),
    ...(lead === undefined ? {} : { lead }),
    ...(shape.is !== 'fixed' ? {} : { length: length ?? Math.max(shape.length, lengthOf(columns)) }),
    ...(least === undefined ? {} : { least }),
  };
}

/** Where each column of a fixed record starts: where it says, or behind the one before it. */
export function placesOf(columns: readonly FormatColumn[]): readonly number[] {
  let free = 1;
  return columns.map(({ from = free, width = 1 }) => {
    free = from + width;
    return from;
  });
}

function lengthOf(columns: readonly FormatColumn[]): number {
  const places = placesOf(columns);
  return columns.reduce((length, { width = 1 }, index) => Math.max(length, (places[index] ?? 1) + width - 1), 0);
}

/** `{company}`, `{company:30}` (so many characters), `{currency}`, and days: `{from:JJMMAAAA}`, `{to:…}`, `{today:…}`. */
export const HOLE = /\{(company|currency|from|to|today)(?::([^{}]*))?\}/g;

/** Whether a hole can be filled: texts have a width or nothing, days a pattern. */
export function isHole(name: string, argument: string | undefined): boolean {
  if (name === 'company' || name === 'currency') return argument === undefined || /^[1-9]\d{0,2}$/.test(argument);
  return /^(?=.*JJ)(?=.*MM)(?=.*AA)[JMA/.-]{6,10}$/.test(argument ?? '');
}

function headLines({ head, charset }: FormatDefinition, context: FormatContext, contents: Contents): readonly string[] {
  const days = { from: contents.from, to: contents.to, today: stampDay(contents.stamp) };
  return head.map((line) =>
    line.replace(HOLE, (_, name: string, argument: string | undefined) => {
      if (name === 'company' || name === 'currency') {
        const text = clean(name === 'company' ? context.companyName : context.booksCurrency, { charset });
        return argument === undefined ? text : text.slice(0, Number(argument)).padEnd(Number(argument));
      }
      const day = days[name as keyof typeof days]; // one of the three that are left
      return datesOf(argument as Parameters<typeof datesOf>[0]).write(day) ?? day; // a pattern, as `isHole` has it
    }),
  );
}

/** `20261124-101500` as a day. */
function stampDay(stamp: string): Contents['from'] {
  return `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}` as Contents['from']; // a stamp starts with a day
}

function anyOf(signs: string): RegExp {
  return new RegExp(`[${signs.replaceAll(/[\]\\^-]/g, '\\$&')}]`);
}

function oneOf(lines: readonly string[]): RegExp {
  return new RegExp(`^(?:${lines.map((line) => line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`);
}
