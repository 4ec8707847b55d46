import type {
  CreateLanguage,
  ImportedLanguage,
  LanguageFile,
  LanguageSummary,
  SaveLanguage,
} from '../../api/languages.ts';
import { sentenceKeys } from '../../i18n/check.ts';
import { LANGUAGES, type Language } from '../../i18n/language.ts';
import { translate } from '../../i18n/translate.ts';
import {
  createLanguage,
  importLanguage,
  languageCodes,
  languageSummary,
  readLanguage,
  removeLanguage,
  saveLanguage,
  spokenLanguage,
} from '../../languages/files.ts';
import type { Services } from '../app.ts';
import { attached } from '../attached.ts';

type App = Pick<Services, 'app'>;

/** The language asked by its code, built in or of a file. */
export function spokenIn({ app }: App, code: string): Language {
  return LANGUAGES.find((id) => id === code) ?? spokenLanguage(app.deps.home, code);
}

export function languages({ app }: App): readonly LanguageSummary[] {
  const total = sentenceKeys().length;
  return [
    ...LANGUAGES.map((code) => ({
      ...{ code, name: translate(code, `ui.language.${code}`), base: null, version: app.version },
      ...{ translated: total, total, fault: null },
    })),
    ...languageCodes(app.deps.home).map((code) => languageSummary(app.deps.home, code)),
  ];
}

export function language({ app }: App, code: string): LanguageFile {
  return readLanguage(app.deps.home, code);
}

/** From a built-in language with nothing translated, from another with all that is. */
export function create({ app }: App, { from, ...given }: CreateLanguage): LanguageFile {
  const base = LANGUAGES.find((id) => id === from);
  const { home } = app.deps;
  const start = base === undefined ? readLanguage(home, from) : { base, translations: {} };
  return createLanguage(home, { ...given, base: start.base, translations: start.translations });
}

export function save({ app }: App, code: string, given: SaveLanguage): LanguageFile {
  return saveLanguage(app.deps.home, code, given);
}

export function take({ app }: App, document: unknown, over: number | null): ImportedLanguage {
  return importLanguage(app.deps.home, document, over);
}

export function remove({ app }: App, code: string): null {
  removeLanguage(app.deps.home, code);
  return null;
}

export function file({ app }: App, code: string): Response {
  const text = `${JSON.stringify(readLanguage(app.deps.home, code), null, 2)}\n`;
  return attached(`comptoir-${code}.json`, 'application/octet-stream', text, Buffer.byteLength(text));
}
