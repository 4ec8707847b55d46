import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from './decimal.ts';
import type { TaxTreatment } from './document.ts';
import { placeOf } from './territories.ts';
import { isBusiness, TREATMENT_REASONS, TREATMENTS, treatmentOf } from './treatment.ts';
import { stateOfVatNumber } from './vat-number.ts';

/** `home > country[:postcode]`, rates charged, VAT number (`!` found wrong, `+` found valid), what the shop states. */
type Sketch = readonly [route: string, rates: string, number?: string, stated?: TaxTreatment];

function told([route, rates, number = '', stated]: Sketch, distanceSales: 'oss' | 'home' = 'oss'): string {
  const [home = '', to = ''] = route.split(' > ');
  const [country = '', postcode = null] = to.split(':');
  const found = treatmentOf({
    home: placeOf(home, null),
    distanceSales,
    place: country === '-' ? null : placeOf(country, postcode),
    taxes: rates === '' ? [] : rates.split(' ').map((rate) => ({ rate: decimal(rate), treatment: stated ?? null })),
    vatNumber: number === '' ? null : numberOf(number),
    customerCountry: country,
  });
  return found === null ? 'unknown' : `${found.treatment}, ${found.reason}`;
}

function numberOf(text: string) {
  const valid = text.endsWith('!') ? false : text.endsWith('+') ? true : null;
  return { value: text.replace(/[!+]$/, ''), valid };
}

const cases: [Sketch, string][] = [
  [['FR > FR:75001', '20'], 'domestic, taxed-at-home'],
  [['FR > FR:20200', '0.9'], 'domestic, taxed-at-home'],
  [['FR > MC', '20'], 'domestic, taxed-at-home'],
  [['MC > FR', '20'], 'domestic, taxed-at-home'],
  [['FR > FR', '0'], 'domestic, taxed-at-home'],
  [['FR > FR', ''], 'notSubject, untaxed-at-home'],
  [['FR > FR', '', 'FR12345678901'], 'notSubject, untaxed-at-home'],
  [['FR > FR:97400', ''], 'overseas, overseas'],
  [['FR > RE', '8.5'], 'overseas, overseas'],
  [['RE > RE', '8.5'], 'domestic, taxed-at-home'],
  [['RE > FR', ''], 'overseas, overseas'],
  [['FR > PF', ''], 'overseas, overseas'],
  [['FR > FR:97150', ''], 'overseas, overseas'],
  [['MQ > GP', '8.5'], 'domestic, taxed-at-home'],
  [['GP > FR:97200', '8.5'], 'domestic, taxed-at-home'],
  [['MQ > RE', ''], 'overseas, overseas'],
  [['RE > DE', ''], 'export, leaves-home'],
  [['GF > GF', ''], 'notSubject, untaxed-at-home'],
  [['ES > EA', ''], 'overseas, overseas'],
  [['FR > ES:52001', ''], 'export, leaves-union'],
  [['IC > ES', ''], 'overseas, overseas'],
  [['IT > IT:23041', ''], 'overseas, overseas'],
  [['IT > IT:22061', ''], 'overseas, overseas'],
  [['FR > IT:23041', ''], 'export, leaves-union'],
  [['FR > CH:6911', ''], 'export, leaves-union'],
  [['GR > GR:63086', ''], 'overseas, overseas'],
  [['FR > GR:630 86', ''], 'export, leaves-union'],
  [['FR > VA', ''], 'export, leaves-union'],
  [['IT > SM', ''], 'export, leaves-union'],
  [['FI > AX', ''], 'overseas, overseas'],
  [['AT > AT:6691', '19'], 'domestic, taxed-at-home'],
  [['PT > PT:9000-001', '22'], 'domestic, taxed-at-home'],
  [['DK > FO', ''], 'overseas, overseas'],
  [['FR > GL', ''], 'export, leaves-union'],
  [['ES > ES:35001', ''], 'overseas, overseas'],
  [['FR > ES:35001', ''], 'export, leaves-union'],
  [['FR > FI:22100', ''], 'export, leaves-union'],
  [['DE > DE:78266', ''], 'overseas, overseas'],
  [['FR > DE:27498', ''], 'export, leaves-union'],
  [['FR > DE', '19'], 'oss, taxed-at-arrival'],
  [['FR > DE', '19 7'], 'oss, taxed-at-arrival'],
  [['FR > PT:9500-321', '16'], 'oss, taxed-at-arrival'],
  [['FR > GB:BT1 5GS', '20'], 'oss, taxed-at-arrival'],
  [['FR > DE', '', 'DE123456789'], 'intraCommunity, business-elsewhere'],
  [['FR > DE', '0', 'DE123456789'], 'intraCommunity, business-elsewhere'],
  [['FR > DE', '', '123456789'], 'intraCommunity, business-elsewhere'],
  [['FR > DE', '', 'BE0123456789+'], 'intraCommunity, business-elsewhere'],
  [['FR > GR', '', 'EL123456789'], 'intraCommunity, business-elsewhere'],
  [['FR > GB:BT1', '', 'XI123456789'], 'intraCommunity, business-elsewhere'],
  [['FR > DE', '', 'DE123456789!'], 'notSubject, untaxed-in-union'],
  [['FR > DE', '', 'FR12345678901'], 'notSubject, untaxed-in-union'],
  [['FR > DE', '', 'DE12'], 'notSubject, untaxed-in-union'],
  [['FR > DE', '', 'de 123.456.789'], 'intraCommunity, business-elsewhere'],
  [['MC > IT', '', 'IT12345678901'], 'intraCommunity, business-elsewhere'],
  [['FR > MC', '', 'FR12345678901'], 'notSubject, untaxed-at-home'],
  [['FR > GB:BT1', '', 'GB123456789'], 'notSubject, untaxed-in-union'],
  [['FR > FI:22100', '', 'FI12345678'], 'export, leaves-union'],
  [['FR > ES:38001', '', 'ESB1234567X'], 'export, leaves-union'],
  [['XI > IE', '', 'IE1234567WA'], 'intraCommunity, business-elsewhere'],
  [['XI > FR', '20'], 'oss, taxed-at-arrival'],
  [['FR > DE', ''], 'notSubject, untaxed-in-union'],
  [['FR > DE', '19', 'DE123456789'], 'oss, taxed-at-arrival'],
  [['FR > CH', ''], 'export, leaves-union'],
  [['FR > GB', '', 'GB123456789'], 'export, leaves-union'],
  [['FR > JE', ''], 'export, leaves-union'],
  [['FR > IT:47890', ''], 'export, leaves-union'],
  [['FR > CH', '8.1'], 'foreign, taxed-abroad'],
  [['CH > LI', '8.1'], 'domestic, taxed-at-home'],
  [['CH > DE:78266', '8.1'], 'domestic, taxed-at-home'],
  [['CH > CH:7563', ''], 'overseas, overseas'],
  [['CH > CH:6911', ''], 'export, leaves-home'],
  [['CH > DE', ''], 'export, leaves-home'],
  [['CH > US', ''], 'export, leaves-home'],
  [['CH > DE', '19'], 'oss, taxed-at-arrival'],
  [['GB > GB:BT1', '20'], 'domestic, taxed-at-home'],
  [['GB > IM', '20'], 'domestic, taxed-at-home'],
  [['XI > GB', '20'], 'domestic, taxed-at-home'],
  [['GB > JE', ''], 'export, leaves-home'],
  [['FR > DE', '19', '', 'marketplace'], 'marketplace, stated'],
  [['FR > FR', '0', '', 'marketplace'], 'marketplace, stated'],
  [['FR > FR', '20', '', 'standard'], 'domestic, taxed-at-home'],
  [['FR > US', '0', '', 'outOfScope'], 'notSubject, stated'],
  [['FR > DE', '19', '', 'ioss'], 'oss, stated'],
  [['FR > -', ''], 'unknown'],
];

for (const [sketch, expected] of cases) {
  test(`D-19 ${sketch.join(', ')} is ${expected}`, () => assert.equal(told(sketch), expected));
}

test('D-19 one per cent is VAT too: charged abroad, the sale is no export', () => {
  assert.equal(told(['FR > CH', '1']), 'foreign, taxed-abroad');
  assert.equal(told(['FR > CH', '0']), 'export, leaves-union');
});

test('D-19 below the threshold, a taxed sale to another member state is one of home', () => {
  assert.equal(told(['FR > DE', '20'], 'home'), 'domestic, taxed-below-threshold');
  assert.equal(told(['FR > DE', '', 'DE123456789'], 'home'), 'intraCommunity, business-elsewhere');
});

test('D-25 what some taxes state and others do not is not the treatment of the whole', () => {
  const taxes = [
    { rate: decimal('19'), treatment: 'marketplace' as const },
    { rate: decimal('7'), treatment: null },
  ];
  const facts = { home: placeOf('FR', null), distanceSales: 'oss' as const, place: placeOf('DE', null) };
  assert.equal(treatmentOf({ ...facts, taxes, vatNumber: null, customerCountry: 'DE' })?.treatment, 'oss');
});

test('every treatment and every reason is reached by a case', () => {
  const all = [...cases.map(([, expected]) => expected), told(['FR > DE', '20'], 'home')].join(' ');
  for (const name of [...TREATMENTS, ...TREATMENT_REASONS]) assert.ok(all.includes(name), name);
});

/** [number, country of the customer, member state] */
const numbers: [string, string | null, string | null][] = [
  ['FR12345678901', null, 'FR'],
  ['FRXX999999999', null, 'FR'],
  ['ATU12345678', null, 'AT'],
  ['BE1012345678', null, 'BE'],
  ['BE 0123.456.789', null, 'BE'],
  ['fr-12 345 678 901', null, 'FR'],
  ['BE123456789', null, null], // nine digits: the zero is missing
  ['ESX1234567X', null, 'ES'],
  ['IE1234567WI', null, 'IE'],
  ['NL123456789B01', null, 'NL'],
  ['EL123456789', null, 'GR'],
  ['GR123456789', null, 'GR'],
  ['GB123456789', null, null],
  ['CHE123456789', null, null],
  ['123456789', 'DE', 'DE'],
  ['123456789', 'US', null],
  ['123456789', null, null],
  ['FR1234', 'FR', null],
  ['', 'FR', null],
];

for (const [value, country, state] of numbers) {
  test(`R-15 the VAT number “${value}” of a customer in ${country} is of ${state}`, () =>
    assert.equal(stateOfVatNumber(value, country), state));
}

test('R-15 a business has a number found valid, or one of the right shape that nobody checked', () => {
  assert.ok(isBusiness({ value: 'DE123456789', valid: null }, null));
  assert.ok(isBusiness({ value: 'CHE1', valid: true }, null));
  assert.ok(!isBusiness({ value: 'DE123456789', valid: false }, null));
  assert.ok(!isBusiness({ value: 'DE1', valid: null }, null));
  assert.ok(!isBusiness(null, 'DE'));
});
