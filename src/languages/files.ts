import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type LanguageFile, languageCode, languageFile } from '../api/languages.ts';
import { Failure } from '../core/problem.ts';
import { ownLanguage, sentenceKeys, translationFault } from '../i18n/check.ts';
import type { OwnLanguage } from '../i18n/language.ts';

/**
 * Languages that somebody wrote: a JSON file each in `languages` of the data folder, named after its code. All is done at
 * once, without a pause: of two who save, the second finds what the first wrote.
 */

const FOLDER = 'languages';
/** Their codes, in order; none where there is no such folder. */
export function languageCodes(home: string): readonly string[] {
  const folder = join(home, FOLDER);
  if (!existsSync(folder)) return [];
  const codes = readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
  return codes.filter((code) => languageCode.safeParse(code).success).sort();
}

/** The file of a language, whole or refused. */
export function readLanguage(home: string, code: string): LanguageFile {
  if (!languageCodes(home).includes(code)) throw new Failure('language.unknown', { language: code.slice(0, 60) });
  return parsed(readFileSync(pathOf(home, code), 'utf8'), pathOf(home, code));
}

/** As it is spoken, with what of it can serve. */
export function spokenLanguage(home: string, code: string): OwnLanguage {
  return ownLanguage(readLanguage(home, code));
}

/** A language file that came from elsewhere. */
export function parsedLanguage(document: unknown): LanguageFile {
  const answer = languageFile.safeParse(document);
  if (answer.success) return answer.data;
  const [first] = answer.error.issues;
  throw new Failure('language.unreadable', { path: first?.path.join('.') || 'JSON', reason: first?.message ?? '' });
}

export function createLanguage(home: string, file: Omit<LanguageFile, 'format' | 'revision'>): LanguageFile {
  if (languageCodes(home).includes(file.code)) throw new Failure('language.exists', { language: file.code });
  return written(home, { format: 'comptoir-language', ...file, revision: 1 });
}

/** Saves over the revision it was read at; a translation that cannot serve is refused, and nothing is saved. */
export function saveLanguage(
  home: string,
  code: string,
  change: Pick<LanguageFile, 'revision' | 'name' | 'version'> & { readonly changes: Readonly<Record<string, string>> },
): LanguageFile {
  const { revision, name, version, changes } = change;
  const kept = readLanguage(home, code);
  if (kept.revision !== revision) throw new Failure('language.changed', { language: code });
  const faults = faultsIn(kept, changes);
  const [first] = faults;
  if (first)
    throw new Failure('language.translation', { key: first.key, reason: `translation-${first.reason}: ${first.hole}` });
  const all = { ...kept.translations, ...changes };
  const translations = Object.fromEntries(Object.entries(all).filter(([, text]) => text.trim() !== ''));
  return written(home, { ...kept, name, version, revision: revision + 1, translations });
}

/** In the place of the one of that code, of the revision that was seen; null: there is none yet. */
export function importLanguage(home: string, document: unknown, over: number | null) {
  const given = parsedLanguage(document);
  const refused = faultsIn(given, given.translations);
  const fit = Object.entries(given.translations).filter(
    ([key, text]) => text.trim() !== '' && !refused.some((fault) => fault.key === key),
  );
  const translations = Object.fromEntries(fit);
  if (over === null) return { file: createLanguage(home, { ...given, translations }), refused };
  const { revision } = readLanguage(home, given.code);
  if (revision !== over) throw new Failure('language.changed', { language: given.code });
  return { file: written(home, { ...given, translations, revision: revision + 1 }), refused };
}

export function removeLanguage(home: string, code: string): void {
  if (!languageCodes(home).includes(code)) throw new Failure('language.unknown', { language: code.slice(0, 60) });
  rmSync(pathOf(home, code));
}

/** How many of its sentences can serve; of a file that cannot be read, why. */
export function languageSummary(home: string, code: string) {
  const total = sentenceKeys().length;
  try {
    const file = readLanguage(home, code);
    const translated = Object.keys(ownLanguage(file).sentences).length;
    return { code, name: file.name, base: file.base, version: file.version, translated, total, fault: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const fault = error.values.reason ?? error.code;
    return { code, name: code, base: null, version: '', translated: 0, total, fault };
  }
}

function faultsIn(file: Pick<LanguageFile, 'code' | 'base'>, texts: Readonly<Record<string, string>>) {
  const language = { code: file.code, base: file.base, sentences: {} };
  return Object.entries(texts).flatMap(([key, text]) => {
    const fault = text.trim() === '' ? null : translationFault(key, text, language);
    return fault === null ? [] : [{ key, ...fault }];
  });
}

function parsed(text: string, path: string): LanguageFile {
  try {
    return parsedLanguage(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new Failure('language.unreadable', { path, reason: cause.message }, { cause });
    if (cause instanceof Failure) throw new Failure(cause.code, { ...cause.values, path }, { cause });
    throw cause;
  }
}

/** Beside its place, flushed, then moved into it: a crash leaves the one or the other. */
function written(home: string, file: LanguageFile): LanguageFile {
  const path = pathOf(home, file.code);
  mkdirSync(join(home, FOLDER), { recursive: true, mode: 0o700 });
  const sorted = Object.fromEntries(Object.entries(file.translations).sort(([a], [b]) => (a < b ? -1 : 1)));
  const handle = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify({ ...file, translations: sorted }, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${path}.new`, path);
  return file;
}

function pathOf(home: string, code: string): string {
  return join(home, FOLDER, `${languageCode.parse(code)}.json`);
}
