import { type Decimal, decimalText } from './decimal.ts';
import type { RuleKey } from './entry.ts';
import type { Mapping, MappingKey } from './settings.ts';

/**
 * Which account? One general mechanism for every mapping. Per field, the most specific rule that gives it wins:
 * country + item, then country alone, then item alone, then the default. The order of the exceptions never matters.
 *
 * The refined keys stand above country and item. Rules are compared key by key in the order of `KEYS`: the first key
 * that one names, and the other does not, decides. A thing may have several names, from most to least specific: a
 * carrier is `flat_rate:3`, then `flat_rate`; a tax is its code, then its rate written `20%`; a place is its territory,
 * then its country. At its key, a rule with the more specific name is the more specific rule.
 */
export const REFINED_KEYS = [
  'product',
  'category',
  'customerGroup',
  'subShop',
  'channel',
  'treatment',
  'businessCustomer',
] as const;
export type RefinedKey = (typeof REFINED_KEYS)[number];

/** Every key of an exception, the one that counts most first. */
export const KEYS = [...REFINED_KEYS, 'country', 'item'] as const;

/** What a mapping is asked with; names of each from most to least specific. */
export type Question = {
  /** Of the place; empty when the document has none: then only rules for all countries apply. */
  readonly countries: readonly string[];
  readonly items: readonly string[];
  /** Names for the refined keys; a key left out matches no rule that names it. */
  readonly refined?: Partial<Readonly<Record<RefinedKey, readonly string[]>>>;
  /** What mappings answered before to a question that is kept and asked again. */
  readonly answers?: Map<object, Map<string, unknown>>;
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
  const kept = keptFor(question, mapping);
  let answer = kept?.get(field);
  if (answer === undefined) {
    answer = resolved(mapping, field, question);
    kept?.set(field, answer);
  }
  return answer as Resolution<NonNullable<Fields[Name]>>; // kept under this field of this mapping
}

function resolved<Fields extends object, Name extends keyof Fields & string>(
  mapping: Mapping<Fields>,
  field: Name,
  question: Question,
): Resolution<NonNullable<Fields[Name]>> {
  const known = compiled(mapping);
  const answers = answersOf(known, field);
  const asked = askedText(known, question);
  let answer = answers.get(asked);
  if (answer === undefined) {
    answer = search(mapping, field, question);
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    answers.set(asked, answer);
  }
  return answer as Resolution<NonNullable<Fields[Name]>>; // stored under this field of this mapping
}

/** Whether an exception that applies names one of the items. */
export function hasRow<Fields extends object>(mapping: Mapping<Fields>, question: Question): boolean {
  const kept = keptFor(question, mapping);
  let answer = kept?.get(ROW);
  if (answer === undefined) {
    answer = matching(compiled(mapping), question).some(({ key }) => key.item !== null);
    kept?.set(ROW, answer);
  }
  return answer === true;
}

/** No field has this name. */
const ROW = '';

/** The answers kept with a question, by field; mappings never change. Undefined: the question is not kept. */
export function keptFor({ answers }: Question, mapping: object): Map<string, unknown> | undefined {
  let own = answers?.get(mapping);
  if (answers !== undefined && own === undefined) {
    own = new Map();
    answers.set(mapping, own);
  }
  return own;
}

/** Whether an exception names one of these keys. */
export function usesKey<Fields extends object>(mapping: Mapping<Fields>, keys: readonly RefinedKey[]): boolean {
  return compiled(mapping).used.some((key) => keys.includes(key));
}

/** The keys of an exception, those that stand for *all* left out of the refined ones. */
export function keyOf(exception: MappingKey): RuleKey {
  const { country, item } = exception;
  const refined = REFINED_KEYS.filter((key) => given(exception[key])).map((key) => [key, exception[key]]);
  return { ...Object.fromEntries(refined), country, item };
}

/** What an exception gives, without its keys. */
export function fieldsOf(exception: MappingKey & object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(exception).filter(([name]) => !KEY_NAMES.has(name)));
}

/** The same text for the same keys, whatever the order they are written in. */
export function keyText(exception: MappingKey): string {
  return KEYS.map((key) => (given(exception[key]) ? String(exception[key]) : '')).join('\n');
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

const KEY_NAMES = new Set<string>(KEYS);
const DEFAULT: RuleKey = { country: null, item: null };

type Rule = { readonly key: RuleKey; readonly fields: Record<string, unknown> };

/** Rules below one choice of the keys before: `next` by the name of the next key, `''` for all. */
type Branch = { readonly next: Map<string, Branch>; rule: Rule | null };

type Compiled = {
  readonly root: Branch;
  /** Refined keys that some rule names; the others need not be asked. */
  readonly used: readonly RefinedKey[];
  readonly answers: Map<string, Map<string, Resolution<unknown>>>;
};

const compiledMappings = new WeakMap<object, Compiled>();

function compiled<Fields extends object>(mapping: Mapping<Fields>): Compiled {
  let found = compiledMappings.get(mapping);
  if (found === undefined) {
    const { exceptions } = mapping;
    const used = REFINED_KEYS.filter((key) => exceptions.some((exception) => given(exception[key])));
    found = { root: rulesOf(exceptions, used), used, answers: new Map() };
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

function askedText({ used }: Compiled, question: Question): string {
  const { countries, items, refined } = question;
  let text = `${countries.join('\n')}\n\n${items.join('\n')}`;
  for (const key of used) text += `\n\n${refined?.[key]?.join('\n') ?? ''}`;
  return text;
}

/** Exceptions by key. Two with the same key are one: where both give a field, the smaller text wins, whatever their order. */
function rulesOf(exceptions: readonly (MappingKey & object)[], used: readonly RefinedKey[]): Branch {
  const root: Branch = { next: new Map(), rule: null };
  for (const exception of exceptions) {
    let branch = root;
    for (const key of [...used, 'country', 'item'] as const) {
      const name = given(exception[key]) ? String(exception[key]) : '';
      let next = branch.next.get(name);
      if (next === undefined) {
        next = { next: new Map(), rule: null };
        branch.next.set(name, next);
      }
      branch = next;
    }
    branch.rule ??= { key: keyOf(exception), fields: {} };
    const { fields } = branch.rule;
    for (const [field, value] of Object.entries(fieldsOf(exception))) {
      const other = fields[field];
      if (given(value) && (!given(other) || String(value) < String(other))) fields[field] = value;
    }
  }
  return root;
}

/** Rules that apply, the most specific first: at each key the names asked for, in their order, then *all*. */
function matching({ root, used }: Compiled, { countries, items, refined }: Question): readonly Rule[] {
  const names = [...used.map((key) => refined?.[key]), countries, items];
  const found: Rule[] = [];
  descend(root, 0);
  return found;

  function descend(branch: Branch, depth: number) {
    if (branch.rule !== null) found.push(branch.rule);
    for (const name of names[depth] ?? NOTHING) step(branch.next.get(name), depth);
    step(branch.next.get(''), depth);
  }

  function step(branch: Branch | undefined, depth: number) {
    if (branch !== undefined) descend(branch, depth + 1);
  }
}

const NOTHING: readonly string[] = [];

/**
 * Refined rules are told only where they exist; of country and item every step is told, with or without a rule, since
 * that ladder is the one people know.
 */
function search<Fields extends object>(mapping: Mapping<Fields>, field: keyof Fields & string, question: Question) {
  const tried: RuleKey[] = [];
  const plain = new Map<string, Rule>();
  for (const rule of matching(compiled(mapping), question)) {
    if (REFINED_KEYS.every((key) => rule.key[key] === undefined)) {
      plain.set(keyText(rule.key), rule);
      continue;
    }
    tried.push(rule.key);
    if (given(rule.fields[field])) return { value: rule.fields[field], rule: rule.key, tried };
  }
  for (const key of ladderOf(question)) {
    const value = plain.get(keyText(key))?.fields[field];
    if (key.country === null && key.item === null && !given(value)) continue; // a row for all and all is rare: not worth a mention
    tried.push(key);
    if (given(value)) return { value, rule: key, tried };
  }
  tried.push(DEFAULT);
  const value = mapping.default[field];
  return { value: given(value) ? value : null, rule: null, tried };
}

function ladderOf({ countries, items }: Question): RuleKey[] {
  const keys: RuleKey[] = [];
  for (const country of countries) {
    for (const item of items) keys.push({ country, item });
    keys.push({ country, item: null });
  }
  for (const item of items) keys.push({ country: null, item });
  keys.push(DEFAULT);
  return keys;
}

function given(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}
