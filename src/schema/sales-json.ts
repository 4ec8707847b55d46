import { decimalText } from '../core/decimal.ts';
import type { Address, DocumentLine, Payment, SalesDocument, Tax } from '../core/document.ts';

/** The JSON spelling of a document: what files, answers and the store hold. Absent values are left out. */
export function documentToJson(document: SalesDocument): Readonly<Record<string, unknown>> {
  const { customer, creditNote, invoice, order, totals } = document;
  return present({
    kind: document.kind,
    key: document.key,
    test: document.test || undefined,
    pricesIncludeTax: document.pricesIncludeTax,
    order: present({ id: order.id, number: order.number, date: order.date }),
    invoice: invoice && present({ id: invoice.id, number: invoice.number, date: invoice.date }),
    creditNote:
      creditNote &&
      present({ id: creditNote.id, number: creditNote.number, date: creditNote.date, reason: creditNote.reason }),
    updated: document.updated,
    status: document.status && present({ code: document.status.code, label: document.status.label }),
    subShop: document.subShop && present(document.subShop),
    channel: document.channel && present(document.channel),
    customer: present({
      id: customer.id,
      guest: customer.guest,
      firstName: customer.firstName,
      lastName: customer.lastName,
      company: customer.company,
      email: customer.email,
      phone: customer.phone,
      vatNumber: customer.vatNumber && present(customer.vatNumber),
      registrationNumber: customer.registrationNumber,
      groups: customer.groups.length > 0 ? customer.groups.map((group) => present(group)) : undefined,
      note: customer.note,
      thirdPartyAccount: customer.thirdPartyAccount,
      account: customer.account,
    }),
    billing: addressTo(document.billing),
    delivery: addressTo(document.delivery),
    currency: present({
      code: document.currency.code,
      base: document.currency.base,
      rate: document.currency.rate && decimalText(document.currency.rate),
    }),
    lines: document.lines.map(lineTo),
    discounts:
      document.discounts.length > 0
        ? document.discounts.map(({ code, label, net, gross }) =>
            present({ code, label, net: net && decimalText(net, 2), gross: gross && decimalText(gross, 2) }),
          )
        : undefined,
    payments: document.payments.length > 0 ? document.payments.map(paymentTo) : undefined,
    totals: present({
      net: decimalText(totals.net, 2),
      tax: decimalText(totals.tax, 2),
      gross: decimalText(totals.gross, 2),
      taxes: totals.taxes ? totals.taxes.map(taxTo) : undefined,
    }),
  });
}

function lineTo(line: DocumentLine) {
  return present({
    id: line.id,
    of: line.of,
    kind: line.kind,
    label: line.label,
    product: line.product && present(line.product),
    carrier: line.carrier && present(line.carrier),
    taxRule: line.taxRule && present(line.taxRule),
    quantity: line.quantity && decimalText(line.quantity),
    netBeforeDiscount: line.netBeforeDiscount && decimalText(line.netBeforeDiscount, 2),
    net: decimalText(line.net, 2),
    taxes: line.taxes.length > 0 ? line.taxes.map(taxTo) : undefined,
    gross: decimalText(line.gross, 2),
  });
}

function taxTo({ code, name, rate, base, amount, treatment }: Tax) {
  return present({
    code,
    name,
    rate: decimalText(rate),
    base: base && decimalText(base, 2),
    amount: decimalText(amount, 2),
    treatment,
  });
}

function paymentTo(payment: Payment) {
  const { inCurrency, fee } = payment;
  return present({
    id: payment.id,
    direction: payment.direction,
    type: payment.type === 'money' ? undefined : payment.type,
    method: present(payment.method),
    date: payment.date,
    amount: decimalText(payment.amount, 2),
    inCurrency:
      inCurrency &&
      present({
        code: inCurrency.code,
        amount: decimalText(inCurrency.amount, 2),
        rate: inCurrency.rate && decimalText(inCurrency.rate),
      }),
    fee:
      fee &&
      present({ amount: decimalText(fee.amount, 2), currency: fee.currency, tax: fee.tax && decimalText(fee.tax, 2) }),
    transactionId: payment.transactionId,
    payoutId: payment.payoutId,
  });
}

function addressTo(address: Address | null) {
  return address && present({ ...address, lines: address.lines.length > 0 ? address.lines : undefined });
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
