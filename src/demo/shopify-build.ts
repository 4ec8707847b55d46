import type { DescribedEvent, DescribedMoney, DescribedOrder } from './shopify-described.ts';
import { goodsOf } from './shopify-goods.ts';
import { type Bag, bag, cents, gid, type Node, type Txn } from './shopify-money.ts';

const FIRST_ORDER = 5_010_000_000_000;

/**
 * What Shopify would say of a described order, by its plain rules: a line's tax is that of its price after discount, rounded
 * by itself; what comes back of several units is their share of the line, the last unit the rest; each amount is shown in the
 * customer's currency by itself.
 */
export function buildOrder(described: DescribedOrder): Node {
  const { id: number, taxesIncluded, events = [] } = described;
  const money = bag(described.shown ?? null);
  const order = gid('Order', FIRST_ORDER + number);
  let next = number * 100;
  const fresh = (type: string) => gid(type, ++next);
  const agreements: Node[] = [];
  const goods = goodsOf(described, money, fresh);
  const { lineItems, sold, extras, sell, saleRow, backRow, adjustment, taxLines, priceOf } = goods;
  const placed = [...sold, ...extras];
  const rows = placed.map((one) => saleRow(one, 'ORDER', 1n));
  const ledger: bigint[] = [sumOf(rows.map(amountOf))];
  let discrepancy = 0n;
  agree('OrderAgreement', 'ORDER', number * 10, described.at, rows);

  const refunds: Node[] = [];
  const transactions: Node[] = [];
  const original = ledger[0] ?? 0n;
  const kept = described.payments.filter(({ amount }) => typeof amount === 'string');
  for (const one of described.payments) pay(one, original - sumOf(kept.map(({ amount }) => cents(amount ?? '0'))));
  for (const event of events) happen(event);

  const received = sumOf(moved('SALE')) - sumOf(moved('CHANGE'));
  const refunded = sumOf(moved('REFUND'));
  const current = sumOf(ledger) - discrepancy;
  const updated = [described.at, ...events.map(({ at }) => at), ...described.payments.map(({ at }) => at ?? '')].sort();
  return {
    __typename: 'Order',
    id: order,
    legacyResourceId: String(FIRST_ORDER + number),
    name: `#${number}`,
    createdAt: described.at,
    processedAt: described.at,
    updatedAt: described.cancelled ?? updated.at(-1) ?? described.at,
    cancelledAt: described.cancelled ?? null,
    test: described.test ?? false,
    edited: events.some(({ type }) => type === 'edit'),
    taxesIncluded,
    dutiesIncluded: false,
    estimatedTaxes: described.estimated ?? false,
    displayFinancialStatus: statusOf(),
    returnStatus: events.some(({ type }) => type === 'return') ? 'RETURNED' : 'NO_RETURN',
    currencyCode: 'EUR',
    presentmentCurrencyCode: described.shown?.currency ?? 'EUR',
    sourceName: described.source ?? 'web',
    app: appOf(described.source ?? 'web'),
    attribution: null,
    merchantBusinessEntity: { id: gid('BusinessEntity', 1), displayName: 'Exemple', companyName: 'Exemple SAS' },
    merchantOfRecordApp: null,
    retailLocation:
      described.location === undefined
        ? null
        : { __typename: 'Location', id: gid('Location', described.location), name: LOCATIONS[described.location] },
    customAttributes: Object.entries(described.attributes ?? {}).map(([key, value]) => ({ key, value })),
    note: null,
    email: emailOf(),
    phone: null,
    ...customerOf(),
    billingAddress: address(),
    shippingAddress: described.location === undefined ? address() : null,
    localizedFields: [],
    totalPriceSet: money(sumOf(ledger.filter((amount) => amount > 0n))),
    totalTipReceivedSet: money(described.tip === undefined ? 0n : cents(described.tip)),
    originalTotalPriceSet: money(original),
    currentTotalPriceSet: money(current),
    totalReceivedSet: money(received),
    totalRefundedSet: money(refunded),
    refundDiscrepancySet: money(discrepancy),
    taxLines: taxLines(placed),
    additionalFees: extras
      .filter(({ typename }) => typename === 'AdditionalFeeSale')
      .map((one) => ({
        id: one.id,
        name: described.fee?.name ?? '',
        price: money(priceOf(one)),
        taxLines: taxLines([one]),
      })),
    discountApplications: described.discount === undefined ? [] : [goods.application(described.discount)],
    lineItems,
    shippingLines: described.shipping === undefined ? [] : [goods.shippingLine()],
    transactions,
    refunds,
    agreements: described.ledger === false ? [] : agreements,
  };

  function agree(
    typename: string,
    reason: string,
    id: number,
    happenedAt: string,
    sales: readonly Node[],
    links: Node = {},
  ): void {
    agreements.push({ __typename: typename, id: gid('SalesAgreement', id), reason, happenedAt, sales, ...links });
  }

  function happen(event: DescribedEvent): void {
    const back = [...(event.back ?? []), ...(event.remove ?? [])].map(backRow);
    const parcelBack = extras.find(({ typename }) => typename === 'ShippingLineSale');
    if (event.shipping && parcelBack !== undefined)
      back.push({ ...saleRow(parcelBack, 'RETURN', -1n), shippingLine: null });
    if (event.kept !== undefined) back.push(adjustment(cents(event.kept)));
    if (event.onTop !== undefined) back.push(adjustment(-cents(event.onTop)));
    if (event.fee !== undefined) back.push(adjustment(cents(event.fee.amount), 'FeeSale', event.fee.tax ?? null));
    const taken = [...(event.add ?? []), ...(event.take ?? [])].map((line) => saleRow(sell(line), 'ORDER', 1n));
    const all = [...back, ...taken];
    if (event.type === 'refund') discrepancy += cents(event.kept ?? '0') - cents(event.onTop ?? '0');
    for (const part of [back, taken]) ledger.push(sumOf(part.map(amountOf)));
    if (event.type === 'edit') agree('OrderEditAgreement', 'ORDER_EDIT', event.id, event.at, all);
    else if (event.type === 'return')
      agree('ReturnAgreement', 'RETURN', event.agreement ?? event.id, event.at, all, {
        return: { __typename: 'Return', id: gid('Return', event.id), name: `#${number}-R${event.id}` },
      });
    else refund(event, all);
  }

  function refund(event: DescribedEvent, rows: readonly Node[]): void {
    const id = gid('Refund', event.id);
    agree('RefundAgreement', 'REFUND', 10_000 + event.id, event.at, rows, { refund: { __typename: 'Refund', id } });
    const due = -sumOf(rows.map(amountOf));
    const given = (event.money ?? []).map((one) =>
      transact({ at: event.at, ...one }, 'REFUND', one.amount == null ? due : cents(one.amount)),
    );
    const of = (typename: string) => rows.filter((row) => row.__typename === typename);
    refunds.push({
      __typename: 'Refund',
      id,
      legacyResourceId: String(event.id),
      createdAt: event.at,
      processedAt: event.at,
      note: null,
      totalRefundedSet: money(sumOf(given.map(({ amount }) => amount))),
      return:
        event.return === undefined
          ? null
          : { __typename: 'Return', id: gid('Return', event.return), name: `#${number}-R${event.return}` },
      duties: [],
      refundLineItems: of('ProductSale').map((row) => refundLine(row)),
      refundShippingLines: of('ShippingLineSale').map((row) => ({
        id: fresh('RefundShippingLine'),
        shippingLine: {
          id: gid('ShippingLine', number),
          title: described.shipping?.title ?? '',
          code: described.shipping?.title ?? '',
        },
        subtotalAmountSet: money(-amountOf(row)),
        taxAmountSet: money(-taxIn(row)),
      })),
      orderAdjustments: of('AdjustmentSale').map((row) => ({
        id: fresh('OrderAdjustment'),
        amountSet: money(amountOf(row)),
        taxAmountSet: money(0n),
      })),
      transactions: given.map(({ node }) => node),
    });
  }

  /** With its tax inside where prices have it, as the order's own lines. */
  function refundLine(row: Node): Node {
    const subtotal = taxesIncluded ? -amountOf(row) : taxIn(row) - amountOf(row);
    return {
      id: fresh('RefundLineItem'),
      quantity: -Number(row.quantity),
      lineItem: { ...(row.lineItem as Node), isGiftCard: false },
      subtotalSet: money(subtotal),
      totalTaxSet: money(-taxIn(row)),
    };
  }

  function pay(one: DescribedMoney, rest: bigint): void {
    const amount = one.amount == null ? rest : cents(one.amount);
    const { node } = transact({ at: described.at, ...one }, 'SALE', amount);
    if (one.change !== undefined)
      transact(
        { gateway: one.gateway, at: one.at ?? described.at, ...(one.name === undefined ? {} : { name: one.name }) },
        'CHANGE',
        cents(one.change),
        node,
      );
  }

  function transact(
    one: DescribedMoney & { at: string },
    kind: string,
    amount: bigint,
    parent: Node | null = null,
  ): { node: Node; amount: bigint } {
    const id = fresh('OrderTransaction');
    const euro = (text: string) => ({ amount: text, currencyCode: 'EUR' });
    const node: Txn = {
      __typename: 'OrderTransaction',
      id,
      kind,
      status: one.status ?? 'SUCCESS',
      test: one.test ?? false,
      gateway: one.gateway,
      formattedGateway: one.name ?? 'Shopify Payments',
      createdAt: one.at,
      processedAt: one.at,
      amountSet: money(amount),
      amountRoundingSet: one.rounding === undefined ? null : money(cents(one.rounding)),
      parentTransaction: parent === null ? null : { id: parent.id },
      paymentId: one.gateway === 'shopify_payments' ? `r${number}.${transactions.length + 1}` : null,
      fees:
        one.fee === undefined ? [] : [{ id: fresh('TransactionFee'), amount: euro(one.fee), taxAmount: euro('0.0') }],
      currencyExchangeAdjustment: one.settled === undefined ? null : { finalAmountSet: euro(one.settled) },
    };
    transactions.push(node);
    return { node, amount: node.status === 'SUCCESS' ? amount : 0n };
  }

  function moved(kind: string): bigint[] {
    return transactions
      .filter((one) => one.kind === kind && one.status === 'SUCCESS' && one.test !== true)
      .map((one) => cents((one.amountSet as Bag).shopMoney.amount));
  }

  function statusOf(): string {
    if (described.cancelled !== undefined && received === 0n) return 'VOIDED';
    if (received === 0n && original > 0n && described.test !== true) return 'PENDING';
    if (refunded > 0n) return refunded >= received ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    return 'PAID';
  }

  /** At the till nobody is asked who he is; a guest of the web leaves his address. */
  function emailOf(): string | null {
    if (described.customer !== undefined) return `client${described.customer}@exemple.test`;
    return described.source === 'pos' ? null : `invite${number}@exemple.test`;
  }

  function customerOf(): Node {
    const { customer, company } = described;
    return {
      customer:
        customer === undefined
          ? null
          : {
              id: gid('Customer', customer),
              legacyResourceId: String(customer),
              firstName: 'Camille',
              lastName: `Client ${customer}`,
              note: customer === 802 ? 'CDUPONT' : null,
              defaultEmailAddress: { emailAddress: `client${customer}@exemple.test` },
              defaultPhoneNumber: null,
              taxSettings: { taxId: null },
            },
      purchasingEntity:
        company === undefined
          ? null
          : {
              __typename: 'PurchasingCompany',
              company: { id: gid('Company', number), name: company.name },
              location: { id: gid('CompanyLocation', number), taxSettings: { taxRegistrationId: company.vat } },
            },
    };
  }

  function address(): Node | null {
    const { country } = described;
    if (country === null) return null;
    return {
      firstName: 'Camille',
      lastName: `Client ${number}`,
      name: `Camille Client ${number}`,
      company: described.company?.name ?? null,
      address1: `${number % 90} rue des Essais`,
      address2: null,
      zip: '00000',
      city: 'Exemple',
      province: null,
      countryCodeV2: country,
      phone: null,
    };
  }
}

export const LOCATIONS: Readonly<Record<number, string>> = { 11: 'Lyon', 12: 'Bruxelles' };

function appOf(source: string): Node {
  const names: Readonly<Record<string, string>> = { web: 'Online Store', pos: 'Point of Sale' };
  return { id: gid('App', source === 'web' ? 580_111 : 129_785), name: names[source] ?? 'Marketplace' };
}

function amountOf(row: Node): bigint {
  return cents((row.totalAmount as Bag).shopMoney.amount);
}

function taxIn(row: Node): bigint {
  return cents((row.totalTaxAmount as Bag).shopMoney.amount);
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}
