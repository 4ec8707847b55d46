/**
 * One trade of the invented Magento shop, as a merchant would tell it. Money is whole cents of the shop's base currency;
 * `mg-made.ts` makes the records from it, by Magento's own arithmetic.
 */
export type Trade = {
  readonly name: string;
  readonly id: number;
  /** UTC, as Magento writes it. */
  readonly at: string;
  readonly about: string;
  readonly store?: 1 | 2;
  /** Prices with tax in a private shop, without in one for companies. */
  readonly prices: 'withTax' | 'withoutTax';
  /** Other rates than the table's, in hundredths of a percent. */
  readonly percents?: Readonly<Partial<Record<TaxName, number>>>;
  readonly taxBeforeDiscount?: boolean;
  /** Some tax extensions leave the row after its discount in `row_total`. */
  readonly rowsAfterDiscount?: boolean;
  readonly currency?: { readonly code: string; readonly rate: number };
  readonly customer: Buyer;
  readonly lines: readonly Line[];
  readonly discountPercent?: number;
  readonly coupon?: string;
  readonly shipping?: Shipping;
  readonly wrapping?: {
    readonly order?: number;
    readonly items?: number;
    readonly card?: number;
    readonly tax: TaxName;
  };
  readonly credits?: { readonly storeCredit?: number; readonly giftCards?: number; readonly points?: number };
  readonly method: string;
  readonly state?: string;
  readonly status?: string;
  readonly increment?: string;
  readonly replaces?: string;
  readonly replacedBy?: string;
  readonly invoices: readonly Invoicing[];
  readonly memos?: readonly Refunding[];
};

export type Buyer = {
  readonly id?: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly country: string;
  readonly billingCountry?: string;
  readonly company?: string;
  readonly vat?: string;
  readonly virtual?: boolean;
};

export type Line = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Of one, with or without tax as the shop's prices are. */
  readonly price: number;
  readonly taxes: readonly TaxName[];
  readonly type?: 'simple' | 'configurable' | 'bundle' | 'virtual' | 'giftcard';
  /** Fixed product tax of one, without VAT; `taxed`: with the VAT of the line on it. */
  readonly fixedTax?: { readonly name: string; readonly amount: number; readonly taxed: boolean };
  /** A bundle priced by its parts. */
  readonly parts?: readonly Line[];
};

export type Shipping = {
  readonly method: string;
  readonly name: string;
  readonly price: number;
  readonly tax: TaxName | null;
  readonly discount?: number;
};

/** `items`: quantity of each line, in their order; all of it when left out. */
export type Invoicing = {
  readonly id: number;
  readonly at: string;
  readonly items?: readonly number[];
  readonly shipping?: boolean;
  readonly state?: 1 | 2 | 3;
  readonly capturedAt?: string;
  readonly points?: number;
};

export type Refunding = {
  readonly id: number;
  readonly at: string;
  readonly items?: readonly number[];
  readonly shipping?: boolean;
  readonly extra?: number;
  readonly kept?: number;
  readonly toStoreCredit?: boolean;
  readonly offline?: boolean;
  readonly note?: string;
};

export type TaxName = keyof typeof TAXES;

/** In hundredths of a percent. */
export const TAXES = {
  'FR-TVA-20': { title: 'TVA 20 %', percent: 2000, country: 'FR' },
  'FR-TVA-5.5': { title: 'TVA 5,5 %', percent: 550, country: 'FR' },
  'FR-TVA-2.1': { title: 'TVA 2,1 %', percent: 210, country: 'FR' },
  'FR-BOISSONS-1.2': { title: 'Contribution boissons sucrées', percent: 120, country: 'FR' },
  'DE-MWST-19': { title: 'MwSt. 19 %', percent: 1900, country: 'DE' },
  'DE-MWST-7': { title: 'MwSt. 7 %', percent: 700, country: 'DE' },
  'BE-TVA-21': { title: 'TVA 21 %', percent: 2100, country: 'BE' },
} as const;

export const METHODS: Readonly<Record<string, string>> = {
  stripe_payments: 'Carte bancaire',
  paypal_express: 'PayPal',
  banktransfer: 'Virement bancaire',
  checkmo: 'Chèque',
  free: 'Aucun paiement nécessaire',
};

/** Hundredths of a percent. */
export function percentOf({ percents }: Pick<Trade, 'percents'>, name: TaxName): number {
  return percents?.[name] ?? TAXES[name].percent;
}
