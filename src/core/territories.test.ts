import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInUnion, isPlaceCode, namesOfPlace, placeOf, stateOf, TERRITORIES, vatAreaOf } from './territories.ts';

/** [country, postcode, names an exception may call it by, whose VAT, whether in the Union's VAT, state] */
const cases: [string, string | null, string, string, boolean, string][] = [
  ['FR', '75001', 'FR', 'FR', true, 'FR'],
  ['FR', null, 'FR', 'FR', true, 'FR'],
  ['FR', '97110', 'GP FR', 'GP', false, 'FR'],
  ['GP', null, 'GP FR', 'GP', false, 'FR'],
  ['FR', '97200', 'MQ FR', 'GP', false, 'FR'],
  ['FR', '97300', 'GF FR', 'GF', false, 'FR'],
  ['FR', '97400', 'RE FR', 'RE', false, 'FR'],
  ['FR', 'F-97400', 'RE FR', 'RE', false, 'FR'],
  ['FR', 'fr 97 400', 'RE FR', 'RE', false, 'FR'],
  ['FR', 'FR97400', 'RE FR', 'RE', false, 'FR'],
  ['FR', '97491 Cedex 9', 'RE FR', 'RE', false, 'FR'],
  ['FR', '', 'FR', 'FR', true, 'FR'],
  ['FR', '974', 'FR', 'FR', true, 'FR'],
  ['FR', '974000', 'FR', 'FR', true, 'FR'],
  ['FR', '20000', 'FR-20R FR', 'FR', true, 'FR'],
  ['FR', '2A004', 'FR', 'FR', true, 'FR'], // a code of the census, not of the post
  ['FR', '97500', 'PM FR', 'PM', false, 'FR'],
  ['FR', '97600', 'YT FR', 'YT', false, 'FR'],
  ['FR', '97133', 'BL FR', 'BL', false, 'FR'],
  ['FR', '97150', 'MF FR', 'MF', false, 'FR'],
  ['FR', '98600', 'WF FR', 'WF', false, 'FR'],
  ['FR', '98714', 'PF FR', 'PF', false, 'FR'],
  ['FR', '98800', 'NC FR', 'NC', false, 'FR'],
  ['FR', '98000', 'MC FR', 'FR', true, 'MC'],
  ['MC', '98000', 'MC FR', 'FR', true, 'MC'],
  ['FR', '20 200', 'FR-20R FR', 'FR', true, 'FR'],
  ['ES', '35001', 'IC ES', 'IC', false, 'ES'],
  ['ES', '38001', 'IC ES', 'IC', false, 'ES'],
  ['ES', '51001', 'EA ES', 'EA', false, 'ES'],
  ['ES', '52001', 'EA ES', 'EA', false, 'ES'],
  ['ES', '28001', 'ES', 'ES', true, 'ES'],
  ['FI', '22100', 'AX FI', 'AX', false, 'FI'],
  ['FI', 'AX-22100', 'AX FI', 'AX', false, 'FI'],
  ['DE', '78266', 'DE-BUS DE', 'CH', false, 'DE'],
  ['DE', 'D-78266', 'DE-BUS DE', 'CH', false, 'DE'],
  ['CH', '8238', 'DE-BUS CH', 'CH', false, 'DE'],
  ['DE', '27498', 'DE-HEL DE', 'DE-HEL', false, 'DE'],
  ['IT', '23041', 'IT-LIV IT', 'IT-LIV', false, 'IT'],
  ['IT', '22061', 'IT-CAM IT', 'IT-CAM', false, 'IT'],
  ['CH', '6911', 'IT-CAM CH', 'IT-CAM', false, 'IT'],
  ['CH', 'CH-7563', 'CH-SAM CH', 'CH-SAM', false, 'CH'],
  ['IT', '47890', 'SM IT', 'SM', false, 'SM'],
  ['IT', '00120', 'VA IT', 'VA', false, 'VA'],
  ['GR', '630 86', 'GR-69 GR', 'GR-69', false, 'GR'],
  ['PT', '9500-321', 'PT-20 PT', 'PT', true, 'PT'],
  ['PT', '9000-001', 'PT-30 PT', 'PT', true, 'PT'],
  ['AT', '6691', 'AT-JM AT', 'AT', true, 'AT'],
  ['GB', 'bt1 5gs', 'XI GB', 'XI', true, 'GB'],
  ['GB', 'SW1A 1AA', 'GB', 'GB', false, 'GB'],
  ['GB', 'IM1 1AA', 'IM GB', 'GB', false, 'IM'],
  ['GB', 'GY1 1AA', 'GG GB', 'GG', false, 'GG'],
  ['JE', null, 'JE GB', 'JE', false, 'JE'],
  ['CH', '9490', 'LI CH', 'CH', false, 'LI'],
  ['CH', '8000', 'CH', 'CH', false, 'CH'],
  ['DK', '3900', 'GL DK', 'GL', false, 'DK'],
  ['FO', null, 'FO DK', 'FO', false, 'DK'],
  ['NO', '9171', 'SJ NO', 'SJ', false, 'NO'],
  ['NO', '8099', 'SJ NO', 'SJ', false, 'NO'],
  ['ES', ' 35 001 ', 'IC ES', 'IC', false, 'ES'],
  ['ES', null, 'ES', 'ES', true, 'ES'],
  ['IC', '35001', 'IC ES', 'IC', false, 'ES'],
  ['EA', null, 'EA ES', 'EA', false, 'ES'],
  ['XI', 'BT7 1NN', 'XI GB', 'XI', true, 'GB'],
  ['GB', 'BT71NN', 'XI GB', 'XI', true, 'GB'],
  ['GB', 'B71 1NN', 'GB', 'GB', false, 'GB'],
  ['GB', 'je2-3ab', 'JE GB', 'JE', false, 'JE'],
  ['GB', 'GIR 0AA', 'GB', 'GB', false, 'GB'],
  ['GB', null, 'GB', 'GB', false, 'GB'],
  ['IM', null, 'IM GB', 'GB', false, 'IM'],
  ['PT', '9500', 'PT-20 PT', 'PT', true, 'PT'],
  ['PT', '1000-001', 'PT', 'PT', true, 'PT'],
  ['SM', '47891', 'SM IT', 'SM', false, 'SM'],
  ['VA', null, 'VA IT', 'VA', false, 'VA'],
  ['US', '97400', 'US', 'US', false, 'US'],
];

for (const [country, postcode, names, area, union, state] of cases) {
  test(`R-40 ${country} ${postcode ?? 'without postcode'} is ${names}, VAT of ${area}`, () => {
    const place = placeOf(country, postcode);
    assert.deepEqual(
      [namesOfPlace(place).join(' '), vatAreaOf(place), isInUnion(vatAreaOf(place)), stateOf(place)],
      [names, area, union, state],
    );
  });
}

test('R-40 every territory is reached by the code an exception names', () => {
  for (const { code } of TERRITORIES) {
    assert.ok(isPlaceCode(code));
    assert.equal(namesOfPlace(placeOf(code, null))[0], code);
  }
  assert.ok(isPlaceCode('FR') && !isPlaceCode('FR-ZZ') && !isPlaceCode('france'));
});

test('R-40 a territory that a neighbour’s post serves is still under its own state by its code', () => {
  assert.deepEqual(
    ['DE-BUS', 'IT-CAM'].map((code) => namesOfPlace(placeOf(code, null))),
    [
      ['DE-BUS', 'DE'],
      ['IT-CAM', 'IT'],
    ],
  );
});
