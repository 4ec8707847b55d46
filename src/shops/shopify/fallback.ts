import { add, type Decimal, divide, equal, isZero, multiply, negate, subtract } from '../../core/decimal.ts';
import type { ShopifyAgreement, ShopifyBag, ShopifyOrder, ShopifySale, ShopifyTax } from './order.ts';

/**
 * Very old imports have no ledger, and a ledger may miss the total the order was placed for. Such an order is told from
 * its lines instead: what they cost less what was allocated of discounts, with their taxes, and its refunds by their own
 * lines. Rows are made of them in the shape of the ledger's, so that everything after is the same.
 */
export function withLedger(order: ShopifyOrder, decimals: number): ShopifyOrder {
  const placed = order.agreements.find(({ __typename }) => __typename === 'OrderAgreement');
  const wanted = order.originalTotalPriceSet.shopMoney.amount;
  if (placed !== undefined && equal(total(placed.sales), wanted)) return order;
  const candidates = [rowsOf(order, decimals, true), rowsOf(order, decimals, false)];
  const rows = candidates.find((one) => equal(total(one), wanted));
  if (rows === undefined && placed !== undefined) return order; // the totals differ, and the check says so
  return { ...order, agreements: [agreementOf(order, rows ?? candidates[0] ?? []), ...refundAgreements(order)] };
}

/** Whether a refund's own lines are needed to tell the order. */
export function needsRefundLines(order: Pick<ShopifyOrder, 'agreements' | 'originalTotalPriceSet'>): boolean {
  const placed = order.agreements.find(({ __typename }) => __typename === 'OrderAgreement');
  return placed === undefined || !equal(total(placed.sales), order.originalTotalPriceSet.shopMoney.amount);
}

function total(rows: readonly ShopifySale[]): Decimal {
  return rows.reduce((all, { totalAmount }) => add(all, totalAmount.shopMoney.amount), NOTHING);
}

function agreementOf(order: ShopifyOrder, sales: readonly ShopifySale[]): ShopifyAgreement {
  return {
    __typename: 'OrderAgreement',
    id: `${order.id}/placed`,
    reason: 'ORDER',
    happenedAt: order.processedAt,
    refund: null,
    return: null,
    sales: [...sales],
  };
}

/** A tip may already stand among the lines: both readings are tried. */
function rowsOf(order: ShopifyOrder, decimals: number, tipApart: boolean): readonly ShopifySale[] {
  const rows: ShopifySale[] = [];
  for (const line of order.lineItems) {
    const discount = bagSum(line.discountAllocations.map(({ allocatedAmountSet }) => allocatedAmountSet));
    const row = sold(
      line.id,
      line.isGiftCard ? 'GiftCardSale' : 'ProductSale',
      bagLess(line.originalTotalSet, discount),
      line.taxLines,
      discount,
    );
    rows.push({ ...row, quantity: line.quantity, lineItem: { id: line.id, title: line.name } });
    if (order.dutiesIncluded === true) continue;
    for (const { id, price, taxLines } of line.duties)
      rows.push({ ...sold(id, 'DutySale', price, taxLines, null), duty: { id } });
  }
  for (const shipping of order.shippingLines.filter(({ isRemoved }) => !isRemoved)) {
    const discount = bagLess(shipping.originalPriceSet, shipping.discountedPriceSet);
    const row = sold(
      shipping.id ?? 'shipping',
      'ShippingLineSale',
      shipping.discountedPriceSet,
      shipping.taxLines,
      discount,
    );
    rows.push({ ...row, shippingLine: { id: shipping.id, title: shipping.title, code: shipping.code } });
  }
  for (const { id, name, price, taxLines } of order.additionalFees)
    rows.push({ ...sold(id, 'AdditionalFeeSale', price, taxLines, null), additionalFee: { id, name } });
  const tip = order.totalTipReceivedSet;
  if (tipApart && tip !== null && !isZero(tip.shopMoney.amount)) rows.push(sold('tip', 'TipSale', tip, [], null));
  return rows;

  function sold(
    id: string,
    typename: string,
    price: ShopifyBag,
    taxLines: readonly ShopifyTax[],
    discount: ShopifyBag | null,
  ): ShopifySale {
    const tax = bagSum(taxLines.map(({ priceSet }) => priceSet));
    const gross = order.taxesIncluded ? price : bagPlus(price, tax);
    const off = discount ?? bagZero(price);
    return {
      ...row(id, typename, gross, tax ?? bagZero(price)),
      totalDiscountAmountBeforeTaxes: order.taxesIncluded && tax !== null ? withoutTax(off, gross, tax, decimals) : off,
      taxes: taxLines.map(({ priceSet, title, rate, channelLiable }) => ({
        amount: priceSet,
        taxLine: { title, rate, channelLiable },
      })),
    };
  }
}

/**
 * Refunds by their own lines. Whether what they state of a line has its tax inside, when prices do, is not told anywhere:
 * the reading that makes the refund's own total is right, and without one the totals differ, which holds the document.
 */
function refundAgreements(order: ShopifyOrder): readonly ShopifyAgreement[] {
  return (order.refundDetails ?? []).map((refund) => {
    const inside = refundRows(refund, true);
    const paid = refund.totalRefundedSet.shopMoney.amount;
    const rows = equal(negate(total(inside)), paid) ? inside : refundRows(refund, false);
    return {
      __typename: 'RefundAgreement',
      id: `${refund.id}/given`,
      reason: 'REFUND',
      happenedAt: refund.processedAt ?? refund.createdAt ?? order.processedAt,
      refund: refund.id,
      return: null,
      sales: [...rows],
    };
  });
}

type RefundDetail = NonNullable<ShopifyOrder['refundDetails']>[number];

function refundRows(refund: RefundDetail, taxInside: boolean): readonly ShopifySale[] {
  const back = (id: string, typename: string, amount: ShopifyBag, tax: ShopifyBag) =>
    row(id, typename, bagNegative(taxInside ? amount : bagPlus(amount, tax)), bagNegative(tax));
  return [
    ...refund.refundLineItems.map((line) => ({
      ...back(
        line.id ?? line.lineItem.id,
        line.lineItem.isGiftCard ? 'GiftCardSale' : 'ProductSale',
        line.subtotalSet,
        line.totalTaxSet,
      ),
      quantity: -line.quantity,
      lineItem: { id: line.lineItem.id, title: null },
    })),
    ...refund.refundShippingLines.map((line) => ({
      ...back(line.id ?? 'shipping', 'ShippingLineSale', line.subtotalAmountSet, line.taxAmountSet),
      shippingLine: line.shippingLine,
    })),
    ...(refund.duties ?? []).map(({ amountSet, originalDuty }) => ({
      ...row(originalDuty?.id ?? 'duty', 'DutySale', bagNegative(amountSet), bagZero(amountSet)),
      duty: { id: originalDuty?.id ?? 'duty' },
    })),
    // What is kept is positive here, as it is among the rows of the ledger.
    ...refund.orderAdjustments.map((one) => row(one.id, 'AdjustmentSale', one.amountSet, one.taxAmountSet)),
  ];
}

function row(id: string, typename: string, totalAmount: ShopifyBag, totalTaxAmount: ShopifyBag): ShopifySale {
  return {
    __typename: typename,
    id,
    actionType: 'ORDER',
    quantity: null,
    totalAmount,
    totalTaxAmount,
    totalDiscountAmountBeforeTaxes: bagZero(totalAmount),
    taxes: [],
  };
}

const NOTHING: Decimal = { units: 0n, scale: 0 };

function bagOf(one: ShopifyBag, other: ShopifyBag, how: (a: Decimal, b: Decimal) => Decimal): ShopifyBag {
  return {
    shopMoney: { ...one.shopMoney, amount: how(one.shopMoney.amount, other.shopMoney.amount) },
    presentmentMoney: {
      ...one.presentmentMoney,
      amount: how(one.presentmentMoney.amount, other.presentmentMoney.amount),
    },
  };
}

function bagPlus(one: ShopifyBag, other: ShopifyBag | null): ShopifyBag {
  return other === null ? one : bagOf(one, other, add);
}

function bagLess(one: ShopifyBag, other: ShopifyBag | null): ShopifyBag {
  return other === null ? one : bagOf(one, other, subtract);
}

function bagSum(bags: readonly ShopifyBag[]): ShopifyBag | null {
  return bags.reduce<ShopifyBag | null>((all, bag) => (all === null ? bag : bagPlus(all, bag)), null);
}

function bagZero(like: ShopifyBag): ShopifyBag {
  return bagOf(like, like, () => NOTHING);
}

function bagNegative(bag: ShopifyBag): ShopifyBag {
  return bagOf(bag, bag, (amount) => negate(amount));
}

/** The part of a discount that is not tax, in proportion to what it was taken from. */
function withoutTax(discount: ShopifyBag, gross: ShopifyBag, tax: ShopifyBag, decimals: number): ShopifyBag {
  const net = bagLess(gross, tax);
  const share = (amount: Decimal, of: Decimal, whole: Decimal) =>
    isZero(whole) ? amount : divide(multiply(amount, of), whole, decimals, 'half-up');
  return {
    shopMoney: {
      ...discount.shopMoney,
      amount: share(discount.shopMoney.amount, net.shopMoney.amount, gross.shopMoney.amount),
    },
    presentmentMoney: {
      ...discount.presentmentMoney,
      amount: share(discount.presentmentMoney.amount, net.presentmentMoney.amount, gross.presentmentMoney.amount),
    },
  };
}
