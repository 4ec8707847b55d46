import { PATTERN_CODES, parsePattern } from '../../core/pattern.ts';
import type { FormatColumn, FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import { CODE_VALUES, RECORDS } from '../../schema/format-words.ts';
import { minorOf } from '../encode.ts';
import { decodedText, encodeText } from '../text.ts';
import { TEXTS } from './columns.ts';
import { type Fault, fault, literalsOf } from './fault.ts';
import { HOLE, HOLES, isHole } from './holes.ts';
import { placeFaults } from './places.ts';
import { proofFaults } from './proof.ts';

/**
 * What is wrong with a definition whose shape is right: each with its place, the value and what it should be. Sentences
 * are `profile.definition.<code>`. A definition without faults writes files that are proven as any other is.
 */
export function definitionFaults(definition: FormatDefinition): readonly Fault[] {
  const { shape, head, foot, pairs, records } = definition;
  return [
    ...head.flatMap((line, index) => holeFaults(`head[${index}]`, line, pairs)),
    ...foot.flatMap((line, index) => holeFaults(`foot[${index}]`, line, pairs)),
    ...foot.flatMap((line, index) =>
      line.startsWith('{') ? [fault(`foot[${index}]`, 'unmarked', { value: line })] : [],
    ),
    ...[...head, ...foot].flatMap((line) => encodingFaults('head', line, definition)),
    ...(shape.is === 'separated' && shape.header !== 'none' ? headerFaults(definition) : []),
    ...RECORDS.flatMap((name) => {
      const record = records[name];
      return record === undefined ? [] : recordFaults(`records.${name}`, record, definition);
    }),
    ...RECORDS.flatMap((name) => (name === 'line' ? [] : markFaults(`records.${name}`, records[name]))),
    ...placeFaults(definition),
    ...proofFaults(definition),
  ];
}

/** Rows of two accounts are not counted: how many there are depends on how the lines go together. */
function holeFaults(path: string, line: string, pairs: true | undefined): readonly Fault[] {
  const rest = line.replace(HOLE, (whole, name: string, argument: string | undefined) =>
    isHole(name, argument) && !(name === 'lines' && pairs === true) ? '' : whole,
  );
  const [unknown] = /\{[^{}]*\}?|\}/.exec(rest) ?? [];
  return unknown === undefined ? [] : [fault(path, 'unknown-hole', { value: unknown, known: HOLES })];
}

/** The names of the columns are a line of the file too. */
function headerFaults(definition: FormatDefinition): readonly Fault[] {
  const { shape, records } = definition;
  const separator = shape.is === 'separated' ? shape.separator : '';
  return records.line.columns.flatMap(({ name }, index) => {
    const path = `records.line.columns[${index}].name`;
    return name.includes(separator) || name.includes('"')
      ? [fault(path, 'separator-in-text', { value: name, sign: name.includes('"') ? '"' : separator })]
      : encodingFaults(path, name, definition);
  });
}

function recordFaults(path: string, { columns }: FormatRecord, definition: FormatDefinition): readonly Fault[] {
  const names = columns.map(({ name }) => name);
  return columns.flatMap((column, index) => {
    const at = `${path}.columns[${index}]`;
    const twice = names.indexOf(column.name) < index;
    return [
      ...(twice ? [fault(`${at}.name`, 'name-twice', { value: column.name })] : []),
      ...(isTotal(column) && !holdsTotals(path, column, definition)
        ? [fault(`${at}.is`, 'not-here', { value: column.is })]
        : []),
      ...columnFaults(at, column),
      ...literalsOf(column).flatMap(([name, text]) => literalFaults(`${at}.${name}`, text, column, definition)),
    ];
  });
}

function isTotal({ is }: FormatColumn): boolean {
  return is === 'entryLines' || is === 'entryDebit' || is === 'entryCredit';
}

/** Totals of an entry stand once, before its lines or after them; rows of two accounts are not counted. */
function holdsTotals(path: string, { is }: FormatColumn, { pairs }: FormatDefinition): boolean {
  return (path === 'records.entry' || path === 'records.end') && !(is === 'entryLines' && pairs === true);
}

function columnFaults(at: string, column: FormatColumn): readonly Fault[] {
  const { is, letters, accents, tooLong, width } = column;
  const faults: Fault[] = [];
  const isText = TEXTS.includes(is);
  if ((letters !== undefined || accents !== undefined) && !isText)
    faults.push(
      fault(`${at}.${letters === undefined ? 'accents' : 'letters'}`, 'text-only', { value: is, known: list(TEXTS) }),
    );
  if (tooLong !== undefined && !isText && !CODES.includes(is))
    faults.push(fault(`${at}.tooLong`, 'text-only', { value: is, known: list([...TEXTS, ...CODES]) }));
  if (tooLong !== undefined && width === undefined) faults.push(fault(`${at}.width`, 'no-width', { value: tooLong }));
  if (is === 'number' && column.lastDigits === true && width === undefined)
    faults.push(fault(`${at}.width`, 'no-width', { value: 'lastDigits' }));
  if (is === 'side' && column.debit === column.credit)
    faults.push(fault(`${at}.credit`, 'same-sides', { value: column.credit }));
  if ((is === 'debit' || is === 'credit') && column.zero !== '' && minorOf(column.zero) !== 0n)
    faults.push(fault(`${at}.zero`, 'not-zero', { value: column.zero }));
  if (is === 'pattern') {
    const pattern = parsePattern(column.text);
    const known = PATTERN_CODES.map((code) => `%${code}`).join(' ');
    if ('unknown' in pattern) faults.push(fault(`${at}.text`, 'unknown-code', { value: pattern.unknown, known }));
  }
  if ('pattern' in column && width !== undefined && width < column.pattern.length)
    faults.push(fault(`${at}.width`, 'too-narrow', { value: column.pattern, width: String(width) }));
  return faults;
}

const CODES: readonly FormatColumn['is'][] = CODE_VALUES;

/** What the definition itself writes: it fits, it can be encoded, and it is not taken for the format's own signs. */
function literalFaults(
  path: string,
  text: string,
  { width, quoted }: FormatColumn,
  definition: FormatDefinition,
): readonly Fault[] {
  const { shape } = definition;
  const faults = [...encodingFaults(path, text, definition)];
  if (width !== undefined && text.length > width)
    faults.push(fault(path, 'too-narrow', { value: text, width: String(width) }));
  if (shape.is === 'separated') {
    const bare = shape.quotes === 'none' || (shape.quotes === 'marked' && quoted !== true);
    if (bare && text.includes(shape.separator))
      faults.push(fault(path, 'separator-in-text', { value: text, sign: shape.separator }));
    if (bare && text.includes('"') && shape.quotes !== 'none')
      faults.push(fault(path, 'separator-in-text', { value: text, sign: '"' }));
  }
  return faults;
}

function encodingFaults(path: string, text: string, { charset }: FormatDefinition): readonly Fault[] {
  return decodedText(encodeText(text, charset), charset) === text
    ? []
    : [fault(path, 'unencodable', { value: text, charset })];
}

/** A record beside the lines needs a text of its own, or a reader takes it for a line. */
function markFaults(path: string, record: FormatRecord | undefined): readonly Fault[] {
  if (record === undefined || record.lead !== undefined) return [];
  const marked = record.columns.some((column) => column.is === 'constant' && column.text !== '');
  return marked ? [] : [fault(path, 'unmarked', { value: path.split('.').at(-1) ?? '' })];
}

function list(values: readonly string[]): string {
  return values.join(', ');
}
