import type { FormatColumn, FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import type { Layout } from '../layout.ts';
import type { Field, RecordSpec, Shape } from '../records.ts';
import { fieldOf } from './columns.ts';
import { filled, HOLE, hasTotal, shapeOfLine, totalsIn } from './holes.ts';

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
    ...(head.length === 0 ? {} : { head: (context, contents) => filled(head, definition, context, contents) }),
    ...(head.length === 0 ? {} : { skipped: head.length }),
    ...(foot.length === 0 ? {} : { foot: footOf(definition), passed: oneOf(foot) }),
    ...statements(definition),
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

function anyOf(signs: string): RegExp {
  return new RegExp(`[${signs.replaceAll(/[\]\\^-]/g, '\\$&')}]`);
}

/** Where nothing in it depends on the file, the foot is its lines. */
function footOf(definition: FormatDefinition): NonNullable<Layout['foot']> {
  const { foot } = definition;
  const isFixed = !foot.some((line) => line.match(HOLE) !== null);
  return isFixed ? foot : (context, contents) => filled(foot, definition, context, contents);
}

/** Totals that lines of the head or the foot state. */
function statements({ head, foot }: FormatDefinition): Pick<Layout, 'stated'> {
  const told = [...head, ...foot].filter(hasTotal);
  if (told.length === 0) return {};
  return { stated: (text, decimals) => told.flatMap((line) => totalsIn(line, text, decimals)) };
}

function oneOf(lines: readonly string[]): RegExp {
  return new RegExp(lines.map((line) => shapeOfLine(line).source).join('|'));
}
