import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { type BuiltIn, baseOf, formFor, type Language } from './language.ts';
import {
  countryName,
  showAmount,
  showCount,
  showDate,
  showDay,
  showMoney,
  showShortRate,
  showTime,
  typography,
} from './show.ts';

/**
 * Sentences for people. A language file is flat: key → sentence. A hole is `{name}`; `{name:amount}`, `:rate`, `:day`,
 * `:instant`, `:country`, `:text` say how its value is shown, `:money` that it is an amount in the value `currency`, if
 * there is one; without it, decimal text of two places or more reads as an amount, an ISO day as a date, a number as a
 * count, and anything else as it stands. `{name|order|orders}` is the word that goes with that count, in as many forms as the language has. `:word`, `:field`,
 * `:right`, `:mapping`, `:item`, `:profile` and `:usage` name other sentences: `{reason:word}` of `expired` is the sentence
 * `word.expired`, of `not-day: 30/02` the sentence `word.not-day` with `30/02` as `detail`; what has none stands as it is.
 * `{problem:clause}` is a sentence that goes on after a colon.
 * `[ (in {country})]` is left out when a hole in it is empty. Spaces before `: ; ? ! % €` and inside guillemets are put by
 * the formatter.
 */

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: string, values?: Values) => string;

/** What comes with Comptoir. */
export const SENTENCES: Readonly<Record<BuiltIn, Readonly<Record<string, string>>>> = { fr: alone(fr), en: alone(en) };

/** Without what every object has: `constructor` is no key. */
function alone(sentences: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.assign(Object.create(null), sentences);
}
/** Holes whose value leads to another sentence, `<how>.<value>`. */
const ELSEWHERE: ReadonlySet<string> = new Set(['word', 'field', 'right', 'mapping', 'item', 'profile', 'usage']);
export const OPTIONAL = /\[([^[\]]*\{[^[\]]*)\]/g;
/** Name, how it is shown, and the forms of a word. */
export const HOLE = /\{(\w+)(?::(\w+))?(?:\|([^|}]*)\|([^}]*))?\}/g;

/** The sentence of a key, its holes filled; a sentence missing in the language falls back to its base, to English, then to the key. */
export function translate(language: Language, key: string, values: Values = {}): string {
  const sentence = sentenceOf(language, key);
  if (sentence === null) return key;
  return typography(filled(language, sentence, values), language);
}

/** `translate` bound to a language. */
export function translator(language: Language): Translate {
  return (key, values) => translate(language, key, values);
}

/** Whether a sentence exists under this key, so that a caller may choose between two. */
export function hasSentence(language: Language, key: string): boolean {
  return sentenceOf(language, key) !== null;
}

function filled(language: Language, sentence: string, values: Values): string {
  const present = sentence.replace(OPTIONAL, (_, part: string) => {
    const names = [...part.matchAll(HOLE)].map(([, name]) => name ?? '');
    return names.every((name) => (values[name] ?? '') !== '') ? part : '';
  });
  return present.replace(HOLE, (hole, name: string, how: string | undefined, one: string | undefined, many: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (one !== undefined) return formFor(language, value, [one, ...many.split('|')]);
    return shown(language, value, how, values);
  });
}

function sentenceOf(language: Language, key: string): string | null {
  const own = typeof language === 'string' ? undefined : language.sentences[key];
  return own ?? SENTENCES[baseOf(language)][key] ?? SENTENCES.en[key] ?? null;
}

function shown(language: Language, value: string | number, how: string | undefined, values: Values): string {
  if (typeof value === 'number') return showCount(value, language);
  if (how === 'text') return value;
  if (how === 'clause') return clauseOf(value);
  if (how !== undefined && ELSEWHERE.has(how)) return elsewhere(language, value, how, values);
  if (how === 'money')
    return values.currency === undefined
      ? showAmount(value, language)
      : showMoney(value, String(values.currency), language);
  if (how === 'instant') return `${showDate(value, language)} ${showTime(value, language, { seconds: false })}`;
  if (how === 'amount' || (how === undefined && /^-?\d+\.\d{2,}$/.test(value))) return showAmount(value, language);
  if (how === 'day' || (how === undefined && /^\d{4}-\d\d-\d\d$/.test(value))) return showDay(value, language);
  if (how === 'rate') return showShortRate(value, language);
  if (how === 'country') return countryName(value, language);
  return value;
}

/**
 * A sentence as it goes on after a colon: without its capital, and without its full stop unless others follow. A name
 * keeps its capital: what has another capital in it (TVA, PrestaShop), and this product's own.
 */
function clauseOf(sentence: string): string {
  const [first = ''] = /^[\p{L}\p{M}]+/u.exec(sentence) ?? [];
  const isName = first === 'Comptoir' || /^\P{Lu}|.\p{Lu}/u.test(first);
  const begun = isName ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
  return /\.\s/.test(begun) ? begun : begun.replace(/\.$/, '');
}

function elsewhere(language: Language, value: string, kind: string, values: Values): string {
  const own = sentenceOf(language, `${kind}.${value}`);
  if (own !== null) return filled(language, own, values);
  const colon = value.indexOf(': ');
  const detailed = colon < 0 ? null : sentenceOf(language, `${kind}.${value.slice(0, colon)}`);
  return detailed === null ? value : filled(language, detailed, { ...values, detail: value.slice(colon + 2) });
}
