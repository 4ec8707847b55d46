import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  isPositive,
  magnitude,
  minimum,
  negate,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, SalesDocument } from '../../core/document.ts';
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
import { type Fault, firstInvoice, headerOf, isFault, type Translation } from './header.ts';
import { type OrderRecords, type OrderSlip, orderRecords } from './order.ts';
import { ownMethodOf, paymentsOfSales, refundOf } from './payments.ts';
import { saleLinesOf } from './sale-lines.ts';
import { salePartsOf } from './sale-parts.ts';
import { abovePaid, detailLines, type SlipContext, slipShippingLines } from './slip-lines.ts';
import { statusOf, type Translated, unreadable, updatedOf } from './to-document.ts';

/** What one credit slip comes to, before it is made a document. */
type Given = {
  readonly slip: OrderSlip;
  readonly lines: readonly DocumentLine[];
  readonly gross: Decimal;
  readonly remarks: readonly Problem[];
};

const CENT = decimal('0.01');
const TWO_CENTS = decimal('0.02');

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
  const context: SlipContext = { ...translation, header, records };
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
        reason: `not-of-order: ${records.order.id}`,
      };
      return { id, translated: unreadable('creditNote', `creditNote/${id}`, fault) };
    }
    return { id, translated: { state: 'read', documents: [creditNoteOf(one, whole, context)] } };
  });
}

/** The order's own VAT split, over which amounts without lines are shared. */
function balanceOf(context: SlipContext): OrderBalance | Fault {
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
  context: SlipContext,
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
  lines.push(...slipShippingLines(slip, context));
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
function amountOnly(slip: OrderSlip, balance: OrderBalance, { header, options }: SlipContext, source: DocumentSource) {
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

/** A voucher of the order, or all of them together, to the cent. */
function isVoucher(difference: Decimal, { rules }: OrderRecords): boolean {
  const values = (rules ?? []).filter((rule) => !rule.deleted).flatMap((rule) => [rule.value, rule.value_tax_excl]);
  const all = sum((rules ?? []).filter((rule) => !rule.deleted).map((rule) => rule.value));
  return [...values, all].some(
    (value) => isPositive(value) && compare(magnitude(subtract(value, difference)), CENT) <= 0,
  );
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
  return [problem('document.refund-net-differs', 'warn', source, values)];
}

function creditNoteOf(
  { slip, lines, gross, remarks }: Given,
  whole: SalesDocument['wholeOrder'],
  context: SlipContext,
): SalesDocument {
  const { records, reference, clock } = context;
  const { decimals: _, statedDecimals: __, ...common } = context.header;
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

function wholeOrderOf(given: readonly Given[], context: SlipContext): SalesDocument['wholeOrder'] {
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
    firstMethod: payments[0]?.method.id ?? ownMethodOf(context.records.order).id,
  };
}

function sourceOfSlip(slip: OrderSlip, { records, reference }: SlipContext): DocumentSource {
  const prefix = reference.prefix('PS_CREDIT_SLIP_PREFIX', records.order.id_shop, records.order.id_lang);
  return { kind: 'creditNote', key: `creditNote/${slip.id}`, number: prefix + slip.id.padStart(6, '0') };
}
