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
  minimum,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, SalesDocument, Tax } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import {
  afterLines,
  afterRefund,
  type OrderBalance,
  openBalance,
  shareAmount,
  shareLine,
  shareRetention,
} from '../../core/sharing.ts';
import { firstIssue } from '../../schema/issue.ts';
import { type Fault, firstInvoice, type Header, headerOf, isFault, type Translation } from './header.ts';
import { type OrderDetail, type OrderRecords, type OrderSlip, orderRecords } from './order.ts';
import { paymentsOfSales, refundOf } from './payments.ts';
import type { ShopTax } from './reference.ts';
import { saleLinesOf, taxesOfDetail } from './sale-lines.ts';
import { salePartsOf } from './sale-parts.ts';
import { partsOf, type RateGroup, sharedByRate, taxAtRate } from './taxes.ts';
import { statusOf, type Translated, unreadable, updatedOf } from './to-document.ts';
import { splitGross } from './vat.ts';

/** What one credit slip comes to, before it is made a document. */
type Given = {
  readonly slip: OrderSlip;
  readonly lines: readonly DocumentLine[];
  readonly gross: Decimal;
  readonly remarks: readonly Problem[];
};

type Context = Translation & { readonly header: Header; readonly records: OrderRecords };

const CENT = decimal('0.01');
const TWO_CENTS = decimal('0.02');
const HUNDRED = decimal('100');

const BARE = { of: null, product: null, taxRule: null, quantity: null, netBeforeDiscount: null } as const;

/**
 * The wanted credit slips of an order. All its slips are gone through, smallest id first: what one without lines gives
 * back is shared over what the earlier ones left.
 */
export function toCreditNotes(
  raw: unknown,
  wanted: readonly string[],
  translation: Translation,
): readonly { readonly id: string; readonly translated: Translated }[] {
  const refuse = (fault: Fault) =>
    wanted.map((id) => ({ id, translated: unreadable('creditNote', `creditNote/${id}`, fault) }));
  const parsed = orderRecords.safeParse(raw);
  if (!parsed.success) return refuse(firstIssue(parsed.error));
  const records = parsed.data;
  const header = headerOf(records, translation);
  if (isFault(header)) return refuse(header);
  const context: Context = { ...translation, header, records };
  const opened = balanceOf(context);
  if (isFault(opened)) return refuse(opened);

  let balance = opened;
  const given: Given[] = [];
  for (const slip of records.slips ?? []) {
    const outcome = givenBy(slip, balance, context);
    if (isFault(outcome)) return refuse(outcome);
    balance = outcome.balance;
    given.push(outcome.given);
  }
  const whole = wholeOrderOf(given, context);
  return wanted.map((id) => {
    const one = given.find(({ slip }) => slip.id === id);
    if (one === undefined) {
      const fault = {
        field: 'order_slip',
        reason: `credit slip ${id} is not among those of order ${records.order.id}`,
      };
      return { id, translated: unreadable('creditNote', `creditNote/${id}`, fault) };
    }
    return { id, translated: { state: 'read', documents: [creditNoteOf(one, whole, context)] } };
  });
}

/** The order's own VAT split, over which amounts without lines are shared. */
function balanceOf(context: Context): OrderBalance | Fault {
  const { records, header } = context;
  const source: DocumentSource = { kind: 'sale', key: `sale/${records.order.id}`, number: records.order.reference };
  const lines: DocumentLine[] = [];
  const parts = salePartsOf(records, context);
  for (const part of parts) {
    const read = saleLinesOf(part, { ...context, source });
    if (isFault(read)) return read;
    lines.push(...read.lines);
  }
  return openBalance(lines, sum(parts.map((part) => part.totals.paid.gross)), header.decimals);
}

/**
 * Lines and amount of a slip. Its header states `amount` (never the shipping) and `shipping_cost_amount`: they are what
 * the lines come to, unless a voucher of the order was taken off on one side only: then the lower is what was given.
 */
function givenBy(
  slip: OrderSlip,
  balance: OrderBalance,
  context: Context,
): { readonly given: Given; readonly balance: OrderBalance } | Fault {
  const { header, records } = context;
  const source = sourceOfSlip(slip, context);
  const lines: DocumentLine[] = [];
  const remarks: Problem[] = [];
  for (const item of slip.associations) {
    const read = detailLines(item, context);
    if (isFault(read)) return read;
    lines.push(...read);
    remarks.push(...abovePaid(item, source, context));
  }
  const returned = sum(lines.map((line) => line.gross));
  lines.push(...shippingLines(slip, context));
  const fromLines = sum(lines.map((line) => line.gross));
  const stated = add(slip.amount, slip.shipping_cost_amount);
  const difference = subtract(fromLines, stated);
  const units = (amount: Decimal) => round(amount, header.decimals).units;

  if (slip.associations.length === 0 && isPositive(slip.amount)) {
    const shared = amountOnly(slip, balance, context, source);
    const after = afterRefund(afterLines(shared.balance, lines), units(stated));
    return {
      given: { slip, lines: [...shared.lines, ...lines], gross: stated, remarks: shared.remarks },
      balance: after,
    };
  }
  const after = (amount: Decimal) => afterRefund(afterLines(balance, lines), units(amount));
  if (compare(magnitude(difference), CENT) <= 0) {
    remarks.push(...headerRemarks(slip, source));
    return { given: { slip, lines, gross: stated, remarks }, balance: after(stated) };
  }
  if (isVoucher(magnitude(difference), records)) {
    const gross = minimum(fromLines, stated);
    const taken = units(subtract(fromLines, gross));
    const products = lines.filter((line) => line.kind !== 'shipping');
    const discounts = taken === 0n ? [] : shareRetention(products, taken, header.decimals);
    const label = records.rules?.[0]?.name ?? null;
    const less = discounts.map(
      (share, index): DocumentLine => ({
        ...shareLine(share, `discount-${index + 1}`, label, header.decimals),
        kind: 'discount',
      }),
    );
    return {
      given: { slip, lines: [...lines, ...less], gross, remarks: withoutAbovePaid(remarks, less) },
      balance: after(gross),
    };
  }
  const values = {
    lines: decimalText(add(returned, subtract(fromLines, returned)), 2),
    stated: decimalText(stated, 2),
  };
  remarks.push(problem('document.refund-contradicts', 'hold', source, values));
  return { given: { slip, lines, gross: stated, remarks }, balance: after(stated) };
}

/** A slip of which only the amount is known. */
function amountOnly(slip: OrderSlip, balance: OrderBalance, { header, options }: Context, source: DocumentSource) {
  const amount = round(slip.amount, header.decimals).units;
  const shared = shareAmount(balance, amount);
  const untaxed = [{ group: null, net: amount, taxAmounts: [] }];
  const shares = options.amountOnlyRefunds === 'untaxed' ? untaxed : (shared.shares ?? untaxed);
  const remarks: Problem[] = [];
  const text = decimalText(slip.amount, 2);
  if (shared.shares === null) {
    const remaining = decimalText({ units: shared.remaining, scale: header.decimals }, 2);
    remarks.push(problem('document.refund-too-large', 'hold', source, { amount: text, remaining }));
  } else if (options.amountOnlyRefunds === 'share') {
    remarks.push(problem('document.split-by-proportion', 'warn', source, { amount: text }));
  }
  const lines = shares.map((share, index) => shareLine(share, `amount-${index + 1}`, null, header.decimals));
  return { lines, remarks, balance: shared.balance };
}

function detailLines(item: OrderSlip['associations'][number], context: Context): DocumentLine[] | Fault {
  const { records, reference, header } = context;
  const detail = records.details.find((row) => row.id === item.id_order_detail);
  if (detail === undefined) {
    return { field: 'order_slip_details.id_order_detail', reason: `line ${item.id_order_detail} is not in the order` };
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
      category: null,
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
  { options, header, reference }: Context,
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

function shippingLines(slip: OrderSlip, context: Context): DocumentLine[] {
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
  const parts = partsOf({ net, tax: subtract(gross, net) }, named, { groups, decimals: header.decimals, shared });
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

function groupsOf(context: Context): RateGroup[] {
  const groups = new Map<string, { taxes: readonly ShopTax[]; net: Decimal }>();
  for (const detail of context.records.details) {
    const taxes = taxesOfDetail(detail, context);
    if (isFault(taxes)) continue;
    const key = taxes.map((tax) => tax.id).join('+');
    groups.set(key, { taxes, net: add(groups.get(key)?.net ?? ZERO, detail.total_price_tax_excl) });
  }
  return [...groups.values()];
}

/** A voucher of the order, or all of them together, to the cent. */
function isVoucher(difference: Decimal, { rules }: OrderRecords): boolean {
  const values = (rules ?? []).filter((rule) => !rule.deleted).flatMap((rule) => [rule.value, rule.value_tax_excl]);
  const all = sum((rules ?? []).filter((rule) => !rule.deleted).map((rule) => rule.value));
  return [...values, all].some(
    (value) => isPositive(value) && compare(magnitude(subtract(value, difference)), CENT) <= 0,
  );
}

/** Given back at full price though a voucher had lowered what was paid. */
function abovePaid(item: OrderSlip['associations'][number], source: DocumentSource, { records }: Context): Problem[] {
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

function withoutAbovePaid(remarks: readonly Problem[], discounts: readonly DocumentLine[]): readonly Problem[] {
  return discounts.length === 0 ? remarks : remarks.filter((remark) => remark.code !== 'document.refund-above-paid');
}

/** The header's net can be lowered by a voucher while its gross is not: the lines agree with the gross, and stand. */
function headerRemarks(slip: OrderSlip, source: DocumentSource): Problem[] {
  const stated = slip.total_products_tax_excl;
  const lines = sum(slip.associations.map((item) => item.amount_tax_excl));
  if (stated === null || slip.associations.length === 0) return [];
  const difference = subtract(stated, lines);
  if (compare(magnitude(difference), TWO_CENTS) <= 0) return [];
  const values = {
    stated: decimalText(stated, 2),
    lines: decimalText(lines, 2),
    difference: decimalText(difference, 2),
  };
  return [problem('document.net-differs', 'warn', source, values)];
}

function creditNoteOf(
  { slip, lines, gross, remarks }: Given,
  whole: SalesDocument['wholeOrder'],
  context: Context,
): SalesDocument {
  const { records, reference, clock } = context;
  const { decimals: _, ...common } = context.header;
  const { order } = records;
  const source = sourceOfSlip(slip, context);
  const tax = sum(lines.flatMap((line) => line.taxes.map((item) => item.amount)));
  const all = [...remarks];
  for (const code of records.refundVouchers)
    all.push(problem('document.refund-by-voucher', 'warn', source, { voucher: code }));
  return {
    kind: 'creditNote',
    key: source.key,
    ...common,
    invoice: firstInvoice(records, context),
    creditNote: {
      id: slip.id,
      number: reference.prefix('PS_CREDIT_SLIP_PREFIX', order.id_shop, order.id_lang) + slip.id.padStart(6, '0'),
      date: clock.day(slip.date_add),
      reason: null,
    },
    updated: updatedOf(slip.date_upd, context),
    status: statusOf(records, context),
    lines,
    discounts: [],
    payments: refundOf(slip, gross, context),
    totals: { net: add(gross, negate(tax)), tax, gross, taxes: null },
    tolerance: null,
    wholeOrder: whole,
    remarks: all,
  };
}

function wholeOrderOf(given: readonly Given[], context: Context): SalesDocument['wholeOrder'] {
  const parts = salePartsOf(context.records, context);
  const payables = parts.map((part) => ({
    source: { kind: 'sale' as const, key: part.key, number: context.records.order.reference },
    due: part.totals.paid.gross,
    day: part.invoice?.date ?? context.header.order.date,
  }));
  const refunds = given.flatMap(({ slip, gross }) => refundOf(slip, gross, context));
  const payments = [...paymentsOfSales(payables, context).bySale.flat(), ...refunds];
  const paid = (direction: 'in' | 'out') =>
    sum(payments.filter((payment) => payment.direction === direction).map((payment) => payment.amount));
  return {
    saleParts: parts.length,
    sales: sum(parts.map((part) => part.totals.paid.gross)),
    creditNotes: sum(given.map(({ gross }) => gross)),
    paidIn: paid('in'),
    paidOut: paid('out'),
    firstMethod: payments[0]?.method.id ?? null,
  };
}

function sourceOfSlip(slip: OrderSlip, { records, reference }: Context): DocumentSource {
  const prefix = reference.prefix('PS_CREDIT_SLIP_PREFIX', records.order.id_shop, records.order.id_lang);
  return { kind: 'creditNote', key: `creditNote/${slip.id}`, number: prefix + slip.id.padStart(6, '0') };
}
