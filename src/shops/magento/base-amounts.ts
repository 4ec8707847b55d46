import { z } from 'zod';
import { add, compare, type Decimal, decimal as exactly, magnitude, multiply, subtract } from '../../core/decimal.ts';
import { decimalOrNull } from '../../schema/decimal.ts';
import { parseJson } from '../../schema/json.ts';

/**
 * Magento states each amount twice: in the currency of the order, and in the website's own (`base_*`), whose sums are
 * exact too. Books that keep one currency take the second as it is, without any conversion; entries in currency take the
 * first, with the order's rate.
 */

const NO_AMOUNT = /currency_code$|_rate$/;
const currencies = z.object({ base_currency_code: z.string(), order_currency_code: z.string() });

/** The record with its own currency's amounts replaced by the base ones; the same where there is one currency. */
export function inBaseCurrency(record: unknown): unknown {
  const stated = currencies.safeParse(record).data;
  if (stated === undefined || stated.base_currency_code === stated.order_currency_code) return record;
  return replaced(record);
}

function replaced(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    result[name] = replaced(name === 'weee_tax_applied' ? listIn(field) : field);
  }
  for (const [name, field] of Object.entries(value)) {
    const own = ownName(name);
    if (own !== null) result[own] = field;
  }
  return result;
}

/** `base_row_total` → `row_total`, `gw_items_base_price` → `gw_items_price`; two names are shortened by Magento. */
function ownName(name: string): string | null {
  if (!/(?:^|_)base_/.test(name) || NO_AMOUNT.test(name)) return null;
  return name.replace(/(^|_)base_/, '$1').replace(/_amnt$/, '_amount');
}

/** Fixed taxes stand in their column as JSON text; what is none is left. */
export function listIn(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trim().startsWith('[')) return value;
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

const TOTALS = ['grand_total', 'subtotal', 'tax_amount', 'shipping_amount', 'discount_amount'];
const rate = z.object({ base_to_order_rate: decimalOrNull });
const CENT = exactly('0.01');
/** A rate has four decimals: a large amount converted with it may be so far off. */
const RATE_ERROR = exactly('0.0001');

/** The first total that its base amount, at the order's rate, does not come to; null when all do. */
export function conversionGap(record: unknown): { field: string; stated: Decimal; computed: Decimal } | null {
  const factor = rate.safeParse(record).data?.base_to_order_rate ?? null;
  if (factor === null || typeof record !== 'object' || record === null) return null;
  for (const field of TOTALS) {
    const own = decimalOrNull.safeParse(Reflect.get(record, field)).data ?? null;
    const base = decimalOrNull.safeParse(Reflect.get(record, `base_${field}`)).data ?? null;
    if (own === null || base === null) continue;
    const computed = multiply(base, factor);
    const allowed = add(CENT, multiply(magnitude(own), RATE_ERROR));
    if (compare(magnitude(subtract(computed, own)), allowed) > 0) return { field, stated: own, computed };
  }
  return null;
}
