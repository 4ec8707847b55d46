import { addBytes, type Fit, fitted, type Gathered, type Notes } from './encode.ts';
import type { Newline } from './records.ts';
import { encodeText, type TextRules } from './text.ts';

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
  /** The record that `putFixed` made last, and the value each of its fields holds; null: one that left a note. */
  readonly record: Uint8Array;
  readonly held: (string | null)[];
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
  const text = textIn(field, value, rules, notes);
  const filled = field.justify === 'left' ? text.padEnd(width, padding) : text.padStart(width, padding);
  if (notes.faults.length + notes.remarks.length === noted) {
    last.value = value;
    last.text = filled;
  }
  return filled;
}

/** A value as it may stand in its field, without its padding. */
function textIn<Name extends string, Row>(
  field: FixedField<Name, Row>,
  value: string,
  rules: TextRules,
  notes: Notes,
): string {
  return value === '' && !field.required ? '' : fitted(value, field, rules, notes);
}

/**
 * Adds one record as bytes, with its line end. It is written over the one before, field by field, since most are those of
 * the line before. `least`: spaces at its end are left out, down to so many columns.
 */
export function putFixed<Name extends string, Row>(
  format: FixedFormat<Name, Row>,
  row: Row,
  { length, least = length, newline }: FixedForm,
  notes: Notes,
  out: Gathered,
): void {
  const { fields, record, held, rules } = format;
  let ofOneByte = true;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    if (field === undefined || field.from > length) break;
    const value = field.value(row);
    if (held[index] === value) continue;
    const noted = notes.faults.length + notes.remarks.length;
    const isSet = setField(record, field, textIn(field, value, rules, notes), rules);
    ofOneByte &&= isSet;
    held[index] = isSet && notes.faults.length + notes.remarks.length === noted ? value : null;
  }
  if (ofOneByte) {
    let end = length;
    while (end > least && record[end - 1] === SPACE) end -= 1;
    addBytes(out, record, end);
  } else {
    const text = writeFixed(format, row, length, { faults: [], remarks: [] }); // they were noted
    const bytes = encodeText(text.trimEnd().padEnd(least), rules.charset);
    addBytes(out, bytes, bytes.length);
  }
  addBytes(out, ENDS[newline], newline.length);
}

export type FixedForm = {
  readonly length: number;
  readonly least?: number | undefined;
  readonly newline: Newline;
};

const ENDS = { '\n': Uint8Array.of(10), '\r\n': Uint8Array.of(13, 10) };

/** Puts a text into its field, and its padding; false: a sign of it has several bytes, so that it has no place here. */
function setField(
  record: Uint8Array,
  { from, width, justify, padding }: Pick<FixedField<string, never>, 'from' | 'width' | 'justify' | 'padding'>,
  text: string,
  { charset }: TextRules,
): boolean {
  const left = from - 1;
  const start = justify === 'left' ? left : Math.max(left, left + width - text.length);
  const fill = padding.charCodeAt(0);
  for (let at = left; at < start; at += 1) record[at] = fill;
  for (let at = start + text.length; at < left + width; at += 1) record[at] = fill;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > LAST_ASCII) {
      if (charset === 'utf-8') return false;
      record.set(encodeText(text, charset).subarray(0, width), start);
      return true;
    }
    if (at < width) record[start + at] = unit; // a text that is too long was refused
  }
  return true;
}

const LAST_ASCII = 126;

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
  length = 0,
}: {
  readonly rules: TextRules;
  readonly fields: readonly FixedField<Name, Row>[];
  /** Columns of its longest record, where they go on after the last field. */
  readonly length?: number;
}): FixedFormat<Name, Row> {
  let free = 1;
  for (const { name, from, width } of fields) {
    if (from < free) throw new TypeError(`Field ${name} overlaps the one before it`);
    free = from + width;
  }
  const last = fields.map((field) => ({ ...field, last: { value: null, text: '' } }));
  const record = new Uint8Array(Math.max(free - 1, length)).fill(SPACE);
  return { rules, fields: last, record, held: fields.map(() => null) };
}
