import fc from 'fast-check';
import { currencyOf } from '../../src/core/money.ts';
import type { BookSettings, MappingKey } from '../../src/core/settings.ts';
import { MAPPINGS, manualSettings, mapping } from '../../src/core/testing/sketch.ts';
import { TREATMENTS } from '../../src/core/treatment.ts';

const fullKey = fc.record({
  country: fc.constantFrom('FR', 'DE', 'RE', 'CH'),
  product: fc.constantFrom('26', '27'),
  category: fc.constantFrom('cups', 'books'),
  customerGroup: fc.constantFrom('3', '7'),
  subShop: fc.constantFrom('1', '2'),
  channel: fc.constantFrom('amazon', 'web'),
  treatment: fc.constantFrom(...TREATMENTS),
  businessCustomer: fc.boolean(),
}) satisfies fc.Arbitrary<Partial<MappingKey>>;
const KEYS = ['country', 'product', 'category', 'customerGroup', 'subShop', 'channel', 'treatment', 'businessCustomer'];

/** A few keys, each naming one or two of what a rule may name, so that many apply; what is left out is *all*. */
const keys = fc.array(
  fc.tuple(fullKey, fc.subarray(KEYS, { minLength: 1, maxLength: 2 })).map(([full, names]): Partial<MappingKey> => {
    return Object.fromEntries(Object.entries(full).filter(([name]) => names.includes(name)));
  }),
  { maxLength: 4 },
);

/**
 * Profiles drawn at random: every setting of the engine that changes lines, and exceptions for any choice of the keys, in any
 * order. Accounts of an exception say which it is, so that two answers are never the same by chance.
 */
export const anySettings = fc
  .record({
    discountLines: fc.boolean(),
    roundingDifference: fc.constantFrom('separate' as const, 'firstProduct' as const, 'firstTax' as const),
    byRule: fc.boolean(),
    oneVat: fc.boolean(),
    inCurrency: fc.boolean(),
    analytics: fc.record({ sales: fc.boolean(), carriers: fc.boolean() }),
    deposits: fc.boolean(),
    depositVat: fc.boolean(),
    decimals: fc.constantFrom(2 as const, 2 as const, 3 as const, 4 as const),
    home: fc.constantFrom('FR', 'FR', 'DE', null),
    distanceSales: fc.constantFrom('oss' as const, 'home' as const),
    refined: fc.record({ sales: keys, journals: keys, carriers: keys, differences: keys, payments: keys }),
  })
  .map(({ byRule, oneVat, decimals, refined, ...plain }): BookSettings => {
    const rules = byRule
      ? [
          { country: 'FR', item: 'reduced', withVat: '707105' },
          { country: 'BE', withVat: '700021' },
        ]
      : [];
    const taxes = oneVat
      ? mapping({
          account: '445710',
          code: null,
          grid: null,
          creditGrid: null,
        } as BookSettings['mappings']['taxes']['default'])
      : MAPPINGS.taxes;
    const given = MAPPINGS.otherLines.exceptions.map(({ country: _, ...row }) => ({ ...row, item: row.item ?? '' }));
    const sections = mapping({ section: 'WEB' } as { section: string | null }, [{ item: 'reduced', section: 'RED' }]);
    const currencies = mapping({ ...MAPPINGS.currencies.default, ledgerCurrency: 'DEV' });
    return manualSettings({
      ...plain,
      decimals,
      books: currencyOf('EUR', decimals),
      payments: { ...manualSettings().payments, date: plain.deposits ? 'payment' : 'invoice' },
      mappings: {
        ...MAPPINGS,
        taxes,
        currencies,
        otherLines: mapping(MAPPINGS.otherLines.default, [
          ...given,
          { item: 'deposit', withoutVat: '419150' },
          { item: 'depositVat', withoutVat: '445880' },
        ]),
        analytics: sections,
        sales: mapping(MAPPINGS.sales.default, [
          ...rules,
          ...refined.sales.map((key, place) => ({
            ...key,
            ...{ withVat: `7071${place}0`, withoutVat: `7072${place}0` },
            ...{ discountWithVat: `7097${place}0`, discountWithoutVat: `7098${place}0` },
          })),
        ]),
        journals: mapping(
          MAPPINGS.journals.default,
          refined.journals.map((key, place) => ({ ...key, sales: `VT${place}`, creditNotes: `AV${place}` })),
        ),
        carriers: mapping(
          MAPPINGS.carriers.default,
          refined.carriers.map((key, place) => ({
            ...key,
            shippingWithVat: `7085${place}0`,
            wrappingWithoutVat: `7086${place}0`,
          })),
        ),
        differences: mapping(
          MAPPINGS.differences.default,
          refined.differences.map((key, place) => ({
            ...key,
            adjustmentExpense: `6580${place}0`,
            differenceIncome: `7580${place}0`,
          })),
        ),
        payments: mapping(MAPPINGS.payments.default, [
          ...MAPPINGS.payments.exceptions.map(({ country: _, item, ...row }) => ({ item: item ?? '', ...row })),
          ...refined.payments.map((key, place) => ({
            ...key,
            item: 'card',
            bank: `512${place}00`,
            salesWithVat: `7079${place}0`,
          })),
        ]),
      },
    });
  });
