import type { FilterKind } from './columns.ts';

/**
 * What a person types in a filter and what travels: `~abc` contains, `^abc` starts, `=abc` equals; `>=10`, `<=10`,
 * `=10`, `10..20` for figures; `2026-10-01..2026-10-31` for days. An operator may be typed in front; without it the
 * column's own is meant.
 */
export type Operator = '~' | '^' | '=' | '>=' | '<=' | '..';

export const OPERATORS: Readonly<Record<FilterKind, readonly Operator[]>> = {
  text: ['~', '^', '='],
  start: ['^', '~', '='],
  equal: ['=', '^', '~'],
  amount: ['>=', '<=', '=', '..'],
  number: ['=', '>=', '<=', '..'],
  day: ['..'],
  list: [],
  none: [],
};

const TYPED = /^\s*(>=|<=|≥|≤|[~^=])?\s*(.*?)\s*$/s;

/** What was typed, as it travels; null when it is empty; `undefined` when it says nothing this column understands. */
export function wireOf(
  kind: FilterKind,
  typed: string,
  dayOf: (text: string) => string | null,
): string | null | undefined {
  if (typed.trim() === '') return null;
  if (kind === 'list' || kind === 'none') return typed;
  const [, sign, rest = ''] = TYPED.exec(typed) ?? [];
  const operator = sign?.replace('≥', '>=').replace('≤', '<=') ?? OPERATORS[kind][0] ?? '~';
  if (rest === '') return null;
  if (kind === 'day') return dayRange(operator, rest, dayOf);
  if (kind === 'amount' || kind === 'number') return figures(operator, rest);
  return OPERATORS[kind].includes(operator as Operator) ? operator + rest : undefined;
}

/** What travels, as it is typed again: the column's own operator is not repeated. */
export function typedOf(kind: FilterKind, wire: string, showDay: (day: string) => string, decimalMark: string): string {
  if (wire === '' || kind === 'list') return wire;
  if (kind === 'day') return [...new Set(wire.split('..'))].map(showDay).join('..');
  const own = OPERATORS[kind][0] ?? '';
  const text = wire.startsWith(own) ? wire.slice(own.length) : wire;
  return kind === 'amount' ? text.replaceAll(/(\d)\.(\d)/g, `$1${decimalMark}$2`) : text;
}

/** A value of a column with few of them, and how many entries have it. */
export type ListChoice = { readonly value: string; readonly entries: number };

/** The values that a list's filter has ticked: `=PayPal`, or several as `PayPal|Stripe`. */
export function chosenOf(wire: string): readonly string[] {
  if (wire === '') return [];
  return wire.startsWith('=') ? [wire.slice(1)] : wire.split('|');
}

export function wireOfChosen(chosen: readonly string[]): string {
  return chosen.length === 1 ? `=${chosen[0]}` : chosen.join('|');
}

/** Decimal text of `1 910,44`, `1,910.44` or `1910.44`; null when it is no figure. The amount itself stays text. */
export function decimalText(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace('\u2212', '-');
  const comma = /^(-?\d+),(\d{1,6})$/.exec(text);
  if (comma) return `${comma[1]}.${comma[2]}`;
  const plain = text.replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  return /^-?\d+(\.\d{1,6})?$/.test(plain) ? plain : null;
}

function figures(operator: string, rest: string): string | undefined {
  const range = /^(.+?)\.\.(.+)$/.exec(rest);
  if (range) {
    const [from, to] = [decimalText(range[1] ?? ''), decimalText(range[2] ?? '')];
    return from === null || to === null ? undefined : `${from}..${to}`;
  }
  const value = decimalText(rest);
  return value === null || !['>=', '<=', '='].includes(operator) ? undefined : operator + value;
}

function dayRange(operator: string, rest: string, dayOf: (text: string) => string | null): string | undefined {
  const [first = '', second] = rest.split('..');
  const from = dayOf(first);
  if (from === null) return undefined;
  if (second !== undefined) {
    const to = dayOf(second);
    return to === null ? undefined : `${from}..${to}`;
  }
  if (operator === '>=') return `${from}..9999-12-31`;
  if (operator === '<=') return `0001-01-01..${from}`;
  return `${from}..${from}`;
}
