import type { Day } from '../core/calendar.ts';
import type { SalesDocument } from '../core/document.ts';
import type { Problem } from '../core/problem.ts';

/** A kind of shop Comptoir can read: one folder of `shops/`, one line of `shops/index.ts`. */
export type ShopKind = {
  readonly id: string;
  /** Proper name, shown as it is. */
  readonly name: string;
  readonly credentials: readonly { readonly name: string; readonly secret: boolean; readonly required: boolean }[];
  /** Statuses read when the profile names none; null: those the shop itself calls paid or invoiced. */
  readonly defaultStatuses: readonly string[] | null;
  /** Whether the statuses asked for choose the sales. Left out: they always do. */
  readonly statusesChoose?: (options: ReadingOptions) => boolean;
  readonly open: (connection: ShopConnection) => Shop;
};

/** All a shop is opened with; whatever it does to the world goes through these. */
export type ShopConnection = {
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly http: HttpSettings;
  /** Read in `main.ts` and passed down; milliseconds since 1970. */
  readonly now: () => number;
  /** Waits, and rejects when the signal aborts; tests pass their own. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

/** `shop.http` of the profile, with its certificate and password at hand. */
export type HttpSettings = {
  readonly timeoutMs: number;
  readonly pauseMs: number;
  readonly tries: number;
  readonly userAgent: string;
  readonly minimumTls: '1.2' | '1.3';
  /** `2` does without servers that do not speak it; `auto` takes what the server speaks. */
  readonly version: 'auto' | '1.1' | '2';
  readonly basicAuth: { readonly user: string; readonly password: string } | null;
  /** PEM of a certificate (authority) trusted beside the system's own. */
  readonly certificate: string | null;
  /** The way out of a network that lets nobody out by themselves; absent or null: none. */
  readonly proxy?: { readonly url: string; readonly user: string | null; readonly password: string } | null;
};

/**
 * Every method may throw a `Failure`; data it cannot read are answers, not failures. Once the signal aborts, it rejects
 * at once with the signal's reason, whatever the shop is doing.
 */
export type Shop = {
  /** *Test the connection*: each thing needed, whether it works, and what to do. Never throws for what it tests. */
  readonly check: (signal: AbortSignal) => Promise<readonly ConnectionCheck[]>;
  readonly facts: (signal: AbortSignal) => Promise<ShopFacts>;
  /** Values the mappings need, as the shop knows them. */
  readonly lists: (signal: AbortSignal) => Promise<ShopLists>;
  /** Documents of the period at the source, or null when the shop cannot say without reading. */
  readonly count: (request: ReadRequest) => Promise<number | null>;
  /**
   * What became of orders, by id: their status, and whether it is one of those the request reads. A deleted order is not
   * among them.
   */
  readonly standing?: (
    request: ReadRequest,
    orderIds: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly status: string; readonly wanted: boolean }>>;
  /** Which of these credit notes the shop still has, by id; null when it cannot say. */
  readonly creditNotesLeft?: (
    request: ReadRequest,
    notes: readonly CreditNoteId[],
  ) => Promise<ReadonlySet<string> | null>;
  /** Documents by id, ascending; a page event after each page, from which a failed read can go on. */
  readonly read: (request: ReadRequest) => AsyncIterable<ReadEvent>;
};

/** A credit note that was read once, and the order it is of. */
export type CreditNoteId = { readonly id: string; readonly orderId: string };

/** What the shop says of itself; null: it does not say. */
export type ShopFacts = {
  readonly name: string;
  readonly version: string | null;
  readonly currency: string;
  readonly country: string | null;
  readonly timeZone: string | null;
};

/** A value that mappings go by. `rate` and `country` are given for taxes; an inactive one may still stand in old orders. */
export type ListItem = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly rate?: string;
  readonly country?: string;
  /** Of a payment method: what it clears where no money moves. */
  readonly owed?: 'giftCard' | 'storeCredit' | 'points';
};

/** Values for the mappings; a list that the shop does not have is empty. */
export type ShopLists = {
  readonly countries: readonly ListItem[];
  readonly taxRules: readonly ListItem[];
  readonly taxes: readonly ListItem[];
  readonly carriers: readonly ListItem[];
  readonly paymentMethods: readonly ListItem[];
  readonly statuses: readonly (ListItem & { readonly readByDefault: boolean })[];
  readonly currencies: readonly ListItem[];
  readonly subShops: readonly ListItem[];
  /** Left out by a shop that has no such list, or cannot give it. */
  readonly categories?: readonly ListItem[];
  readonly customerGroups?: readonly ListItem[];
};

/** One thing tested, with the values its sentence needs. */
export type ConnectionCheck = {
  /** `address`, `certificate`, `key`, `clock`, `right`, `orders`, `refunds` ...: sentences `check.<id>.<result>`. */
  readonly id: string;
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly values: Readonly<Record<string, string>>;
  readonly durationMs: number | null;
};

/** What is to be read. Null statuses: the shop's own default; null sub-shops: all. */
export type ReadRequest = {
  readonly kind: 'sales' | 'creditNotes';
  /** Both inclusive, in the shop's zone. */
  readonly from: Day;
  readonly to: Day;
  readonly timeZone: string;
  /** Reads by change date instead of the period, from this instant (ms). */
  readonly changedSince: number | null;
  readonly statuses: readonly string[] | null;
  readonly subShops: readonly string[] | null;
  readonly findBy: 'order' | 'invoice';
  readonly options: ReadingOptions;
  /** Where an earlier read stopped; null: from the start. */
  readonly resumeAfter: string | null;
  readonly signal: AbortSignal;
};

/** The *Reading* section of the profile, as far as a reader obeys it. */
export type ReadingOptions = {
  /** Decimals to round to where the shop has more: 3 or 4; 2 is each currency's own. */
  readonly decimals: 2 | 3 | 4;
  readonly rounding: 'shop' | 'perUnit' | 'perLine' | 'onTotal';
  readonly amountOnlyRefunds: 'share' | 'untaxed';
  readonly retentions: 'asStated' | 'shareVat';
  readonly separateEcotax: boolean;
  readonly wrappingNames: readonly string[];
  /** Largest unexplained positive difference (decimal text) booked as a fee line, and its rate; null: none. */
  readonly unexplainedFee: { readonly upTo: string; readonly rate: string } | null;
  /** Metadata keys that hold invoice numbers, beside the known ones. */
  readonly invoiceNumberKeys: readonly string[];
  /** Exceptions of the profile go by the category of a product, or the group of a customer: to be read where orders do not say it. */
  readonly categories?: boolean;
  readonly customerGroups?: boolean;
  /** Which documents are the sales, where the shop has both; invoices when left out. */
  readonly salesSource?: 'invoices' | 'orders';
  /** Entries bear amounts in the document's currency: where a shop states two sets, the document's own is wanted. */
  readonly inCurrency?: boolean;
};

/** What a read tells, in the order it happens. */
export type ReadEvent =
  | { readonly type: 'item'; readonly item: ReadItem }
  | {
      readonly type: 'page';
      readonly page: number;
      /** Of this page. */
      readonly records: number;
      readonly total: number | null;
      readonly resumeAfter: string;
    }
  | { readonly type: 'retry'; readonly attempt: number; readonly waitMs: number; readonly reason: string }
  | { readonly type: 'problem'; readonly problem: Problem };

/** A document, or a record that could not be made one: it is held, the others go on. `raw` is the answer as it came. */
export type ReadItem =
  | { readonly state: 'read'; readonly document: SalesDocument; readonly raw: string | null }
  | {
      readonly state: 'unreadable';
      readonly kind: 'sale' | 'creditNote';
      readonly key: string;
      readonly orderId: string;
      readonly problems: readonly Problem[];
      readonly raw: string | null;
    };
