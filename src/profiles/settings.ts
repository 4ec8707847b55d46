import { type Day, day } from '../core/calendar.ts';
import { decimal } from '../core/decimal.ts';
import { type RefinedKey, usesKey } from '../core/mapping.ts';
import { currencyOf } from '../core/money.ts';
import type { LateAnswer, PeriodPolicy } from '../core/posting/late.ts';
import type { BookSettings } from '../core/settings.ts';
import { columnPatterns } from '../schema/format-definition.ts';
import type { Profile } from './profile.ts';

/**
 * What the engine obeys of a profile. `shopName` is what the shop calls itself; the profile's name without it. `decimals`
 * are those a review was read with, when the profile has others by now.
 */
export function bookSettings(
  profile: Profile,
  run: { readonly today: Day; readonly shopName?: string; readonly decimals?: 2 | 3 | 4 },
): BookSettings {
  const { shop, ledger, mappings, customers, entries, reading, advanced } = profile;
  const { stripAccents, upperCaseName, upperCaseAddress } = customers;
  const { perLine, minimum, payment } = advanced.tolerances;
  const { decimals = reading.decimals } = run;
  return {
    books: currencyOf(ledger.currency, decimals),
    decimals,
    mappings,
    customers: {
      account: customers.account,
      thirdParty: customers.thirdParty,
      guest: { account: reading.guestAccount, thirdParty: reading.guestThirdParty },
      fromNote: { account: shop.notes.account, thirdParty: shop.notes.thirdPartyAccount },
      records: ledger.customersFile === null ? null : { stripAccents, upperCaseName, upperCaseAddress },
    },
    sales: entries.sales,
    creditNotes: entries.creditNotes,
    payments: entries.payments,
    discountLines: entries.discountLines,
    deposits: entries.deposits,
    depositVat: entries.depositVat,
    inCurrency: entries.inCurrency,
    analytics: { sales: entries.analytics, carriers: entries.analyticsForCarriers },
    taxCountry: reading.taxCountry,
    defaultCountry: reading.defaultCountry,
    home: advanced.country,
    distanceSales: advanced.distanceSales,
    roundingDifference: reading.roundingDifference,
    tolerances: { perLine: decimal(perLine), minimum: decimal(minimum), payment: decimal(payment) },
    wrappingNames: reading.wrappingNames,
    shopName: run.shopName ?? profile.name,
    columns: ledger.definition === null ? [] : columnPatterns(ledger.definition),
    today: run.today,
  };
}

/** Which days are closed, and what becomes of documents dated in them; `answer` is what somebody said of this run. */
export function periodPolicy({ advanced }: Profile, answer: LateAnswer | null): PeriodPolicy {
  const { closedTo, lateDocuments } = advanced;
  return { closedTo: closedTo === null ? null : day(closedTo), late: lateDocuments, answer };
}

/** What a reader obeys of a profile; the same shape as `ReadingOptions` of `shops/reader.ts`. */
export function readingOptions({ reading, mappings, entries }: Profile) {
  const uses = (key: RefinedKey) => Object.values(mappings).some((mapping) => usesKey<object>(mapping, [key]));
  return {
    decimals: reading.decimals,
    rounding: reading.rounding,
    amountOnlyRefunds: reading.amountOnlyRefunds,
    retentions: reading.retentions,
    separateEcotax: reading.separateEcotax,
    wrappingNames: reading.wrappingNames,
    unexplainedFee: reading.unexplainedFee,
    invoiceNumberKeys: reading.invoiceNumberKeys,
    categories: uses('category'),
    customerGroups: uses('customerGroup'),
    salesSource: reading.salesSource,
    inCurrency: entries.inCurrency,
  };
}

/** The way to the shop; the same shape as `HttpSettings` of `shops/reader.ts`. */
export function httpSettings({ shop: { http } }: Profile, basicAuthPassword: string | null) {
  return {
    timeoutMs: http.timeoutSeconds * 1000,
    pauseMs: http.pauseMs,
    tries: http.tries,
    userAgent: http.userAgent,
    minimumTls: http.minimumTls,
    version: http.version,
    basicAuth: http.basicAuthUser === null ? null : { user: http.basicAuthUser, password: basicAuthPassword ?? '' },
    certificate: http.certificate,
  };
}

/** What a format is told; the same shape as `FormatContext` of `formats/format.ts`. */
export function formatSettings({ ledger, chart }: Profile, format: string = ledger.type) {
  const chosen = format === ledger.type ? ledger.options : {}; // they are of the profile's own format
  return {
    companyName: ledger.companyName,
    booksCurrency: ledger.currency,
    chart,
    translate: ledger.translate,
    options: {
      ...chosen,
      recordLength: ledger.recordLength,
      validDate: ledger.validDate,
      analyticPlan: ledger.analyticPlan,
      definition: ledger.definition,
    },
  };
}
