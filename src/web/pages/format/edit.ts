import type { FormatColumn, FormatDefinition, FormatRecord } from '../../../schema/format-definition.ts';
import { isObject, type JsonObject } from '../settings/tabs.ts';
import { startOf } from './values.ts';

/** Changes of a definition under the hand of its user, each a new definition. */

export type RecordName = keyof FormatDefinition['records'];

export function recordOf(definition: FormatDefinition, name: RecordName): FormatRecord {
  return definition.records[name] ?? { columns: [] };
}

export function withColumns(
  definition: FormatDefinition,
  name: RecordName,
  columns: readonly FormatColumn[],
): FormatDefinition {
  const record = { ...recordOf(definition, name), columns: [...columns] };
  return { ...definition, records: { ...definition.records, [name]: record } };
}

/** Beside an entry's lines, a record starts with a constant by which it is known. */
export function withRecord(definition: FormatDefinition, name: RecordName, there: boolean): FormatDefinition {
  const { [name]: known, ...others } = definition.records;
  if (!there) return { ...definition, records: others as FormatDefinition['records'] }; // `line` is never taken away
  const mark = withWidth({ name: 'Type', is: 'constant', text: MARKS[name] }, definition);
  return { ...definition, records: { ...definition.records, [name]: known ?? { columns: [mark] } } };
}

const MARKS: Readonly<Record<RecordName, string>> = {
  entry: 'E',
  first: 'P',
  thirdParty: 'T',
  line: 'L',
  dueDate: 'X',
  section: 'A',
  end: 'F',
};

/** A new column behind the chosen one, with a name that no other has. */
export function added(
  definition: FormatDefinition,
  at: { readonly record: RecordName; readonly index: number },
  { is, title }: { readonly is: FormatColumn['is']; readonly title: string },
): FormatDefinition {
  const { columns } = recordOf(definition, at.record);
  const taken = new Set(columns.map(({ name }) => name));
  let name = title;
  for (let next = 2; taken.has(name); next += 1) name = `${title} ${next}`;
  const column = withWidth({ name, is, ...startOf(is) } as FormatColumn, definition); // held against the schema by the trial
  return withColumns(definition, at.record, columns.toSpliced(at.index, 0, column));
}

function withWidth(column: FormatColumn, { shape }: FormatDefinition): FormatColumn {
  if (shape.is !== 'fixed') return column;
  return { ...column, width: 'pattern' in column ? column.pattern.length : (WIDTHS[column.is] ?? 10) };
}

const WIDTHS: Partial<Readonly<Record<FormatColumn['is'], number>>> = {
  journal: 3,
  label: 30,
  amount: 12,
  debit: 12,
  credit: 12,
  signed: 13,
  side: 1,
  sign: 1,
  constant: 2,
  lineKind: 1,
};

/** The column at another place; those of a fixed record follow each other anew. */
export function moved(
  definition: FormatDefinition,
  record: RecordName,
  { from, to }: { readonly from: number; readonly to: number },
): FormatDefinition {
  const { columns } = recordOf(definition, record);
  const column = columns[from];
  if (column === undefined || to < 0 || to >= columns.length || from === to) return definition;
  const others = columns.toSpliced(from, 1).toSpliced(to, 0, column);
  return withColumns(
    definition,
    record,
    others.map(({ from: _, ...rest }) => rest),
  );
}

/** The other shape: what only the old one has a use for goes. */
export function reshaped(definition: FormatDefinition, is: 'fixed' | 'separated'): FormatDefinition {
  if (definition.shape.is === is) return definition;
  const shape: FormatDefinition['shape'] =
    is === 'fixed' ? { is } : { is, separator: ';', quotes: 'needed', header: 'none', bom: false };
  const columns = (list: readonly FormatColumn[]) =>
    list.map((column) => {
      if (is === 'fixed') {
        const { quoted: _, ...rest } = column;
        return withWidth(rest as FormatColumn, { ...definition, shape });
      }
      const { from: _, justify: __, padding: ___, width, tooLong, ...rest } = column;
      return (tooLong === undefined ? rest : { ...rest, width, tooLong }) as FormatColumn;
    });
  const records = Object.fromEntries(
    Object.entries(definition.records).map(([name, record]) => {
      const { lead: _, length: __, least: ___, ...rest } = record ?? { columns: [] };
      return [name, { ...rest, columns: columns(rest.columns) }];
    }),
  );
  return { ...definition, shape, records: records as FormatDefinition['records'] };
}

/** The column with a field changed; undefined takes it away. */
export function withField(column: FormatColumn, name: string, value: unknown): FormatColumn {
  const { [name]: _, ...rest } = column as FormatColumn & Readonly<Record<string, unknown>>;
  return (value === undefined ? rest : { ...rest, [name]: value }) as FormatColumn; // held against the schema by the trial
}

/** First and last position of each column of a fixed record, from 1. */
export function positionsOf(
  columns: readonly FormatColumn[],
): readonly { readonly from: number; readonly to: number }[] {
  let free = 1;
  return columns.map(({ from = free, width = 1 }) => {
    free = from + width;
    return { from, to: from + width - 1 };
  });
}

/** A document that left out what has a default, as files and profiles may. */
export function completed(given: JsonObject): FormatDefinition {
  const separated = { quotes: 'needed', header: 'none', bom: false };
  const shape =
    isObject(given.shape) && given.shape.is === 'separated' ? { ...separated, ...given.shape } : given.shape;
  return { ...DEFAULTS, ...given, shape } as unknown as FormatDefinition; // held against the schema by the trial
}

const DEFAULTS = {
  ...{ definition: 1, extension: 'txt', charset: 'windows-1252', newline: 'crlf', order: 'journal' },
  ...{ head: [], foot: [], takes: {} },
};
