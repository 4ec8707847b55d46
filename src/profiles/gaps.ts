import { parseDecimal } from '../core/decimal.ts';
import { hasRow, rateItem, resolve } from '../core/mapping.ts';
import { namesOfPlace, placeOf } from '../core/territories.ts';
import { goneAccounts } from './charts.ts';
import type { Owed } from './owed.ts';
import type { Profile } from './profile.ts';
import { vatLabelGaps } from './vat-labels.ts';

/** A value of the shop, as its lists give it. */
export type ShopValue = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Percent, of a tax. */
  readonly rate?: string;
  readonly country?: string;
  /** Of a payment method: what it clears where no money moves. */
  readonly owed?: Owed;
};

/** The part of `ShopLists` that the mappings must answer. */
export type ShopValues = {
  readonly paymentMethods: readonly ShopValue[];
  readonly taxes: readonly ShopValue[];
  readonly currencies: readonly ShopValue[];
};

/** What the shop shows and the mapping lacks, or what the chart of the fiscal year lacks: the sentence is `profile.gap.<kind>`. */
export type Gap = {
  readonly kind: 'payment' | 'tax' | 'currency' | 'account' | 'vatRate';
  readonly item: string;
  readonly name: string;
  readonly country: string | null;
  readonly rate: string | null;
  /** The list where a row is to be added. */
  readonly path: string;
  readonly owed: Owed | null;
};

/**
 * What an import would stumble on, told before it. Inactive values of the shop do not count, unless they were `seen` in
 * its orders; a tax without rate of its own (0 %) needs no account.
 */
export function gaps(profile: Profile, lists: ShopValues, seen: Partial<ShopValues> = {}): readonly Gap[] {
  const { payments, taxes, currencies } = profile.mappings;
  const { inCurrency } = profile.entries;
  const found: Gap[] = [];
  const extra = profile.reading.extraPaymentMethods.map((name) => ({ id: name, name, active: true }));

  for (const method of together([...lists.paymentMethods, ...extra], seen.paymentMethods)) {
    if (!hasRow(payments, { countries: [], items: [method.id] }))
      add('payment', method, 'mappings.payments.exceptions');
  }
  for (const tax of together(lists.taxes, seen.taxes)) {
    const rate = parseDecimal(tax.rate ?? '0');
    if (rate === null || rate.units === 0n) continue;
    if (!hasTaxAccount(taxes, tax.country ?? null, [tax.id, rateItem(rate)]))
      add('tax', tax, 'mappings.taxes.exceptions');
  }
  for (const currency of together(lists.currencies, seen.currencies)) {
    if (currency.id === profile.ledger.currency) continue;
    const question = { countries: [], items: [currency.id] };
    const codeless = inCurrency && resolve(currencies, 'ledgerCurrency', question).value === null;
    if (codeless || !hasRow(currencies, question)) add('currency', currency, 'mappings.currencies.exceptions');
  }
  for (const { account, path } of goneAccounts(profile))
    add('account', { id: account, name: path, active: true }, path);
  found.push(...vatLabelGaps(profile, together(lists.taxes, seen.taxes)));
  return found;

  function add(kind: Gap['kind'], { id, name, country, rate, owed }: ShopValue, path: string): void {
    found.push({ kind, item: id, name, country: country ?? null, rate: rate ?? null, path, owed: owed ?? null });
  }
}

/** A tax that the shop ties to no country is answered by an exception of any country. */
function hasTaxAccount(taxes: Profile['mappings']['taxes'], country: string | null, items: readonly string[]): boolean {
  if (
    resolve(taxes, 'account', { countries: country === null ? [] : namesOfPlace(placeOf(country, null)), items })
      .value !== null
  )
    return true;
  if (country !== null) return false;
  return taxes.exceptions.some(({ item, account }) => account !== null && (item === null || items.includes(item)));
}

/** Permanent codes: sentences `profile.missing.<code>`. */
export type Missing = { readonly path: string; readonly code: string };

/** What must still be given before anything can be imported (S-035). */
export function missing(profile: Profile): readonly Missing[] {
  const { journals, sales, differences, analytics } = profile.mappings;
  const wanted: readonly [string, string, boolean][] = [
    ['shop.url', 'url', profile.shop.url !== ''],
    ['mappings.journals.default.sales', 'journal', given(journals, 'sales')],
    ['mappings.journals.default.creditNotes', 'journal', given(journals, 'creditNotes')],
    ['mappings.sales.default.withVat', 'sales-account', given(sales, 'withVat')],
    ['mappings.sales.default.withoutVat', 'sales-account', given(sales, 'withoutVat')],
    ['mappings.differences.default.adjustmentExpense', 'difference-account', given(differences, 'adjustmentExpense')],
    ['mappings.differences.default.adjustmentIncome', 'difference-account', given(differences, 'adjustmentIncome')],
    ['customers.account', 'customer-account', hasCustomerAccount(profile)],
    ['mappings.analytics.default.section', 'section', !wantsSections(profile) || given(analytics, 'section')],
  ];
  return wanted.filter(([, , present]) => !present).map(([path, code]) => ({ path, code }));
}

function given<Field extends string>(
  mapping: {
    readonly default: Readonly<Record<Field, string | null>>;
    readonly exceptions: readonly Readonly<Record<Field, string | null>>[];
  },
  field: Field,
): boolean {
  return mapping.default[field] !== null || mapping.exceptions.some((exception) => exception[field] !== null);
}

function wantsSections({ entries }: Profile): boolean {
  return entries.analytics || entries.analyticsForCarriers;
}

function hasCustomerAccount({ customers: { account } }: Profile): boolean {
  switch (account.mode) {
    case 'same':
      return account.code !== null;
    case 'byPayment':
      return account.default !== null || Object.keys(account.byMethod).length > 0;
    case 'onePerCustomer':
      return true;
  }
}

/** Active values, then those seen in orders, each id (with its country) once. */
function together(listed: readonly ShopValue[], seen: readonly ShopValue[] = []): readonly ShopValue[] {
  const values = new Map<string, ShopValue>();
  for (const value of [...listed.filter(({ active }) => active), ...seen]) {
    const key = `${value.country ?? ''}\n${value.id}`;
    if (!values.has(key)) values.set(key, value);
  }
  return [...values.values()];
}
