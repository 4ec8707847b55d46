/** A record of the shop, as its API would show it. */
export type Node = Readonly<Record<string, unknown>>;
export type Txn = Node & { readonly kind: string; readonly status: string };
export type Bag = {
  readonly shopMoney: { readonly amount: string; readonly currencyCode: string };
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
};

/** Cents of decimal text with at most two decimals. */
export function cents(text: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

/** As Shopify writes amounts: without trailing zeros, but one. */
export function amountText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  const fraction = digits.slice(-2).replace(/0$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${fraction === '' ? '0' : fraction}`;
}

/** Amounts in the shop's money, and in what the customer saw, each converted and rounded by itself. */
export function bag(shown: { readonly currency: string; readonly rate: string } | null): (value: bigint) => Bag {
  const { currency = 'EUR', rate = '1' } = shown ?? {};
  const [whole = '0', fraction = ''] = rate.split('.');
  const numerator = BigInt(whole + fraction);
  const denominator = 10n ** BigInt(fraction.length);
  return (value) => ({
    shopMoney: { amount: amountText(value), currencyCode: 'EUR' },
    presentmentMoney: { amount: amountText(rounded(value * numerator, denominator)), currencyCode: currency },
  });
}

/** Tax of a price at a rate that is a fraction (`0.055`), half up: inside the price, or on top of it. */
export function taxOf(price: bigint, rate: string, inside: boolean): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  const numerator = BigInt(whole + fraction);
  const one = 10n ** BigInt(fraction.length);
  return rounded(price * numerator, inside ? one + numerator : one);
}

/** So many of so many units of an amount, half up. */
export function share(whole: bigint, units: number, of: number): bigint {
  return rounded(whole * BigInt(units), BigInt(of));
}

export function gid(type: string, id: number): string {
  return `gid://shopify/${type}/${id}`;
}

function rounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const n = negative ? -numerator : numerator;
  const value = (n * 2n + denominator) / (denominator * 2n);
  return negative ? -value : value;
}
