import type { Day } from './calendar.ts';
import type { RecordOptions } from './customer-record.ts';
import type { Decimal } from './decimal.ts';
import type { Currency } from './money.ts';
import type { Treatment } from './treatment.ts';

/**
 * What the engine is told of a profile: everything that decides accounts, dates and texts. Accounts and codes are
 * text; an empty one is null and means *not given here*, so that a less specific rule answers.
 */
export type BookSettings = {
  readonly books: Currency;
  /** Decimals kept of every currency: 3 or 4; 2 is each currency's own. */
  readonly decimals: 2 | 3 | 4;
  readonly mappings: Mappings;
  readonly customers: CustomerSettings;
  readonly sales: EntrySettings<'order' | 'invoice' | 'today', SalePiece>;
  readonly creditNotes: EntrySettings<'order' | 'creditNote' | 'today', CreditNotePiece>;
  readonly payments: EntrySettings<'order' | 'invoice' | 'payment' | 'today', 'document' | SalePiece | CreditNotePiece>;
  readonly discountLines: boolean;
  /** Money that came before its sale's date stands on the account of deposits until then. */
  readonly deposits: boolean;
  /** Its VAT is due on receipt: the payment's entry books it, the sale's takes it over. */
  readonly depositVat: boolean;
  /** Entries of foreign documents carry their amounts in that currency too; each needs a ledger currency. */
  readonly inCurrency: boolean;
  /** Which lines get an analytic section. */
  readonly analytics: { readonly sales: boolean; readonly carriers: boolean };
  readonly taxCountry: 'shop' | 'billing' | 'delivery';
  readonly defaultCountry: string | null;
  /** Where the seller is established, a country or territory; null: sales have no VAT treatment. */
  readonly home: string | null;
  readonly distanceSales: 'oss' | 'home';
  readonly roundingDifference: 'separate' | 'firstProduct' | 'firstTax';
  readonly tolerances: { readonly perLine: Decimal; readonly minimum: Decimal; readonly payment: Decimal };
  /** Names or SKUs of fee lines that are gift wrapping, compared without case. */
  readonly wrappingNames: readonly string[];
  readonly shopName: string;
  /** Text patterns that columns of the user's own file format ask for; entries carry what each of them says. */
  readonly columns: readonly string[];
  /** The day of the run in the shop's zone, the same for the whole run. */
  readonly today: Day;
};

/** Where a sale's piece comes from; what is missing gives way to the order's number, then its id. */
export type SalePiece = 'orderId' | 'orderNumber' | 'invoiceNumber' | 'none';
export type CreditNotePiece = 'orderId' | 'orderNumber' | 'invoiceNumber' | 'creditNoteNumber' | 'none';

/** Date, piece and texts of one kind of entry; texts are patterns (`pattern.ts`). */
export type EntrySettings<When, Piece> = {
  readonly date: When;
  readonly piece: Piece;
  readonly reference: string;
  readonly label: string;
};

/** One general mechanism: per field, the most specific exception that gives it wins, else the default. */
export type Mapping<Fields> = { readonly default: Fields; readonly exceptions: readonly (MappingKey & Fields)[] };

/**
 * What an exception is for. Null is *all countries* or *all items*: `country` also names a territory, `item` is the
 * shop's id of the tax rule, tax, carrier ... of that mapping. The refined keys may be left out, which is *all* too.
 */
export type MappingKey = {
  readonly country: string | null;
  readonly item: string | null;
  /** Id or SKU. */
  readonly product?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly customerGroup?: string | null | undefined;
  readonly subShop?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly treatment?: Treatment | null | undefined;
  /** True: customers with a valid VAT number; false: the others. */
  readonly businessCustomer?: boolean | null | undefined;
};

type Codes<Names extends string> = { readonly [Name in Names]: string | null };

/** Which codes the ledger has for what the shop has; null is not mapped. */
export type Mappings = {
  readonly journals: Mapping<Codes<'sales' | 'creditNotes'>>;
  /** Item: tax rule. */
  readonly sales: Mapping<Codes<'withVat' | 'withoutVat' | 'discountWithVat' | 'discountWithoutVat'>>;
  readonly differences: Mapping<
    Codes<'adjustmentExpense' | 'adjustmentIncome' | 'differenceExpense' | 'differenceIncome'>
  >;
  /** Item: the shop's tax id, else its rate written `20%`. `creditGrid`: the grid of credit notes, when it is another. */
  readonly taxes: Mapping<Codes<'account' | 'code' | 'grid' | 'creditGrid'>>;
  /** Item: rate written `20%` (overrides of Shopify). */
  readonly otherTaxes: Mapping<Codes<'account' | 'code' | 'grid' | 'creditGrid'>>;
  /** Item: payment method; a method without a row holds its payment. */
  readonly payments: Mapping<
    Codes<'paymentMode' | 'journal' | 'bank' | 'fee' | 'salesWithVat' | 'salesWithoutVat'> & {
      readonly create: boolean | null;
    }
  >;
  /** Item: carrier. */
  readonly carriers: Mapping<
    Codes<'shippingWithVat' | 'shippingWithoutVat' | 'wrappingWithVat' | 'wrappingWithoutVat'>
  >;
  /** Item: kind of line (fee, tip, duty, ecotax, giftCard, storeCredit, retention, goodwill, rounding, deposit, depositVat). */
  readonly otherLines: Mapping<Codes<'withVat' | 'withoutVat'>>;
  /** Item: shop currency. `rate`: units of it per unit of the books' currency, when the document says none. */
  readonly currencies: Mapping<Codes<'ledgerCurrency' | 'rate' | 'adjustmentExpense' | 'adjustmentIncome'>>;
  /** Item: tax rule. */
  readonly analytics: Mapping<Codes<'section'>>;
};

/** Account and third party of the customer: each the same for all, by payment method with a default, or one per customer. */
export type CustomerSettings = {
  readonly account: CustomerCode;
  readonly thirdParty: CustomerCode;
  /** For guest orders; each replaces the mode above when it is given. */
  readonly guest: { readonly account: string | null; readonly thirdParty: string | null };
  /** Which codes the customer's note in the shop gives, when there is one; it comes before guests and modes. */
  readonly fromNote: { readonly account: boolean; readonly thirdParty: boolean };
  /** How customers with a code of their own are written for a list of customers; null: none is wanted. */
  readonly records: RecordOptions | null;
};

/** One code for all, one by the order's first payment method, or one for each customer. */
export type CustomerCode =
  | { readonly mode: 'same'; readonly code: string | null }
  | {
      readonly mode: 'byPayment';
      readonly default: string | null;
      readonly byMethod: Readonly<Record<string, string>>;
    }
  | ({ readonly mode: 'onePerCustomer' } & CodeScheme);

/** A prefix followed by a number, padded with zeros to the whole length in characters. */
export type CodeScheme = { readonly prefix: string; readonly length: number };
