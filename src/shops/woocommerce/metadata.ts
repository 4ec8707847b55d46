import { z } from 'zod';
import { type Decimal, divide, isPositive, negate, parseDecimal, round, sum } from '../../core/decimal.ts';
import { currencyOf } from '../../core/money.ts';
import { currencyCode } from '../../schema/codes.ts';
import { decimalOrNull } from '../../schema/decimal.ts';
import type { WooMeta, WooOrder } from './order.ts';

/** What plug-ins leave in `meta_data`, under keys found in their public code. The first key that says something wins. */

const VAT_NUMBER_KEYS = [
  '_billing_vat_number',
  '_vat_number',
  'vat_number', // EU VAT Number (WooCommerce.com); Aelia
  '_billing_eu_vat_number', // WPFactory, Booster
  'yweu_billing_vat', // YITH
  'billing_vat', // German Market
  '_billing_vat_id',
  '_shipping_vat_id', // Germanized
  'VAT Number', // EU VAT Compliance
  '_billing_dic',
  '_billing_vat',
  '_billing_nif',
];
const REGISTRATION_KEYS = ['_billing_siret', 'billing_siret', '_billing_siren'];
const ORDER_NUMBER_KEYS = [
  '_order_number_formatted',
  '_order_number',
  '_alg_wc_full_custom_order_number',
  '_alg_wc_custom_order_number',
  '_ywson_custom_number_order_complete',
  '_wcj_order_number',
];
const INVOICE_NUMBER_KEYS = [
  '_wcpdf_invoice_number', // WP Overnight
  '_ywpi_invoice_formatted_number',
  '_ywpi_invoice_number', // YITH
  'wf_invoice_number', // WebToffee
  '_pip_invoice_number', // SkyVerge
  '_alg_wc_invoice_number', // WPFactory
];
/** Unix times, UTC, except those of YITH, which are text. */
const INVOICE_DATE_KEYS = ['_wcpdf_invoice_date', '_ywpi_invoice_date', '_wf_invoice_date'];
const CREDIT_NOTE_NUMBER_KEYS = ['_wcpdf_credit_note_number', '_ywpi_credit_note_number'];
const RATE_DECIMALS = 10;
const ONE: Decimal = { units: 1n, scale: 0 };

/** The text of a key, null when it is missing, empty or no text. */
export function metaText(meta: WooMeta, key: string): string | null {
  const value = meta.find((item) => item.key === key)?.value;
  if (JSON.isRawJSON(value)) return value.rawJSON;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function vatNumberOf(meta: WooMeta): { value: string; valid: boolean | null } | null {
  const found = firstText(meta, VAT_NUMBER_KEYS) ?? aeliaNumber(meta);
  const value = found?.toUpperCase().replace(/[\s.-]/g, '');
  return value === undefined || value === '' ? null : { value, valid: vatNumberValid(meta) };
}

export function registrationNumberOf(meta: WooMeta): string | null {
  return firstText(meta, REGISTRATION_KEYS)?.replace(/\s/g, '') ?? null;
}

/** The number people see: `number` already passed the plug-ins' filters, unless one of them works without filter. */
export function orderNumberOf(order: WooOrder): string {
  if (order.number !== order.id) return order.number;
  return firstText(order.meta_data, ORDER_NUMBER_KEYS) ?? order.number;
}

/** Invoice number and date; the date is a Unix time or a text the plug-in formatted, which may name no day. */
export function invoiceOf(meta: WooMeta, moreKeys: readonly string[]): { number: string; date: string | null } | null {
  const number = firstText(meta, [...moreKeys, ...INVOICE_NUMBER_KEYS]);
  return number === null ? null : { number, date: firstText(meta, INVOICE_DATE_KEYS) };
}

export function creditNoteNumberOf(meta: WooMeta): string | null {
  return firstText(meta, CREDIT_NOTE_NUMBER_KEYS);
}

/**
 * What the provider kept, in the currency it says, which can differ from the order's. Some plug-ins leave PHP's binary
 * noise in it (0.55000000000000004): a fee is money, so it has its currency's decimals.
 */
export function feeOf(order: WooOrder): { amount: Decimal; currency: string } | null {
  const found = statedFee(order);
  return found && { ...found, amount: round(found.amount, currencyOf(found.currency).decimals) };
}

function statedFee({ meta_data: meta, currency }: WooOrder): { amount: Decimal; currency: string } | null {
  return (
    fee(metaText(meta, '_stripe_fee'), metaText(meta, '_stripe_currency')) ??
    paypalFee(meta, '_ppcp_paypal_fees') ??
    fee(metaText(meta, '_wcpay_transaction_fee'), null) ??
    fee(metaText(meta, 'PayPal Transaction Fee'), null) ??
    fee(metaText(meta, '_paypal_transaction_fee'), null) ??
    fee(metaText(meta, 'Stripe Fee'), null) ??
    fee(metaText(meta, 'eh_stripe_fees'), null)
  );

  function fee(amount: string | null, code: string | null) {
    const value = amount === null ? null : parseDecimal(amount);
    if (value === null || !isPositive(value)) return null;
    const stated = currencyCode.safeParse(code?.toUpperCase());
    return { amount: value, currency: stated.success ? stated.data : currency };
  }
}

/**
 * What PayPal gave back of its fee, negative. The plug-in keeps one sum for all refunds of an order, so it is known of an
 * only refund.
 */
export function refundFeeOf(order: WooOrder): { amount: Decimal; currency: string } | null {
  const found = order.refunds.length === 1 ? paypalFee(order.meta_data, '_ppcp_paypal_refund_fees') : null;
  return found && { ...found, amount: negate(round(found.amount, currencyOf(found.currency).decimals)) };
}

/** Units of the order's currency for one of the base: plug-ins state it in opposite directions. */
export function currencyRateOf(order: WooOrder): { base: string | null; rate: Decimal } | null {
  const { meta_data: meta } = order;
  const payments = rate('_wcpay_multi_currency_order_exchange_rate'); // WooPayments
  if (payments !== null)
    return { base: metaText(meta, '_wcpay_multi_currency_order_default_currency'), rate: payments };
  const fox = rate('_woocs_order_rate'); // FOX: base = amount / rate
  if (fox !== null) return { base: metaText(meta, '_woocs_order_base_currency'), rate: fox };
  const aelia = rate('_base_currency_exchange_rate'); // Aelia: base = amount × rate
  if (aelia !== null) return { base: null, rate: divide(ONE, aelia, RATE_DECIMALS, 'half-up') };
  const curcy = curcyRate(meta, order.currency);
  return curcy === null ? null : { base: null, rate: curcy };

  function rate(key: string): Decimal | null {
    const text = metaText(meta, key);
    const value = text === null ? null : parseDecimal(text);
    return value !== null && isPositive(value) ? value : null;
  }
}

/** Plug-ins of payment mark what was bought in their test mode; no money moved. */
export function isTest(meta: WooMeta): boolean {
  const mode = metaText(meta, '_wcpay_mode');
  return mode === 'test' || mode === 'dev';
}

function firstText(meta: WooMeta, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = metaText(meta, key);
    if (text !== null) return text;
  }
  return null;
}

function aeliaNumber(meta: WooMeta): string | null {
  const evidence = z
    .object({ exemption: z.object({ vat_number: z.string().min(1) }) })
    .safeParse(meta.find(({ key }) => key === '_eu_vat_evidence')?.value);
  return evidence.success ? evidence.data.exemption.vat_number : null;
}

/** True or false only when the shop asked the tax authority. */
function vatNumberValid(meta: WooMeta): boolean | null {
  const aelia = metaText(meta, '_vat_number_validated');
  if (aelia === 'valid') return true;
  if (aelia === 'not-valid') return false;
  if (metaText(meta, '_vat_number_is_validated') !== 'true') return null;
  return metaText(meta, '_vat_number_is_valid') === 'true';
}

const paypalBreakdown = z.object({ paypal_fee: z.object({ currency_code: currencyCode, value: decimalOrNull }) });

/** PayPal Payments keeps an object, or a list of them when an order was captured in parts. */
function paypalFee(meta: WooMeta, name: string): { amount: Decimal; currency: string } | null {
  const value = meta.find(({ key }) => key === name)?.value;
  const parsed = z
    .array(paypalBreakdown)
    .min(1)
    .max(100)
    .safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success) return null;
  const fees = parsed.data.map((item) => item.paypal_fee);
  const currency = fees[0]?.currency_code ?? '';
  if (fees.some((item) => item.currency_code !== currency)) return null;
  const amount = sum(fees.flatMap((item) => (item.value === null ? [] : [item.value])));
  return isPositive(amount) ? { amount, currency } : null;
}

const curcyRates = z.record(z.string(), z.object({ rate: decimalOrNull, is_main: z.unknown().optional() }));

/** CURCY keeps the rates of all its currencies, as an object or as PHP's serialised text. */
function curcyRate(meta: WooMeta, currency: string): Decimal | null {
  const value = meta.find(({ key }) => key === 'wmc_order_info')?.value;
  const parsed = curcyRates.safeParse(value);
  const rate = parsed.success
    ? (parsed.data[currency]?.rate ?? null)
    : typeof value === 'string'
      ? serialisedRate(value, currency)
      : null;
  return rate !== null && isPositive(rate) ? rate : null;
}

function serialisedRate(text: string, currency: string): Decimal | null {
  const start = text.indexOf(`s:3:"${currency}";a:`);
  if (start < 0) return null;
  const match = /s:4:"rate";(?:s:\d+:"([\d.]+)"|[di]:([\d.]+))/.exec(text.slice(start, start + 500));
  return match === null ? null : parseDecimal(match[1] ?? match[2] ?? '');
}
