import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownLanguage, sentenceIn, sentenceKeys, translationFault } from './check.ts';
import { formFor, LANGUAGES, type OwnLanguage } from './language.ts';
import { showAmount, showCount, showDate, showLongDay } from './show.ts';
import { translate } from './translate.ts';

const own = (
  code: string,
  base: 'fr' | 'en' = 'en',
  sentences: Readonly<Record<string, string>> = {},
): OwnLanguage => ({
  ...{ code, base, sentences },
});

test('S-248 every sentence that comes with Comptoir could serve as its own translation', () => {
  for (const language of LANGUAGES)
    assert.deepEqual(
      sentenceKeys().filter((key) => translationFault(key, sentenceIn(language, key), own('de', language)) !== null),
      [],
    );
});

/** [key, what is written, why it cannot serve, the placeholder it is about] */
const cases: [string, string, string | null, string][] = [
  ['ui.cancel', 'Annuleren', null, ''],
  ['ui.cancel', '<b onclick=alert(1)>Weg</b>', null, ''], // shown as the text it is
  ['ui.cancel', 'Annuleren {name}', 'unknown', '{name}'],
  ['ui.cancel', 'Annuleren }', 'broken', '}'],
  ['ui.cancel', 'Weg\u001b[2J', 'broken', ''],
  ['ui.cancel', 'Weg\u202e', 'broken', ''],
  ['no.such.key', 'x', 'no-such-key', 'no.such.key'],
  ['ui.cancel', 'x'.repeat(4001), 'too-long', '4000'],
  ['ui.profile.copy-of', '{name:text} (kopie)', null, ''],
  ['ui.profile.copy-of', 'Kopie', 'lost', '{name:text}'],
  ['ui.profile.copy-of', '{name:amount} (kopie)', 'shown', '{name:text}'],
  ['ui.settings.changes', '{n} {n|wijziging|wijzigingen}', null, ''],
  ['ui.settings.changes', '{n} wijzigingen', 'forms', '{n|…|…}'],
  ['ui.settings.changes', '{n} {n|a|b|c|d}', 'forms', '{n|a|b|c|d}'],
  [
    'problem.mapping.no-account.message',
    'Rekening {mapping:mapping} ontbreekt {item:item} {country:country}',
    'optional',
    '',
  ],
];
for (const [key, text, reason, hole] of cases)
  test(`S-250 ${key} as "${text.slice(0, 50)}": ${reason ?? 'serves'}`, () => {
    const fault = translationFault(key, text, own('nl'));
    assert.equal(fault?.reason ?? null, reason);
    if (reason !== null && hole !== '') assert.equal(fault?.hole, hole);
  });

test('S-248 forms of a word are as many as its language has', () => {
  assert.equal(translationFault('ui.settings.changes', '{n} {n|zmiana|zmiany|zmian}', own('pl')), null);
  const forms = ['zmiana', 'zmiany', 'zmian'];
  const said = ['1', '2', '5', '22', '0'].map((count) => formFor(own('pl'), count, forms));
  assert.deepEqual(said, ['zmiana', 'zmiany', 'zmian', 'zmiany', 'zmian']);
  assert.equal(translationFault('ui.settings.changes', '{n}件の変更', own('ja')), null, 'Japanese has one form');
  assert.deepEqual(
    ['0', '1', '2', '1000000'].map((count) => formFor('fr', count, ['a', 'b'])),
    ['a', 'a', 'b', 'b'],
  );
  assert.deepEqual(
    ['0', '1', '2'].map((count) => formFor('en', count, ['a', 'b'])),
    ['b', 'a', 'b'],
  );
});

test('S-248 what is not translated, or cannot serve, reads in the base language', () => {
  const file = {
    code: 'nl',
    base: 'fr' as const,
    translations: { 'ui.cancel': 'Annuleren', 'ui.profile.copy-of': 'Kopie' },
  };
  const dutch = ownLanguage(file);
  assert.equal(translate(dutch, 'ui.cancel'), 'Annuleren');
  assert.equal(translate(dutch, 'ui.profile.copy-of', { name: 'A' }), 'A (copie)');
  assert.equal(translate(dutch, 'ui.close'), translate('fr', 'ui.close'));
});

test('S-249 amounts, counts and days are written as in the language and its country', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', '_');
  assert.equal(plain(showAmount('1910.4', own('de'))), '1.910,40');
  assert.equal(plain(showAmount('1910.4', own('fr-BE', 'fr'))), '1_910,40');
  assert.equal(showCount(6412, own('nl')), '6.412');
  assert.equal(showLongDay('2026-10-01', own('de')), 'Donnerstag, 1. Oktober 2026');
  assert.equal(showDate('2026-11-24T12:00:00Z', own('de')), '24/11/2026', 'days are read back as they are written');
});
