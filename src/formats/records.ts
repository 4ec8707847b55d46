import { isVat } from '../core/entry.ts';
import type { Notes } from './encode.ts';
import { type FixedField, fixedFormat, readField, writeFixed } from './fixed.ts';
import { cellsOf, type TableFormat, writeTable } from './table.ts';
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
  readonly write: (row: Row, notes: Notes) => string;
  /** Whether the value stands there for this line. */
  readonly says: (is: Value['is'], row: Row) => boolean;
  /** Reads a record into the draft; gives what cannot be read, and what was expected of it. */
  readonly read: (text: string, draft: Draft) => RecordFault | null;
  /** Whether it has the text that all of its kind have: that of its first constant. */
  readonly isOwn: (text: string) => boolean;
};

type RecordFault = { readonly column: number | null; readonly expected: string; readonly found: string };
/** The text of a field by its place in the declaration, or what the record should be like. */
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
  const { write, cellsOf: cells } = shape.is === 'fixed' ? fixed(spec.length ?? shape.length) : table();
  const sign = fields.findIndex((field) => field.is === 'constant' && field.text !== '');
  return { spec, fields, write, read, says, isOwn };

  function isOwn(text: string): boolean {
    const field = fields[sign];
    const at = field === undefined ? '' : cells(text);
    return typeof at !== 'string' && field?.is === 'constant' && at(sign) === field.text;
  }

  function says(is: Value['is'], row: Row): boolean {
    return fields.some((field, index) => field.is === is && writers[index]?.(row) !== '');
  }

  function read(text: string, draft: Draft): RecordFault | null {
    const at = cells(text);
    if (typeof at === 'string') return { column: null, expected: at, found: text.slice(0, SHOWN) };
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
      fields: columns.map(({ field, fault, ...rest }): FixedField<string, Row> => {
        const { name, from = 0, width = 0, justify = 'left', padding = ' ' } = field;
        return { name: fault === '' ? name : fault, from, width, justify, padding, ...rest };
      }),
    });
    return {
      write: (row, notes) => {
        const record = writeFixed(format, row, length, notes);
        return (spec.least === undefined ? record : record.trimEnd().padEnd(spec.least)) + newline;
      },
      cellsOf: (text) => {
        if (text.length > longest && text.slice(longest).trim() !== '') return `${longest} characters`;
        return (index) => readField(format.fields[index] ?? NOWHERE, text);
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
      columns: columns.map(({ field, fault, ...rest }) => ({
        name: field.name,
        field: fault === '' ? field.name : fault,
        width: field.width ?? null,
        ...(field.quoted === true || (shape.is === 'table' && shape.quotes === 'all')
          ? { quoted: true, rules: quotedRules() }
          : {}),
        ...rest,
      })),
    };
    if (shape.is === 'table') {
      return {
        write: (row, notes) => lead + writeTable(format, row, notes),
        cellsOf: (text) => {
          const found = cellsOf(format, text.slice(lead.length));
          if (found === null || found.length > fields.length) return `${fields.length} cells`;
          return (index) => found[index] ?? '';
        },
      };
    }
    const open = `${spec.tag ?? ''}${newline}`;
    const close = newline.repeat(spec.blankAfter ?? 0);
    return {
      write: (row, notes) => open + writeTable(format, row, notes) + close,
      cellsOf: (text) => {
        const [, ...found] = text.split('\n');
        return found.length < fields.length ? `${fields.length} lines` : (index) => found[index] ?? '';
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

type Shaped = Pick<Written, 'write'> & { readonly cellsOf: (text: string) => Cells };

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
