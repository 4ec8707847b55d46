import { dayIn } from '../../core/calendar.ts';
import {
  add,
  compare,
  type Decimal,
  decimalText,
  isZero,
  multiply,
  negate,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, Payment, SalesDocument, Tax } from '../../core/document.ts';
import { currencyOf } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import * as sharing from '../../core/sharing.ts';
import { documentLines, givesNothing, label } from './lines.ts';
import * as meta from './metadata.ts';
import type { WooOrder, WooRefund } from './order.ts';
import { type Rates, ratesOf } from './rates.ts';
import { methodOf, statedTaxes, toDocument, type WooContext } from './to-document.ts';

/** Beyond this part of its order, an amount that its lines do not explain is rather a mistake than a decision. */
const UNEXPLAINED_PART: Decimal = { units: 5n, scale: 2 };

/** What is still to be given back of an order, refund after refund. `lines` is null once an amount was shared. */
type Rest = { readonly balance: sharing.OrderBalance; readonly lines: readonly DocumentLine[] | null };

type Given = { readonly lines: readonly DocumentLine[]; readonly rest: Rest; readonly remarks: readonly Problem[] };

/**
 * The credit notes of an order, oldest refund first. All its refunds are needed, whichever are wanted: what one gives
 * back depends on what the earlier ones left.
 */
export function creditNotesOf(
  order: WooOrder,
  refunds: readonly WooRefund[],
  context: WooContext,
): readonly SalesDocument[] {
  const sale = toDocument(order, context);
  const { decimals } = currencyOf(order.currency, context.options.decimals);
  const { rates } = ratesOf(order, context.rates, {
    kind: 'sale',
    key: sale.key,
    number: sale.order.number ?? order.id,
  });
  const sorted = refunds.toSorted((a, b) => a.date_created_gmt - b.date_created_gmt || Number(a.id) - Number(b.id));
  const documents: SalesDocument[] = [];
  let rest: Rest = { balance: sharing.openBalance(sale.lines, sale.totals.gross, decimals), lines: sale.lines };

  for (const refund of sorted) {
    const number = meta.creditNoteNumberOf(refund.meta_data);
    const source: DocumentSource = { kind: 'creditNote', key: `creditNote/${refund.id}`, number: number ?? refund.id };
    const refundRates = ratesOf(refund, ratesByIdOf(rates, context), source);
    const merged: Rates = new Map([...rates, ...refundRates.rates]);
    const given = give({ refund, sale, rest, rates: merged, context, source });
    rest = given.rest;
    documents.push(
      toCreditNote({
        order,
        refund,
        sale,
        given,
        rates: merged,
        context,
        number,
        source,
        remarks: refundRates.remarks,
      }),
    );
  }
  return documents;
}

/** Lines of one refund: those returned, and what makes them the stated amount. */
function give(facts: {
  refund: WooRefund;
  sale: SalesDocument;
  rest: Rest;
  rates: Rates;
  context: WooContext;
  source: DocumentSource;
}): Given {
  const { refund, sale, rest, rates, context, source } = facts;
  const { decimals } = rest.balance;
  const { options } = context;
  const amount = round(refund.amount, decimals);
  const gross = negate(amount);
  const returned = documentLines(refund, { sign: -1, gross, decimals, rates, options, categories: context.categories })
    .map((line) => likeSold(line, sale))
    .filter((line) => !givesNothing(line));
  const statedBack = sum(returned.map((line) => line.gross));
  const gap = subtract(amount, statedBack);
  const afterLines = sharing.afterLines(rest.balance, returned);
  const lines = rest.lines === null ? null : withoutReturned(rest.lines, returned);
  const remarks = returned.length === 0 || isZero(gap) ? [] : [differs()];

  if (isZero(gap)) return done(returned, afterLines, lines);
  if (gap.units < 0n) return keep(-units(gap));
  if (
    returned.length === 0 &&
    options.amountOnlyRefunds === 'share' &&
    lines !== null &&
    sharing.isRest(afterLines, units(gap))
  ) {
    const { balance } = sharing.shareAmount(afterLines, units(gap));
    return done(
      lines.filter((line) => !givesNothing(line)),
      balance,
      [],
    );
  }
  return share();

  function keep(kept: bigint): Given {
    const stated = options.retentions === 'asStated';
    const shares = stated
      ? [{ group: null, net: -kept, taxAmounts: [] }]
      : sharing.shareRetention(returned, kept, decimals);
    const balance = stated ? sharing.afterRetention(afterLines, kept) : afterLines;
    return done([...returned, ...shareLines(shares, 'kept')], balance, lines);
  }

  function share(): Given {
    const { shares, balance, remaining } = sharing.shareAmount(afterLines, units(gap));
    const untaxed = [{ group: null, net: units(gap), taxAmounts: [] }];
    if (shares === null) {
      const values = {
        amount: decimalText(gap, decimals),
        remaining: decimalText({ units: remaining, scale: decimals }, decimals),
      };
      remarks.push(problem('document.refund-too-large', 'hold', source, values));
      return done([...returned, ...shareLines(untaxed, 'amount')], balance, null);
    }
    if (options.amountOnlyRefunds === 'untaxed')
      return done([...returned, ...shareLines(untaxed, 'amount')], balance, null);
    remarks.push(problem('document.split-by-proportion', 'warn', source, { amount: decimalText(gap, decimals) }));
    return done([...returned, ...shareLines(shares, 'amount')], balance, null);
  }

  function done(
    all: readonly DocumentLine[],
    balance: sharing.OrderBalance,
    left: readonly DocumentLine[] | null,
  ): Given {
    return { lines: all, rest: { balance: sharing.afterRefund(balance, units(amount)), lines: left }, remarks };
  }

  function shareLines(shares: readonly sharing.Share[], id: string): DocumentLine[] {
    const text = label(refund.reason);
    return shares.map((item, index) => sharing.shareLine(item, `${id}-${index + 1}`, text, decimals));
  }

  function differs(): Problem {
    const limit = multiply(sale.totals.gross, UNEXPLAINED_PART);
    const severity = compare(gap.units < 0n ? negate(gap) : gap, limit) > 0 ? 'hold' : 'warn';
    return problem('document.refund-differs', severity, source, {
      amount: decimalText(amount, decimals),
      lines: decimalText(statedBack, decimals),
      difference: decimalText(gap, decimals),
    });
  }

  function units(value: Decimal): bigint {
    return round(value, decimals).units;
  }
}

function toCreditNote(facts: {
  order: WooOrder;
  refund: WooRefund;
  sale: SalesDocument;
  given: Given;
  rates: Rates;
  context: WooContext;
  number: string | null;
  source: DocumentSource;
  remarks: readonly Problem[];
}): SalesDocument {
  const { order, refund, sale, given, rates, context, number, source, remarks } = facts;
  const { decimals } = currencyOf(order.currency, context.options.decimals);
  const gross = round(refund.amount, decimals);
  const date = dayIn(context.timeZone, refund.date_created_gmt);
  const taxes = taxesOf(refund, given.lines, rates, decimals);
  const tax = sum(taxes.map(({ amount }) => amount));
  return {
    ...sale,
    kind: 'creditNote',
    key: source.key,
    creditNote: { id: refund.id, number, date, reason: label(refund.reason) },
    lines: given.lines,
    discounts: [],
    payments: isZero(gross) || sale.payments.length === 0 ? [] : [paidOut(order, refund, date, gross)],
    totals: { net: subtract(gross, tax), tax, gross, taxes },
    remarks: [...remarks, ...given.remarks],
  };
}

/** The shop's own figures by tax where lines were returned, and on them what was shared. */
function taxesOf(refund: WooRefund, lines: readonly DocumentLine[], rates: Rates, decimals: number): readonly Tax[] {
  const byCode = new Map<string | null, Tax>();
  const stated = statedTaxes(refund, rates, decimals, -1);
  const others = lines
    .filter((line) => stated.length === 0 || line.kind === 'adjustment')
    .flatMap((line) => line.taxes);
  for (const tax of [...stated, ...others]) {
    const earlier = byCode.get(tax.code);
    byCode.set(tax.code, {
      ...tax,
      base: null,
      amount: earlier === undefined ? tax.amount : add(earlier.amount, tax.amount),
    });
  }
  return [...byCode.values()];
}

/** Money went back the way it came; the transaction of a refund is only noted on the order, and only the last one. */
function paidOut(order: WooOrder, refund: WooRefund, date: Payment['date'], amount: Decimal): Payment {
  const last = order.refunds.every(({ id }) => Number(id) <= Number(refund.id));
  const transactionId = last ? meta.metaText(order.meta_data, '_stripe_refund_id') : null;
  const fee = meta.refundFeeOf(order);
  return {
    id: refund.id,
    direction: 'out',
    type: 'money',
    method: methodOf(order),
    date,
    amount,
    inCurrency: null,
    fee: fee && { ...fee, tax: null },
    transactionId,
    payoutId: null,
  };
}

/** A returned line is of the kind it was sold as: wrapping, or a negative fee taken back. */
function likeSold(line: DocumentLine, sale: SalesDocument): DocumentLine {
  const sold = sale.lines.find(({ id }) => id === line.of);
  return sold === undefined ? line : { ...line, kind: sold.kind, carrier: line.carrier ?? sold.carrier };
}

/** Sold lines less those returned; null when a returned line does not say which line it gives back. */
function withoutReturned(
  lines: readonly DocumentLine[],
  returned: readonly DocumentLine[],
): readonly DocumentLine[] | null {
  if (returned.some(({ of }) => lines.every(({ id }) => id !== of))) return null;
  return lines.map((line) => returned.filter(({ of }) => of === line.id).reduce(less, line)).map(asGivenBack);
}

function less(line: DocumentLine, back: DocumentLine): DocumentLine {
  const taxes = line.taxes.map((tax) => {
    const same = back.taxes.find(({ code }) => code === tax.code);
    if (same === undefined) return tax;
    const base = tax.base === null || same.base === null ? tax.base : subtract(tax.base, same.base);
    return { ...tax, base, amount: subtract(tax.amount, same.amount) };
  });
  return {
    ...line,
    quantity: line.quantity === null || back.quantity === null ? line.quantity : subtract(line.quantity, back.quantity),
    netBeforeDiscount: null,
    net: subtract(line.net, back.net),
    taxes,
    gross: subtract(line.gross, back.gross),
  };
}

/** In a credit note the line gives back the one it came from. */
function asGivenBack(line: DocumentLine): DocumentLine {
  return { ...line, of: line.id };
}

function ratesByIdOf(rates: Rates, context: WooContext): ReadonlyMap<string, Decimal> {
  return new Map([...context.rates, ...[...rates].map(([id, { rate }]) => [id, rate] as const)]);
}
