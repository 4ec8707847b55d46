import assert from 'node:assert/strict';
import type { Entry } from '../../src/core/entry.ts';
import type { Profile, ProfileInput } from '../../src/profiles/profile.ts';
import { template } from '../../src/profiles/templates.ts';
import { validateProfile } from '../../src/profiles/validate.ts';
import { known } from '../../src/wiring/profiles.ts';

/**
 * Profiles as unlike as an accountant's files are. Each is made of the shop's own demo profile, of which it keeps what only the
 * shop knows (payment methods, rates it charges); nothing here names a shop, a document or an id of one.
 */
export type Variant = {
  readonly name: string;
  readonly make: (shop: Profile) => ProfileInput;
  /** What only this profile does, seen in the entries of all shops together. */
  readonly shows: readonly (readonly [what: string, seen: (entry: Entry) => boolean])[];
  /** Where the profile books other VAT than the shop states: the cent of a rounding, a refund's share. */
  readonly ownVat?: boolean;
};

type Exceptions = Profile['mappings']['taxes']['exceptions'];

export const VARIANTS: readonly Variant[] = [
  {
    name: 'France as the template has it',
    make: (shop) => shop,
    shows: [
      [
        'the customer of all',
        ({ lines }) => lines.some(({ account, thirdParty }) => account === '411000' && thirdParty === 'WEB'),
      ],
      ['an adjustment apart', has('adjustment')],
    ],
  },
  {
    name: 'Belgium, discounts on their lines, one entry a day',
    make: (shop) => {
      const belgium = template('belgium');
      return {
        ...shop,
        ...belgium,
        mappings: {
          ...belgium.mappings,
          otherLines: withOwnLines(belgium, shop),
          taxes: { exceptions: renumbered(shop.mappings.taxes.exceptions, '4513') },
          payments: {
            ...belgium.mappings?.payments,
            exceptions: methods(shop, { bank: null, fee: null, journal: null }),
          },
        },
        entries: { ...shop.entries, discountLines: true },
        advanced: { ...belgium.advanced, grouping: 'day' },
      };
    },
    shows: [
      ['a discount on its line', has('discount')],
      ['VAT of the buyer’s country', ({ treatment }) => treatment === 'oss'],
      ['the Belgian customer', ({ lines }) => lines.some(({ account }) => account === '400000')],
    ],
  },
  {
    name: 'Luxembourg, one account per customer, the difference on the first product',
    make: (shop) => {
      const luxembourg = template('luxembourg');
      return {
        ...shop,
        ...luxembourg,
        customers: {
          account: { mode: 'onePerCustomer', prefix: '4011', length: 9 },
          thirdParty: { mode: 'onePerCustomer', prefix: 'C', length: 6 },
        },
        mappings: {
          ...luxembourg.mappings,
          otherLines: withOwnLines(luxembourg, shop),
          taxes: { exceptions: renumbered(shop.mappings.taxes.exceptions, '461411') },
          payments: { ...luxembourg.mappings?.payments, exceptions: methods(shop, { bank: null, fee: null }) },
        },
        reading: { ...shop.reading, roundingDifference: 'firstProduct' },
      };
    },
    shows: [['a customer of his own', ({ lines }) => lines.some(({ account }) => account === '401100002')]],
  },
  {
    name: 'entries in currency, with sections for sales and carriers',
    make: (shop) => ({
      ...shop,
      mappings: {
        ...shop.mappings,
        currencies: {
          default: { ledgerCurrency: 'DEV', adjustmentExpense: '656000', adjustmentIncome: '756000' },
          exceptions: [{ item: 'USD', ledgerCurrency: 'USD' }],
        },
        analytics: { default: { section: 'WEB' }, exceptions: [{ country: 'DE', section: 'ALLEMAGNE' }] },
      },
      entries: { ...shop.entries, inCurrency: true, analytics: true, analyticsForCarriers: true },
    }),
    shows: [
      ['an amount in dollars', ({ ledgerCurrency }) => ledgerCurrency === 'USD'],
      [
        'a section of a country',
        ({ lines }) => lines.some(({ role, section }) => role === 'sales' && section === 'ALLEMAGNE'),
      ],
      [
        'a section of shipping',
        ({ lines }) => lines.some(({ role, section }) => role === 'shipping' && section === 'WEB'),
      ],
    ],
  },
  {
    name: 'three decimals, sales accounts by payment and by treatment, the difference on the first tax',
    ownVat: true,
    make: (shop) => ({
      ...shop,
      mappings: {
        ...shop.mappings,
        sales: {
          ...shop.mappings.sales,
          exceptions: [
            { treatment: 'oss', withVat: '707300' },
            { treatment: 'export', withoutVat: '707500' },
            { treatment: 'intraCommunity', withoutVat: '707400' },
            { treatment: 'overseas', withVat: '707600', withoutVat: '707650' },
          ],
        },
        payments: {
          ...shop.mappings.payments,
          exceptions: methods(shop, {}, { salesWithVat: '707900', salesWithoutVat: '707910' }),
        },
      },
      reading: { ...shop.reading, decimals: 3, roundingDifference: 'firstTax' },
    }),
    shows: [
      ['three decimals', ({ lines }) => lines.every(({ amount }) => amount.currency.decimals === 3)],
      [
        'the sales account of a payment',
        ({ lines }) => lines.some(({ role, account }) => role === 'sales' && account === '707900'),
      ],
      [
        'the sales account of OSS',
        ({ lines, treatment }) => treatment === 'oss' && lines.some(({ account }) => account === '707300'),
      ],
      [
        'the sales account of exports',
        ({ lines, treatment }) => treatment === 'export' && lines.some(({ account }) => account === '707500'),
      ],
    ],
  },
  {
    name: 'customers by payment method, deposits, matching codes, closed months',
    make: (shop) => ({
      ...shop,
      customers: {
        account: { mode: 'byPayment', default: '411000', byMethod: { [paypalOf(shop).item ?? '']: '411700' } },
        thirdParty: { mode: 'same', code: null },
      },
      entries: { ...shop.entries, deposits: true, matchingCodes: true },
      reading: { ...shop.reading, guestAccount: '411900' },
      advanced: { ...shop.advanced, closedTo: '2026-09-30', lateDocuments: 'nextOpenDay' },
    }),
    shows: [
      ['the customer of a payment method', ({ lines }) => lines.some(({ account }) => account === '411700')],
      ['the customer of guests', ({ lines }) => lines.some(({ account }) => account === '411900')],
      ['a deposit', has('deposit')],
      [
        'an entry moved to the first open day',
        ({ date, documentDate }) => date === '2026-10-01' && documentDate < date,
      ],
    ],
  },
  {
    name: 'a month in one entry, four decimals, refunds of an amount without VAT, dated by the order',
    ownVat: true,
    make: (shop) => ({
      ...shop,
      entries: {
        ...shop.entries,
        sales: { ...shop.entries.sales, date: 'order', piece: 'orderId', reference: '%CO', label: '%CI %OD' },
        creditNotes: { ...shop.entries.creditNotes, date: 'order' },
        payments: { ...shop.entries.payments, date: 'order' },
      },
      reading: {
        ...shop.reading,
        decimals: 4,
        rounding: 'perLine',
        amountOnlyRefunds: 'untaxed',
        retentions: 'shareVat',
      },
      advanced: { ...shop.advanced, grouping: 'month' },
    }),
    shows: [
      ['four decimals', ({ lines }) => lines.every(({ amount }) => amount.currency.decimals === 4)],
      [
        'a gesture without VAT',
        ({ lines }) => lines.some(({ role, taxCode }) => role === 'goodwill' && taxCode === null),
      ],
    ],
  },
];

/** The profile, held against the same rules as one that its owner saves. */
export function variantOf({ name, make }: Variant, shop: Profile): Profile {
  const made = make(shop);
  const validated = validateProfile({ ...made, ledger: { ...made.ledger, type: 'hledger' } }, known);
  if (!validated.ok) assert.fail(`${name}: ${JSON.stringify(validated.errors)}`);
  return validated.profile;
}

function has(role: string): (entry: Entry) => boolean {
  return ({ lines }) => lines.some((line) => line.role === role);
}

/** The template's lines, and those that the shop sells beside products. */
function withOwnLines({ mappings }: Pick<ProfileInput, 'mappings'>, shop: Profile) {
  const known = mappings?.otherLines?.exceptions ?? [];
  const own = shop.mappings.otherLines.exceptions.filter(({ item }) => known.every((row) => row.item !== item));
  return { ...mappings?.otherLines, exceptions: [...known, ...own] };
}

/** The shop's rates with accounts of another chart. */
function renumbered(rows: Exceptions, prefix: string): Exceptions {
  return rows.map((row, place) => ({ ...row, account: `${prefix}${String(place + 1).padStart(2, '0')}` }));
}

/** The shop's payment methods with other fields; those of one method are told apart. */
function methods(shop: Profile, changes: object, ofPaypal: object = {}): Profile['mappings']['payments']['exceptions'] {
  const own = paypalOf(shop);
  return shop.mappings.payments.exceptions.map((row) => ({ ...row, ...changes, ...(row === own ? ofPaypal : {}) }));
}

/** The method that the demo profile books on an account of its own. */
function paypalOf(shop: Profile) {
  const { exceptions } = shop.mappings.payments;
  return exceptions.find(({ bank }) => bank === '517100') ?? assert.fail('no method on 517100');
}
