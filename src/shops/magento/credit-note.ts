import { dayIn } from '../../core/calendar.ts';
import { add, type Decimal, decimalText, isZero, round, subtract, sum } from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, SalesDocument } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import * as sharing from '../../core/sharing.ts';
import { decodeEntities } from '../html-text.ts';
import { CANCELLED, creditsOfMemo, creditsOfOrder, totalOf } from './credits.ts';
import { documentRows } from './items.ts';
import { linesOf, type Part } from './lines.ts';
import type { MagentoCreditMemo, MagentoOrder } from './order.ts';
import { paymentsOfMemo } from './payments.ts';
import {
  type MagentoContext,
  type OrderRecords,
  partDocument,
  partOf,
  paymentContext,
  sourceOf,
  wholeOrderOf,
} from './sale.ts';

/** A credit memo as it reads, before what it gives or keeps without tax is shared. */
type Given = {
  readonly memo: MagentoCreditMemo;
  readonly source: DocumentSource;
  readonly part: Part;
  readonly returned: readonly DocumentLine[];
  readonly tax: Decimal;
  readonly remarks: readonly Problem[];
};

/**
 * The credit notes of an order, oldest first. All its credit memos are needed, whichever are wanted: what an amount
 * without tax gives back depends on what the earlier ones left.
 */
export function creditNotesOf(records: OrderRecords, context: MagentoContext): readonly SalesDocument[] {
  const { order } = records;
  const standing = records.creditMemos.filter(({ state }) => state !== CANCELLED);
  const sorted = standing.toSorted((a, b) => a.created_at - b.created_at || Number(a.entity_id) - Number(b.entity_id));
  const saleSource = sourceOf(`sale/${order.entity_id}`, order);
  const sale = partDocument(partOf(order, creditsOfOrder(order), saleSource), context);
  const { decimals } = sale;
  let balance = sharing.openBalance(sale.document.lines, sale.document.totals.gross, decimals);
  const notes: SalesDocument[] = [];
  for (const memo of sorted) {
    const given = giveBack(memo, order, context, decimals);
    const shared = shareRest(given, balance, context, decimals);
    balance = shared.balance;
    notes.push(noteOf(given, shared, records, context, decimals));
  }
  return notes;
}

function giveBack(memo: MagentoCreditMemo, order: MagentoOrder, context: MagentoContext, decimals: number): Given {
  const source: DocumentSource = { kind: 'creditNote', key: `creditNote/${memo.entity_id}`, number: memo.increment_id };
  const credits = totalOf(creditsOfMemo(memo.extension_attributes));
  const whole = add(memo.grand_total, credits);
  const part: Part = {
    order,
    totals: memo,
    rows: documentRows(memo.items, order),
    commerce: memo.extension_attributes,
    shippingDiscount: null,
    gross: add(subtract(whole, memo.adjustment_positive), memo.adjustment_negative),
    source,
  };
  // What an extension adds to a sale is not declared for what is given back: such a difference is for the checks.
  const { lines, tax, remarks } = linesOf(part, { ...context.options, unexplainedFee: null }, decimals);
  const returned = lines.map((line) => ({ ...line, of: line.kind === 'ecotax' ? line.of : line.id }));
  return { memo, source, part: { ...part, gross: whole }, returned, tax, remarks };
}

type Shared = {
  readonly lines: readonly DocumentLine[];
  readonly balance: sharing.OrderBalance;
  readonly remarks: readonly Problem[];
};

/** What is given on top, then what is kept, each as the profile has it. */
function shareRest(
  { memo, source, part, returned }: Given,
  before: sharing.OrderBalance,
  { options }: MagentoContext,
  decimals: number,
): Shared {
  const units = (amount: Decimal) => round(amount, decimals).units;
  const label = memo.customer_note === null ? null : decodeEntities(memo.customer_note);
  const lines: DocumentLine[] = [];
  const remarks: Problem[] = [];
  let balance = sharing.afterLines(before, returned);
  const extra = units(memo.adjustment_positive);
  const kept = units(memo.adjustment_negative);
  if (extra > 0n) {
    const { shares, balance: left, remaining } = sharing.shareAmount(balance, extra);
    balance = left;
    const untaxed: readonly sharing.Share[] = [{ group: null, net: extra, taxAmounts: [] }];
    const amount = decimalText({ units: extra, scale: decimals }, decimals);
    if (shares === null) {
      const values = { amount, remaining: decimalText({ units: remaining, scale: decimals }, decimals) };
      remarks.push(problem('document.refund-too-large', 'hold', source, values));
    } else if (options.amountOnlyRefunds === 'share') {
      remarks.push(problem('document.split-by-proportion', 'warn', source, { amount }));
    }
    put(shares === null || options.amountOnlyRefunds === 'untaxed' ? untaxed : shares, 'amount');
  }
  if (kept > 0n && options.retentions === 'shareVat') put(sharing.shareRetention(returned, kept, decimals), 'kept');
  else if (kept > 0n) {
    put([{ group: null, net: -kept, taxAmounts: [] }], 'kept');
    balance = sharing.afterRetention(balance, kept);
  }
  return { lines, balance: sharing.afterRefund(balance, units(part.gross)), remarks };

  function put(shares: readonly sharing.Share[], id: string) {
    lines.push(...shares.map((share, index) => sharing.shareLine(share, `${id}-${index + 1}`, label, decimals)));
  }
}

function noteOf(
  given: Given,
  shared: Shared,
  records: OrderRecords,
  context: MagentoContext,
  decimals: number,
): SalesDocument {
  const { memo, source, part, returned } = given;
  const { order } = records;
  const { document } = partDocument(part, context);
  const gross = round(part.gross, decimals);
  const tax = sum([given.tax, ...shared.lines.flatMap((line) => line.taxes.map(({ amount }) => amount))]);
  const lines = [...returned, ...shared.lines];
  const invoice = records.invoices?.find(({ entity_id }) => entity_id === memo.invoice_id) ?? null;
  const payments = paymentsOfMemo(
    memo,
    creditsOfMemo(memo.extension_attributes),
    { order, memos: records.creditMemos },
    paymentContext(records, context, decimals),
  );
  const whole = wholeOrderOf(order, payments, decimals);
  const date = dayIn(context.timeZone, memo.created_at);
  return {
    ...document,
    kind: 'creditNote',
    key: source.key,
    invoice:
      invoice === null
        ? null
        : { id: invoice.entity_id, number: invoice.increment_id, date: dayIn(context.timeZone, invoice.created_at) },
    creditNote: { id: memo.entity_id, number: memo.increment_id, date, reason: memo.customer_note },
    lines: lines.filter((line) => !isZero(line.gross) || !isZero(line.net)),
    discounts: [],
    payments,
    totals: { net: subtract(gross, tax), tax, gross, taxes: null },
    wholeOrder: whole && { ...whole, creditNotes: creditNotesTotal(records, decimals) },
    remarks: [...given.remarks, ...shared.remarks],
  };
}

function creditNotesTotal({ creditMemos }: OrderRecords, decimals: number): Decimal {
  const standing = creditMemos.filter(({ state }) => state !== CANCELLED);
  const amounts = standing.map((memo) => add(memo.grand_total, totalOf(creditsOfMemo(memo.extension_attributes))));
  return round(sum(amounts), decimals);
}
