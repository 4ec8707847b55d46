import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import type { CustomerRecord } from '../core/customer-record.ts';
import { fitting, golden } from './contract-kit.ts';
import { csvCustomers } from './csv-customers.ts';
import { CONTEXT } from './sample-entries.ts';

const PERSON: CustomerRecord = {
  code: 'CLIWE001',
  account: '411000',
  thirdParty: 'CLIWE001',
  name: 'Zoé Lefèvre',
  firstName: 'Zoé',
  lastName: 'Lefèvre',
  company: '',
  lines: ['1 rue de l’Œillet', 'Bât. B; étage 2', 'Porte 4', 'Code "12"'],
  postcode: '34200',
  city: 'Sète',
  region: 'Occitanie',
  country: 'FR',
  vatNumber: '',
  registrationNumber: '',
  email: 'zoe@example.test',
  phone: '+33 4 00 00 00 00',
};
const COMPANY: CustomerRecord = {
  ...PERSON,
  code: '411W02',
  account: '411W02',
  thirdParty: '',
  name: '=Lien SARL',
  company: '=Lien SARL',
  lines: [],
  region: '',
  vatNumber: 'FR12345678901',
  registrationNumber: '123456789',
  phone: '',
};

function fileOf(customers: readonly CustomerRecord[]): Buffer {
  const rows = customers.map((customer) => fitting(csvCustomers.encode(customer, CONTEXT)).bytes);
  return Buffer.concat([csvCustomers.head(CONTEXT, '', day('2026-11-24')), ...rows]);
}

async function codesOf(bytes: Buffer): Promise<unknown[]> {
  const read: unknown[] = [];
  for await (const batch of csvCustomers.read([bytes.subarray(0, 100), bytes.subarray(100)]))
    read.push(...batch.map((row) => (row.type === 'customer' ? row.code : [row.lineNumber, row.expected])));
  return read;
}

test('a list of customers: codes, names, address, numbers; cells quoted, formulas neutralised', async () => {
  const bytes = fileOf([PERSON, COMPANY]);
  golden(new URL('./golden/csv/customers.csv', import.meta.url), bytes);
  assert.deepEqual(await codesOf(bytes), ['CLIWE001', '411W02']);
});

test('a code that cannot be written as it is keeps the customer out; texts are cleaned', () => {
  const refused = csvCustomers.encode({ ...PERSON, code: 'A\tB' }, CONTEXT);
  assert.deepEqual(refused.state === 'refused' && refused.faults.map(({ reason }) => reason), ['unencodable']);
  const lines = fileOf([{ ...PERSON, name: 'A\r\nB', email: '\u0000' }])
    .toString()
    .split('\r\n');
  assert.equal(lines.length, 3, 'a record is a line');
});

test('a damaged list is answered with the line', async () => {
  const damaged = Buffer.from(fileOf([PERSON]).toString().replace('34200;', ''));
  assert.deepEqual(await codesOf(damaged), [[2, '18 cells']]);
});
