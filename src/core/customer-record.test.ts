import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerRecord, type RecordOptions, withoutAccents } from './customer-record.ts';
import type { Address, Customer } from './document.ts';
import { sketch } from './testing/sketch.ts';

const AS_IT_IS: RecordOptions = { stripAccents: false, upperCaseName: false, upperCaseAddress: false };
const CODES = { code: 'CLIWE001', account: '411000', thirdParty: 'CLIWE001' };

const ADDRESS: Address = {
  company: null,
  firstName: 'Zoé',
  lastName: 'Lefèvre',
  lines: [' 1 rue de l’Œillet', '', 'Bâtiment É'],
  postcode: '34200',
  city: 'Sète',
  region: null,
  country: 'FR',
  phone: '+33 4 00 00 00 00',
};

function recordOf(customer: Partial<Customer>, options: Partial<RecordOptions> = {}, changes = {}) {
  const document = sketch('sale FR; product 10', { billing: ADDRESS, ...changes });
  return customerRecord({ ...document, customer: { ...document.customer, ...customer } }, CODES, {
    ...AS_IT_IS,
    ...options,
  });
}

const ZOE = { firstName: 'Zoé', lastName: 'Lefèvre', email: ' zoe@example.test ' };

test('a record is what the shop says, trimmed, of the billing address', () => {
  assert.deepEqual(recordOf({ ...ZOE, vatNumber: { value: ' FR12345678901', valid: null } }), {
    ...CODES,
    name: 'Zoé Lefèvre',
    firstName: 'Zoé',
    lastName: 'Lefèvre',
    company: '',
    lines: ['1 rue de l’Œillet', 'Bâtiment É'],
    postcode: '34200',
    city: 'Sète',
    region: '',
    country: 'FR',
    vatNumber: 'FR12345678901',
    registrationNumber: '',
    email: 'zoe@example.test',
    phone: '+33 4 00 00 00 00',
  });
});

test('S-163 accents are taken off names and addresses, and off nothing else', () => {
  const { name, lines, city, email } = recordOf({ ...ZOE, email: 'zoé@example.test' }, { stripAccents: true });
  assert.deepEqual(
    [name, lines, city, email],
    ['Zoe Lefevre', ['1 rue de l’OEillet', 'Batiment E'], 'Sete', 'zoé@example.test'],
  );
  assert.equal(withoutAccents('Straße Łódź Ærø Đà Nẵng Þór ıç'), 'Strasse Lodz AEro Da Nang THor ic');
});

test('S-164 the name in capitals, the address as it is', () => {
  const { name, firstName, lastName, city } = recordOf(ZOE, { upperCaseName: true });
  assert.deepEqual([name, firstName, lastName, city], ['ZOÉ LEFÈVRE', 'ZOÉ', 'LEFÈVRE', 'Sète']);
});

test('S-165 the address in capitals, the name as it is; with accents off too', () => {
  const { name, lines, city } = recordOf(ZOE, { upperCaseAddress: true, stripAccents: true });
  assert.deepEqual([name, lines, city], ['Zoe Lefevre', ['1 RUE DE L’OEILLET', 'BATIMENT E'], 'SETE']);
});

test('the name is the company, else the person of the order or of its address, else the code', () => {
  const nobody = { firstName: null, lastName: null, company: null };
  assert.equal(recordOf({ ...ZOE, company: 'Lien SARL' }).name, 'Lien SARL');
  assert.equal(recordOf(nobody, {}, { billing: { ...ADDRESS, company: 'Quai 9' } }).name, 'Quai 9');
  assert.equal(recordOf(nobody).name, 'Zoé Lefèvre');
  assert.equal(recordOf(nobody, {}, { billing: null, delivery: null }).name, 'CLIWE001');
});

test('without a billing address that of delivery serves', () => {
  assert.equal(recordOf(ZOE, {}, { billing: null, delivery: { ...ADDRESS, city: 'Nîmes' } }).city, 'Nîmes');
});

test('what a customer does not have is an empty text, for files have a place for it', () => {
  const { vatNumber } = recordOf({ vatNumber: null });
  assert.equal(vatNumber, '');
  assert.equal(recordOf({ vatNumber: { value: ' DE811569869 ', valid: null } }).vatNumber, 'DE811569869');
});
