import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { translate } from '../i18n/translate.ts';
import {
  createLanguage,
  importLanguage,
  languageCodes,
  languageSummary,
  readLanguage,
  removeLanguage,
  saveLanguage,
  spokenLanguage,
} from './files.ts';

const start = { code: 'nl-BE', name: 'Nederlands', base: 'en' as const, version: '1.0', translations: {} };

function inHome(work: (home: string) => void): void {
  const home = mkdtempSync(join(tmpdir(), 'comptoir-languages-'));
  try {
    work(home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

const failed =
  (code: string, values: Readonly<Record<string, string>> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(values)) assert.equal(error.values[name], value);
    return true;
  };

test('S-027 S-248 a language is a file of the data folder, which no update touches', () =>
  inHome((home) => {
    createLanguage(home, start);
    const saved = saveLanguage(home, 'nl-BE', {
      ...{ revision: 1, name: 'Vlaams', version: '1.1' },
      changes: { 'ui.cancel': 'Annuleren', 'ui.close': '   ' },
    });
    assert.equal(saved.revision, 2);
    const path = join(home, 'languages', 'nl-BE.json');
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), {
      ...{ format: 'comptoir-language', code: 'nl-BE', name: 'Vlaams', base: 'en', version: '1.1', revision: 2 },
      translations: { 'ui.cancel': 'Annuleren' },
    });
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(home, 'languages')), ['nl-BE.json'], 'nothing half written is left');
    assert.equal(translate(spokenLanguage(home, 'nl-BE'), 'ui.cancel'), 'Annuleren');
    const { translated, total } = languageSummary(home, 'nl-BE');
    assert.equal(translated, 1);
    assert.ok(total > 3000);
    removeLanguage(home, 'nl-BE');
    assert.deepEqual(languageCodes(home), []);
  }));

test('S-248 an older version is not saved over a newer one, and one language is not made twice', () =>
  inHome((home) => {
    createLanguage(home, start);
    const change = { revision: 1, name: 'A', version: '1' };
    saveLanguage(home, 'nl-BE', { ...change, changes: { 'ui.cancel': 'Annuleren' } });
    assert.throws(
      () => saveLanguage(home, 'nl-BE', { ...change, changes: { 'ui.cancel': 'Weg' } }),
      failed('language.changed', { language: 'nl-BE' }),
    );
    assert.equal(readLanguage(home, 'nl-BE').translations['ui.cancel'], 'Annuleren');
    assert.throws(() => createLanguage(home, start), failed('language.exists', { language: 'nl-BE' }));
    const other = { ...readLanguage(home, 'nl-BE'), name: 'B' };
    assert.throws(() => importLanguage(home, other, 1), failed('language.changed'));
    assert.equal(importLanguage(home, other, 2).file.revision, 3);
  }));

test('S-250 a translation that lost a placeholder is refused with the reason, and nothing of the saving is kept', () =>
  inHome((home) => {
    createLanguage(home, start);
    const changes = { 'ui.cancel': 'Annuleren', 'ui.profile.copy-of': 'Kopie' };
    assert.throws(
      () => saveLanguage(home, 'nl-BE', { revision: 1, name: 'A', version: '1', changes }),
      failed('language.translation', { key: 'ui.profile.copy-of', reason: 'translation-lost: {name:text}' }),
    );
    assert.deepEqual(readLanguage(home, 'nl-BE').translations, {});
  }));

test('S-248 of a file that comes in, what can serve is taken and the rest is told', () =>
  inHome((home) => {
    const translations = {
      'ui.cancel': 'Annuleren',
      'ui.profile.copy-of': 'Kopie',
      'ui.gone-since': 'Oud',
      'ui.close': '',
    };
    const { file, refused } = importLanguage(
      home,
      { format: 'comptoir-language', ...start, revision: 7, translations },
      null,
    );
    assert.deepEqual(file.translations, { 'ui.cancel': 'Annuleren' });
    assert.deepEqual(
      refused.map(({ key, reason }) => `${key} ${reason}`),
      ['ui.profile.copy-of lost', 'ui.gone-since no-such-key'],
    );
  }));

test('S-248 a code is a language and a country, and no path: nothing is read or written elsewhere', () =>
  inHome((home) => {
    writeFileSync(join(home, 'secret.json'), JSON.stringify({ format: 'comptoir-language', ...start, revision: 1 }));
    for (const code of ['../secret', '..', 'nl/../../x', 'nl\\x', 'NL', 'fr', 'en', 'nl-BE.json', 'nl\u0000', '']) {
      assert.throws(() => readLanguage(home, code), failed('language.unknown'), code);
      assert.throws(() => removeLanguage(home, code), failed('language.unknown'), code);
      assert.throws(
        () => importLanguage(home, { format: 'comptoir-language', ...start, code, revision: 1 }, null),
        failed('language.unreadable', { path: 'code' }),
        code,
      );
    }
    assert.deepEqual(readdirSync(home), ['secret.json']);
  }));

test('S-248 a damaged file is told by name and reason, and leaves the others', () =>
  inHome((home) => {
    createLanguage(home, start);
    mkdirSync(join(home, 'languages'), { recursive: true });
    writeFileSync(join(home, 'languages', 'de.json'), '{ "format": ');
    writeFileSync(join(home, 'languages', 'es.json'), JSON.stringify({ format: 'comptoir-language', code: 'es' }));
    writeFileSync(join(home, 'languages', 'notes.txt'), '');
    assert.deepEqual(languageCodes(home), ['de', 'es', 'nl-BE']);
    assert.throws(
      () => readLanguage(home, 'de'),
      failed('language.unreadable', { path: join(home, 'languages', 'de.json') }),
    );
    assert.throws(() => readLanguage(home, 'es'), failed('language.unreadable'));
    assert.notEqual(languageSummary(home, 'de').fault, null);
    assert.equal(languageSummary(home, 'nl-BE').fault, null);
  }));
