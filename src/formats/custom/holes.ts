import { unitsText } from '../../core/decimal.ts';
import { currencyOf } from '../../core/money.ts';
import type { FormatDefinition } from '../../schema/format-definition.ts';
import { datesOf } from '../dates.ts';
import { minorOf } from '../encode.ts';
import type { Contents, FormatContext } from '../format.ts';
import type { Statement } from '../layout.ts';
import { clean } from '../text.ts';

/**
 * What a line around the entries may say of the file: `{company}`, `{company:30}` (so many characters), `{currency}`; days,
 * `{from:JJMMAAAA}`, `{to:…}`, `{today:…}`; totals, `{lines}`, `{lines:06}` (so many positions, zeros before), `{debit:,}`,
 * `{credit:.15}`, `{debit:cents012}`. A total that is longer than its positions stands there whole.
 */
export const HOLE = /\{(company|currency|from|to|today|lines|debit|credit)(?::([^{}]*))?\}/g;

/** The holes as people are shown them. */
export const HOLES =
  '{company} {company:30} {currency} {from:JJMMAAAA} {to:JJMMAAAA} {today:JJMMAAAA} {lines} {lines:06} {debit:,} {credit:.15} {debit:cents012}';

const COUNT = /^(0?)([1-9]\d{0,2})$/;
const SUM = /^(,|\.|cents)(?:(0?)([1-9]\d{0,2}))?$/;

/** Whether a hole can be filled: texts have a width or nothing, days a pattern, totals what they look like. */
export function isHole(name: string, argument: string | undefined): boolean {
  if (name === 'company' || name === 'currency') return argument === undefined || /^[1-9]\d{0,2}$/.test(argument);
  if (name === 'lines') return argument === undefined || COUNT.test(argument);
  if (name === 'debit' || name === 'credit') return SUM.test(argument ?? '');
  return /^(?=.*JJ)(?=.*MM)(?=.*AA)[JMA/.-]{6,10}$/.test(argument ?? '');
}

/** Whether the line says a total, which a reader holds against what it read. */
export function hasTotal(line: string): boolean {
  return /\{(?:lines|debit|credit)[:}]/.test(line);
}

export function filled(
  lines: readonly string[],
  { charset }: FormatDefinition,
  context: FormatContext,
  contents: Contents,
): readonly string[] {
  const days = { from: contents.from, to: contents.to, today: stampDay(contents.stamp) };
  return lines.map((line) =>
    line.replace(HOLE, (_, name: string, argument: string | undefined) => {
      if (name === 'lines' || name === 'debit' || name === 'credit') return total(name, argument, context, contents);
      if (name === 'company' || name === 'currency') {
        const text = clean(name === 'company' ? context.companyName : context.booksCurrency, { charset });
        return argument === undefined ? text : text.slice(0, Number(argument)).padEnd(Number(argument));
      }
      const day = days[name as keyof typeof days]; // one of the three that are left
      return datesOf(argument as Parameters<typeof datesOf>[0]).write(day) ?? day; // a pattern, as `isHole` has it
    }),
  );
}

function total(
  name: 'lines' | 'debit' | 'credit',
  argument: string | undefined,
  { booksCurrency }: FormatContext,
  { lines, debitMinor, creditMinor }: Contents,
): string {
  if (name === 'lines') {
    const [, zero = '', width = '0'] = COUNT.exec(argument ?? '') ?? [];
    return String(lines).padStart(Number(width), zero === '' ? ' ' : '0');
  }
  const [, point = ',', zero = '', width = '0'] = SUM.exec(argument ?? '') ?? [];
  const units = unitsText(name === 'debit' ? debitMinor : creditMinor, currencyOf(booksCurrency).decimals);
  return units.replace('.', point === 'cents' ? '' : point).padStart(Number(width), zero === '' ? ' ' : '0');
}

/** `20261124-101500` as a day. */
function stampDay(stamp: string): Contents['from'] {
  return `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}` as Contents['from']; // a stamp starts with a day
}

/** Lines like this one, whatever stands in its holes; totals are caught, in their order. */
export function shapeOfLine(line: string): RegExp {
  const parts: string[] = [];
  let at = 0;
  for (const match of line.matchAll(HOLE)) {
    const [hole, name = '', argument = ''] = match;
    parts.push(escaped(line.slice(at, match.index)), hasTotal(`{${name}:`) ? totalShape(argument) : '.*?');
    at = match.index + hole.length;
  }
  return new RegExp(`^${parts.join('')}${escaped(line.slice(at))}$`);
}

/** As many positions as it has, more only where it did not go in: totals may follow each other without a sign between. */
function totalShape(argument: string): string {
  const width = /[1-9]\d*$/.exec(argument)?.[0];
  return width === undefined ? '( *\\d+(?:[.,]\\d+)?)' : `([ \\d.,]{${width},}?)`;
}

/** What a line of a file says of its totals, where it is one like `line`. */
export function totalsIn(line: string, text: string, decimals: number): readonly Statement[] {
  const found = shapeOfLine(line).exec(text)?.slice(1);
  if (found === undefined) return [];
  const holes = [...line.matchAll(HOLE)].filter(([, name = '']) => hasTotal(`{${name}:`));
  return holes.map(([, name = '', argument = ''], index) => {
    const written = found[index]?.trim() ?? '';
    const isCount = name === 'lines';
    const value = isCount ? countOf(written) : minorOf(written, argument.startsWith('cents') ? null : decimals);
    return { what: isCount ? 'lines' : name === 'debit' ? 'debit' : 'credit', value, found: written };
  });
}

function countOf(text: string): bigint | null {
  return /^\d+$/.test(text) ? BigInt(text) : null;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
