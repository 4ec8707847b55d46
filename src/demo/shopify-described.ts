import { dataText } from './data-files.ts';

/** A tax as Shopify names it: its title, and its rate as a fraction. */
export type DescribedTax = readonly [title: string, rate: string];

export type DescribedLine = {
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  /** Of a unit, with tax where the order's prices include it. */
  readonly price: string;
  readonly tax?: DescribedTax;
  /** Of the whole line. */
  readonly discount?: string;
  readonly giftCard?: boolean;
  readonly type?: string;
};

export type DescribedMoney = {
  readonly gateway: string;
  readonly name?: string;
  /** Left out or null: what is left of the order, or the whole of the refund. */
  readonly amount?: string | null;
  readonly at?: string;
  readonly fee?: string;
  readonly status?: string;
  readonly rounding?: string;
  /** What the bank receives, where the customer paid in another currency. */
  readonly settled?: string;
  /** Cash given back. */
  readonly change?: string;
  readonly test?: boolean;
};

export type DescribedBack = { readonly line: number; readonly quantity: number };

export type DescribedEvent = {
  readonly type: 'refund' | 'edit' | 'return';
  readonly id: number;
  readonly at: string;
  readonly agreement?: number;
  readonly back?: readonly DescribedBack[];
  readonly shipping?: boolean;
  readonly kept?: string;
  readonly onTop?: string;
  readonly money?: readonly DescribedMoney[];
  readonly return?: number;
  readonly add?: readonly DescribedLine[];
  readonly remove?: readonly DescribedBack[];
  readonly take?: readonly DescribedLine[];
  readonly fee?: { readonly amount: string; readonly tax?: DescribedTax };
};

/** An order in few words; `shopify-build.ts` makes of it what the shop would say. */
export type DescribedOrder = {
  readonly what: string;
  readonly id: number;
  readonly at: string;
  readonly country: string | null;
  readonly taxesIncluded: boolean;
  readonly lines: readonly DescribedLine[];
  readonly payments: readonly DescribedMoney[];
  readonly events?: readonly DescribedEvent[];
  readonly customer?: number;
  readonly company?: { readonly name: string; readonly vat: string };
  /** What the customer saw, and how many of it are one of the shop's. */
  readonly shown?: { readonly currency: string; readonly rate: string };
  readonly discount?: { readonly code?: string; readonly title?: string };
  readonly shipping?: {
    readonly title: string;
    readonly price: string;
    readonly discount?: string;
    readonly tax?: DescribedTax;
  };
  readonly tip?: string;
  readonly duty?: { readonly price: string; readonly tax?: DescribedTax };
  readonly fee?: { readonly name: string; readonly price: string; readonly tax?: DescribedTax };
  readonly source?: string;
  readonly location?: number;
  readonly cancelled?: string;
  readonly test?: boolean;
  readonly estimated?: boolean;
  /** The channel remits the tax. */
  readonly liable?: boolean;
  readonly ledger?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
};

export function describedOrders(): readonly DescribedOrder[] {
  return JSON.parse(dataText('shopify/orders.json'));
}
