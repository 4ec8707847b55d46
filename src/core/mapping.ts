import { type Decimal, decimalText } from './decimal.ts';
import type { RuleKey } from './entry.ts';
import type { Mapping, MappingKey } from './settings.ts';

/**
 * Which account? One general mechanism for every mapping. Per field, the most specific rule that gives it wins:
 * country + item, then country alone, then item alone, then the default. The order of the exceptions never matters.
 *
 * A thing may have several names, from most to least specific: a carrier is `flat_rate:3`, then `flat_rate`; a tax is
 * its code, then its rate written `20%`. Each is tried in that order at each step.
 */
export type Question = {
  /** ISO 3166-1 alpha-2, or null when the document has none: then only rules for all countries apply. */
  readonly country: string | null;
  /** Candidate items, from most to least specific. */
  readonly items: readonly string[];
};

/** What a mapping answers, with what the list of entries shows of the way there. */
export type Resolution<Value> = {
  /** Null when no rule gives the field. */
  readonly value: Value | null;
  /** The exception that won; null for the default, and when nothing was found. */
  readonly rule: RuleKey | null;
  /** Rules looked at, most specific first, the winner last. */
  readonly tried: readonly RuleKey[];
};

/** The value of one field for a country and an item: the most specific exception that gives it, else the default. */
export function resolve<Fields extends object, Name extends keyof Fields & string>(
  mapping: Mapping<Fields>,
  field: Name,
  question: Question,
): Resolution<NonNullable<Fields[Name]>> {
  const answers = answersOf(compiled(mapping), field);
  const { country, items } = question;
  const asked = items.length === 1 ? `${country ?? ''}\n${items[0]}` : `${country ?? ''}\n${items.join('\n')}`;
  let answer = answers.get(asked);
  if (answer === undefined) {
    answer = search(mapping, field, question);
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    answers.set(asked, answer);
  }
  return answer as Resolution<NonNullable<Fields[Name]>>; // stored under this field of this mapping
}

/** Whether an exception names one of the items, for this country or for all. */
export function hasRow<Fields extends object>(mapping: Mapping<Fields>, question: Question): boolean {
  const { rules } = compiled(mapping);
  return question.items.some((item) => {
    return rules.has(indexOf({ country: question.country, item })) || rules.has(indexOf({ country: null, item }));
  });
}

/** *Apply to all*: the mapping with the default of a field copied on every exception. */
export function applyToAll<Fields extends object, Name extends keyof Fields & string>(
  mapping: Mapping<Fields>,
  field: Name,
): Mapping<Fields> {
  const value = mapping.default[field];
  return { ...mapping, exceptions: mapping.exceptions.map((exception) => ({ ...exception, [field]: value })) };
}

/** A rate as a mapping names it: `20%`, `5.5%`. */
export function rateItem(rate: Decimal): string {
  return `${decimalText(rate)}%`;
}

/** Answers kept per field: shops ask the same few questions; the limit is for data that never repeats. */
const MAX_REMEMBERED = 5_000;

type Compiled = {
  readonly rules: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly answers: Map<string, Map<string, Resolution<unknown>>>;
};

const compiledMappings = new WeakMap<object, Compiled>();

function compiled<Fields extends object>(mapping: Mapping<Fields>): Compiled {
  let found = compiledMappings.get(mapping);
  if (found === undefined) {
    found = { rules: rulesOf(mapping.exceptions), answers: new Map() };
    compiledMappings.set(mapping, found);
  }
  return found;
}

function answersOf({ answers }: Compiled, field: string): Map<string, Resolution<unknown>> {
  let found = answers.get(field);
  if (found === undefined) {
    found = new Map();
    answers.set(field, found);
  }
  return found;
}

/** Exceptions by key. Two with the same key are one: where both give a field, the smaller text wins, whatever their order. */
function rulesOf(exceptions: readonly (MappingKey & object)[]): Map<string, Record<string, unknown>> {
  const rules = new Map<string, Record<string, unknown>>();
  for (const exception of exceptions) {
    const index = indexOf(exception);
    const rule = rules.get(index) ?? {};
    for (const [field, value] of Object.entries(exception)) {
      const other = rule[field];
      if (given(value) && (!given(other) || String(value) < String(other))) rule[field] = value;
    }
    rules.set(index, rule);
  }
  return rules;
}

function search<Fields extends object>(mapping: Mapping<Fields>, field: keyof Fields & string, question: Question) {
  const { rules } = compiled(mapping);
  const tried: RuleKey[] = [];
  for (const key of keysFor(question)) {
    const value = rules.get(indexOf(key))?.[field];
    if (key.country === null && key.item === null && !given(value)) continue; // a row for all and all is rare: not worth a mention
    tried.push(key);
    if (given(value)) return { value, rule: key, tried };
  }
  tried.push(DEFAULT);
  const value = mapping.default[field];
  return { value: given(value) ? value : null, rule: null, tried };
}

const DEFAULT: RuleKey = { country: null, item: null };

function keysFor({ country, items }: Question): RuleKey[] {
  const keys: RuleKey[] = [];
  if (country !== null) {
    for (const item of items) keys.push({ country, item });
    keys.push({ country, item: null });
  }
  for (const item of items) keys.push({ country: null, item });
  keys.push(DEFAULT);
  return keys;
}

function indexOf({ country, item }: MappingKey): string {
  return `${country ?? ''}\n${item ?? ''}`;
}

function given(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}
