import { compare, decimal, decimalText, equal, isZero, magnitude, subtract, sum } from '../../core/decimal.ts';
import type { DocumentSource, SalesDocument, WholeOrder } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { firstIssue } from '../../schema/issue.ts';
import { type Fault, type Header, headerOf, isFault, type Translation } from './header.ts';
import { type OrderRecords, orderRecords } from './order.ts';
import { ownMethodOf, paymentsOfSales } from './payments.ts';
import { type SaleLines, saleLinesOf } from './sale-lines.ts';
import { hasFreeShipping, type SalePart, salePartsOf } from './sale-parts.ts';

export type Translated =
  | { readonly state: 'read'; readonly documents: readonly SalesDocument[] }
  | { readonly state: 'unreadable'; readonly problems: readonly Problem[] };

export type Unreadable = Extract<Translated, { state: 'unreadable' }>;

type ReadPart = { readonly part: SalePart; readonly source: DocumentSource; readonly read: SaleLines };

const CENT = decimal('0.01');

/** The sales of an order from its records: one, or one for each invoice when it has several. */
export function toSales(raw: unknown, key: string, translation: Translation): Translated {
  const parsed = orderRecords.safeParse(raw);
  if (!parsed.success) return unreadable('sale', key, firstIssue(parsed.error));
  const records = parsed.data;
  const header = headerOf(records, translation);
  if (isFault(header)) return unreadable('sale', key, header);
  const context = { ...translation, header, records };
  const parts: ReadPart[] = [];
  for (const part of salePartsOf(records, translation)) {
    const source: DocumentSource = { kind: 'sale', key: part.key, number: header.order.number ?? header.order.id };
    const read = saleLinesOf(part, { ...context, source });
    if (isFault(read)) return unreadable('sale', key, read);
    parts.push({ part, source, read });
  }
  const payables = parts.map(({ part, source }) => ({
    source,
    due: part.totals.paid.gross,
    day: parts.length === 1 ? '' : (part.invoice?.date ?? header.order.date),
  }));
  const payments = paymentsOfSales(payables, context);
  const documents = parts.map(({ part, source, read }, index): SalesDocument => {
    const remarks = [...read.remarks, ...orderRemarks(part, records, translation, source)];
    return saleOf(part, {
      records,
      header,
      translation,
      read,
      payments: payments.bySale[index] ?? [],
      remarks: [...remarks, ...(index === 0 ? payments.remarks : [])],
    });
  });
  const whole = wholeOrderOf(records, documents);
  return { state: 'read', documents: documents.map((document) => ({ ...document, wholeOrder: whole })) };
}

export function unreadable(kind: 'sale' | 'creditNote', key: string, { field, reason }: Fault): Unreadable {
  const source: DocumentSource = { kind, key, number: key.slice(key.indexOf('/') + 1) };
  return { state: 'unreadable', problems: [problem('record.unreadable', 'hold', source, { field, reason })] };
}

/** What the whole order came to, its credit notes included as far as they were read. */
function wholeOrderOf(records: OrderRecords, sales: readonly SalesDocument[]): WholeOrder {
  const payments = sales.flatMap((sale) => sale.payments);
  const paid = (direction: 'in' | 'out') =>
    sum(payments.filter((payment) => payment.direction === direction).map((payment) => payment.amount));
  const slips = records.slips ?? [];
  const creditNotes = sum(slips.flatMap((slip) => [slip.amount, slip.shipping_cost_amount]));
  return {
    saleParts: sales.length,
    sales: sum(sales.map((sale) => sale.totals.gross)),
    creditNotes,
    paidIn: paid('in'),
    paidOut: paid('out'),
    firstMethod: payments[0]?.method.id ?? ownMethodOf(records.order).id,
  };
}

function saleOf(
  part: SalePart,
  context: {
    readonly records: OrderRecords;
    readonly header: Header;
    readonly translation: Translation;
    readonly read: SaleLines;
    readonly payments: SalesDocument['payments'];
    readonly remarks: readonly Problem[];
  },
): SalesDocument {
  const { records, header, translation, read, payments, remarks } = context;
  const { decimals: _, statedDecimals: __, ...common } = header;
  const { net, gross } = part.totals.paid;
  return {
    kind: 'sale',
    key: part.key,
    ...common,
    invoice: part.invoice,
    creditNote: null,
    updated: updatedOf(records.order.date_upd, translation),
    status: statusOf(records, translation),
    lines: read.lines,
    discounts: discountsOf(part, records),
    payments,
    totals: { net, tax: subtract(gross, net), gross, taxes: null },
    tolerance: read.tolerance,
    wholeOrder: null,
    remarks,
  };
}

export function updatedOf(date: string | null, { clock }: Translation): string | null {
  return date === null ? null : clock.instant(date);
}

export function statusOf({ order }: OrderRecords, { reference }: Translation): SalesDocument['status'] {
  return { code: order.current_state, label: reference.statuses.get(order.current_state)?.name ?? null };
}

function discountsOf({ rules }: SalePart, { cartRules }: OrderRecords): SalesDocument['discounts'] {
  return rules.map((rule) => ({
    code: cartRules?.find((cartRule) => cartRule.id === rule.id_cart_rule)?.code ?? null,
    label: rule.name,
    net: rule.value_tax_excl,
    gross: rule.value,
  }));
}

function orderRemarks(
  part: SalePart,
  records: OrderRecords,
  { reference }: Translation,
  source: DocumentSource,
): Problem[] {
  const remarks: Problem[] = [];
  const [invoice, second] = records.invoices?.filter((item) => item.number !== null) ?? [];
  if (invoice !== undefined && second === undefined) {
    const difference = magnitude(subtract(invoice.total_paid_tax_incl, part.totals.paid.gross));
    if (compare(difference, CENT) > 0) {
      const values = {
        invoice: decimalText(invoice.total_paid_tax_incl, 2),
        order: decimalText(part.totals.paid.gross, 2),
      };
      remarks.push(problem('document.invoice-differs', 'warn', source, values));
    }
  }
  // 1.6 prints the taxes before the discount under bases after it; the sum of its own totals is what is booked.
  const { discounts, shipping } = part.totals;
  const shared = !isZero(discounts.net) && !(hasFreeShipping(part) && equal(discounts.net, shipping.net));
  if (shared && /^1\.[0-6]\b/.test(reference.version ?? '')) {
    remarks.push(problem('document.printed-tax-differs', 'warn', source, { version: reference.version ?? '1.6' }));
  }
  return remarks;
}
