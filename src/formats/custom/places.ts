import type { FormatColumn, FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import { RECORDS } from '../../schema/format-words.ts';
import { type Fault, fault } from './fault.ts';
import { placesOf } from './layout-of.ts';

/** What the shape of the file asks of the places of columns, and what it has no use for: nothing is ignored. */
export function placeFaults(definition: FormatDefinition): readonly Fault[] {
  const { shape, records } = definition;
  return RECORDS.flatMap((name) => {
    const record = records[name];
    if (record === undefined) return [];
    const path = `records.${name}`;
    return [
      ...(shape.is === 'fixed' ? fixedFaults(path, record, shape.length) : separatedFaults(path, record, shape.quotes)),
      ...numberFaults(path, record, definition),
    ];
  });
}

function fixedFaults(path: string, { columns, lead, length, least }: FormatRecord, whole: number | undefined) {
  const faults: Fault[] = lead === undefined ? [] : [notHere(`${path}.lead`, lead)];
  const places = placesOf(columns);
  const end = length ?? whole;
  let free = 1;
  for (const [index, column] of columns.entries()) {
    const at = `${path}.columns[${index}]`;
    const { name, width, quoted } = column;
    const from = places[index] ?? 1;
    if (width === undefined) faults.push(fault(`${at}.width`, 'no-width', { value: name }));
    if (quoted !== undefined) faults.push(notHere(`${at}.quoted`, 'true'));
    if (from < free) faults.push(fault(`${at}.from`, 'overlap', { value: String(from), name, free: String(free) }));
    free = Math.max(free, from + (width ?? 1));
    if (end !== undefined && free - 1 > end)
      faults.push(fault(`${at}.width`, 'beyond-length', { value: String(free - 1), name, length: String(end) }));
    faults.push(...paddingFaults(at, column));
  }
  if (least !== undefined && end !== undefined && least > end)
    faults.push(fault(`${path}.least`, 'beyond-length', { value: String(least), name: 'least', length: String(end) }));
  return faults;
}

/** Zeros before an amount or a number, or after an account, are read as they were meant; others would change the value. */
function paddingFaults(at: string, { is, padding, justify = 'left' }: FormatColumn): readonly Fault[] {
  if (padding !== '0') return [];
  const right: readonly FormatColumn['is'][] = [
    'amount',
    'debit',
    'credit',
    'number',
    'amountInCurrency',
    'constant',
    'taxRate',
    'entryLines',
    'entryDebit',
    'entryCredit',
  ];
  const left: readonly FormatColumn['is'][] = ['anyAccount', 'constant'];
  const fits = (justify === 'right' ? right : left).includes(is);
  return fits
    ? []
    : [fault(`${at}.padding`, 'zero-padding', { value: is, right: right.join(', '), left: left.join(', ') })];
}

function separatedFaults(path: string, record: FormatRecord, quotes: string): readonly Fault[] {
  const { columns, length, least } = record;
  return [
    ...(length === undefined ? [] : [notHere(`${path}.length`, String(length))]),
    ...(least === undefined ? [] : [notHere(`${path}.least`, String(least))]),
    ...columns.flatMap(({ from, justify, padding, quoted }, index) => {
      const at = `${path}.columns[${index}]`;
      return [
        ...(from === undefined ? [] : [notHere(`${at}.from`, String(from))]),
        ...(justify === undefined ? [] : [notHere(`${at}.justify`, justify)]),
        ...(padding === undefined ? [] : [notHere(`${at}.padding`, padding)]),
        ...(quoted === undefined || quotes !== 'none' ? [] : [notHere(`${at}.quoted`, 'true')]),
      ];
    }),
  ];
}

function notHere(path: string, value: string): Fault {
  return fault(path, 'not-here', { value });
}

/** The number of the line is put in when the file is written, at a place that every line has. */
function numberFaults(path: string, { columns }: FormatRecord, { shape }: FormatDefinition): readonly Fault[] {
  return columns.flatMap(({ is, when }, index) => {
    if (is !== 'lineNumber') return [];
    const first = path === 'records.line' && (shape.is === 'fixed' || index === 0) && when === undefined;
    return first ? [] : [fault(`${path}.columns[${index}]`, 'line-number', { value: is })];
  });
}
