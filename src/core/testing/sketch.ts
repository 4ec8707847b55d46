import { day } from '../calendar.ts';
import { add, decimal, decimalText, sum } from '../decimal.ts';
import type { DocumentLine, LineKind, Payment, SalesDocument, Tax } from '../document.ts';
import type { Entry } from '../entry.ts';
import { type Money, moneyText } from '../money.ts';
import type { Posted } from '../posting/post.ts';
import type { BookSettings, Mapping, MappingKey } from '../settings.ts';

/**
 * Documents in one line, for table tests:
 *
 *   sale FR; product 403.00 20% 80.60 rule=normal; shipping 4.92 20% 0.98; total 489.50; paid card 489.50
 *   creditNote FR USD@1.25; product 18.00 20% 3.60; adjustment -1.60; refunded card 20.00 on 2026-10-12
 *
 * The country may have a postcode (`FR:97400`); beside it [vat=number] [group=] [channel=] [shop=sub-shop].
 * A line is: kind net [rate% tax]... [was=net before discount] [rule=] [carrier=] [label=] [product=] [sku=]
 * [category=] [stated=treatment of its taxes] [gross=] [pieces=]. `total` is gross [net tax]; what it leaves out is the sum of
 * the lines. A payment is: paid|refunded method amount [on day] [fee=amount/currency] [type=].
 */
export function sketch(text: string, changes: Partial<SalesDocument> = {}): SalesDocument {
  const [head = '', ...statements] = text.split(';').map((part) => part.trim());
  const lines: DocumentLine[] = [];
  const payments: Payment[] = [];
  let total: string[] = [];
  for (const statement of statements) {
    const [word = '', ...rest] = statement.split(/\s+/);
    if (word === 'total') total = rest;
    else if (word === 'paid' || word === 'refunded') payments.push(sketchPayment(word, rest, payments.length + 1));
    else if (word !== '') lines.push(sketchLine(word as LineKind, rest, lines.length + 1)); // a wrong word fails the test that wrote it
  }
  const facts = optionsOf(head.split(/\s+/));
  const [kind, place = '', currency = 'EUR'] = head.split(/\s+/).filter((word) => !word.includes('='));
  const [country = '', postcode = null] = place.split(':');
  const [code = 'EUR', rate] = currency.split('@');
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.flatMap((line) => line.taxes.map(({ amount }) => amount)));
  const address = /^[A-Z]{2}$/.test(country)
    ? {
        company: null,
        firstName: null,
        lastName: null,
        lines: [],
        postcode,
        city: null,
        region: null,
        country,
        phone: null,
      }
    : null;
  const isSale = kind === 'sale';
  return {
    kind: isSale ? 'sale' : 'creditNote',
    key: isSale ? 'sale/1' : 'creditNote/7',
    test: false,
    pricesIncludeTax: true,
    order: { id: '1', number: null, date: day('2018-11-26') },
    invoice: { id: '1', number: '#FA000001', date: day('2018-11-26') },
    creditNote: isSale ? null : { id: '7', number: '000001', date: day('2019-01-20'), reason: null },
    updated: null,
    status: null,
    subShop: facts.shop === undefined ? null : { id: facts.shop, name: null },
    channel: facts.channel === undefined ? null : { id: facts.channel, name: null },
    customer: {
      id: '12',
      guest: false,
      firstName: 'John',
      lastName: 'DOE',
      company: null,
      email: 'john@example.test',
      phone: null,
      vatNumber: facts.vat === undefined ? null : { value: facts.vat, valid: null },
      registrationNumber: null,
      groups: facts.group === undefined ? [] : [{ id: facts.group, name: null }],
      note: null,
      thirdPartyAccount: null,
      account: null,
    },
    billing: address,
    delivery: address,
    taxCountry: null,
    currency: { code, base: rate === undefined ? code : 'EUR', rate: rate === undefined ? null : decimal(rate) },
    lines,
    discounts: [],
    payments,
    totals: {
      gross: total[0] === undefined ? add(net, tax) : decimal(total[0]),
      net: total[1] === undefined ? net : decimal(total[1]),
      tax: total[2] === undefined ? tax : decimal(total[2]),
      taxes: null,
    },
    tolerance: null,
    wholeOrder: null,
    remarks: [],
    ...changes,
  };
}

function sketchLine(kind: LineKind, words: readonly string[], number: number): DocumentLine {
  const { was, rule, carrier, label, product, sku, category, stated, gross, pieces } = optionsOf(words);
  const [netText = '0', ...rest] = words.filter((word) => !word.includes('='));
  const net = decimal(netText);
  const taxes: Tax[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const rate = rest[index]?.replace('%', '') ?? '';
    const amount = decimal(rest[index + 1] ?? '');
    const treatment = (stated ?? null) as Tax['treatment']; // a wrong word fails the test that wrote it
    taxes.push({ code: `FR-${rate}`, name: `TVA ${rate}`, rate: decimal(rate), base: null, amount, treatment });
  }
  return {
    id: String(number),
    of: null,
    kind,
    label: label ?? null,
    product:
      (product ?? sku ?? category) === undefined
        ? null
        : { id: product ?? null, sku: sku ?? null, type: null, category: category ?? null },
    carrier: carrier === undefined ? null : { id: carrier, name: null },
    taxRule: rule === undefined ? null : { id: rule, name: null },
    quantity: pieces === undefined ? null : decimal(pieces),
    netBeforeDiscount: was === undefined ? null : decimal(was),
    net,
    taxes,
    gross: gross === undefined ? sum([net, ...taxes.map(({ amount }) => amount)]) : decimal(gross),
  };
}

function sketchPayment(word: 'paid' | 'refunded', words: readonly string[], number: number): Payment {
  const { fee, type } = optionsOf(words);
  const [method = '', amount = '0', , on = '2018-11-26'] = words.filter((one) => !one.includes('='));
  const [feeAmount = '0', feeCurrency = 'EUR'] = fee?.split('/') ?? [];
  return {
    id: String(number),
    direction: word === 'paid' ? 'in' : 'out',
    type: (type ?? 'money') as Payment['type'], // a wrong word fails the test that wrote it
    method: { id: method === '-' ? '' : method, name: method === '-' ? null : `Name of ${method}` },
    date: day(on),
    amount: decimal(amount),
    inCurrency: null,
    fee: fee === undefined ? null : { amount: decimal(feeAmount), currency: feeCurrency, tax: null },
    transactionId: null,
    payoutId: null,
  };
}

function optionsOf(words: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(words.filter((word) => word.includes('=')).map((word) => word.split('=')));
}

/** `411 483.60 | 707 [C20] -403.00 // 411 -483.60 | 512 483.60`, or `held: code, code`; warnings follow. */
export function told(posted: Posted): string {
  const codes = (severity: string) => {
    return posted.problems
      .filter((one) => one.severity === severity)
      .map(({ code, part }) => (part ? `${code} ${part}` : code));
  };
  if (posted.state !== 'ready') {
    return `${posted.state}: ${codes(posted.state === 'held' ? 'hold' : 'exclude').join(', ')}`;
  }
  const parts = [posted.entries.map(toldEntry).join(' // ')];
  for (const severity of ['part', 'warn'])
    if (codes(severity).length > 0) parts.push(`${severity}: ${codes(severity).join(', ')}`);
  return parts.join(' ; ');
}

export function toldEntry({ lines }: Entry): string {
  return lines.map(({ account, amount }) => `${account} ${moneyText(amount)}`).join(' | ');
}

/** With everything the eye wants: journal, date, piece, reference, label, third party, codes, rates. */
export function toldInFull({ journal, date, piece, reference, label, lines }: Entry): string {
  const texts = lines.map(
    ({
      account,
      thirdParty,
      amount,
      taxCode,
      taxRate,
      vatGrid,
      section,
      paymentMode,
      matchingCode,
      amountInCurrency,
    }) => {
      const third = thirdParty === null ? '' : `/${thirdParty}`;
      const rate = taxRate && `${decimalText(taxRate, 2)} %`;
      const tax = [taxCode, rate, vatGrid && `grid ${vatGrid}`].filter(Boolean).join(', ');
      return `${account}${third}${tax === '' ? '' : ` [${tax}]`}${section === null ? '' : ` #${section}`}${paymentMode === null ? '' : ` (${paymentMode})`} ${moneyText(amount)}${inCurrency(amountInCurrency)}${matchingCode === undefined ? '' : ` =${matchingCode}`}`;
    },
  );
  return `${journal} ${date} ${piece} ${reference} "${label}": ${texts.join(' | ')}`;
}

/** The same with the currency's own amounts: `411 9.21 {USD 10.00}`; a line that has none is bare. */
export function toldInCurrency({ lines }: Entry): string {
  return lines
    .map(({ account, amount, amountInCurrency }) => `${account} ${moneyText(amount)}${inCurrency(amountInCurrency)}`)
    .join(' | ');
}

function inCurrency(amount: Money | null): string {
  return amount === null ? '' : ` {${amount.currency.code} ${moneyText(amount)}}`;
}

/** The settings of the manual's screens, with the changes a test wants. */
export function manualSettings(changes: Partial<BookSettings> = {}): BookSettings {
  return {
    books: { code: 'EUR', decimals: 2 },
    decimals: 2,
    mappings: MAPPINGS,
    customers: {
      account: { mode: 'same', code: '4110000' },
      thirdParty: { mode: 'same', code: 'WEBFRANCE' },
      guest: { account: null, thirdParty: null },
      fromNote: { account: false, thirdParty: false },
      records: null,
    },
    sales: { date: 'invoice', piece: 'invoiceNumber', reference: 'WEB%OI', label: '%CF %CL - %IN - %OI' },
    creditNotes: { date: 'creditNote', piece: 'creditNoteNumber', reference: 'WEB%OI', label: 'Avoir %CN' },
    payments: { date: 'invoice', piece: 'document', reference: 'WEB%OI', label: '%PM %OI' },
    discountLines: false,
    deposits: false,
    depositVat: false,
    inCurrency: false,
    analytics: { sales: false, carriers: false },
    taxCountry: 'shop',
    defaultCountry: null,
    home: 'FR',
    distanceSales: 'oss',
    roundingDifference: 'separate',
    tolerances: { perLine: decimal('0.01'), minimum: decimal('0.05'), payment: decimal('1.00') },
    wrappingNames: [],
    shopName: 'Exemple',
    columns: [],
    today: day('2026-11-30'),
    ...changes,
  };
}

/** The manual's settings with some mappings changed. */
export function withMappings(
  changes: Partial<BookSettings['mappings']>,
  others: Partial<BookSettings> = {},
): BookSettings {
  return manualSettings({ ...others, mappings: { ...MAPPINGS, ...changes } });
}

export function mapping<Fields extends object>(
  defaults: Fields,
  exceptions: readonly (Partial<MappingKey> & Partial<Fields>)[] = [],
): Mapping<Fields> {
  const empty = Object.fromEntries(Object.keys(defaults).map((field) => [field, null]));
  return {
    default: defaults,
    exceptions: exceptions.map(
      (one) => ({ country: null, item: null, ...empty, ...one }) as Mapping<Fields>['exceptions'][number],
    ), // every field is there: given or null
  };
}

const method = {
  paymentMode: 'CB',
  journal: 'BEU',
  bank: '5125',
  fee: '627000',
  salesWithVat: null,
  salesWithoutVat: null,
};

export const MAPPINGS: BookSettings['mappings'] = {
  journals: mapping({ sales: 'VTE', creditNotes: 'VTE' }),
  sales: mapping({ withVat: '707100', withoutVat: '707200', discountWithVat: '709700', discountWithoutVat: '709800' }),
  differences: mapping({
    adjustmentExpense: '658000',
    adjustmentIncome: '758000',
    differenceExpense: '654000',
    differenceIncome: '758100',
  }),
  taxes: mapping(
    { account: null, code: null, grid: null, creditGrid: null } as BookSettings['mappings']['taxes']['default'],
    [
      { item: '20%', account: '4457120', code: 'C20' },
      { item: '10%', account: '4457110', code: 'C10' },
      { item: '5.5%', account: '4457105', code: 'C55' },
      { item: '0%', code: 'C00' },
    ],
  ),
  otherTaxes: mapping({
    account: null,
    code: null,
    grid: null,
    creditGrid: null,
  } as BookSettings['mappings']['otherTaxes']['default']),
  payments: mapping({ ...method, create: null } as BookSettings['mappings']['payments']['default'], [
    { item: 'card', create: true },
    { item: 'cheque', create: true, bank: '5112', paymentMode: 'CH' },
    { item: 'cash', create: false },
    { item: 'N/A', create: true, bank: '471000' },
  ]),
  carriers: mapping({
    shippingWithVat: '708500',
    shippingWithoutVat: '708510',
    wrappingWithVat: '708502',
    wrappingWithoutVat: '708503',
  } as BookSettings['mappings']['carriers']['default']),
  otherLines: mapping({ withVat: null, withoutVat: null } as BookSettings['mappings']['otherLines']['default'], [
    { item: 'tip', withVat: '758200', withoutVat: '758200' },
    { item: 'giftCard', withVat: '419100', withoutVat: '419100' },
    { item: 'retention', withVat: '708800', withoutVat: '708800' },
    { item: 'goodwill', withVat: '709700', withoutVat: '709700' },
  ]),
  currencies: mapping({
    ledgerCurrency: null,
    rate: null,
    adjustmentExpense: '666000',
    adjustmentIncome: '766000',
  } as BookSettings['mappings']['currencies']['default']),
  analytics: mapping({ section: null }),
};
