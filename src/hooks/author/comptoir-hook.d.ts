/**
 * What a script of a profile is given and what it answers: the types of `docs/hooks.md`. Copy this file beside your
 * script, and your editor knows the fields. Amounts and rates are decimal text with a point (`'12.50'`), never
 * numbers, so that no cent is lost; days are `YYYY-MM-DD`; what does not apply is null.
 */

/**
 * Export it under this name: `export const hook: Hook = (document, entries) => entries`. It is asked once for each
 * document that has something to write. Entries may be changed or left out, not added; a promise is waited for.
 */
export type Hook = (document: HookDocument, entries: HookEntry[]) => HookEntry[] | Promise<HookEntry[]>;

/** A balanced entry. Its first three fields say which part of the document it writes and must stay as they are. */
export type HookEntry = {
  kind: 'sale' | 'creditNote' | 'payment';
  /** `document`, `payment/<id>` or `refund/<id>`. */
  part: string;
  /** Currency of the document, ISO 4217. */
  currency: string;
  journal: string;
  date: string;
  piece: string;
  reference: string;
  /** Country the VAT goes by, ISO 3166-1 alpha-2. For reading. */
  country: string | null;
  /** The shop's name of the payment method. For reading. */
  paymentMethod: string | null;
  lines: HookLine[];
};

/** A debit or a credit: one of the two is an amount above zero in the currency of the books, the other null. */
export type HookLine = {
  role: HookRole;
  account: string;
  /** The customer's own account in the ledger; on lines of role `customer`. */
  thirdParty: string | null;
  label: string;
  debit: string | null;
  credit: string | null;
  /** In the document's currency, debit positive; null unless entries are in currency. */
  amountInCurrency: string | null;
  taxCode: string | null;
  /** Box of the VAT return, for ledgers that have one. */
  vatGrid: string | null;
  /** Percent, such as `'20'`. */
  taxRate: string | null;
  /** Analytic section. */
  section: string | null;
  paymentMode: string | null;
};

export type HookRole =
  | 'customer'
  | 'deposit'
  | 'sales'
  | 'discount'
  | 'ecotax'
  | 'shipping'
  | 'wrapping'
  | 'fee'
  | 'tip'
  | 'duty'
  | 'giftCard'
  | 'storeCredit'
  | 'vat'
  | 'depositVat'
  | 'rounding'
  | 'retention'
  | 'goodwill'
  | 'adjustment'
  | 'currencyAdjustment'
  | 'difference'
  | 'bank'
  | 'bankFee';

/**
 * The document as it was read: a record of `comptoir-sales`, whose fields `docs/comptoir-sales-1.schema.json` describes;
 * here those that scripts ask for most. What the shop does not say is left out.
 */
export type HookDocument = {
  readonly kind: 'sale' | 'creditNote';
  readonly key: string;
  readonly order: { readonly id: string; readonly number?: string; readonly date: string };
  readonly invoice?: { readonly id?: string; readonly number?: string; readonly date?: string };
  readonly status?: { readonly code: string; readonly label?: string };
  readonly subShop?: { readonly id: string; readonly name?: string };
  readonly channel?: { readonly id: string; readonly name?: string };
  readonly customer?: {
    readonly id?: string;
    readonly guest?: boolean;
    readonly company?: string;
    readonly email?: string;
    readonly vatNumber?: { readonly value: string; readonly valid?: boolean };
    readonly groups?: readonly { readonly id: string; readonly name?: string }[];
    readonly note?: string;
  };
  readonly billing?: HookAddress;
  readonly delivery?: HookAddress;
  readonly currency: { readonly code: string; readonly base?: string; readonly rate?: string };
  readonly lines: readonly {
    readonly id: string;
    readonly kind: string;
    readonly label?: string;
    readonly product?: {
      readonly id?: string;
      readonly sku?: string;
      readonly type?: string;
      readonly category?: string;
    };
    readonly quantity?: string;
    readonly net: string;
    readonly gross: string;
  }[];
  readonly payments?: readonly {
    readonly id: string;
    readonly method: { readonly id: string; readonly name?: string };
    readonly amount: string;
    readonly transactionId?: string;
  }[];
  readonly totals: { readonly net: string; readonly tax: string; readonly gross: string };
};

export type HookAddress = {
  readonly company?: string;
  readonly postcode?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country: string;
};
