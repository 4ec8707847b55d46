import type { Day } from './calendar.ts';
import type { Decimal } from './decimal.ts';
import type { Problem } from './problem.ts';

/**
 * The canonical sales document: what every shop is read into and all that the engine knows.
 * Amounts are exact decimals in the document's currency; net is without VAT, gross with it. In a credit note an
 * amount that gives value back to the customer is positive: `kind` bears the direction. Absent is null.
 */
export type SalesDocument = {
  readonly kind: DocumentKind;
  /** Unique per shop and kind, for ever: `sale/<order id>`, `creditNote/<id>`. */
  readonly key: string;
  readonly test: boolean;
  readonly pricesIncludeTax: boolean;
  readonly order: { readonly id: string; readonly number: string | null; readonly date: Day };
  readonly invoice: { readonly id: string | null; readonly number: string | null; readonly date: Day | null } | null;
  readonly creditNote: {
    readonly id: string;
    readonly number: string | null;
    readonly date: Day;
    readonly reason: string | null;
  } | null;
  /** The shop's change marker, as an ISO instant. */
  readonly updated: string | null;
  readonly status: { readonly code: string; readonly label: string | null } | null;
  readonly subShop: Named | null;
  readonly channel: Named | null;
  readonly customer: Customer;
  readonly billing: Address | null;
  readonly delivery: Address | null;
  /** The country whose tax the shop charged, when the shop says it (ISO 3166-1 alpha-2). */
  readonly taxCountry: string | null;
  /** `rate` = units of `code` for one unit of `base`; null when the shop does not say. */
  readonly currency: { readonly code: string; readonly base: string | null; readonly rate: Decimal | null };
  readonly lines: readonly DocumentLine[];
  readonly discounts: readonly Discount[];
  readonly payments: readonly Payment[];
  /** As the shop states them, never recomputed. */
  readonly totals: {
    readonly net: Decimal;
    readonly tax: Decimal;
    readonly gross: Decimal;
    readonly taxes: readonly Tax[] | null;
  };
  /** Tolerance of the gross total that the shop's own way of rounding justifies; null: the common one. */
  readonly tolerance: Decimal | null;
  /** All parts of the order this document belongs to, when the reader saw them (checks C11 and C12). */
  readonly wholeOrder: WholeOrder | null;
  /** What the reader noticed and the reviewer should see; a remark that holds keeps the document from being written. */
  readonly remarks: readonly Problem[];
};

export type DocumentKind = 'sale' | 'creditNote';

/** Something of the shop: the id that mappings go by, and the name for people. */
export type Named = { readonly id: string; readonly name: string | null };

/** Who buys, as far as accounts and labels need it; what the shop does not say is null. */
export type Customer = {
  readonly id: string | null;
  readonly guest: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly vatNumber: { readonly value: string; readonly valid: boolean | null } | null;
  readonly registrationNumber: string | null;
  readonly groups: readonly Named[];
  readonly note: string | null;
  readonly thirdPartyAccount: string | null;
  readonly account: string | null;
};

export type Address = {
  readonly company: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly lines: readonly string[];
  readonly postcode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone: string | null;
};

/** What a line is, which decides the mapping its account comes from. */
export type LineKind =
  | 'product'
  | 'shipping'
  | 'wrapping'
  | 'fee'
  | 'tip'
  | 'duty'
  | 'ecotax'
  | 'giftCard'
  | 'discount'
  | 'adjustment'
  | 'rounding';

/** A line as the shop states it: amounts in the document's currency, `gross` = `net` + taxes up to the shop's own rounding. */
export type DocumentLine = {
  readonly id: string;
  /** The line it depends on, or the sale's line it gives back. */
  readonly of: string | null;
  readonly kind: LineKind;
  readonly label: string | null;
  readonly product: {
    readonly id: string | null;
    readonly sku: string | null;
    readonly type: string | null;
    readonly category: string | null;
  } | null;
  readonly carrier: Named | null;
  /** The shop's tax class of the item, which is not the rate. */
  readonly taxRule: Named | null;
  readonly quantity: Decimal | null;
  readonly netBeforeDiscount: Decimal | null;
  readonly net: Decimal;
  readonly taxes: readonly Tax[];
  readonly gross: Decimal;
};

/** One tax of a line; `amount` is as stated, never computed from the rate. */
export type Tax = {
  /** Stable id of the tax in the shop. */
  readonly code: string | null;
  readonly name: string | null;
  /** Percent: 20 for 20 %. Up to four decimals. */
  readonly rate: Decimal;
  /** What the shop computed the tax on; null: the line's net. */
  readonly base: Decimal | null;
  readonly amount: Decimal;
  readonly treatment: TaxTreatment | null;
};

export type TaxTreatment =
  | 'standard'
  | 'zero'
  | 'exempt'
  | 'reverseCharge'
  | 'intraCommunity'
  | 'export'
  | 'oss'
  | 'ioss'
  | 'margin'
  | 'marketplace'
  | 'outOfScope';

/** Informative: already inside the lines' net. */
export type Discount = {
  readonly code: string | null;
  readonly label: string | null;
  readonly net: Decimal | null;
  readonly gross: Decimal | null;
};

/** Money that came in, or went back (`out`). */
export type Payment = {
  /** `payment/<id>` or `refund/<id>` is its part; `supposed` when the reader had to suppose it. */
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly type: 'money' | 'giftCard' | 'storeCredit' | 'points';
  readonly method: Named;
  readonly date: Day;
  /** Positive, in the document's currency. */
  readonly amount: Decimal;
  readonly inCurrency: { readonly code: string; readonly amount: Decimal; readonly rate: Decimal | null } | null;
  readonly fee: { readonly amount: Decimal; readonly currency: string; readonly tax: Decimal | null } | null;
  readonly transactionId: string | null;
  readonly payoutId: string | null;
};

/** The order's sums over all its parts, when it became several documents: payments are due by the whole, not by the part. */
export type WholeOrder = {
  readonly saleParts: number;
  readonly sales: Decimal;
  readonly creditNotes: Decimal;
  readonly paidIn: Decimal;
  readonly paidOut: Decimal;
  /** Method of the order's first payment: all parts of an order use its customer account (SPEC §5.7 by payment method). */
  readonly firstMethod?: string | null;
};

/** What names a document to a person: used in problems, the log and answers. */
export type DocumentSource = { readonly kind: DocumentKind; readonly key: string; readonly number: string };

/** The number people know it by: of the credit note, else of the order, else its id. */
export function sourceOf(document: SalesDocument): DocumentSource {
  const number = document.creditNote?.number ?? document.creditNote?.id ?? document.order.number ?? document.order.id;
  return { kind: document.kind, key: document.key, number };
}
