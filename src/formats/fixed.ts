import { type Fit, fitted, type Notes } from './encode.ts';
import type { TextRules } from './text.ts';

/** A field of a fixed-width record. `from` is the vendor's own column number, which starts at 1. */
export type FixedField<Name extends string, Row> = {
  readonly name: Name;
  readonly from: number;
  readonly width: number;
  readonly justify: 'left' | 'right';
  readonly padding: ' ' | '0';
  readonly fit: Fit;
  readonly required?: boolean;
  readonly value: (row: Row) => string;
};

export type FixedFormat<Name extends string, Row> = {
  readonly rules: TextRules;
  readonly fields: readonly (FixedField<Name, Row> & { readonly last: Last })[];
};

/** What a field held last, padded: most fields of a line are those of the line before. */
type Last = { value: string | null; text: string };

export type FixedRow<Name extends string> = { readonly [Field in Name]: string };

/** One record of `length` columns; columns without a field are spaces. Fields beyond `length` are left out. */
export function writeFixed<Name extends string, Row>(
  format: FixedFormat<Name, Row>,
  row: Row,
  length: number,
  notes: Notes,
): string {
  let record = '';
  for (const field of format.fields) {
    if (field.from > length) break;
    const value = field.value(row);
    if (record.length < field.from - 1) record = record.padEnd(field.from - 1);
    record += field.last.value === value ? field.last.text : padded(format.rules, field, value, notes);
  }
  return record.padEnd(length);
}

/** A value as it stands in its field; one that leaves a note leaves it each time. */
function padded<Name extends string, Row>(
  rules: TextRules,
  field: FixedFormat<Name, Row>['fields'][number],
  value: string,
  notes: Notes,
): string {
  const { width, padding, last } = field;
  const noted = notes.faults.length + notes.remarks.length;
  const fitting = value === '' && !field.required ? '' : fitted(value, field, rules, notes);
  const text = field.justify === 'left' ? fitting.padEnd(width, padding) : fitting.padStart(width, padding);
  if (notes.faults.length + notes.remarks.length === noted) {
    last.value = value;
    last.text = text;
  }
  return text;
}

const SPACE = 32;

/** The fields of a record by name, without their padding of spaces; spaces an editor took off the end are given back. */
export function readFixed<Name extends string, Row>(format: FixedFormat<Name, Row>, record: string): FixedRow<Name> {
  const row: Partial<Record<Name, string>> = {};
  for (const field of format.fields) row[field.name] = readField(field, record);
  return row as FixedRow<Name>; // every field of the format was just read
}

/** One field of a record. */
export function readField(
  { from, width, justify }: Pick<FixedField<string, never>, 'from' | 'width' | 'justify'>,
  record: string,
): string {
  let start = from - 1;
  let end = Math.min(start + width, record.length);
  while (end > start && record.charCodeAt(end - 1) === SPACE) end -= 1;
  if (justify === 'right') while (start < end && record.charCodeAt(start) === SPACE) start += 1;
  return start < end ? record.slice(start, end) : '';
}

/** Throws when the fields overlap or are out of order: a fault of the declaration, found when the module is loaded. */
export function fixedFormat<Name extends string, Row>({
  rules,
  fields,
}: {
  readonly rules: TextRules;
  readonly fields: readonly FixedField<Name, Row>[];
}): FixedFormat<Name, Row> {
  let free = 1;
  for (const { name, from, width } of fields) {
    if (from < free) throw new TypeError(`Field ${name} overlaps the one before it`);
    free = from + width;
  }
  return { rules, fields: fields.map((field) => ({ ...field, last: { value: null, text: '' } })) };
}
