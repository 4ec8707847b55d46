import {
  type FormatColumn,
  type FormatDefinition,
  type FormatRecord,
  formatColumn,
  formatDefinition,
} from '../../schema/format-definition.ts';
import { RECORDS } from '../../schema/format-words.ts';
import type { Format } from '../format.ts';
import type { Layout } from '../layout.ts';
import type { Field, RecordSpec } from '../records.ts';

/**
 * A built-in format as a definition, to start one's own from, or what keeps it from being one: rules that its
 * declaration has and no column can say. What it writes is the same, byte for byte; of files from elsewhere it reads
 * the records that it writes.
 */
export type Derived =
  | { readonly ok: true; readonly definition: FormatDefinition }
  | { readonly ok: false; readonly reasons: readonly string[] };

export function definitionOf({ layout, name, extension, order }: Format): Derived {
  if (layout === null) return { ok: false, reasons: ['written by hand'] };
  const reasons = [...shapeReasons(layout), ...RECORDS.flatMap((record) => fieldReasons(layout[record]))];
  if (reasons.length > 0) return { ok: false, reasons };
  const { charset, newline, pairs } = layout;
  const records = RECORDS.flatMap((record) => {
    const spec = layout[record];
    return spec === undefined ? [] : [[record, recordOf(spec, layout)]];
  });
  const definition = {
    name,
    extension,
    charset,
    newline: newline === '\n' ? 'lf' : 'crlf',
    shape: shapeOf(layout),
    order,
    ...replacedOf(layout),
    ...(layout.foot === undefined || typeof layout.foot === 'function' ? {} : { foot: layout.foot }),
    ...(pairs === undefined ? {} : { pairs }),
    records: Object.fromEntries(records),
  };
  return { ok: true, definition: formatDefinition.parse(definition) };
}

/** What of a layout a definition says, or a reader of our own files does without. */
const SAID: readonly string[] = [
  ...['charset', 'newline', 'shape', 'forbidden', 'instead', 'head', 'foot', 'passed', 'pairs'],
  ...RECORDS,
];

function shapeReasons(layout: Layout): readonly string[] {
  const { shape, head, forbidden } = layout;
  return [
    ...Object.keys(layout).filter((name) => !SAID.includes(name)),
    ...(shape.is === 'tagged' ? ['records of one line per field'] : []),
    ...(head === undefined ? [] : ['a head of its own']),
    ...(forbidden === undefined || signsOf(forbidden) !== null ? [] : ['signs forbidden by place']),
  ];
}

function fieldReasons(spec: RecordSpec | undefined): readonly string[] {
  return (spec?.fields ?? []).filter((field) => columnOf(field) === null).map(({ name }) => name);
}

/** The field as a column; null where it is a rule of the format's own. */
function columnOf({ on, ...field }: Field): FormatColumn | null {
  if (field.is === 'own') return null;
  const when = on === undefined ? {} : { when: { lines: on === 'firstLine' ? 'first' : on } };
  const parsed = formatColumn.safeParse({ ...field, ...when });
  return parsed.success ? parsed.data : null;
}

function recordOf({ fields, lead, length, least }: RecordSpec, { shape }: Layout): FormatRecord {
  return {
    columns: fields.flatMap((field) => columnOf(field) ?? []),
    ...(lead === undefined ? {} : { lead }),
    ...(length === undefined || shape.is !== 'fixed' ? {} : { length }),
    ...(least === undefined ? {} : { least }),
  };
}

function shapeOf({ shape }: Layout) {
  if (shape.is !== 'table') return shape;
  const { separator, quotes, header, bom = false } = shape;
  const names = header === undefined ? 'none' : header === 'bare' ? 'bareNames' : 'names';
  return { is: 'separated', separator, quotes, header: names, bom };
}

function replacedOf({ forbidden, instead }: Layout) {
  const signs = forbidden === undefined ? null : signsOf(forbidden);
  return signs === null ? {} : { replaced: { signs, ...(instead === undefined ? {} : { by: instead }) } };
}

/** The signs of `/\|/` or `/[;"]/`; null for what looks at places. */
function signsOf({ source }: RegExp): string | null {
  const inside = /^\[([^^].*)\]$/.exec(source)?.[1] ?? (/^\\?.$/.test(source) ? source : null);
  return inside === null || /[^\\]-./.test(inside) ? null : inside.replaceAll('\\', '');
}
