import type { DocumentSource } from './document.ts';

/**
 * What is wrong with the data, as a value. Codes are permanent; the sentences (`problem.<code>.message` and `.cure`)
 * stand in the language files with the values, named here, as holes. Values are text that may be shown to anyone: no
 * secret, no customer's name. An amount is in the document's currency, which whoever reports the document adds as
 * `currency`.
 */
export const PROBLEM_VALUES = {
  // A shop's record or a file that cannot be read as a document.
  'record.unreadable': ['field', 'reason'],
  'file.line-unreadable': ['line', 'field', 'reason'],
  'file.document-unreadable': ['line', 'column', 'field', 'reason'],
  'file.part-unreadable': ['file', 'reason'], // one of several files
  'file.cell-unreadable': ['line', 'column', 'value', 'reason'], // of a CSV
  'file.broken': ['line', 'column', 'reason'], // stands in for the rest of the file
  // What the shop does not let us read: one problem of the run, however many documents it hides.
  'shop.read-incomplete': ['right'],
  'shop.old-orders': ['before'],
  'shop.other-version': ['asked', 'answered'],
  // The provider's balance of the period: of the run, warnings alone.
  'shop.balance-beside': ['amounts'],
  'shop.payout-differs': ['payout', 'stated', 'computed'],
  // What was read, held against its source: of the run, and warnings alone.
  'run.count-differs': ['source', 'read'],
  'series.missing': ['series', 'count', 'numbers'],
  'series.doubled': ['series', 'numbers'],
  'series.disorder': ['series', 'numbers'],
  // What was written and changed since: cancelled, and written as it is now. Amounts in the books' currency.
  'correction.proposed': ['was', 'now', 'difference', 'currency'],
  'correction.reversal': ['was', 'currency'],
  'document.gone-after-transfer': ['status'],
  'document.credit-note-gone': [],
  // One entry for many documents: of the run, a warning.
  'grouping.monthly': [],
  // Closed periods.
  'period.closed': ['date', 'closed'],
  'period.ask': ['date', 'closed'],
  'period.moved': ['date', 'day'], // a warning
  // Checks C1-C17 of the document.
  'document.line-gross-differs': ['line', 'stated', 'computed'],
  'document.net-differs': ['stated', 'lines', 'difference'],
  'document.tax-differs': ['stated', 'lines', 'difference'],
  'document.totals-differ': ['stated', 'lines', 'difference', 'tolerance'],
  'document.totals-contradict': ['net', 'tax', 'gross'],
  'document.tax-of-rate-differs': ['tax', 'stated', 'lines'],
  'document.tax-rate-wrong': ['tax', 'rate', 'base', 'stated', 'expected'],
  'document.tax-rate-off': ['tax', 'rate', 'base', 'stated', 'expected'],
  'document.tax-missing-on-line': ['line', 'net'],
  'document.discount-negative': ['line'],
  'document.negative-total': ['gross'],
  'document.unpaid': ['due'],
  'document.payments-differ': ['paid', 'due', 'rest'],
  'document.refunds-exceed-sale': ['refunds', 'sales'],
  'document.currency-without-rate': ['currency'],
  'document.currency-unknown': ['currency'],
  'document.dates-disorder': ['date', 'order'],
  'document.invoice-before-order': ['date', 'order'],
  'document.no-country': [],
  'document.untaxed-in-union': ['country'], // these two are warnings
  'document.taxed-with-vat-number': ['country'],
  'document.amount-out-of-range': ['field', 'value'],
  'document.key-conflict': ['key'],
  'document.changed-after-transfer': ['gross'],
  'document.split-by-proportion': ['amount'],
  'document.nothing-to-write': [],
  'document.test-order': [],
  'document.excluded-for-good': ['reason'],
  'document.sale-not-transferred': ['order'],
  'document.sale-not-transferred-excluded': ['order'],
  'document.discount-without-vat': ['line', 'net'],
  'document.refund-too-large': ['amount', 'remaining'],
  'document.unexplained-amount': ['amount'],
  'document.fee-undeclared': ['attribute', 'amount'],
  'document.parts-differ': ['field', 'stated', 'lines', 'difference'],
  'document.order-contradicts': ['field', 'stated', 'computed'],
  'document.units-cancelled': ['units'],
  'document.replaces-order': ['order'],
  'document.cancelled': [],
  'document.voucher-unknown': ['voucher'],
  'document.invoice-differs': ['invoice', 'order'],
  'document.printed-tax-differs': ['version'],
  'document.refund-contradicts': ['lines', 'stated'],
  'document.refund-above-paid': ['line', 'refunded', 'paid'],
  'document.refund-by-voucher': ['voucher'],
  'document.refund-differs': ['amount', 'lines', 'difference'],
  'document.refund-net-differs': ['stated', 'lines', 'difference'],
  'document.taxes-estimated': [],
  'document.country-supposed': ['country'],
  'document.shop-figures-differ': ['figure', 'stated', 'computed'],
  'document.tax-rate-derived': ['tax', 'rate', 'base', 'amount'],
  // Mapping and settings.
  'mapping.no-account': ['mapping', 'country', 'item'],
  'mapping.no-vat-account': ['country', 'tax', 'rate', 'code'],
  'mapping.unknown-payment': ['method', 'name', 'amount'],
  'mapping.unknown-payment-sale': ['method', 'name', 'amount'],
  'mapping.no-journal': ['country', 'kind'],
  'mapping.currency-unmapped': ['currency'],
  'mapping.no-ledger-currency': ['currency'],
  'customer.unidentified': ['setting'],
  'customer.note-no-code': ['setting'],
  'customer.numbers-used-up': ['setting', 'prefix', 'length'],
  'payment.date-supposed': ['date'],
  'payment.repeated': ['count', 'amount'],
  'payment.supposed': ['amount', 'method', 'date'],
  'payment.before-sale': ['date', 'sale'],
  'payment.supposed-replaced': ['amount'],
  'payment.difference-booked': ['amount', 'difference'],
  'payment.changed-after-transfer': ['amount'],
  'payment.fee-currency': ['fee', 'currency'],
  'entry.unbalanced': ['debit', 'credit'],
  // A profile's own script.
  'hook.threw': ['message', 'place'],
  'hook.too-slow': ['seconds'],
  'hook.too-large': ['megabytes'],
  'hook.ended': ['reason'],
  'hook.wrong-answer': ['field', 'reason'],
  'hook.unbalanced': ['part', 'debit', 'credit'],
  'hook.left-out': ['part'],
  'format.too-long': ['field', 'value', 'width'],
  'format.unencodable': ['field', 'value'],
  'format.missing': ['field'],
  'format.no-text': ['value'], // the entry was made before its format asked for it
  'format.not-taken': ['field', 'value'], // the user's own format leaves such entries out
  'format.piece-cut': ['piece', 'cut'],
  'format.piece-clash': ['piece', 'other', 'cut'],
  'format.unnamed': ['field', 'code'], // a warning, once a run
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Permanent: sentences, `--json` and stored runs go by it. */
export type ProblemCode = keyof typeof PROBLEM_VALUES;

/** The values that the sentence of each code needs. */
export type ProblemValues = { readonly [Code in ProblemCode]: Values<(typeof PROBLEM_VALUES)[Code]> };

type Values<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

/** `hold`: the document is kept back; `part`: only the payment concerned; `exclude`: left out; `warn`: shown beside. */
export type Severity = 'hold' | 'part' | 'exclude' | 'warn';

/** What is wrong with the data: a value, told and shown, never thrown. */
export type Problem = {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly source: DocumentSource | null;
  /** Part of the document concerned, when it is a payment. */
  readonly part: string | null;
  readonly values: Readonly<Record<string, string>>;
};

/** A problem with the values its sentence needs. */
export function problem<Code extends ProblemCode>(
  code: Code,
  severity: Severity,
  source: DocumentSource | null,
  values: ProblemValues[Code],
  part: string | null = null,
): Problem {
  return { code, severity, source, part, values };
}

/**
 * What is wrong with the world (a key refused, a disk full, a shop silent): thrown, caught once by the run, told with
 * the sentences `failure.<code>.message` and `.cure`. `values` may be shown to anyone.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: FailureCode, values: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(values)}`, options);
    this.name = 'Failure';
    this.code = code;
    this.values = values;
  }
}

/** Permanent codes of failures, with the values their sentences use. */
export const FAILURE_VALUES = {
  'shop.address-unknown': ['host'],
  'shop.unreachable': ['host', 'reason'],
  'shop.certificate': ['host', 'reason'],
  'shop.key-refused': ['shop'],
  'shop.right-missing': ['right'],
  'shop.bearer-refused': ['shop'], // an access token alone, where the shop wants signed requests
  'shop.not-found': ['url'], // wrong base path, permalinks or web service off
  'shop.bulk-failed': ['reason'], // what the shop works through by itself came to nothing
  'shop.closed': ['shop', 'status'], // unpaid or locked at its provider
  'shop.silent': ['timeoutSeconds', 'tries', 'url'],
  'shop.broken-answer': ['status', 'url', 'excerpt'], // `excerpt`: the words or the code of the shop, if any
  'shop.not-an-answer': ['url', 'status', 'excerpt'], // HTML, maintenance, notice
  'shop.page-failed': ['page', 'read', 'reason'],
  'shop.redirected': ['url', 'target'],
  'shop.no-http2': ['host'],
  'shop.link-local': ['host'], // where no shop is, and clouds tell a machine its keys
  'shop.clock': ['skewSeconds'],
  'proxy.unreachable': ['proxy', 'reason'],
  'proxy.key-refused': ['proxy', 'host', 'status'],
  'proxy.refused': ['proxy', 'host', 'status'],
  'shop.answer-too-large': ['url', 'limit'],
  'shop.answer-crowded': ['url', 'limit'], // more character references than any page of orders: each costs time
  'shop.no-time-zone': [],
  'shop.page-repeats': ['page'],
  'run.already-running': ['since', 'profile'],
  'run.cancelled': [],
  'run.never-imported': ['profile'],
  'run.interrupted': ['run', 'started'],
  'run.review-closed': ['run'],
  'run.written-meanwhile': ['count'], // entries of a review that another run wrote, or somebody excluded, since it was read
  'undo.not-written': ['run'],
  'undo.later-run': ['run', 'later', 'started'], // something of the same orders was written since
  'undo.open-review': ['run', 'review'],
  'undo.later-file': ['path', 'later', 'started'], // the same file was continued since
  'delivery.no-access': ['path'],
  'delivery.no-folder': ['path'],
  'delivery.disk-full': ['path'],
  'delivery.verification': ['path', 'reason'],
  'delivery.changed-meanwhile': ['path'],
  'delivery.file': ['path', 'reason'],
  'delivery.file-name': ['name'],
  'delivery.fiscal-years': ['from', 'to'], // days of the entries, which the head of the file has to name one fiscal year for
  'delivery.too-many-files': ['most'], // parts of a split delivery
  'delivery.unfinished': ['path'], // some files of it stand in place and cannot be taken back; the next start puts the rest there
  'delivery.no-append': ['format'], // files of this format cannot be continued
  'delivery.old-file': ['path', 'line'], // the file to continue is not one of this format
  'hook.unusable': ['path', 'reason'], // a profile's script that is not there, or cannot be loaded
  'profile.unknown': ['profile'],
  'profile.invalid': ['path', 'reason'], // `reason` is the code of the fault, whose own values come along
  'profile.exists': ['profile'],
  'file.unreadable': ['path', 'reason'],
  'file.unwritable': ['path', 'reason'], // a copy or an export asked for, no delivery
  'file.csv-unsure': ['path', 'question'],
  'file.csv-headless': ['path'],
  'file.csv-layout-wrong': ['path', 'field', 'reason'],
  'file.not-comptoir-sales': ['path', 'field', 'reason'],
  'server.beyond-loopback': ['host'],
  'backup.busy': [], // a file is being delivered
  'backup.too-large': ['megabytes'],
  'backup.unusable': ['reason'],
  'backup.too-new': [],
  'backup.none': [],
  'backup.passphrase': [],
  'home.target': ['path', 'reason'], // the data folder cannot go there
  'home.given': ['path'], // --home or COMPTOIR_HOME says where it is
  'home.in-use': ['path'], // another process has it open
  'home.moving': ['path', 'target'],
  'home.moved': ['path', 'target'], // what was left behind is not opened again
  'home.missing': ['path', 'pointer'], // where it was moved there is nothing
  'language.unknown': ['language'],
  'language.exists': ['language'],
  'language.changed': ['language'], // somebody saved it since it was read
  'language.unreadable': ['path', 'reason'], // not a language file
  'language.translation': ['key', 'reason'], // `reason`: the code of a fault of the translation, and the placeholder
  'user.exists': ['user'],
  'user.unknown': ['user'],
  'user.name': ['user'],
  'user.password-length': [],
  'user.last-administrator': ['user'], // nobody else could configure
  'server.no-port': ['port', 'last'],
  'store.no-access': ['path', 'reason'], // the data folder
  'store.too-new': ['path'],
  internal: [], // a fault of the programme, without its details
  usage: ['reason'], // `reason`: a sentence `usage.<reason>`, or the words themselves
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Permanent, as a problem's. */
export type FailureCode = keyof typeof FAILURE_VALUES;
