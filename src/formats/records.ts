import type { Notes } from './encode.ts';
import { type FixedField, fixedFormat, readFixed, writeFixed } from './fixed.ts';
import { cellsOf, rowOf, type TableFormat, writeTable } from './table.ts';
import { type Charset, clean, type TextRules } from './text.ts';
import { type Compiled, compiled, type Draft, type Row, type Value } from './values.ts';

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
  /** Only on the lines with a third party; empty on the others. */
  readonly on?: 'thirdParty';
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
      readonly separator: ',' | ';' | '\t';
      /** `needed`: cells that hold a separator or a quote; `marked`: the fields that say so; nothing: no quotes at all. */
      readonly quotes: 'needed' | 'marked' | 'none';
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
  /** Reads cells into the draft; gives the field that cannot be read, and what was expected of it. */
  readonly read: (cells: Cells, draft: Draft) => RecordFault | null;
  readonly cells: (text: string) => Cells | null;
};

type Cells = Readonly<Record<string, string>>;
export type RecordFault = { readonly column: number; readonly expected: string; readonly found: string };

export function recordOf(
  spec: RecordSpec,
  { shape, rules, newline }: { readonly shape: Shape; readonly rules: TextRules; readonly newline: Newline },
): Written {
  const fields = spec.fields;
  if (new Set(fields.map(({ name }) => name)).size < fields.length) throw new TypeError('Two fields of one name');
  const values = fields.map((field) => compiled(field, field.width ?? null));
  const writers = fields.map((field, index) => writerOf(field, values[index]));
  const columns = fields.map((field, index) => {
    const value = values[index];
    const { fault = '', fit = 'own', required = false } = value ?? {};
    return { field, fault, fit, required, value: writers[index] ?? (() => '') };
  });
  return { spec, fields, read, says, ...(shape.is === 'fixed' ? fixed(spec.length ?? shape.length) : table()) };

  function says(is: Value['is'], row: Row): boolean {
    return fields.some((field, index) => field.is === is && writers[index]?.(row) !== '');
  }

  function read(cells: Cells, draft: Draft): RecordFault | null {
    for (const [index, field] of fields.entries()) {
      const found = cells[field.name] ?? '';
      const expected = values[index]?.read?.(found, draft) ?? null;
      if (expected !== null) return { column: field.from ?? index + 1, expected, found };
    }
    return null;
  }

  function fixed(length: number): Pick<Written, 'write' | 'cells'> {
    const format = fixedFormat<string, Row>({
      rules,
      fields: columns.map(({ field, fault, ...rest }): FixedField<string, Row> => {
        const { name, from = 0, width = 0, justify = 'left', padding = ' ' } = field;
        return { name: fault === '' ? name : fault, from, width, justify, padding, ...rest };
      }),
    });
    // Faults go by this project's words, cells by the vendor's, which are unique.
    const reading = { ...format, fields: format.fields.map((field, index) => ({ ...field, name: nameAt(index) })) };
    return {
      write: (row, notes) => {
        const record = writeFixed(format, row, length, notes);
        return (spec.least === undefined ? record : record.trimEnd().padEnd(spec.least)) + newline;
      },
      cells: (text) => readFixed(reading, text),
    };
  }

  function nameAt(index: number): string {
    return fields[index]?.name ?? '';
  }

  function table(): Pick<Written, 'write' | 'cells'> {
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
        ...(field.quoted === true ? { quoted: true, rules: quotedRules() } : {}),
        ...rest,
      })),
    };
    if (shape.is === 'table') {
      return {
        write: (row, notes) => lead + writeTable(format, row, notes),
        cells: (text) => {
          const cells = cellsOf(format, text.slice(lead.length));
          return cells && cells.length <= fields.length ? rowOf(format, cells) : null;
        },
      };
    }
    const open = `${spec.tag ?? ''}${newline}`;
    const close = newline.repeat(spec.blankAfter ?? 0);
    return {
      write: (row, notes) => open + writeTable(format, row, notes) + close,
      cells: (text) => rowOf(format, text.split('\n').slice(1)),
    };
  }

  /** Signs that would be taken for the format's own are replaced in texts, and refused in codes. */
  function plainRules(): TextRules {
    if (shape.is !== 'table') return rules;
    if (shape.quotes === 'needed') return rules;
    const own = shape.quotes === 'marked' ? `${shape.separator}"` : shape.separator;
    return { instead: ' ', ...rules, forbidden: joined(rules.forbidden, new RegExp(`[${own}]`)) };
  }

  function quotedRules(): TextRules {
    return { ...rules, forbidden: joined(rules.forbidden, /"/), instead: "'" };
  }
}

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
  return on === 'thirdParty' ? (row) => (row.line.thirdParty === null ? '' : write(row)) : write;
}

function joined(first: RegExp | undefined, second: RegExp): RegExp {
  return first === undefined ? second : new RegExp(`${first.source}|${second.source}`);
}
