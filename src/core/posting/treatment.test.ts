import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAPPINGS, mapping, sketch, told, withMappings } from '../testing/sketch.ts';
import { partsOf } from './parts.ts';
import { postDocument } from './post.ts';

const VAT = mapping(MAPPINGS.taxes.default, [
  { item: '20%', account: '445711' },
  { country: 'FR-20R', item: '0.9%', account: '445709' },
  { country: 'RE', item: '8.5%', account: '445785' },
  { treatment: 'oss', account: '445720' },
  { treatment: 'oss', country: 'DE', item: '19%', account: '445721' },
  { treatment: 'marketplace', account: '467000' },
]);

const settings = withMappings({
  taxes: VAT,
  journals: mapping(MAPPINGS.journals.default, [
    { treatment: 'export', sales: 'VEX', creditNotes: 'AEX' },
    { channel: 'pos', sales: 'CAI' },
  ]),
  sales: mapping(MAPPINGS.sales.default, [
    { treatment: 'oss', withVat: '707120' },
    { treatment: 'intraCommunity', withoutVat: '707300' },
    { treatment: 'export', withoutVat: '707400' },
    { treatment: 'overseas', withVat: '707510', withoutVat: '707500' },
    { treatment: 'overseas', country: 'NC', withoutVat: '707588' },
    { treatment: 'notSubject', withoutVat: '707600' },
    { treatment: 'marketplace', withVat: '707700', withoutVat: '707701' },
    { category: 'books', withVat: '707055' },
    { product: '26', withVat: '707026' },
    { product: 'MUG', withVat: '707027' },
    { customerGroup: '3', withVat: '707030' },
    { channel: 'amazon', withVat: '707800' },
    { subShop: '2', withVat: '707002' },
    { businessCustomer: true, withVat: '707900' },
    { country: 'DE', withVat: '707049', withoutVat: '707048' },
  ]),
});

/** [sketch, journal, the entry's lines after the customer's] */
const cases: [string, string, string][] = [
  ['sale FR:75001; product 10 20% 2', 'VTE', '707100 -10.00 | 445711 -2.00'],
  ['sale MC; product 10 20% 2', 'VTE', '707100 -10.00 | 445711 -2.00'],
  ['sale FR:20200; product 10 0.9% 0.09', 'VTE', '707100 -10.00 | 445709 -0.09'],
  ['sale DE; product 10 19% 1.90', 'VTE', '707120 -10.00 | 445721 -1.90'],
  ['sale BE; product 10 21% 2.10', 'VTE', '707120 -10.00 | 445720 -2.10'],
  ['sale DE vat=DE123456789; product 10', 'VTE', '707300 -10.00'],
  ['sale DE; product 10', 'VTE', '707600 -10.00'],
  ['sale CH; product 10', 'VEX', '707400 -10.00'],
  ['creditNote CH; product 10', 'AEX', '707400 10.00'],
  ['sale ES:35001; product 10', 'VEX', '707400 -10.00'],
  ['sale FR:97400; product 10', 'VTE', '707500 -10.00'],
  ['sale RE; product 10 8.5% 0.85', 'VTE', '707510 -10.00 | 445785 -0.85'],
  ['sale FR:97400; product 10 8.5% 0.85', 'VTE', '707510 -10.00 | 445785 -0.85'],
  ['sale FR:98800; product 10', 'VTE', '707588 -10.00'],
  ['sale GB:BT1; product 10 20% 2', 'VTE', '707120 -10.00 | 445720 -2.00'],
  ['sale FR; product 10', 'VTE', '707600 -10.00'],
  ['sale DE; product 10 19% 1.90 stated=marketplace', 'VTE', '707700 -10.00 | 467000 -1.90'],
  ['sale DE; product 10 0% 0 stated=marketplace', 'VTE', '707701 -10.00'],
  [
    'sale DE; product 10 19% 1.90 stated=marketplace; product 5 19% 0.95',
    'VTE',
    '707700 -10.00 | 707120 -5.00 | 467000 -1.90 | 445721 -0.95',
  ],
  ['sale FR; product 10 20% 2 category=books', 'VTE', '707055 -10.00 | 445711 -2.00'],
  ['sale FR; product 10 20% 2 product=26 sku=MUG category=books', 'VTE', '707026 -10.00 | 445711 -2.00'],
  ['sale FR; product 10 20% 2 product=27 sku=MUG', 'VTE', '707027 -10.00 | 445711 -2.00'],
  ['sale FR; product 10 20% 2 sku=MUG; product 5 20% 1', 'VTE', '707027 -10.00 | 707100 -5.00 | 445711 -3.00'],
  ['sale FR group=3; product 10 20% 2', 'VTE', '707030 -10.00 | 445711 -2.00'],
  ['sale FR group=4; product 10 20% 2', 'VTE', '707100 -10.00 | 445711 -2.00'],
  ['sale FR channel=amazon; product 10 20% 2', 'VTE', '707800 -10.00 | 445711 -2.00'],
  ['sale FR channel=pos; product 10 20% 2', 'CAI', '707100 -10.00 | 445711 -2.00'],
  ['sale FR shop=2; product 10 20% 2', 'VTE', '707002 -10.00 | 445711 -2.00'],
  ['sale FR vat=FR12345678901; product 10 20% 2', 'VTE', '707900 -10.00 | 445711 -2.00'],
];

for (const [text, journal, lines] of cases) {
  test(`D-19 D-32 ${text} is ${lines}`, () => {
    const posted = postDocument(sketch(text), settings);
    assert.ok(posted.state === 'ready', told(posted));
    const [entry] = posted.entries;
    const [, ...others] = told({ ...posted, problems: [] }).split(' | ');
    assert.deepEqual([entry?.journal, others.join(' | ')], [journal, lines]);
  });
}

test('D-19 foreign VAT without an account of its own holds, and names the territory it was charged in', () => {
  const posted = postDocument(sketch('sale FR:97200; product 10 8.5% 0.85'), settings);
  assert.deepEqual(
    posted.problems.filter(({ severity }) => severity === 'hold').map(({ code, values }) => [code, values]),
    [['mapping.no-vat-account', { country: 'MQ', tax: 'TVA 8.5', rate: '8.5%', code: 'FR-8.5' }]],
  );
});

test('D-36 an entry says what the sale is for VAT and why, and each line which rule gave its account', () => {
  const posted = postDocument(sketch('sale DE; product 10 19% 1.90; paid card 11.90'), settings);
  assert.ok(posted.state === 'ready');
  const oss = ['oss', 'taxed-at-arrival'];
  assert.deepEqual(
    posted.entries.map(({ treatment, treatmentReason }) => [treatment, treatmentReason]),
    [oss, oss],
  );
  const [, sales, vat] = posted.entries[0]?.lines ?? [];
  assert.deepEqual(sales?.because.rule, { treatment: 'oss', country: null, item: null });
  assert.deepEqual(vat?.because.rule, { treatment: 'oss', country: 'DE', item: '19%' });
});

test('without the country of the seller no treatment is told, and the other rules stand', () => {
  const posted = postDocument(sketch('sale CH; product 10'), { ...settings, home: null });
  assert.ok(posted.state === 'ready');
  assert.deepEqual([posted.entries[0]?.treatment, posted.entries[0]?.journal], [null, 'VTE']);
});

test('D-19 below the threshold of distance sales, VAT charged abroad is VAT of home', () => {
  const posted = postDocument(sketch('sale BE; product 10 20% 2'), { ...settings, distanceSales: 'home' });
  assert.equal(told(posted).split(' ; ')[0], '4110000 12.00 | 707100 -10.00 | 445711 -2.00');
});

test('D-32 payments, carriers, differences, other lines and currencies have refined exceptions too', () => {
  const refined = withMappings({
    payments: mapping(MAPPINGS.payments.default, [
      { item: 'card', create: true },
      { item: 'card', channel: 'amazon', bank: '517300' },
      { item: 'voucher', customerGroup: '3', create: false },
    ]),
    carriers: mapping(MAPPINGS.carriers.default, [{ treatment: 'export', shippingWithoutVat: '708540' }]),
    differences: mapping(MAPPINGS.differences.default, [{ subShop: '2', adjustmentIncome: '758002' }]),
    otherLines: mapping(MAPPINGS.otherLines.default, [
      { item: 'giftCard', withVat: '419100', withoutVat: '419100' },
      { item: 'giftCard', product: 'CARD-50', withoutVat: '419150' },
    ]),
    currencies: mapping(MAPPINGS.currencies.default, [{ treatment: 'export', adjustmentExpense: '666100' }]),
  });
  const post = (text: string) => told(postDocument(sketch(text), refined)).split(' ; ')[0];
  assert.match(post('sale FR channel=amazon; product 10 20% 2; paid card 12') ?? '', /517300 12\.00$/);
  assert.match(post('sale FR channel=web; product 10 20% 2; paid card 12') ?? '', /5125 12\.00$/);
  assert.match(post('sale CH; shipping 10') ?? '', /708540 -10\.00$/);
  assert.match(post('sale FR shop=2; product 10 20% 2; total 12.01 10.01 2') ?? '', /758002 -0\.01$/);
  assert.match(post('sale FR; giftCard 50 sku=CARD-50') ?? '', /419150 -50\.00$/);
  assert.match(post('sale CH USD@3; product 1.01; shipping 1.01; paid card 2.02') ?? '', /666100/);
  assert.deepEqual(partsOf(sketch('sale FR group=3; product 10; paid voucher 10'), refined), ['document']);
  assert.deepEqual(partsOf(sketch('sale FR; product 10; paid voucher 10'), refined), ['document', 'payment/1']);
});

/** [document, whether the shop found the number valid, what is pointed out] */
const doubts: [string, boolean | null, string[]][] = [
  ['sale DE; product 10', null, ['document.untaxed-in-union DE']],
  ['sale DE vat=DE123456789; product 10', null, []],
  ['sale DE vat=DE123456789; product 10', false, ['document.untaxed-in-union DE']],
  ['sale DE vat=DE12; product 10', null, ['document.untaxed-in-union DE']],
  ['sale DE vat=FR12345678901; product 10', true, ['document.untaxed-in-union DE']],
  ['sale DE vat=DE123456789; product 10 19% 1.90', true, ['document.taxed-with-vat-number DE']],
  ['sale DE vat=DE123456789; product 10 19% 1.90', null, []], // a shape is no proof
  ['sale GB:BT1; product 10', null, ['document.untaxed-in-union XI']],
  ['sale DE; giftCard 50', null, []],
  ['sale DE; product 10 19% 1.90', null, []],
  ['sale CH; product 10', null, []],
  ['sale FR; product 10', null, []],
  ['creditNote DE; product 10', null, []],
];
for (const [text, valid, codes] of doubts) {
  test(`D-20 ${text}, number ${valid === null ? 'unchecked' : valid ? 'valid' : 'wrong'}: ${codes}`, () => {
    const document = sketch(text);
    const { vatNumber } = document.customer;
    const customer = { ...document.customer, vatNumber: vatNumber && { ...vatNumber, valid } };
    const { problems, state } = postDocument({ ...document, customer }, settings);
    assert.equal(state, 'ready');
    const told = problems.filter(({ code }) => code.startsWith('document.') && code !== 'document.unpaid');
    assert.deepEqual(
      told.map(({ code, severity, values }) => `${code} ${values.country}${severity === 'warn' ? '' : severity}`),
      codes,
    );
  });
}
