import { type BuiltIn, formsOf, LANGUAGES, type Language, type OwnLanguage } from './language.ts';
import { HOLE, OPTIONAL, SENTENCES } from './translate.ts';

/** Why a translation cannot serve; `hole` is the placeholder it is about, as it is written. */
export type TranslationFault = {
  readonly reason: 'no-such-key' | 'too-long' | 'lost' | 'unknown' | 'shown' | 'forms' | 'optional' | 'broken';
  readonly hole: string;
};

const MAX_LENGTH = 4000;
/** What would move a terminal's cursor or turn a line around; a sentence has line ends at most. */
const OBEYED = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

/**
 * What is wrong with the translation of a sentence: it must have the same placeholders, shown in a way the sentence knows,
 * and where the built-in languages tell one from several, the forms that its own language has. Null: it can serve.
 */
export function translationFault(key: string, text: string, language: Language): TranslationFault | null {
  const known = LANGUAGES.map((id) => SENTENCES[id][key]);
  if (!known.every((one) => one !== undefined)) return { reason: 'no-such-key', hole: key };
  if (text.length > MAX_LENGTH) return { reason: 'too-long', hole: String(MAX_LENGTH) };
  if (OBEYED.test(text)) return { reason: 'broken', hole: '' };
  const wanted = known.map(partsOf);
  const given = partsOf(text);
  if (given.rest !== '' && !wanted.some(({ rest }) => rest !== '')) return { reason: 'broken', hole: given.rest };
  const names = new Set(wanted.flatMap(({ holes }) => holes.map(({ name }) => name)));
  const lost = [...names].find((name) => !given.holes.some((hole) => hole.name === name));
  if (lost !== undefined) return { reason: 'lost', hole: spelt(wanted, lost) };
  for (const { name, how, forms, written } of given.holes) {
    if (!names.has(name)) return { reason: 'unknown', hole: written };
    const ways = wanted.flatMap(({ holes }) => holes.filter((hole) => hole.name === name).map((hole) => hole.how));
    if (!ways.includes(how)) return { reason: 'shown', hole: spelt(wanted, name) };
    if (forms !== null && (forms < 2 || forms > Math.max(2, formsOf(language))))
      return { reason: 'forms', hole: written };
  }
  const counted = (one: Parts, name: string) => one.holes.some((hole) => hole.name === name && hole.forms !== null);
  const single = [...names].find((name) => wanted.every((one) => counted(one, name)) && !counted(given, name));
  if (single !== undefined && formsOf(language) > 1) return { reason: 'forms', hole: `{${single}|…|…}` };
  const bare = [...names].find((name) => wanted.every((one) => one.optional.has(name)) && !given.optional.has(name));
  return bare === undefined ? null : { reason: 'optional', hole: `[… {${bare}}]` };
}

/** A language as it is spoken: of what somebody wrote, that which can serve. */
export function ownLanguage(file: {
  readonly code: string;
  readonly base: BuiltIn;
  readonly translations: Readonly<Record<string, string>>;
}): OwnLanguage {
  const { code, base, translations } = file;
  const bare = { code, base, sentences: {} };
  const fit = Object.entries(translations).filter(([key, text]) => translationFault(key, text, bare) === null);
  return { ...bare, sentences: Object.fromEntries(fit) };
}

/** The sentences there are, as keys in the order of the language files. */
export function sentenceKeys(): readonly string[] {
  return Object.keys(SENTENCES.en);
}

/** How the sentence of a key reads in a built-in language, holes and all. */
export function sentenceIn(language: BuiltIn, key: string): string {
  return SENTENCES[language][key] ?? '';
}

type Hole = { readonly name: string; readonly how: string; readonly forms: number | null; readonly written: string };
type Parts = { readonly holes: readonly Hole[]; readonly optional: ReadonlySet<string>; readonly rest: string };

/** The holes of a sentence, those in parts that may be left out, and signs of holes that are none. */
function partsOf(text: string): Parts {
  const holes = [...text.matchAll(HOLE)].map(
    ([written, name = '', how = '', one, more = '']): Hole => ({
      ...{ name, how, written },
      forms: one === undefined ? null : 1 + more.split('|').length,
    }),
  );
  const parts = [...text.matchAll(OPTIONAL)].map(([part]) => part);
  const optional = new Set(parts.flatMap((part) => [...part.matchAll(HOLE)].map(([, name = '']) => name)));
  const rest = text.replace(HOLE, '').replace(/[^{}]/g, '') || unevenBrackets(text);
  return { holes, optional, rest };
}

function unevenBrackets(text: string): string {
  const count = (sign: string) => text.split(sign).length;
  return count('[') === count(']') ? '' : '[ ]';
}

function spelt(known: readonly Parts[], name: string): string {
  return known.flatMap(({ holes }) => holes).find((hole) => hole.name === name)?.written ?? `{${name}}`;
}
