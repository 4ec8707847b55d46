import type { Day } from './calendar.ts';
import type { CustomerRecord } from './customer-record.ts';
import type { Decimal } from './decimal.ts';
import type { Money } from './money.ts';
import type { MappingKey } from './settings.ts';
import type { Treatment, TreatmentReason } from './treatment.ts';

/** Why a line is there: it gives the line its place, and amounts merge within a role only. */
export type LineRole =
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

/** One debit or credit. `amount` is signed, debit positive, in the books' currency, and never zero. */
export type EntryLine = {
  readonly role: LineRole;
  readonly account: string;
  /** The customer's subsidiary account; on customer lines alone. */
  readonly thirdParty: string | null;
  readonly label: string;
  readonly amount: Money;
  /**
   * The same in the document's currency, signed alike, under the ledger's code of it; null when the entry is in the
   * books' currency alone, and on a line that only they have (a conversion residue).
   */
  readonly amountInCurrency: Money | null;
  readonly taxCode: string | null;
  readonly taxRate: Decimal | null;
  /** Box of the VAT return, on VAT lines; only some ledgers have it. */
  readonly vatGrid: string | null;
  /** Analytic section of the whole line; sections are never mixed in one line. */
  readonly section: string | null;
  readonly paymentMode: string | null;
  /** Given to customer lines that are written together with those they balance with; see `matching.ts`. */
  readonly matchingCode?: string;
  readonly matchingDay?: Day;
  readonly because: Because;
};

/** Why this account, and which amounts the line sums. */
export type Because = {
  /** The mapping or setting that gave the account: `sales`, `taxes`, `carriers`, `customers` ... */
  readonly mapping: string;
  /** The exception that won, or null for the default. */
  readonly rule: RuleKey | null;
  /** Rules looked at, most specific first, the winner last. */
  readonly tried: readonly RuleKey[];
  /**
   * Document lines summed: id, label, and the part of each (decimal text in the document's currency). Three come from no
   * line: `total` is what the shop states, `rounding` what its lines miss of it, `conversion` what rounding each line
   * left over in the books' currency.
   */
  readonly parts: readonly { readonly line: string; readonly label: string; readonly amount: string }[];
};

/** A rule's key; null, or a refined key left out, stands for *all*. Without any it is the default. */
export type RuleKey = MappingKey;

export type EntryKind = 'sale' | 'creditNote' | 'payment';

/** A balanced set of lines made from one part of a document. */
export type Entry = {
  readonly kind: EntryKind;
  /** Key of the document it comes from. */
  readonly document: string;
  /** The part of that document it writes: `document`, `payment/<id>`, `refund/<id>`. */
  readonly part: string;
  /** For people: number of the order. */
  readonly order: string;
  readonly journal: string;
  readonly date: Day;
  /** Date of the invoice or credit note, else of the order (FEC PieceDate). */
  readonly documentDate: Day;
  readonly piece: string;
  readonly reference: string;
  readonly label: string;
  /** ISO code of the document's currency, and units of it for one unit of the books' currency when it is foreign. */
  readonly currency: string;
  readonly rate: Decimal | null;
  /** The ledger's code of that currency, when lines carry their amounts in it too; else null. */
  readonly ledgerCurrency: string | null;
  readonly country: string | null;
  /** What the sale is for VAT, and why; null when the profile does not say where home is. */
  readonly treatment: Treatment | null;
  readonly treatmentReason: TreatmentReason | null;
  /** The shop's name of the payment method, for people. */
  readonly paymentMethod: string | null;
  /**
   * The customer, for ledgers that keep a list of customers; empty unless the profile wants one and the customer has a
   * code of his own. Personal data: it goes to the list, and is not kept with written entries.
   */
  readonly customers: readonly CustomerRecord[];
  /** What the document says for the text patterns of a user's own file format, by pattern; absent where it has none. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly lines: readonly EntryLine[];
};

/** An entry with its place in the run: 1, 2, 3 ... in the order of reading. */
export type NumberedEntry = Entry & { readonly number: number };

/** Whether a line stands on an account of VAT, with its rate. */
export function isVat({ role, taxRate }: Pick<EntryLine, 'role' | 'taxRate'>): boolean {
  return role === 'vat' || (role === 'depositVat' && taxRate !== null);
}

/** Minor units; zero for a credit. */
export function debitOf(line: EntryLine): bigint {
  return line.amount.minor > 0n ? line.amount.minor : 0n;
}

/** Minor units, positive; zero for a debit. */
export function creditOf(line: EntryLine): bigint {
  return line.amount.minor < 0n ? -line.amount.minor : 0n;
}
