import { sentenceIn, sentenceKeys, type TranslationFault, translationFault } from '../../../i18n/check.ts';
import type { OwnLanguage } from '../../../i18n/language.ts';
import { HOLE } from '../../../i18n/translate.ts';

/** One line of the editor: the head of a category, or a sentence with its translation as it stands. */
export type Row =
  | { readonly kind: 'category'; readonly category: string; readonly done: number; readonly total: number }
  | Sentence;

export type Sentence = {
  readonly kind: 'sentence';
  readonly key: string;
  readonly fr: string;
  readonly en: string;
  readonly text: string;
  readonly fault: TranslationFault | null;
};

export type Show = 'all' | 'todo' | 'done' | 'wrong';
export const SHOWS: readonly Show[] = ['all', 'todo', 'done', 'wrong'];

/** `ui.dash.title` is of `ui.dash`, `problem.…` of `problem`. */
export function categoryOf(key: string): string {
  const [first = '', second = ''] = key.split('.');
  return first === 'ui' || first === 'cli' ? `${first}.${second}` : first;
}

/** All sentences, with their translations and what is wrong with them. */
export function sentencesWith(
  texts: (key: string) => string,
  language: Pick<OwnLanguage, 'code' | 'base'>,
): readonly Sentence[] {
  const own: OwnLanguage = { code: language.code, base: language.base, sentences: {} };
  return sentenceKeys().map((key) => {
    const text = texts(key);
    const fault = text.trim() === '' ? null : translationFault(key, text, own);
    return { kind: 'sentence', key, fr: sentenceIn('fr', key), en: sentenceIn('en', key), text, fault };
  });
}

export function isDone({ text, fault }: Sentence): boolean {
  return text.trim() !== '' && fault === null;
}

/** What is asked for, category by category; each head counts the whole of its category. */
export function rowsOf(
  all: readonly Sentence[],
  asked: { readonly q: string; readonly category: string; readonly show: Show },
): readonly Row[] {
  const words = asked.q.trim().toLocaleLowerCase();
  const wanted = (one: Sentence) =>
    (asked.show === 'all' || stateOf(one) === asked.show) &&
    [one.key, one.fr, one.en, one.text].some((text) => text.toLocaleLowerCase().includes(words));
  const rows: Row[] = [];
  for (const [category, sentences] of Map.groupBy(all, ({ key }) => categoryOf(key))) {
    if (asked.category !== '' && asked.category !== category) continue;
    const shown = sentences.filter(wanted);
    if (shown.length === 0) continue;
    rows.push({ kind: 'category', category, done: sentences.filter(isDone).length, total: sentences.length });
    rows.push(...shown);
  }
  return rows;
}

function stateOf(one: Sentence): Show {
  if (one.fault !== null) return 'wrong';
  return isDone(one) ? 'done' : 'todo';
}

/** The sentence in pieces: words, and holes as they are written. */
export function piecesOf(text: string): readonly { readonly hole: boolean; readonly text: string }[] {
  const pieces: { hole: boolean; text: string }[] = [];
  let end = 0;
  for (const { 0: written, index } of text.matchAll(HOLE)) {
    if (index > end) pieces.push({ hole: false, text: text.slice(end, index) });
    pieces.push({ hole: true, text: written });
    end = index + written.length;
  }
  if (end < text.length) pieces.push({ hole: false, text: text.slice(end) });
  return pieces;
}

/** Where the sentences of a category are read; null: on many pages, or on none. `profile` stands in for any. */
export function placeOf(category: string, profile: string | null): string | null {
  const own = OPTIONS[category];
  if (own !== undefined) return own;
  const page = PAGES[category];
  return page === undefined || profile === null ? null : `/p/${profile}${page}`;
}

const OPTIONS: Readonly<Record<string, string>> = {
  'ui.welcome': '/welcome',
  'ui.start': '/start/shop',
  'ui.options': '/options/about',
  'ui.profile': '/options/profiles',
  'ui.theme': '/options/general',
  'ui.languages': '/options/languages',
  'ui.proxy': '/options/proxy',
  'ui.access': '/options/access',
  'ui.backup': '/options/backup',
  'ui.nav': '/welcome',
};
const PAGES: Readonly<Record<string, string>> = {
  'ui.home': '',
  'ui.import': '?import=sales',
  'ui.runs': '/runs',
  'ui.dash': '/dashboard',
  'ui.mapping': '/mapping/sales',
  'ui.settings': '/settings/profile',
  'ui.label': '/settings/reading',
  'ui.field': '/settings/advanced',
  'ui.form': '/settings/entries',
  'ui.format': '/format',
  'ui.documents': '/documents',
  'ui.entries': '/entries',
};
