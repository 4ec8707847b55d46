import { isVat } from '../core/entry.ts';
import type { Gathered, Notes } from './encode.ts';
import { type FixedField, fixedFormat, putFixed, readField } from './fixed.ts';
import { type Column, cellFinder, rowWriter, type TableFormat } from './table.ts';
import { type Charset, clean, type TextRules } from './text.ts';
import { type Compiled, compiled, type Draft, type Read, type Row, type Value } from './values.ts';

/** A field of a record: the vendor's name for it, its place, and what stands there. Names are unique in a record. */
export type Field = Value & {
  readonly name: string;
  /** Fixed records: the vendor's own column number, which starts at 1. */
  readonly from?: number;
  /** Most characters; a table may leave it out for any number. */
  readonly width?: number;
  readonly justify?: 'left' | 'right';
  readonly padding?: ' ' | '0';
  /** In quotes, whatever it holds (tables). */
  readonly quoted?: true;
  /**
   * Only on such lines; empty on the others. `general`: neither of a third party nor of VAT. A reader takes what the first
   * line of an entry says for all of them.
   */
  readonly on?: 'thirdParty' | 'general' | 'vat' | 'firstLine';
  /** What a user's own format changes of the value: when it stands there, in which letters, what if it is too long. */
  readonly as?: (value: Compiled) => Compiled;
};

export type RecordSpec = {
  /** Tells its lines from those of other records; nothing: every line that no other record takes. */
  readonly mark?: RegExp;
  /** Tables: what each of its lines starts with, before the first cell; it tells them from others. */
  readonly lead?: string;
  /** Fixed records: its own number of columns. */
  readonly length?: number;
  /** Fixed records: blanks at the end are cut, down to so many columns. */
  readonly least?: number;
  /** Tagged records: the line that opens it. */
  readonly tag?: string;
  readonly fields: readonly Field[];
  /** Tagged records: lines without content after the last field. */
  readonly blankAfter?: number;
};

/** How records stand in the file. */
export type Shape =
  | { readonly is: 'fixed'; readonly length: number }
  | {
      readonly is: 'table';
      readonly separator: ',' | ';' | '\t' | '|';
      /** `needed`: cells that hold a separator or a quote; `marked`: the fields that say so; nothing: no quotes at all. */
      readonly quotes: 'needed' | 'marked' | 'all' | 'none';
      /** The first line names the fields of a line, those that are in quotes in quotes; `bare`: none is. */
      readonly header?: true | 'bare';
      /** A byte order mark stands before it. */
      readonly bom?: true;
    }
  /** A tag on a line of its own, then a line per field. */
  | { readonly is: 'tagged' };

export type Newline = '\r\n' | '\n';

/** A record that can be written and read. */
export type Written = {
  readonly spec: RecordSpec;
  readonly fields: readonly Field[];
  readonly add: (row: Row, notes: Notes, out: Gathered) => void;
  /** Whether the value stands there for this line. */
  readonly says: (is: Value['is'], row: Row) => boolean;
  /** Reads a record into the draft; gives what cannot be read, and what was expected of it. */
  readonly read: (record: RecordText, draft: Draft) => RecordFault | null;
  /** Whether it has the text that all of its kind have: that of its first constant. */
  readonly isOwn: (record: RecordText) => boolean;
};

/** A record of a file: its line, or its tag and the lines below it. */
export type RecordText = { readonly text: string; readonly number: number; readonly below: readonly string[] };

type RecordFault = { readonly column: number | null; readonly expected: string; readonly found: string };
/** The text of a field by its place in the declaration, until the next record is looked at; or what it should be like. */
type Cells = ((index: number) => string) | string;

export function recordOf(
  spec: RecordSpec,
  { shape, rules, newline }: { readonly shape: Shape; readonly rules: TextRules; readonly newline: Newline },
): Written {
  const fields = spec.fields;
  if (new Set(fields.map(({ name }) => name)).size < fields.length) throw new TypeError('Two fields of one name');
  const values = fields.map((field) => {
    const value = compiled(field, field.width ?? null);
    return field.as?.(value) ?? value;
  });
  const readers = values.flatMap(({ read: take }, index) => {
    const first = fields[index]?.on === 'firstLine';
    return take === null ? [] : [{ index, take: first ? unlessEmpty(take) : take }];
  });
  const writers = fields.map((field, index) => writerOf(field, values[index]));
  const columns = fields.map((field, index) => {
    const value = values[index];
    const { fault = '', fit = 'own', required = false } = value ?? {};
    return { field, fault, fit, required: required && field.on === undefined, value: writers[index] ?? (() => '') };
  });
  const { add, cellsOf: cells } = shape.is === 'fixed' ? fixed(spec.length ?? shape.length) : table();
  const sign = fields.findIndex((field) => field.is === 'constant' && field.text !== '');
  const first = signOf();
  return { spec, fields, add, read, says, isOwn };

  function isOwn(record: RecordText): boolean {
    const field = fields[sign];
    if (first !== null && record.text !== first.alone && !record.text.startsWith(first.before)) return false;
    const at = field === undefined ? '' : cells(record);
    return typeof at !== 'string' && field?.is === 'constant' && at(sign) === field.text;
  }

  /** How a table's record begins whose first cell is its sign, so that few lines of others are taken apart for it. */
  function signOf(): { readonly alone: string; readonly before: string } | null {
    const [field] = fields;
    if (shape.is !== 'table' || shape.quotes !== 'none' || sign !== 0 || field?.is !== 'constant') return null;
    return { alone: field.text, before: field.text + shape.separator };
  }

  function says(is: Value['is'], row: Row): boolean {
    return fields.some((field, index) => field.is === is && writers[index]?.(row) !== '');
  }

  function read(record: RecordText, draft: Draft): RecordFault | null {
    const at = cells(record);
    if (typeof at === 'string') return { column: null, expected: at, found: record.text.slice(0, SHOWN) };
    for (const { index, take } of readers) {
      const found = at(index);
      const expected = take(found, draft);
      if (expected !== null) return { column: fields[index]?.from ?? index + 1, expected, found };
    }
    return null;
  }

  function fixed(length: number): Shaped {
    const longest = shape.is === 'fixed' ? Math.max(shape.length, length) : length;
    const format = fixedFormat<string, Row>({
      rules,
      length,
      fields: columns.map(({ field, fault, ...rest }): FixedField<string, Row> => {
        const { name, from = 0, width = 0, justify = 'left', padding = ' ' } = field;
        return { name: fault === '' ? name : fault, from, width, justify, padding, ...rest };
      }),
    });
    const form = { length, newline, least: spec.least };
    let found = '';
    const at = (index: number) => readField(format.fields[index] ?? NOWHERE, found);
    return {
      add: (row, notes, out) => putFixed(format, row, form, notes, out),
      cellsOf: ({ text }) => {
        if (text.length > longest && text.slice(longest).trim() !== '') return `${longest} characters`;
        found = text;
        return at;
      },
    };
  }

  function table(): Shaped {
    const separator = shape.is === 'table' ? shape.separator : newline;
    const lead = spec.lead ?? '';
    const format: TableFormat<string, Row> = {
      rules: plainRules(),
      separator,
      newline,
      bom: false,
      quotes: shape.is === 'table' && shape.quotes !== 'none',
      neutralised: false,
      columns: columns.map(
        ({ field, fault, ...rest }): Column<string, Row> => ({
          name: field.name,
          field: fault === '' ? field.name : fault,
          width: field.width ?? null,
          constant: constantOf(field),
          ...(field.quoted === true || (shape.is === 'table' && shape.quotes === 'all')
            ? { quoted: true, rules: quotedRules() }
            : {}),
          ...rest,
        }),
      ),
    };
    const written = rowWriter(format);
    if (shape.is === 'table') {
      const { find, at } = cellFinder(format);
      return {
        add: (row, notes, out) => {
          out.text += lead + written(row, notes);
        },
        cellsOf: ({ text }) => {
          const count = find(text, lead.length);
          return count < 0 || count > fields.length ? `${fields.length} cells` : at;
        },
      };
    }
    const open = `${spec.tag ?? ''}${newline}`;
    const close = newline.repeat(spec.blankAfter ?? 0);
    let found: readonly string[] = [];
    const at = (index: number) => found[index] ?? '';
    return {
      add: (row, notes, out) => {
        out.text += open + written(row, notes) + close;
      },
      cellsOf: ({ below }) => {
        if (below.length < fields.length) return `${fields.length} lines`;
        found = below;
        return at;
      },
    };
  }

  /** Signs that would be taken for the format's own are replaced in texts, and refused in codes. */
  function plainRules(): TextRules {
    if (shape.is !== 'table') return rules;
    if (shape.quotes === 'needed') return rules;
    const own = shape.quotes === 'none' ? shape.separator : `${shape.separator}"`;
    return { instead: ' ', ...rules, forbidden: joined(rules.forbidden, new RegExp(`[${own}]`)) };
  }

  function quotedRules(): TextRules {
    return { ...rules, forbidden: joined(rules.forbidden, /"/), instead: "'" };
  }
}

type Shaped = Pick<Written, 'add'> & { readonly cellsOf: (record: RecordText) => Cells };

/** A text that stands in every record, whatever the line. */
function constantOf(field: Field): string | undefined {
  if (field.is !== 'constant' || field.on !== undefined || field.as !== undefined) return undefined;
  return field.text.length > (field.width ?? field.text.length) ? undefined : field.text;
}

/** Of a record that cannot be read, as much as a person needs to find it. */
const SHOWN = 80;
const NOWHERE = { from: 1, width: 0, justify: 'left' } as const;

/** A line of `length` columns with texts at their places, cut to the room they have: for heads. */
export function placed(
  charset: Charset,
  length: number,
  parts: readonly { readonly from: number; readonly width: number; readonly text: string }[],
): string {
  let line = '';
  for (const { from, width, text } of parts) {
    line = line.padEnd(from - 1) + clean(text, { charset }).slice(0, width).padEnd(width);
  }
  return line.padEnd(length);
}

function writerOf({ on }: Field, value: Compiled | undefined): (row: Row) => string {
  const write = value?.write ?? (() => '');
  if (on === undefined) return write;
  if (on === 'firstLine') return (row) => (row.entry.lines[0] === row.line ? write(row) : '');
  return (row) => (kindOf(row) === on ? write(row) : '');
}

function kindOf({ line }: Row): 'thirdParty' | 'general' | 'vat' {
  if (line.thirdParty !== null) return 'thirdParty';
  return isVat(line) ? 'vat' : 'general';
}

function unlessEmpty(take: Read): Read {
  return (text, draft) => (text === '' ? null : take(text, draft));
}

/** The line that names the fields of a table. */
export function headerOf({ fields }: RecordSpec, { separator, header }: Extract<Shape, { is: 'table' }>): string {
  return fields.map(({ name, quoted }) => (quoted === true && header !== 'bare' ? `"${name}"` : name)).join(separator);
}

function joined(first: RegExp | undefined, second: RegExp): RegExp {
  return first === undefined ? second : new RegExp(`${first.source}|${second.source}`);
}
