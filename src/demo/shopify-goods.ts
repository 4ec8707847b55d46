import type { DescribedBack, DescribedLine, DescribedOrder, DescribedTax } from './shopify-described.ts';
import { type Bag, cents, gid, type Node, share, taxOf } from './shopify-money.ts';

/** One thing sold: what it cost after discounts, its tax, and its discount, in cents and with tax as the order has it. */
export type Sold = {
  readonly id: string;
  readonly typename: string;
  readonly quantity: number | null;
  readonly gross: bigint;
  readonly tax: bigint;
  readonly discount: bigint;
  readonly discountNet: bigint;
  readonly taxOf: DescribedTax | null;
  readonly links: Node;
  returned: number;
};

/** What an order sells, and the rows of its ledger: the goods of its lines, a parcel, a tip, duties, a fee. */
export function goodsOf(described: DescribedOrder, money: (value: bigint) => Bag, fresh: (type: string) => string) {
  const { id: number, taxesIncluded, liable = false } = described;
  const lineItems: Node[] = [];
  const sold = described.lines.map(sell);
  const extras = [parcel(), tip(), duty(), fee()].filter((one) => one !== null);

  return {
    lineItems,
    sold,
    extras,
    sell,
    saleRow,
    backRow,
    adjustment,
    taxLines,
    priceOf,
    shippingLine,
    application,
  };

  function sell(line: DescribedLine): Sold {
    const id = fresh('LineItem');
    const whole = cents(line.price) * BigInt(line.quantity);
    const discount = cents(line.discount ?? '0');
    const one = soldAt(
      line.giftCard ? 'GiftCardSale' : 'ProductSale',
      id,
      whole - discount,
      discount,
      line.tax ?? null,
      line.quantity,
      {
        lineItem: { __typename: 'LineItem', id, title: line.title },
      },
    );
    const place = number * 10 + lineItems.length;
    lineItems.push({
      __typename: 'LineItem',
      id,
      name: line.title,
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      isGiftCard: line.giftCard ?? false,
      taxable: line.tax !== undefined,
      originalTotalSet: money(whole),
      discountAllocations:
        discount === 0n
          ? []
          : [
              {
                allocatedAmountSet: money(discount),
                discountApplication: application(described.discount ?? {}),
              },
            ],
      taxLines: taxLines([one]),
      duties:
        described.duty === undefined || lineItems.length > 0
          ? []
          : [{ id: gid('Duty', number), price: money(cents(described.duty.price)), taxLines: [] }],
      product: {
        id: gid('Product', 9000 + place),
        legacyResourceId: String(9000 + place),
        productType: line.type ?? '',
      },
    });
    return one;
  }

  function soldAt(
    typename: string,
    id: string,
    price: bigint,
    discount: bigint,
    tax: DescribedTax | null,
    quantity: number | null,
    links: Node,
  ): Sold {
    const amount = tax === null ? 0n : taxOf(price, tax[1], taxesIncluded);
    const onDiscount = tax === null || !taxesIncluded ? 0n : taxOf(discount, tax[1], true);
    return {
      id,
      typename,
      quantity,
      gross: taxesIncluded ? price : price + amount,
      tax: amount,
      discount,
      discountNet: discount - onDiscount,
      taxOf: tax,
      links,
      returned: 0,
    };
  }

  function parcel(): Sold | null {
    const { shipping } = described;
    if (shipping === undefined) return null;
    const id = gid('ShippingLine', number);
    const discount = cents(shipping.discount ?? '0');
    const links = { shippingLine: { id, title: shipping.title, code: shipping.title } };
    return soldAt(
      'ShippingLineSale',
      id,
      cents(shipping.price) - discount,
      discount,
      shipping.tax ?? null,
      null,
      links,
    );
  }

  function tip(): Sold | null {
    if (described.tip === undefined) return null;
    const lineItem = { id: gid('LineItem', number), title: 'Pourboire' };
    return soldAt('TipSale', lineItem.id, cents(described.tip), 0n, null, null, { lineItem });
  }

  function duty(): Sold | null {
    if (described.duty === undefined) return null;
    const id = gid('Duty', number);
    return soldAt('DutySale', id, cents(described.duty.price), 0n, described.duty.tax ?? null, null, { duty: { id } });
  }

  function fee(): Sold | null {
    if (described.fee === undefined) return null;
    const id = gid('SaleAdditionalFee', number);
    const links = { additionalFee: { id, name: described.fee.name } };
    return soldAt('AdditionalFeeSale', id, cents(described.fee.price), 0n, described.fee.tax ?? null, null, links);
  }

  function priceOf({ gross, tax }: Sold): bigint {
    return taxesIncluded ? gross : gross - tax;
  }

  function shippingLine(): Node {
    const one = extras.find(({ typename }) => typename === 'ShippingLineSale');
    const { shipping } = described;
    if (one === undefined || shipping === undefined) throw new TypeError('No parcel');
    return {
      id: one.id,
      title: shipping.title,
      code: shipping.title,
      isRemoved: false,
      originalPriceSet: money(cents(shipping.price)),
      discountedPriceSet: money(priceOf(one)),
      discountAllocations:
        one.discount === 0n
          ? []
          : [
              {
                allocatedAmountSet: money(one.discount),
                discountApplication: { ...application(described.discount ?? {}), targetType: 'SHIPPING_LINE' },
              },
            ],
      taxLines: taxLines([one]),
    };
  }

  function application({ code, title }: NonNullable<DescribedOrder['discount']>): Node {
    const shared = { index: 0, targetType: 'LINE_ITEM' };
    return code === undefined
      ? { __typename: 'AutomaticDiscountApplication', ...shared, title: title ?? '' }
      : { __typename: 'DiscountCodeApplication', ...shared, code };
  }

  function saleRow(
    one: Sold,
    actionType: string,
    sign: 1n | -1n,
    quantity = one.quantity,
    part = (whole: bigint) => whole,
  ): Node {
    const tax = sign * part(one.tax);
    return {
      __typename: one.typename,
      id: fresh('Sale'),
      actionType,
      quantity: quantity === null ? null : quantity * Number(sign),
      totalAmount: money(sign * part(one.gross)),
      totalTaxAmount: money(tax),
      totalDiscountAmountBeforeTaxes: money(sign * part(one.discountNet)),
      taxes:
        one.taxOf === null
          ? []
          : [
              {
                id: fresh('SaleTax'),
                amount: money(tax),
                taxLine: { title: one.taxOf[0], rate: Number(one.taxOf[1]), channelLiable: liable },
              },
            ],
      ...one.links,
    };
  }

  function backRow({ line, quantity }: DescribedBack): Node {
    const one = sold[line];
    if (one === undefined) throw new TypeError(`No line ${line}`);
    const before = one.returned;
    one.returned += quantity;
    const part = (whole: bigint) =>
      share(whole, one.returned, one.quantity ?? 1) - share(whole, before, one.quantity ?? 1);
    return saleRow(one, 'RETURN', -1n, quantity, part);
  }

  function adjustment(amount: bigint, typename = 'AdjustmentSale', tax: DescribedTax | null = null): Node {
    return saleRow(soldAt(typename, '', amount, 0n, tax, null, {}), 'RETURN', 1n);
  }

  /** One line for each title and rate, in the order they are met. */
  function taxLines(all: readonly Sold[]): Node[] {
    const found = new Map<string, { tax: DescribedTax; amount: bigint }>();
    for (const { taxOf: tax, tax: amount } of all) {
      if (tax === null) continue;
      const key = tax.join(' ');
      found.set(key, { tax, amount: (found.get(key)?.amount ?? 0n) + amount });
    }
    return [...found.values()].map(({ tax: [title, rate], amount }) => ({
      title,
      rate: Number(rate),
      channelLiable: liable,
      priceSet: money(amount),
    }));
  }
}
