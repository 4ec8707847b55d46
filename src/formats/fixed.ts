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
  readonly fields: readonly FixedField<Name, Row>[];
};

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
    const { width } = field;
    const value = field.value(row);
    const text = value === '' && !field.required ? '' : fitted(value, field, format.rules, notes);
    if (record.length < field.from - 1) record = record.padEnd(field.from - 1);
    record += field.justify === 'left' ? text.padEnd(width, field.padding) : text.padStart(width, field.padding);
  }
  return record.padEnd(length);
}

const SPACE = 32;

/** The fields of a record by name, without their padding of spaces; spaces an editor took off the end are given back. */
export function readFixed<Name extends string, Row>(format: FixedFormat<Name, Row>, record: string): FixedRow<Name> {
  const row: Partial<Record<Name, string>> = {};
  for (const { name, from, width, justify } of format.fields) {
    let start = from - 1;
    let end = Math.min(start + width, record.length);
    while (end > start && record.charCodeAt(end - 1) === SPACE) end -= 1;
    if (justify === 'right') while (start < end && record.charCodeAt(start) === SPACE) start += 1;
    row[name] = start < end ? record.slice(start, end) : '';
  }
  return row as FixedRow<Name>; // every field of the format was just read
}

/** Throws when the fields overlap or are out of order: a fault of the declaration, found when the module is loaded. */
export function fixedFormat<Name extends string, Row>(format: FixedFormat<Name, Row>): FixedFormat<Name, Row> {
  let free = 1;
  for (const { name, from, width } of format.fields) {
    if (from < free) throw new TypeError(`Field ${name} overlaps the one before it`);
    free = from + width;
  }
  return format;
}
