import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TERRITORIES } from '../core/territories.ts';
import {
  copyAmount,
  countryName,
  showAmount,
  showBytes,
  showCount,
  showDay,
  showDuration,
  showLongDay,
  showMoney,
  showPercent,
  showRate,
  showShortRate,
  typography,
} from './show.ts';
import { translate } from './translate.ts';

const spaces = (text: string) => text.replaceAll('\u00a0', '_');

test('amounts are grouped and keep their text, whatever their size', () => {
  const cases: [string, string, string][] = [
    ['1910.44', '1_910,44', '1,910.44'],
    ['0', '0,00', '0.00'],
    ['-12.4', '−12,40', '−12.40'],
    ['-0.00', '0,00', '0.00'],
    ['9007199254740993.01', '9_007_199_254_740_993,01', '9,007,199,254,740,993.01'],
    ['0.125', '0,125', '0.125'],
    ['n/a', 'n/a', 'n/a'],
  ];
  for (const [text, french, english] of cases) {
    assert.equal(spaces(showAmount(text, 'fr')), french);
    assert.equal(showAmount(text, 'en'), english);
  }
  assert.equal(copyAmount('1910.44', 'fr'), '1910,44');
  assert.equal(spaces(showMoney('299', 'EUR', 'fr')), '299,00_€');
});

test('rates have at least two decimals and no useless zeros', () => {
  assert.deepEqual(
    ['20', '5.5', '8.875', '20.0000'].map((rate) => showRate(rate, 'fr')),
    ['20,00', '5,50', '8,875', '20,00'],
  );
  assert.deepEqual([spaces(showPercent('20', 'fr')), showPercent('8.8750', 'en')], ['20,00_%', '8.875%']);
  assert.deepEqual(
    ['20.00', '5.5%', '8.8750', '21%', 'x'].map((rate) => showShortRate(rate, 'fr')),
    ['20', '5,5', '8,875', '21', 'x'],
  );
});

test('S-037 long French dates name the first of the month « 1er »', () => {
  assert.equal(showLongDay('2026-10-01', 'fr'), 'jeudi 1er octobre 2026');
  assert.equal(showLongDay('2026-10-31', 'fr'), 'samedi 31 octobre 2026');
  assert.equal(showLongDay('2026-10-11', 'fr'), 'dimanche 11 octobre 2026');
  assert.equal(showLongDay('2026-10-01', 'en'), 'Thursday 1 October 2026');
  assert.equal(showDay('2018-11-26', 'fr'), '26/11/2018');
});

test('durations, sizes and counts', () => {
  assert.equal(spaces(showDuration(182, 'fr')), '182_ms');
  assert.equal(spaces(showDuration(1100, 'fr')), '1,1_s');
  assert.equal(spaces(showDuration(245_000, 'en')), '4_min_05_s');
  assert.equal(spaces(showBytes(6349, 'fr')), '6,2_Ko');
  assert.equal(spaces(showCount(25742, 'fr')), '25_742');
});

test('French typography: no-break spaces and curved apostrophes', () => {
  assert.equal(spaces(typography("L'import : « Alma 3x » à 21 % ?", 'fr')), 'L’import_: «_Alma 3x_» à 21_%_?');
});

test('a missing sentence shows its key, a missing value its hole', () => {
  assert.equal(translate('fr', 'no.such.key'), 'no.such.key');
});

test('words follow their count: French is singular at 0, English is not', () => {
  assert.equal(spaces(translate('fr', 'ui.review.create', { n: 1 })), 'Créer 1 écriture');
  assert.equal(spaces(translate('fr', 'ui.review.create', { n: 25742 })), 'Créer 25_742 écritures');
  assert.equal(translate('fr', 'ui.count.entries', { n: 0 }), '0 écriture');
  assert.equal(translate('en', 'ui.count.entries', { n: 0 }), '0 entries');
});

test('every territory an exception may name has its name in both languages', () => {
  for (const { code } of TERRITORIES) {
    for (const language of ['fr', 'en'] as const) assert.notEqual(countryName(code, language), code, code);
  }
  assert.equal(countryName('FR-20R', 'fr'), 'Corse');
});
