import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { NumberedEntry } from '../../core/entry.ts';
import { type FormatDefinition, formatDefinition } from '../../schema/format-definition.ts';
import { formatContract } from '../contract.ts';
import { fileOf, fitting, golden, readAll } from '../contract-kit.ts';
import { roundTrip } from '../contract-round-trip.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, IN_DOLLARS, MANUAL, PAYMENT, SALE } from '../sample-entries.ts';
import { custom, customFormat } from './custom.ts';
import { definitionFaults } from './faults.ts';

formatContract({ format: custom, badCodes: [] });

const CABINET: unknown = JSON.parse(
  readFileSync(new URL('../../../docs/samples/cabinet-riviere.json', import.meta.url), 'utf8'),
);
const cabinet = customFormat(formatDefinition.parse(CABINET));

describe('S-145 a format its user describes: Cabinet Rivière', () => {
  test('the entries of the manual, 74 positions a line', () => {
    const bytes = fileOf(cabinet, MANUAL);
    golden(new URL('./golden-own/cabinet-riviere.txt', import.meta.url), bytes);
    for (const line of bytes.toString('latin1').split('\r\n').slice(0, -1)) assert.equal(line.length, 74);
  });
  roundTrip(cabinet);
});

/** [what a column says beside its name, what it writes for the sale's first line between bars] */
const COLUMNS: readonly (readonly [object, string])[] = [
  [{ is: 'label', letters: 'upper', width: 11 }, 'PAUL DURAND'],
  [{ is: 'label', letters: 'lower' }, 'paul durand - fa000001 - 1'],
  [{ is: 'label', tooLong: 'keepEnd', width: 8 }, '0001 - 1'],
  [{ is: 'piece', tooLong: 'keepStart', width: 4 }, 'FA00'],
  [{ is: 'piece' }, 'FA000001'],
  [{ is: 'reference' }, 'WEB1'],
  [{ is: 'order' }, '1'],
  [{ is: 'country' }, 'FR'],
  [{ is: 'paymentMethod', letters: 'upper' }, 'CARTE BANCAIRE'],
  [{ is: 'documentCurrency' }, 'EUR'],
  [{ is: 'documentKey' }, 'sale/1'],
  [{ is: 'companyName' }, 'MA BOUTIQUE'],
  [{ is: 'rate', point: ',' }, ''],
  [{ is: 'taxRate', point: ',' }, ''],
  [{ is: 'pattern', text: '%CF %CL' }, 'Paul Durand'],
  [{ is: 'dueDate', pattern: 'AAAA/MM/JJ' }, '2018/11/26'],
  [{ is: 'documentDate', pattern: 'AAMMJJ' }, '181126'],
  [{ is: 'kind', sale: 'FC', creditNote: 'AC', payment: 'RC' }, 'FC'],
  [{ is: 'journal', tooLong: 'keepStart', width: 2 }, 'VT'],
  [{ is: 'reference', when: { kinds: ['payment'] } }, ''],
  [{ is: 'reference', when: { side: 'debit' } }, 'WEB1'],
  [{ is: 'reference', when: { lines: 'general' } }, ''],
  [{ is: 'accountName' }, 'Client Web France'],
  [{ is: 'amount', point: '.', decimals: 4 }, '483.6000'],
  [{ is: 'amount', point: '', decimals: 3 }, '483600'],
];

for (const [column, written] of COLUMNS) {
  test(`S-145 column ${JSON.stringify(column)} writes “${written}”, and the line is read back`, async () => {
    const isAmount = 'is' in column && column.is === 'amount';
    const definition = described([
      { name: 'Jour', is: 'date', pattern: 'AAAA-MM-JJ' },
      { name: 'Journal entier', is: 'journal' },
      { name: 'Compte', is: 'account' },
      { name: 'Tiers', is: 'thirdParty' },
      ...(isAmount ? [] : [{ name: 'Somme', is: 'amount', point: '.' }]),
      { name: 'Sens', is: 'side', debit: 'D', credit: 'C' },
      { name: 'Vue', ...column },
    ]);
    assert.deepEqual(definitionFaults(definition), []);
    const format = customFormat(definition);
    const bytes = fileOf(format, [{ ...SALE, columns: { '%CF %CL': 'Paul Durand' } }]);
    assert.equal(bytes.toString('utf8').split('\r\n')[0]?.split(';').at(-1), written);
    const amounts = (await readAll(format, bytes)).map((line) => line.type === 'line' && line.amountMinor);
    assert.deepEqual(amounts, [48360n, -40300n, -8060n]);
  });
}

const BASE = [
  { name: 'Jour', is: 'date', pattern: 'JJMMAA' },
  { name: 'Compte', is: 'anyAccount' },
  { name: 'Somme', is: 'signed', point: '.' },
];
const FIXED = BASE.map((column, index) => ({ ...column, width: [6, 10, 12][index] }));

/** [what is changed of a good definition, what is wrong then: path, code, value] */
const FAULTS: readonly (readonly [object, string, string, string])[] = [
  [
    { columns: [...BASE, { ...BASE[0], is: 'documentDate' }] },
    'records.line.columns[3].name',
    'definition.name-twice',
    'Jour',
  ],
  [{ columns: [BASE[0], BASE[1]] }, 'records.line', 'definition.no-value', 'signed, debit, credit, amount, side'],
  [{ columns: [BASE[1], BASE[2]] }, 'records.line', 'definition.no-value', 'date'],
  [{ columns: [BASE[0], BASE[2]] }, 'records.line', 'definition.no-value', 'account, anyAccount'],
  [
    { columns: [BASE[0], BASE[1], { name: 'D', is: 'amount', point: '.' }] },
    'records.line',
    'definition.no-value',
    'side',
  ],
  [
    { columns: [...BASE, { name: 'D', is: 'debit', point: '.', zero: '' }] },
    'records.line',
    'definition.two-amounts',
    'signed, debit',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'pattern', text: '%XX' }] },
    'records.line.columns[3].text',
    'definition.unknown-code',
    '%XX',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'side', debit: 'D', credit: 'D' }] },
    'records.line.columns[3].credit',
    'definition.same-sides',
    'D',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'constant', text: 'a;b' }] },
    'records.line.columns[3].text',
    'definition.separator-in-text',
    'a;b',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'constant', text: '☕' }], charset: 'cp850' },
    'records.line.columns[3].text',
    'definition.unencodable',
    '☕',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'constant', text: 'abc', width: 2 }] },
    'records.line.columns[3].text',
    'definition.too-narrow',
    'abc',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'section', letters: 'upper' }] },
    'records.line.columns[3].letters',
    'definition.text-only',
    'section',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'kind', sale: '', creditNote: '', payment: '', tooLong: 'hold', width: 1 }] },
    'records.line.columns[3].tooLong',
    'definition.text-only',
    'kind',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'label', tooLong: 'keepEnd' }] },
    'records.line.columns[3].width',
    'definition.no-width',
    'keepEnd',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'debit', point: '.', zero: '-' }] },
    'records.line.columns[3].zero',
    'definition.not-zero',
    '-',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'lineNumber' }] },
    'records.line.columns[3]',
    'definition.line-number',
    'lineNumber',
  ],
  [
    { columns: [...BASE, { name: 'S', is: 'label', justify: 'right' }] },
    'records.line.columns[3].justify',
    'definition.not-here',
    'right',
  ],
  [{ columns: [...BASE, { name: 'S', is: 'counterAccount' }] }, 'records.line', 'definition.pairs', 'counterAccount'],
  [{ columns: BASE, pairs: true }, 'records.line', 'definition.no-value', 'debitAccount, creditAccount, amount'],
  [
    { columns: [{ ...BASE[0], when: { kinds: ['sale'] } }, BASE[1], BASE[2]] },
    'records.line.columns[0].when',
    'definition.conditional',
    'date',
  ],
  [{ columns: BASE, head: ['{societe}'] }, 'head[0]', 'definition.unknown-hole', '{societe}'],
  [{ columns: BASE, head: ['{from}'] }, 'head[0]', 'definition.unknown-hole', '{from}'],
  [
    { columns: BASE, more: { section: { columns: [{ name: 'S', is: 'section' }] } } },
    'records.section',
    'definition.unmarked',
    'section',
  ],
  [
    { columns: [{ ...FIXED[0], from: 3 }, { ...FIXED[1], from: 8 }, FIXED[2]], shape: { is: 'fixed' } },
    'records.line.columns[1].from',
    'definition.overlap',
    '8',
  ],
  [
    { columns: FIXED, shape: { is: 'fixed', length: 20 } },
    'records.line.columns[2].width',
    'definition.beyond-length',
    '28',
  ],
  [
    { columns: [FIXED[0], FIXED[1], BASE[2]], shape: { is: 'fixed' } },
    'records.line.columns[2].width',
    'definition.no-width',
    'Somme',
  ],
  [
    { columns: [...FIXED, { name: 'P', is: 'piece', width: 9, padding: '0' }], shape: { is: 'fixed' } },
    'records.line.columns[3].padding',
    'definition.zero-padding',
    'piece',
  ],
];

for (const [change, path, code, value] of FAULTS) {
  test(`S-145 a definition is refused: ${path} ${code} ${value}`, () => {
    const { columns, more = {}, ...rest } = change as { columns: unknown[]; more?: object };
    const faults = definitionFaults(described(columns, rest, more));
    const found = faults.find((one) => one.path === path && one.code === code);
    assert.equal(found?.values.value, value, JSON.stringify(faults));
  });
}

test('S-145 entries of another kind or journal stay out, with the reason', () => {
  const sales = customFormat(described(BASE, { takes: { kinds: ['sale', 'creditNote'], journals: ['VTE'] } }));
  assert.equal(sales.encode(SALE, CONTEXT).state, 'fits');
  assert.deepEqual(sales.encode(PAYMENT, CONTEXT), {
    state: 'refused',
    faults: [{ reason: 'not-taken', field: 'kind', value: 'payment' }],
  });
  assert.deepEqual(sales.encode({ ...SALE, journal: 'VT2' }, CONTEXT), {
    state: 'refused',
    faults: [{ reason: 'not-taken', field: 'journal', value: 'VT2' }],
  });
});

test('S-145 a text that may not be cut holds its entry', () => {
  const format = customFormat(described([...BASE, { name: 'L', is: 'label', width: 5, tooLong: 'hold' }]));
  assert.deepEqual(format.encode(SALE, CONTEXT), {
    state: 'refused',
    faults: [{ reason: 'too-long', field: 'label', value: SALE.label, width: 5 }],
  });
});

test('S-145 a head and a foot: written with what is in the file, passed over when it is read', async () => {
  const format = customFormat(
    described(BASE, {
      head: ['DOSSIER {company:6}|{currency}', 'DU {from:JJMMAAAA} AU {to:JJ/MM/AA} LE {today:AAAAMMJJ}'],
      foot: ['FIN;;'],
      shape: { is: 'separated', separator: ';', quotes: 'none', header: 'names' },
    }),
  );
  const bytes = fileOf(format, [SALE, CREDIT_NOTE]);
  const lines = bytes.toString('utf8').split('\r\n');
  assert.deepEqual(lines.slice(0, 3), [
    'DOSSIER MA BOU|EUR',
    'DU 26112018 AU 20/01/19 LE 20181126',
    'Jour;Compte;Somme',
  ]);
  assert.equal(lines.at(-2), 'FIN;;');
  assert.equal((await readAll(format, bytes)).filter(({ type }) => type === 'line').length, 6);
  assert.equal(format.appends, false);
});

test('S-145 kinds of lines: an entry head, general, third party and section lines, read back as one entry', async () => {
  const own = (mark: string) => ({ name: 'type', is: 'constant', text: mark });
  const format = customFormat(
    described(
      [own('G'), { name: 'Compte', is: 'account' }, ...sided()],
      { shape: { is: 'separated', separator: '|', quotes: 'needed' } },
      {
        entry: {
          columns: [
            own('E'),
            { name: 'j', is: 'journal' },
            { name: 'd', is: 'date', pattern: 'JJMMAAAA' },
            { name: 'p', is: 'piece' },
          ],
        },
        thirdParty: {
          columns: [own('T'), { name: 'Compte', is: 'account' }, { name: 't', is: 'thirdParty' }, ...sided()],
        },
        section: { columns: [own('A'), { name: 's', is: 'section' }, { name: 'm', is: 'amount', point: ',' }] },
      },
    ),
  );
  const sale = entryOf({
    lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00 C20 #953WEB', '4457120 -80.60 C20 20.00'],
  });
  const bytes = fitting(format.encode(sale, CONTEXT)).bytes;
  assert.deepEqual(bytes.toString('utf8').split('\r\n'), [
    'E|VTE|26112018|FA000001',
    'T|4110000|WEBFRANCE|483,60|',
    'G|707100||403,00',
    'A|953WEB|403,00',
    'G|4457120||80,60',
    '',
  ]);
  const read = (await readAll(format, bytes)).map(
    (line) => line.type === 'line' && [line.journal, line.account, line.thirdParty, line.section, line.amountMinor],
  );
  assert.deepEqual(read, [
    ['VTE', '4110000', 'WEBFRANCE', null, 48360n],
    ['VTE', '707100', null, '953WEB', -40300n],
    ['VTE', '4457120', null, null, -8060n],
  ]);
});

test('S-222 a rate, and amounts in the currency of the document', () => {
  const format = customFormat(
    described([
      ...BASE,
      { name: 'R', is: 'rate', point: ',' },
      { name: 'C', is: 'amountInCurrency', point: '.', signed: true },
    ]),
  );
  const [first] = fileOf(format, [IN_DOLLARS as NumberedEntry])
    .toString('utf8')
    .split('\r\n');
  assert.equal(first, '261118;WEBFRANCE;20.52;1,1;22.57');
});

function sided() {
  return [
    { name: 'D', is: 'debit', point: ',', zero: '' },
    { name: 'C', is: 'credit', point: ',', zero: '' },
  ];
}

function described(columns: readonly unknown[], rest: object = {}, more: object = {}): FormatDefinition {
  return formatDefinition.parse({
    name: 'Test',
    charset: 'utf-8',
    shape: { is: 'separated', separator: ';', quotes: 'none' },
    ...rest,
    records: { line: { columns }, ...more },
  });
}
