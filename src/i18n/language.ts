/** The languages that come with Comptoir. */
export type BuiltIn = 'fr' | 'en';
export const LANGUAGES: readonly BuiltIn[] = ['fr', 'en'];

/** A language somebody wrote over one that comes with Comptoir, which says what is not translated yet. */
export type OwnLanguage = {
  /** `nl`, `fr-BE`: also how days and countries are said and amounts are written. */
  readonly code: string;
  readonly base: BuiltIn;
  readonly sentences: Readonly<Record<string, string>>;
};

/** What is spoken to a person. */
export type Language = BuiltIn | OwnLanguage;

const NBSP = '\u00a0';
/** The order of the forms of a word, as CLDR names them. */
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The built-in language a locale such as `fr-BE` or `en_GB.UTF-8` asks for; French unless it says English. */
export function languageOf(locale: string | null | undefined): BuiltIn {
  return locale?.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

export function codeOf(language: Language): string {
  return typeof language === 'string' ? language : language.code;
}

export function baseOf(language: Language): BuiltIn {
  return typeof language === 'string' ? language : language.base;
}

/** How `Intl` calls it; our English is British. */
export function localeOf(language: Language): string {
  if (language === 'fr') return 'fr-FR';
  return language === 'en' ? 'en-GB' : codeOf(language);
}

/** The language without its country: `fr` of `fr-BE`. */
export function tongueOf(language: Language): string {
  return codeOf(language).split('-')[0] ?? '';
}

/** The signs between decimals and between thousands: `,` and U+00A0 in French. */
export function marksOf(language: Language): { readonly decimal: string; readonly group: string } {
  const locale = localeOf(language);
  return remembered(marks, locale, () => {
    const parts = new Intl.NumberFormat(`${locale}-u-nu-latn`).formatToParts(1234567.8);
    const sign = (kind: string) => parts.find(({ type }) => type === kind)?.value ?? '';
    return { decimal: sign('decimal'), group: sign('group').replace('\u202f', NBSP) };
  });
}

/** How many forms a word takes by its count: 2 in English, 1 in Japanese, 4 in Polish. */
export function formsOf(language: Language): number {
  return rulesOf(language).resolvedOptions().pluralCategories.length;
}

/** The form that goes with a count: *0 écriture, 1 écriture, 2 écritures*, *0 entries, 1 entry*. The last is for what is no count. */
export function formFor(language: Language, count: string | number, forms: readonly string[]): string {
  const rules = rulesOf(language);
  const kinds = FORMS.filter((form) => rules.resolvedOptions().pluralCategories.some((one) => one === form));
  const place = /^\d+$/.test(String(count)) ? kinds.indexOf(rules.select(Number(count))) : kinds.length;
  return forms[Math.min(place, forms.length - 1)] ?? '';
}

const marks = new Map<string, { readonly decimal: string; readonly group: string }>();
const rules = new Map<string, Intl.PluralRules>();

function rulesOf(language: Language): Intl.PluralRules {
  const locale = localeOf(language);
  return remembered(rules, locale, () => new Intl.PluralRules(locale));
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
