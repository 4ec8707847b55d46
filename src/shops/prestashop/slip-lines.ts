import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  divide,
  isPositive,
  isZero,
  magnitude,
  multiply,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, Tax } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { type Fault, type Header, isFault, type Translation } from './header.ts';
import { categoryOf, type OrderDetail, type OrderRecords, type OrderSlip } from './order.ts';
import type { ShopTax } from './reference.ts';
import { taxesOfDetail } from './sale-lines.ts';
import { partsOf, type RateGroup, sharedByRate, taxAtRate } from './taxes.ts';
import { splitGross } from './vat.ts';

export type SlipContext = Translation & { readonly header: Header; readonly records: OrderRecords };

const TWO_CENTS = decimal('0.02');
const HUNDRED = decimal('100');

const BARE = { of: null, product: null, taxRule: null, quantity: null, netBeforeDiscount: null } as const;

/** The lines of goods given back, at the amounts the slip states. */
export function detailLines(item: OrderSlip['associations'][number], context: SlipContext): DocumentLine[] | Fault {
  const { records, reference, header } = context;
  const detail = records.details.find((row) => row.id === item.id_order_detail);
  if (detail === undefined) {
    return { field: 'order_slip_details.id_order_detail', reason: `line-gone: ${item.id_order_detail}` };
  }
  const taxes = taxesOfDetail(detail, context);
  if (isFault(taxes)) return taxes;
  const counted =
    detail.tax_computation_method === '1' || detail.tax_computation_method === '2' ? taxes : taxes.slice(0, 1);
  const rate = sum(counted.map((tax) => tax.rate));
  const gross = item.amount_tax_incl;
  const exact = splitGross(gross, rate, header.decimals);
  const close = compare(magnitude(subtract(item.amount_tax_excl, exact.net)), TWO_CENTS) <= 0;
  const net = close ? item.amount_tax_excl : exact.net; // the gross is what the customer got back
  const line: DocumentLine = {
    ...BARE,
    id: `slip-${detail.id}`,
    of: detail.id,
    kind: 'product',
    label: detail.product_name,
    product: {
      id: detail.product_id,
      sku: detail.product_reference === '' ? null : detail.product_reference,
      type: null,
      category: categoryOf(detail, context.records),
    },
    carrier: null,
    taxRule:
      detail.id_tax_rules_group === null
        ? null
        : { id: detail.id_tax_rules_group, name: reference.taxRuleNames.get(detail.id_tax_rules_group) ?? null },
    quantity: item.product_quantity,
    net,
    taxes: sharedByRate(subtract(gross, net), counted, header.decimals),
    gross,
  };
  return withEcotaxApart(line, detail, context);
}

/** With eco-tax apart, goods given back at their full price give theirs back too; a free amount is not split. */
function withEcotaxApart(
  line: DocumentLine,
  detail: OrderDetail,
  { options, header, reference }: SlipContext,
): DocumentLine[] {
  const quantity = line.quantity ?? ZERO;
  const full = compare(magnitude(subtract(line.net, multiply(detail.unit_price_tax_excl, quantity))), TWO_CENTS) <= 0;
  if (!options.separateEcotax || isZero(detail.ecotax) || !full) return [line];
  const net = round(multiply(detail.ecotax, quantity), header.decimals);
  const amount = divide(multiply(net, detail.ecotax_tax_rate), HUNDRED, header.decimals, 'half-up');
  const same = line.taxes.find((tax) => compare(tax.rate, detail.ecotax_tax_rate) === 0);
  const known = [...reference.taxes.values()].find((tax) => tax.id === same?.code);
  if (known === undefined) return [line];
  const [own] = sharedByRate(amount, [known], header.decimals);
  if (own === undefined) return [line];
  const less: readonly Tax[] = line.taxes.map((tax) =>
    tax === same ? { ...tax, amount: subtract(tax.amount, amount) } : tax,
  );
  const product = { ...line, net: subtract(line.net, net), taxes: less, gross: subtract(line.gross, add(net, amount)) };
  const ecotax: DocumentLine = {
    ...line,
    id: `ecotax-${line.id}`,
    kind: 'ecotax',
    net,
    taxes: [own],
    gross: add(net, amount),
  };
  return [product, ecotax];
}

/** The shipping given back, at the order's carrier's rate. */
export function slipShippingLines(slip: OrderSlip, context: SlipContext): DocumentLine[] {
  const { records, reference, header } = context;
  const { order } = records;
  let { total_shipping_tax_excl: net, total_shipping_tax_incl: gross } = slip;
  // 1.6.0 states only the gross amount.
  if (isZero(gross))
    ({ gross, net } = {
      gross: slip.shipping_cost_amount,
      net: splitGross(slip.shipping_cost_amount, order.carrier_tax_rate, header.decimals).net,
    });
  if (isZero(gross)) return [];
  const row = order.id_carrier === null ? undefined : reference.carriers.get(order.id_carrier);
  const groups = groupsOf(context);
  const lines = [...new Set(groups.flatMap((group) => group.taxes))];
  const named = {
    rate: order.carrier_tax_rate,
    tax: taxAtRate(
      order.carrier_tax_rate,
      { lines, rule: row?.taxRule ?? null, country: header.taxCountry },
      reference,
    ),
  };
  const shared = reference.setting('PS_ATCP_SHIPWRAP', order.id_shop) === '1';
  const parts = partsOf({ net, tax: subtract(gross, net) }, named, { ...header, groups, shared });
  const carrier =
    order.id_carrier === null ? null : { id: row?.reference ?? order.id_carrier, name: row?.name ?? null };
  return parts.map(
    (part, index): DocumentLine => ({
      ...BARE,
      id: index === 0 ? 'shipping' : `shipping-${index + 1}`,
      kind: 'shipping',
      label: carrier?.name ?? null,
      carrier,
      ...part,
    }),
  );
}

function groupsOf(context: SlipContext): RateGroup[] {
  const groups = new Map<string, { taxes: readonly ShopTax[]; net: Decimal }>();
  for (const detail of context.records.details) {
    const taxes = taxesOfDetail(detail, context);
    if (isFault(taxes)) continue;
    const key = taxes.map((tax) => tax.id).join('+');
    groups.set(key, { taxes, net: add(groups.get(key)?.net ?? ZERO, detail.total_price_tax_excl) });
  }
  return [...groups.values()];
}

/** Given back at full price though a voucher had lowered what was paid. */
export function abovePaid(
  item: OrderSlip['associations'][number],
  source: DocumentSource,
  { records }: SlipContext,
): Problem[] {
  const { order, rules } = records;
  const detail = records.details.find((row) => row.id === item.id_order_detail);
  const free = (rules ?? []).some((rule) => rule.free_shipping && !rule.deleted);
  const discount = subtract(order.total_discounts_tax_incl, free ? order.total_shipping_tax_incl : ZERO);
  const total = order.total_products_wt;
  if (detail === undefined || !isPositive(discount) || !isPositive(total) || isZero(detail.product_quantity)) return [];
  const price = multiply(multiply(detail.total_price_tax_incl, item.product_quantity), subtract(total, discount));
  const paid = divide(price, multiply(detail.product_quantity, total), 2, 'half-up');
  if (compare(item.amount_tax_incl, add(paid, TWO_CENTS)) <= 0) return [];
  const values = {
    line: detail.product_name,
    refunded: decimalText(item.amount_tax_incl, 2),
    paid: decimalText(paid, 2),
  };
  return [problem('document.refund-above-paid', 'warn', source, values)];
}
