import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { day } from '../core/calendar.ts';
import type { CustomerRecord } from '../core/customer-record.ts';
import { chunksOf, fitting, golden } from './contract-kit.ts';
import type { Format } from './format.ts';
import { HOSTILE } from './hostile.ts';
import { formats } from './index.ts';
import { CONTEXT } from './sample-entries.ts';

/** S-149 The file of customers beside the entries, of every format that has one declared. */

const PERSON: CustomerRecord = {
  code: 'CLI00001',
  account: '411000',
  thirdParty: 'CLI00001',
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
  code: 'CLI00002',
  thirdParty: 'CLI00002',
  name: '#Lien, Köln "GmbH"',
  company: '#Lien, Köln "GmbH"',
  lines: [],
  postcode: 'SW1A 2AA',
  city: 'London',
  region: '',
  country: 'GB',
  vatNumber: 'FR12345678901',
  registrationNumber: '12345678900011',
  phone: '',
};
const OWN_ACCOUNT: CustomerRecord = { ...PERSON, code: '411W01', account: '411W01', thirdParty: '' };

/** The customer of the published samples, and the record that they render. */
const CLIENT: CustomerRecord = {
  ...PERSON,
  code: 'WEBFRANCE',
  account: '4110000',
  thirdParty: 'WEBFRANCE',
  name: 'Client Web France',
  ...{ firstName: '', lastName: '', company: '', lines: [], postcode: '', city: '', region: '', country: '' },
  ...{ email: '', phone: '' },
};

type Sample = {
  readonly path: string;
  readonly record: RegExp;
  readonly customer?: Partial<CustomerRecord>;
  readonly instead?: readonly [string, string];
};
const SAMPLES: Readonly<Record<string, Sample>> = {
  'ebp-v3': { path: 'ebp-v3/samples/ebp-v3.comptes.txt', record: /^WEBFRANCE,.*\r\n/ },
  'quadratus-ascii': {
    path: 'quadratus-ascii/samples/quadratus-ascii.vente.txt',
    record: /^C.*\r\n/,
    customer: { code: 'WEBFRANC', thirdParty: 'WEBFRANC', account: '411000' },
  },
  'cegid-tra-std': { path: 'cegid-tra-std/samples/cegid-tra-std.vente.tra', record: /^\*\*\*CAE.*\r\n/m },
  'sage-100-flat': {
    path: 'sage-100-flat/samples/sage-100-flat.client.txt',
    record: /^#MPCT[\s\S]*?(?=#FIN)/m,
    customer: { country: 'FR' },
    instead: ['CLIENT WEB FRANCE', 'WEBFRANCE'], // theirs sorts him by his code
  },
  'sage50-rimport': { path: 'sage50-rimport/samples/sage50-rimport.vente.txt', record: /^"WEBFRANCE"\t"Client.*\r\n/m },
};

const listed = formats.flatMap((format) => (format.customers === null || format.id === 'csv' ? [] : [format]));

test('the formats that have a file of customers', () => {
  assert.deepEqual(listed.map(({ id }) => id).sort(), [
    'cegid-tra-ete',
    'cegid-tra-std',
    'ciel-ximport',
    'ebp-v3',
    'ebp-v5',
    'isacompta-ecr',
    'ldcompta-10',
    'quadratus-ascii',
    'sage-100-flat',
    'sage50-rimport',
  ]);
});

for (const format of listed) {
  const list = format.customers ?? assert.fail();
  const fileOf = (customers: readonly CustomerRecord[]) =>
    Buffer.concat([
      list.head(CONTEXT, '20181126-120000', day('2018-11-26')),
      ...customers.map((customer) => fitting(list.encode(customer, CONTEXT)).bytes),
      list.foot,
    ]);
  const codesIn = async (bytes: Buffer, chunk = 50) => {
    const read = (await Array.fromAsync(list.read(chunksOf(bytes, chunk)))).flat();
    return read.map((each) => (each.type === 'customer' ? each.code : [each.lineNumber, each.expected]));
  };

  describe(`customers of ${format.id}`, () => {
    test('S-149 names, addresses and numbers in the program’s own layout, each code read back', async () => {
      const bytes = fileOf([PERSON, COMPANY]);
      golden(new URL(`./golden/${format.id}/customers.${format.extension}`, import.meta.url), bytes);
      for (const chunk of [1, 7, 1_000_000]) assert.deepEqual(await codesIn(bytes, chunk), ['CLI00001', 'CLI00002']);
    });

    test('a customer with an account of his own is listed where accounts and third parties are one', async () => {
      assert.equal(list.lists(OWN_ACCOUNT), format.accounts === 'one');
      assert.ok(list.lists(PERSON));
      if (!list.lists(OWN_ACCOUNT)) return;
      const bytes = fileOf([OWN_ACCOUNT]);
      assert.deepEqual(await codesIn(bytes), ['411W01']);
      assert.equal(bytes.toString('latin1').match(/411W01/g)?.length, 1, 'he is not his own collective account');
    });

    for (const [name, text] of Object.entries(HOSTILE)) {
      test(`hostile text: ${name}`, async () => {
        const texts = { name: text, firstName: text, lastName: text, company: text, city: text, region: text };
        const numbers = { postcode: text, country: text, vatNumber: text, registrationNumber: text, email: text };
        const hostile = { ...PERSON, ...texts, ...numbers, phone: text, lines: [text, text, text] };
        assert.deepEqual(await codesIn(fileOf([hostile, PERSON])), ['CLI00001', 'CLI00001']);
      });
    }

    for (const code of ['A\tB', 'A\nB', ' A', 'A\u0000', 'CLIENT-BEYOND-ANY-WIDTH-0001']) {
      test(`the code ${JSON.stringify(code)} keeps the customer out, it is not mended`, () => {
        const encoded = list.encode({ ...PERSON, code, thirdParty: code }, CONTEXT);
        if (encoded.state === 'fits') {
          assert.ok(format.limits.thirdParty === null || format.limits.thirdParty >= code.length);
          assert.ok(encoded.bytes.includes(code) && !/[\s\0]/.test(code));
        } else
          assert.deepEqual([...new Set(encoded.faults.map((fault) => 'field' in fault && fault.field))], ['customer']);
      });
    }

    test('his code has no more room than in the entries', () => {
      const { width = null } = list.fields.find(({ name }) => CODES.includes(name)) ?? assert.fail();
      assert.equal(width, format.limits.thirdParty);
    });

    test('a damaged file is answered with the line', async () => {
      const damaged = Buffer.concat([fileOf([PERSON]), Buffer.from(`${'X'.repeat(1000)}\r\n`)]);
      const [, fault] = await codesIn(damaged);
      assert.equal(fault?.[0], damaged.toString('latin1').trimEnd().split('\r\n').length);
    });

    const sample = SAMPLES[format.id];
    if (sample !== undefined) {
      test('golden: the customer of the descriptions, as they render him', () => {
        const whole = readFileSync(new URL(`./golden/${sample.path}`, import.meta.url), 'latin1');
        const customer = { ...CLIENT, ...sample.customer };
        assert.equal(
          fitting(list.encode(customer, CONTEXT))
            .bytes.toString('latin1')
            .replace(...(sample.instead ?? ['', '']))
            .trimEnd(),
          sample.record.exec(whole)?.[0].trimEnd(),
        );
      });
    }
  });
}

const CODES = ['numéro', 'numéro de compte', 'compte', 'code', 'Code', 'NOCL'];

test('what only some have: options of the format reach the file of customers', () => {
  const inDos = formats.find(({ id }) => id === 'ebp-v5')?.configured({ charset: 'cp850' });
  const list: Format['customers'] = inDos?.customers ?? null;
  assert.ok(list !== null && fitting(list.encode(PERSON, CONTEXT)).bytes.includes(Buffer.from([0x5a, 0x6f, 0x82]))); // Zoé
});
