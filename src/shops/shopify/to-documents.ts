import { type Day, dayIn } from '../../core/calendar.ts';
import { add, type Decimal, decimalText, equal, isZero, negate, subtract, sum } from '../../core/decimal.ts';
import {
  type DocumentLine,
  type DocumentSource,
  type SalesDocument,
  sourceOf,
  type WholeOrder,
} from '../../core/document.ts';
import { currencyOf } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import * as sharing from '../../core/sharing.ts';
import type { ReadItem } from '../reader.ts';
import { withLedger } from './fallback.ts';
import { afterSale, giveBack } from './give-back.ts';
import { discountsOf, headerOf, invoiceOf, type OrderContext, orderDay } from './header.ts';
import { sumIn, type View, viewOf } from './money.ts';
import type { ShopifyOrder } from './order.ts';
import { grossOf, type Part, partsOf } from './parts.ts';
import { type Moved, moneyOf, type OrderMoney } from './payments.ts';
import { amountsOf, ledgerOf, lineOf } from './rows.ts';
import { type Fault, isMarketplace, statedTaxes, taxesOf } from './taxes.ts';

/** A document of an order with the day that selects it, or what stands for one that cannot be told. */
export type Dated = { readonly kind: 'sale' | 'creditNote'; readonly date: Day; readonly item: ReadItem };

type Sums = { readonly net: Decimal; readonly tax: Decimal; readonly gross: Decimal };

/** All documents of an order, in the order they happened. `raw`: the order as the shop told it, kept with each. */
export function documentsOf(told: ShopifyOrder, context: OrderContext, raw: string | null): readonly Dated[] {
  const { decimals } = currencyOf(told.currencyCode, context.options.decimals);
  const view = viewOf(told, context.options.inCurrency ?? false);
  const order = withLedger(told, decimals);
  const parts = partsOf(order, view);
  const money = moneyOf(order, parts, view, context.timeZone);
  const { header, countrySupposed } = headerOf(order, context, view);
  const ledger = ledgerOf(
    order,
    view,
    currencyOf(view.currency.code, context.options.decimals).decimals,
    context.options.wrappingNames,
  );
  const whole = wholeOf(parts, money, view);
  const ordered = orderDay(order, context);
  const dated: Dated[] = [];
  let balance: sharing.OrderBalance | null = null;
  let rank = 0;

  for (const part of parts) {
    const date = dayIn(context.timeZone, part.at);
    const moved = money.ofPart.get(part) ?? [];
    const rounding = roundingOf(part, moved);
    if (part.kind === 'creditNote') rank += 1;
    const document = part.kind === 'sale' ? sale(part, date, moved, rounding) : creditNote(part, date, moved, rounding);
    dated.push({ kind: part.kind, date, item: itemOf(part, document) });
  }
  for (const orphan of money.orphans) dated.push(orphanOf(orphan));
  return dated;

  function sale(part: Part, date: Day, moved: readonly Moved[], rounding: readonly DocumentLine[]): SalesDocument {
    const faults: Fault[] = [...part.faults];
    const lines = part.rows.flatMap((row) => lineOf(row, ledger, 1, faults) ?? []);
    const rows = grossOf(part.rows, view);
    const gross = add(part.original ? view.of(order.originalTotalPriceSet) : rows, roundingSum(rounding));
    const tax = sum(part.rows.map((row) => amountsOf(row, view).tax));
    balance = balance === null ? sharing.openBalance(lines, rows, ledger.decimals) : afterSale(balance, lines, rows);
    const alone = part.original && parts.filter(({ kind }) => kind === 'sale').length === 1;
    const stated = alone && order.taxLines.length > 0;
    return assemble(part, {
      date: part.original ? ordered : date,
      lines: [...lines, ...rounding],
      sums: { net: subtract(gross, tax), tax, gross },
      taxes: stated ? taxesOf(statedTaxes(order.taxLines, view), isMarketplace(order), []) : null,
      moved,
      faults,
      remarks: part.original ? orderRemarks(part) : [],
    });
  }

  function creditNote(
    part: Part,
    date: Day,
    moved: readonly Moved[],
    rounding: readonly DocumentLine[],
  ): SalesDocument {
    const faults: Fault[] = [...part.faults];
    const all = part.rows.flatMap((row) => lineOf(row, ledger, -1, faults) ?? []);
    balance ??= sharing.openBalance([], { units: 0n, scale: 0 }, ledger.decimals);
    const given = giveBack(all, balance, sourceFor(part), context.options);
    balance = given.balance;
    const gross = add(negate(grossOf(part.rows, view)), roundingSum(rounding));
    const tax = sum(given.lines.flatMap((line) => line.taxes.map(({ amount }) => amount)));
    return assemble(part, {
      date,
      lines: [...given.lines, ...rounding],
      sums: { net: subtract(gross, tax), tax, gross },
      taxes: null,
      moved,
      faults,
      remarks: given.remarks,
    });
  }

  function assemble(
    part: Part,
    facts: {
      date: Day;
      lines: readonly DocumentLine[];
      sums: Sums;
      taxes: SalesDocument['totals']['taxes'];
      moved: readonly Moved[];
      faults: readonly Fault[];
      remarks: readonly Problem[];
    },
  ): SalesDocument {
    const { date, lines, sums, taxes, moved, faults, remarks } = facts;
    const isSale = part.kind === 'sale';
    const source = sourceFor(part);
    const { refund } = part;
    return {
      ...header,
      kind: part.kind,
      key: part.key,
      order: { id: order.legacyResourceId, number: order.name, date: isSale ? date : ordered },
      invoice: isSale && !part.original ? null : invoiceOf(order, context, ordered),
      creditNote: isSale
        ? null
        : { id: part.key.slice('creditNote/'.length), number: numberFor(), date, reason: refund?.note ?? null },
      lines,
      discounts: part.original ? discountsOf(order, view) : [],
      payments: moved.map(({ payment }) => payment),
      totals: { ...sums, taxes },
      wholeOrder: whole,
      remarks: [
        ...faults.map((fault) => problem('record.unreadable', 'hold', source, fault)),
        ...supposed(source),
        ...remarks,
      ],
    };
  }

  /** No number of its own: that of the order, and the place of the credit note among the order's. */
  function numberFor(): string {
    return `${order.name}-R${rank}`;
  }

  function sourceFor(part: Part): DocumentSource {
    const number = part.kind === 'sale' ? order.name : numberFor();
    return { kind: part.kind, key: part.key, number };
  }

  function supposed(source: DocumentSource): readonly Problem[] {
    if (!countrySupposed) return [];
    return [problem('document.country-supposed', 'warn', source, { country: header.taxCountry ?? '' })];
  }

  /** Where the shop's own figures do not agree, or are not final. */
  function orderRemarks(part: Part): readonly Problem[] {
    const source = sourceFor(part);
    const remarks: Problem[] = [];
    if (order.estimatedTaxes) remarks.push(problem('document.taxes-estimated', 'hold', source, {}));
    const current = sumIn(view, [order.currentTotalPriceSet, order.refundDiscrepancySet]);
    compareFigure('current', current, sum(parts.map(({ rows }) => grossOf(rows, view))));
    compareFigure('received', view.of(order.totalReceivedSet), statedMoney(order, view, ['SALE', 'CAPTURE']));
    compareFigure('refunded', view.of(order.totalRefundedSet), statedMoney(order, view, ['REFUND']));
    return remarks;

    function compareFigure(figure: string, stated: Decimal, computed: Decimal): void {
      if (equal(stated, computed)) return;
      const values = { figure, stated: decimalText(stated, decimals), computed: decimalText(computed, decimals) };
      remarks.push(problem('document.shop-figures-differ', 'warn', source, values));
    }
  }

  function itemOf(part: Part, document: SalesDocument): ReadItem {
    if (
      part.returnId !== null ||
      part.agreement === '' ||
      !part.faults.some(({ reason }) => reason.startsWith('needs-scope'))
    )
      return { state: 'read', document, raw };
    // Its key is not known yet, so that it is no document that could be written or excluded.
    const problems = part.faults.map((fault) => problem('record.unreadable', 'hold', sourceOf(document), fault));
    return { state: 'unreadable', kind: part.kind, key: part.key, orderId: order.legacyResourceId, problems, raw };
  }

  /** Money went back, and the order has no credit note it could belong to. */
  function orphanOf({ refund, moved }: OrderMoney['orphans'][number]): Dated {
    const { id, date } = moved.payment;
    const key = `creditNote/${refund?.legacyResourceId ?? `money-${id}`}`;
    const source: DocumentSource = { kind: 'creditNote', key, number: order.name };
    const fault = { field: 'agreements.sales', reason: `no-rows: ${decimalText(moved.payment.amount, decimals)}` };
    const problems = [problem('record.unreadable', 'hold', source, fault)];
    return {
      kind: 'creditNote',
      date,
      item: { state: 'unreadable', kind: 'creditNote', key, orderId: order.legacyResourceId, problems, raw },
    };
  }
}

/** What the transactions of these kinds come to, as the shop adds them: without the rounding of cash, change taken off. */
function statedMoney(order: ShopifyOrder, view: View, kinds: readonly string[]): Decimal {
  const counted = order.transactions.filter(({ status, test }) => status === 'SUCCESS' && !test);
  const moved = sumIn(
    view,
    counted.filter(({ kind }) => kinds.includes(kind)).map(({ amountSet }) => amountSet),
  );
  if (kinds.includes('REFUND')) return moved;
  return subtract(
    moved,
    sumIn(
      view,
      counted.filter(({ kind }) => kind === 'CHANGE').map(({ amountSet }) => amountSet),
    ),
  );
}

/** What cash was rounded by, as a line without VAT: the price did not change, what is due did. */
function roundingOf(part: Part, moved: readonly Moved[]): readonly DocumentLine[] {
  const amount = sum(moved.map(({ rounding }) => rounding));
  if (isZero(amount)) return [];
  return [
    {
      id: `rounding-${part.agreement}`,
      of: null,
      kind: 'rounding',
      label: null,
      product: null,
      carrier: null,
      taxRule: null,
      quantity: null,
      netBeforeDiscount: null,
      net: amount,
      taxes: [],
      gross: amount,
    },
  ];
}

function roundingSum(lines: readonly DocumentLine[]): Decimal {
  return sum(lines.map(({ gross }) => gross));
}

/** The order over all its parts; null when it is one sale and nothing else. */
function wholeOf(parts: readonly Part[], money: OrderMoney, view: View): WholeOrder | null {
  if (parts.length < 2) return null;
  const rounding = (kind: Part['kind']) =>
    sum(
      parts
        .filter((part) => part.kind === kind)
        .flatMap((part) => (money.ofPart.get(part) ?? []).map((one) => one.rounding)),
    );
  const gross = (kind: Part['kind']) =>
    sum(parts.filter((part) => part.kind === kind).map(({ rows }) => grossOf(rows, view)));
  const paid = (direction: 'in' | 'out') =>
    sum(money.all.filter(({ payment }) => payment.direction === direction).map(({ payment }) => payment.amount));
  const first = money.all.find(({ payment }) => payment.direction === 'in');
  return {
    saleParts: parts.filter(({ kind }) => kind === 'sale').length,
    sales: add(gross('sale'), rounding('sale')),
    creditNotes: add(negate(gross('creditNote')), rounding('creditNote')),
    paidIn: paid('in'),
    paidOut: paid('out'),
    firstMethod: first?.payment.method.id ?? null,
  };
}
