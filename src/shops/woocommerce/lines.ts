import { type Decimal, isNegative, isZero, round } from '../../core/decimal.ts';
import type { DocumentLine, LineKind, Named, Tax } from '../../core/document.ts';
import { decodeEntities } from '../html-text.ts';
import type { ReadingOptions } from '../reader.ts';
import { type LineAmounts, settleAmounts } from './amounts.ts';
import { metaText } from './metadata.ts';
import type { WooLines } from './order.ts';
import type { Rates } from './rates.ts';

type LineFacts = Pick<
  DocumentLine,
  'id' | 'of' | 'kind' | 'label' | 'product' | 'carrier' | 'taxRule' | 'quantity' | 'netBeforeDiscount'
>;

/**
 * Lines of an order, or of a refund: its amounts are negative and come out positive (`sign` -1). The lines stand in the
 * order products, shipping, fees, each with net and taxes in the currency's decimals.
 */
export function documentLines(
  lines: WooLines,
  facts: {
    readonly sign: 1 | -1;
    readonly gross: Decimal;
    readonly decimals: number;
    readonly rates: Rates;
    readonly options: Pick<ReadingOptions, 'rounding' | 'wrappingNames'>;
    /** By product. */
    readonly categories: ReadonlyMap<string, string>;
  },
): DocumentLine[] {
  const { sign, decimals, rates, options } = facts;
  const wrapping = new Set(options.wrappingNames.map((name) => name.trim().toLowerCase()));
  const settled = settleAmounts(lines, facts.gross, { decimals, rounding: options.rounding });
  const described: LineFacts[] = [
    ...lines.line_items.map(productFacts),
    ...lines.shipping_lines.map(shippingFacts),
    ...lines.fee_lines.map(feeFacts),
  ];
  return described.map((line, index) => withAmounts(line, settled[index] ?? { net: 0n, taxes: [] }));

  function productFacts(line: WooLines['line_items'][number]): LineFacts {
    const { id, name, sku, product_id, tax_class, subtotal } = line;
    return {
      id,
      of: metaText(line.meta_data, '_refunded_item_id') ?? line.bundled_by,
      kind: isWrapping(name) || isWrapping(sku) ? 'wrapping' : 'product',
      label: label(name),
      product: {
        id: product_id === '0' ? null : product_id,
        sku: label(sku),
        type: null,
        category: facts.categories.get(product_id) ?? null,
      },
      carrier: null,
      taxRule: taxRule(tax_class),
      quantity: signed(line.quantity),
      netBeforeDiscount: round(signed(subtotal), decimals),
    };
  }

  function shippingFacts(line: WooLines['shipping_lines'][number]): LineFacts {
    return {
      ...plain(line),
      kind: 'shipping',
      label: label(line.method_title),
      carrier: carrierOf(line),
      taxRule: null, // follows the shop's setting, which the line does not repeat
    };
  }

  function feeFacts(line: WooLines['fee_lines'][number]): LineFacts {
    const discount: LineKind = isNegative(signed(line.total)) ? 'discount' : 'fee';
    return {
      ...plain(line),
      kind: discount === 'fee' && isWrapping(line.name) ? 'wrapping' : discount,
      label: label(line.name),
      carrier: null,
      taxRule: taxRule(line.tax_class ?? ''),
    };
  }

  function plain(line: WooLines['shipping_lines'][number] | WooLines['fee_lines'][number]) {
    const of = metaText(line.meta_data, '_refunded_item_id');
    return { id: line.id, of, product: null, quantity: null, netBeforeDiscount: null };
  }

  function withAmounts(line: LineFacts, amounts: LineAmounts): DocumentLine {
    const net = decimalOf(amounts.net);
    const taxes = amounts.taxes.map(({ id, amount }): Tax => {
      const known = rates.get(id);
      return {
        code: id,
        name: known?.name === undefined ? null : label(known.name),
        rate: known?.rate ?? { units: 0n, scale: 0 },
        base: known?.compound === true ? decimalOf(amounts.net + taxesBefore(amounts, id)) : null,
        amount: decimalOf(amount),
        treatment: null,
      };
    });
    const gross = decimalOf(amounts.taxes.reduce((all, { amount }) => all + amount, amounts.net));
    return { ...line, net, taxes, gross };
  }

  /** WooCommerce takes a compound tax on the price, the plain taxes and the compound ones before it. */
  function taxesBefore({ taxes }: LineAmounts, id: string): bigint {
    const own = taxes.findIndex((tax) => tax.id === id);
    const counted = taxes.filter((tax, index) => index < own || rates.get(tax.id)?.compound !== true);
    return counted.reduce((all, tax) => all + tax.amount, 0n);
  }

  function isWrapping(name: string | null): boolean {
    return name !== null && wrapping.has(decodeEntities(name).trim().toLowerCase());
  }

  function signed(value: Decimal): Decimal {
    return sign === 1 ? value : { units: -value.units, scale: value.scale };
  }

  function decimalOf(minor: bigint): Decimal {
    return { units: sign === 1 ? minor : -minor, scale: decimals };
  }
}

/** Restocked only: a quantity without amount gives nothing back. */
export function givesNothing(line: DocumentLine): boolean {
  return isZero(line.net) && line.taxes.every(({ amount }) => isZero(amount));
}

export function label(text: string | null): string | null {
  return text === null ? null : decodeEntities(text);
}

/** An empty class is the standard one. A slug is accepted though the shop's list lacks it. */
function taxRule(taxClass: string): Named {
  return { id: taxClass === '' ? 'standard' : taxClass, name: null };
}

function carrierOf({ method_id, instance_id, method_title }: WooLines['shipping_lines'][number]): Named | null {
  if (method_id === null) return null;
  return { id: instance_id === null ? method_id : `${method_id}:${instance_id}`, name: label(method_title) };
}
