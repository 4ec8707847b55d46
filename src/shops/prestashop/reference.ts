import type { z } from 'zod';
import type { Decimal } from '../../core/decimal.ts';
import { currencyOf } from '../../core/money.ts';
import { Failure } from '../../core/problem.ts';
import { firstIssue } from '../../schema/issue.ts';
import { referenceRows } from './order.ts';
import type { Source } from './source.ts';

export type ShopTax = { readonly id: string; readonly name: string; readonly rate: Decimal; readonly active: boolean };
export type TaxRuleRow = { readonly group: string; readonly country: string | null; readonly tax: string };
export type ShopCarrier = { readonly reference: string; readonly name: string; readonly taxRule: string | null };
export type ShopStatus = { readonly name: string; readonly paid: boolean; readonly invoice: boolean };

/** What the documents of a run refer to, read once. What the key may not read is empty. */
export type Reference = {
  readonly version: string | null;
  readonly currencies: ReadonlyMap<string, { readonly code: string; readonly decimals: number }>;
  readonly baseCurrency: string | null;
  /** ISO code by id. */
  readonly countries: ReadonlyMap<string, string>;
  readonly taxes: ReadonlyMap<string, ShopTax>;
  readonly taxRules: readonly TaxRuleRow[];
  readonly taxRuleNames: ReadonlyMap<string, string>;
  readonly carriers: ReadonlyMap<string, ShopCarrier>;
  readonly statuses: ReadonlyMap<string, ShopStatus>;
  readonly shops: ReadonlyMap<string, string>;
  /** The value for a sub-shop, else the common one; null: not set. */
  readonly setting: (name: string, shop: string | null) => string | null;
  /** A setting by language, for invoice and credit note prefixes. */
  readonly prefix: (name: string, shop: string | null, language: string | null) => string;
};

export const SETTINGS = [
  'PS_TIMEZONE',
  'PS_CURRENCY_DEFAULT',
  'PS_COUNTRY_DEFAULT',
  'PS_LANG_DEFAULT',
  'PS_SHOP_NAME',
  'PS_INVOICE_USE_YEAR',
  'PS_INVOICE_YEAR_POS',
  'PS_ROUND_TYPE',
  'PS_PRICE_ROUND_MODE',
  'PS_TAX_ADDRESS_TYPE',
  'PS_ATCP_SHIPWRAP',
  'PS_GIFT_WRAPPING_TAX_RULES_GROUP',
  'PS_ECOTAX_TAX_RULES_GROUP_ID',
];
const PREFIXES = ['PS_INVOICE_PREFIX', 'PS_CREDIT_SLIP_PREFIX'];

type Setting = { name: string; value: string; id_shop: string | null; id_shop_group: string | null };

export async function loadReference(source: Source, version: () => string | null): Promise<Reference> {
  const named = (names: readonly string[]) => ({ 'filter[name]': `[${names.join('|')}]` });
  const taxes = await required('taxes');
  const currencies = await required('currencies');
  const countries = await required('countries');
  const settings = await required('configurations', named(SETTINGS));
  const prefixes = await optional('translated_configurations', named(PREFIXES));
  const taxRules = await optional('tax_rules');
  const groups = await optional('tax_rule_groups');
  const carriers = await optional('carriers');
  const statuses = await required('order_states');
  const shops = await optional('shops');

  const setting = settingOf(settings);
  const language = setting('PS_LANG_DEFAULT', null);
  const shopName = setting('PS_SHOP_NAME', null) ?? '';
  const currencyById = new Map(currencies.map((row) => [row.id, { code: row.iso_code, decimals: decimalsOf(row) }]));
  return {
    version: version(),
    currencies: currencyById,
    baseCurrency: currencyById.get(setting('PS_CURRENCY_DEFAULT', null) ?? '')?.code ?? null,
    countries: new Map(countries.map((row) => [row.id, row.iso_code])),
    taxes: new Map(
      taxes.map(({ id, rate, active, deleted, name }) => [
        id,
        { id, rate, active: active && !deleted, name: inLanguage(name, language) },
      ]),
    ),
    taxRules: taxRules.flatMap((row) =>
      // A rule for a region is the exception of a country; no home tax of ours hangs on one.
      row.id_tax === null || row.id_state !== null
        ? []
        : { group: row.id_tax_rules_group, country: row.id_country, tax: row.id_tax },
    ),
    taxRuleNames: new Map(groups.map((row) => [row.id, row.name])),
    carriers: new Map(
      carriers.map((row) => [
        row.id,
        {
          // An edited carrier is a new record with the same reference: the mapping goes by the reference.
          reference: row.id_reference ?? row.id,
          name: row.name === '0' ? shopName : row.name,
          taxRule: row.id_tax_rules_group,
        },
      ]),
    ),
    statuses: new Map(
      statuses.map((row) => [row.id, { name: inLanguage(row.name, language), paid: row.paid, invoice: row.invoice }]),
    ),
    shops: new Map(shops.map((row) => [row.id, row.name])),
    setting,
    prefix: (name, shop, orderLanguage) => {
      const rows = prefixes.filter((row) => row.name === name);
      const row =
        rows.find((item) => item.id_shop === shop && shop !== null) ?? rows.find((item) => item.id_shop === null);
      return row === undefined ? '' : inLanguage(row.value, orderLanguage ?? language);
    },
  };

  async function required<Name extends keyof typeof referenceRows>(resource: Name, query = {}): Promise<RowOf<Name>[]> {
    return parseRows(resource, await source.all(resource, query));
  }

  async function optional<Name extends keyof typeof referenceRows>(resource: Name, query = {}): Promise<RowOf<Name>[]> {
    return (await source.optional(resource, () => required(resource, query))) ?? [];
  }
}

export type RowOf<Name extends keyof typeof referenceRows> = z.infer<(typeof referenceRows)[Name]>;

export function parseRows<Name extends keyof typeof referenceRows>(
  resource: Name,
  rows: readonly unknown[],
): RowOf<Name>[] {
  const schema: z.ZodType = referenceRows[resource];
  return rows.map((row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data as RowOf<Name>; // the schema of that very resource has just said so
    const { field, reason } = firstIssue(parsed.error);
    throw new Failure('shop.broken-answer', { status: `${field}: ${reason}`, url: resource });
  });
}

/** The text in a language, else in the first one that has any. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string | null): string {
  const wanted = language === null ? undefined : texts[language];
  return wanted ?? Object.values(texts).find((text) => text !== '') ?? '';
}

export function settingOf(rows: readonly Setting[]): Reference['setting'] {
  return (name, shop) => {
    const own = rows.filter((row) => row.name === name);
    const found =
      own.find((row) => shop !== null && row.id_shop === shop) ??
      own.find((row) => row.id_shop === null && row.id_shop_group === null) ??
      own[0];
    return found === undefined || found.value === '' ? null : found.value;
  };
}

/** `precision` since 1.7.6; before, `decimals` only says whether there are any. */
function decimalsOf({ iso_code, precision, decimals }: RowOf<'currencies'>): number {
  if (precision !== undefined && /^[0-6]$/.test(precision)) return Number(precision);
  return decimals === '0' ? 0 : currencyOf(iso_code).decimals;
}
