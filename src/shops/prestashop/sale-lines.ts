import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  equal,
  isZero,
  magnitude,
  maximum,
  minimum,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, Tax } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { type Fault, type Header, isFault, ownRoundType, roundingOf, roundTypeOf, type Translation } from './header.ts';
import { categoryOf, type OrderDetail, type OrderRecords } from './order.ts';
import type { ShopTax } from './reference.ts';
import { hasFreeShipping, type SalePart, vouchersOf } from './sale-parts.ts';
import { partsOf, type RateGroup, rateShown, type SharedPart, taxAtRate, taxOf } from './taxes.ts';
import { splitGross, type VatRow, vatOf } from './vat.ts';

export type SaleLines = {
  readonly lines: readonly DocumentLine[];
  readonly remarks: readonly Problem[];
  readonly tolerance: Decimal | null;
};

type Context = Translation & {
  readonly header: Header;
  readonly records: OrderRecords;
  readonly source: DocumentSource;
};

const METHODS = { '0': 'first', '1': 'each', '2': 'cumulative' } as const;
const COMMON_TOLERANCE = decimal('0.05');
const PER_UNIT_TOLERANCE = decimal('0.005');
const MAX_PER_UNIT_TOLERANCE = decimal('0.5');

const BARE = { of: null, product: null, taxRule: null, quantity: null, netBeforeDiscount: null } as const;

/** The lines of one sale: products with the VAT of the shop's own invoice, then eco-tax, shipping, wrapping, fee. */
export function saleLinesOf(part: SalePart, context: Context): SaleLines | Fault {
  const { records, header, reference, options, source } = context;
  const taxesOf = new Map<string, readonly ShopTax[]>();
  for (const detail of part.details) {
    const taxes = taxesOfDetail(detail, context);
    if (isFault(taxes)) return taxes;
    taxesOf.set(detail.id, taxes);
  }
  const { byLine, unknown } = vouchersOf(part, records);
  const freeShipping = hasFreeShipping(part);
  const vat = vatOf({
    ...part.totals,
    freeShipping,
    lines: part.details.map((detail) => ({
      id: detail.id,
      quantity: detail.product_quantity,
      unitPrice: detail.unit_price_tax_excl,
      ecotax: detail.ecotax,
      ecotaxRate: detail.ecotax_tax_rate,
      voucher: byLine.get(detail.id) ?? ZERO,
      taxes: taxesOf.get(detail.id) ?? [],
      method: METHODS[detail.tax_computation_method === '2' ? '2' : detail.tax_computation_method === '1' ? '1' : '0'],
    })),
    roundType: roundTypeOf(records, context),
    rounding: roundingOf(records, context),
    decimals: header.decimals,
    statedDecimals: header.statedDecimals,
  });
  const remarks: Problem[] = [];
  if (vat.gap !== null) {
    const { of, stated, computed } = vat.gap;
    const values = {
      stated: decimalText(stated, 2),
      lines: decimalText(computed, 2),
      difference: decimalText(subtract(stated, computed), 2),
    };
    remarks.push(problem(of === 'net' ? 'document.net-differs' : 'document.tax-differs', 'hold', source, values));
  }
  const sameRates = new Set(part.details.map((detail) => taxKey(taxesOf.get(detail.id) ?? []))).size <= 1;
  for (const rule of sameRates ? [] : unknown) {
    remarks.push(problem('document.voucher-unknown', 'warn', source, { voucher: rule.name }));
  }

  const discounted =
    !isZero(part.totals.discounts.net) && !(freeShipping && equal(part.totals.discounts.net, part.totals.shipping.net));
  const onLines = [...new Set([...taxesOf.values()].flat())];
  const groups = groupsOf(vat.rows);
  const lines = vat.rows.flatMap((row) => productLines(row));
  if (!freeShipping) lines.push(...shippingLines());
  lines.push(...wrappingLines());
  lines.push(...feeLines());
  return { lines, remarks, tolerance: toleranceOf() };

  function productLines(row: VatRow): DocumentLine[] {
    const detail = part.details.find((item) => item.id === row.id);
    if (detail === undefined) throw new TypeError(`No line ${row.id}`); // each row was made of one
    const { ecotax } = row;
    const own = row.taxes.map((tax) => taxOf(known(tax.id), tax.amount));
    const apart = options.separateEcotax && !isZero(ecotax.net);
    const net = apart ? subtract(row.base, ecotax.net) : row.base;
    const taxes = apart || isZero(ecotax.tax) ? own : withEcotax(own, ecotaxTaxOf(detail, ecotax));
    const before = apart ? subtract(detail.total_price_tax_excl, ecotax.net) : detail.total_price_tax_excl;
    const product: DocumentLine = {
      id: row.id,
      of: null,
      kind: 'product',
      label: detail.product_name,
      product: {
        id: detail.product_id,
        sku: detail.product_reference === '' ? null : detail.product_reference,
        type: null,
        category: categoryOf(detail, records),
      },
      carrier: null,
      taxRule: taxRuleOf(detail),
      quantity: detail.product_quantity,
      netBeforeDiscount: discounted ? before : net,
      net,
      taxes,
      gross: grossOf(net, taxes),
    };
    if (!apart) return [product];
    const ecotaxTaxes = isZero(ecotax.tax) ? [] : [ecotaxTaxOf(detail, ecotax)];
    return [
      product,
      {
        ...BARE,
        id: `ecotax-${row.id}`,
        of: row.id,
        kind: 'ecotax',
        label: detail.product_name,
        carrier: null,
        taxRule: taxRuleOf(detail),
        quantity: detail.product_quantity,
        net: ecotax.net,
        taxes: ecotaxTaxes,
        gross: grossOf(ecotax.net, ecotaxTaxes),
      },
    ];
  }

  /** The shop shows the tax on eco-tax apart; on a line it is the same tax when the rate is. */
  function withEcotax(own: readonly Tax[], extra: Tax): readonly Tax[] {
    const same = own.findIndex((tax) => equal(tax.rate, extra.rate));
    if (same < 0) return [...own, extra];
    return own.map((tax, index) => (index === same ? { ...tax, amount: add(tax.amount, extra.amount) } : tax));
  }

  function ecotaxTaxOf({ ecotax_tax_rate: rate }: OrderDetail, { net, tax }: VatRow['ecotax']): Tax {
    const rule = reference.setting('PS_ECOTAX_TAX_RULES_GROUP_ID', records.order.id_shop);
    const found = taxAtRate(rate, { lines: onLines, rule, country: header.taxCountry }, reference);
    return { code: found?.id ?? null, name: found?.name ?? null, rate, base: net, amount: tax, treatment: null };
  }

  function shippingLines(): DocumentLine[] {
    const { net, gross } = part.totals.shipping;
    if (isZero(net) && isZero(gross)) return [];
    const rule = carrierRow()?.taxRule ?? null;
    return taxedLines('shipping', { net, tax: subtract(gross, net) }, records.order.carrier_tax_rate, rule);
  }

  function wrappingLines(): DocumentLine[] {
    const { net, gross } = part.totals.wrapping;
    if (isZero(net) && isZero(gross)) return [];
    const rule = reference.setting('PS_GIFT_WRAPPING_TAX_RULES_GROUP', records.order.id_shop);
    return taxedLines('wrapping', { net, tax: subtract(gross, net) }, ZERO, rule);
  }

  function taxedLines(
    kind: 'shipping' | 'wrapping',
    amount: { net: Decimal; tax: Decimal },
    rate: Decimal,
    rule: string | null,
  ) {
    const hints = { lines: onLines, rule, country: header.taxCountry };
    let named = { rate, tax: isZero(rate) ? null : taxAtRate(rate, hints, reference) };
    const shared = reference.setting('PS_ATCP_SHIPWRAP', records.order.id_shop) === '1';
    if (isZero(rate) && !isZero(amount.tax) && !shared) {
      const candidates = [...ruleTaxes(rule), ...onLines, ...countryTaxes()];
      const shown = rateShown(amount, candidates, header.statedDecimals);
      if (shown !== null) named = { rate: shown.rate, tax: shown };
    }
    const parts = partsOf(amount, named, { ...header, groups, shared });
    const carrier = carrierOf();
    return parts.map(
      (item: SharedPart, index): DocumentLine => ({
        ...BARE,
        id: index === 0 ? kind : `${kind}-${index + 1}`,
        kind,
        label: kind === 'shipping' ? (carrier?.name ?? null) : null,
        carrier,
        ...item,
      }),
    );
  }

  /**
   * A module that charges a fee (cash on delivery) raises the total and leaves no line. It becomes a fee line as far as
   * the profile declares it; else the document is held with the amount named.
   */
  function feeLines(): DocumentLine[] {
    const amount = subtract(part.totals.paid.gross, sum(lines.map((line) => line.gross)));
    const count = decimal(String(lines.length));
    const tolerance = maximum(toleranceOf() ?? ZERO, maximum(COMMON_TOLERANCE, multiply(count, decimal('0.01'))));
    if (compare(amount, tolerance) <= 0) return [];
    const { unexplainedFee } = options;
    if (unexplainedFee === null || compare(amount, decimal(unexplainedFee.upTo)) > 0) {
      remarks.push(problem('document.unexplained-amount', 'hold', source, { amount: decimalText(amount, 2) }));
      return [];
    }
    const rate = decimal(unexplainedFee.rate);
    const { net, tax } = splitGross(amount, rate, header.decimals);
    const found = taxAtRate(rate, { lines: onLines, rule: null, country: header.taxCountry }, reference);
    const code = { code: found?.id ?? null, name: found?.name ?? null, rate, base: null, amount: tax, treatment: null };
    const taxes = isZero(rate) ? [] : [code];
    return [
      { ...BARE, id: 'fee', kind: 'fee', label: records.order.payment, carrier: null, net, taxes, gross: amount },
    ];
  }

  function toleranceOf(): Decimal | null {
    if (ownRoundType(records.order, reference) !== 'perUnit') return null;
    const pieces = sum(part.details.map((detail) => magnitude(detail.product_quantity)));
    const tolerance = minimum(multiply(PER_UNIT_TOLERANCE, pieces), MAX_PER_UNIT_TOLERANCE);
    return compare(tolerance, COMMON_TOLERANCE) > 0 ? tolerance : null;
  }

  function groupsOf(rows: readonly VatRow[]): RateGroup[] {
    const byTaxes = Map.groupBy(rows, (row) => row.taxes.map((tax) => tax.id).join('+'));
    return [...byTaxes.values()].map((members) => ({
      taxes: (members[0]?.taxes ?? []).map((tax) => known(tax.id)),
      net: sum(members.map((row) => row.base)),
    }));
  }

  function known(id: string): ShopTax {
    const tax = reference.taxes.get(id);
    if (tax === undefined) throw new TypeError(`No tax ${id}`); // checked before anything is computed
    return tax;
  }

  function ruleTaxes(rule: string | null): ShopTax[] {
    return taxesWhere((row) => row.group === rule && inCountry(row.country));
  }

  function countryTaxes(): ShopTax[] {
    return taxesWhere((row) => inCountry(row.country));
  }

  function taxesWhere(wanted: (row: { group: string; country: string | null }) => boolean): ShopTax[] {
    return reference.taxRules.flatMap((row) => (wanted(row) ? (reference.taxes.get(row.tax) ?? []) : []));
  }

  function inCountry(id: string | null): boolean {
    return id !== null && reference.countries.get(id) === header.taxCountry;
  }

  function carrierRow() {
    return records.order.id_carrier === null ? undefined : reference.carriers.get(records.order.id_carrier);
  }

  function carrierOf(): DocumentLine['carrier'] {
    const { id_carrier: id } = records.order;
    if (id === null) return null;
    const row = carrierRow();
    return { id: row?.reference ?? id, name: row?.name ?? null };
  }

  function taxRuleOf({ id_tax_rules_group: id }: OrderDetail): DocumentLine['taxRule'] {
    return id === null ? null : { id, name: reference.taxRuleNames.get(id) ?? null };
  }
}

/** The taxes a line was charged; none is what an exempt line says, whatever its tax rule. */
export function taxesOfDetail(
  { id, associations }: OrderDetail,
  { reference }: Translation,
): readonly ShopTax[] | Fault {
  const taxes: ShopTax[] = [];
  for (const tax of associations) {
    const known = reference.taxes.get(tax);
    if (known === undefined) return { field: `order_details.${id}.taxes`, reason: `tax-gone: ${tax}` };
    taxes.push(known);
  }
  return taxes;
}

function taxKey(taxes: readonly ShopTax[]): string {
  return taxes.map((tax) => tax.id).join('+');
}

function grossOf(net: Decimal, taxes: readonly Tax[]): Decimal {
  return sum([net, ...taxes.map((tax) => tax.amount)]);
}
