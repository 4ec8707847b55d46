import type { DocumentSource } from './document.ts';

/**
 * What is wrong with the data, as a value. Codes are permanent; the sentences (`problem.<code>.message` and `.cure`)
 * stand in the language files with the values as holes. Values are text that may be shown to anyone: no secret, no
 * customer's name.
 */
export type ProblemValues = {
  // A shop's record or a file that cannot be read as a document.
  'record.unreadable': { field: string; reason: string };
  'file.not-comptoir-sales': { reason: string };
  'file.line-unreadable': { line: string; reason: string };
  // What the shop does not let us read: one problem of the run, however many documents it hides.
  'shop.right-missing': { right: string };
  // Checks C1-C17 of the document.
  'document.line-gross-differs': { line: string; stated: string; computed: string };
  'document.net-differs': { stated: string; lines: string; difference: string };
  'document.tax-differs': { stated: string; lines: string; difference: string };
  'document.totals-differ': { stated: string; lines: string; difference: string; tolerance: string };
  'document.totals-contradict': { net: string; tax: string; gross: string };
  'document.tax-of-rate-differs': { tax: string; stated: string; lines: string };
  'document.tax-rate-wrong': { tax: string; rate: string; base: string; stated: string; expected: string };
  'document.tax-rate-off': { tax: string; rate: string; base: string; stated: string; expected: string };
  'document.tax-missing-on-line': { line: string; net: string };
  'document.discount-negative': { line: string };
  'document.negative-total': { gross: string };
  'document.unpaid': { due: string };
  'document.payments-differ': { paid: string; due: string; rest: string };
  'document.refunds-exceed-sale': { refunds: string; sales: string };
  'document.currency-without-rate': { currency: string };
  'document.currency-unknown': { currency: string };
  'document.dates-disorder': { date: string; order: string };
  'document.no-country': Record<never, never>;
  'document.amount-out-of-range': { field: string; value: string };
  'document.key-conflict': { key: string };
  'document.changed-after-transfer': { key: string };
  'document.split-by-proportion': { amount: string };
  'document.nothing-to-write': Record<never, never>;
  'document.test-order': Record<never, never>;
  'document.excluded-for-good': { reason: string };
  'document.sale-not-transferred': { order: string };
  'document.sale-not-transferred-excluded': { order: string };
  'document.discount-without-vat': { line: string; net: string };
  'document.refund-too-large': { amount: string; remaining: string };
  'document.unexplained-amount': { amount: string };
  'document.voucher-unknown': { voucher: string };
  'document.invoice-differs': { invoice: string; order: string };
  'document.printed-tax-differs': { version: string };
  'document.refund-contradicts': { lines: string; stated: string };
  'document.refund-above-paid': { line: string; refunded: string; paid: string };
  'document.refund-by-voucher': { voucher: string };
  'document.refund-differs': { amount: string; lines: string; difference: string };
  'document.tax-rate-derived': { tax: string; rate: string; base: string; amount: string };
  // Mapping and settings.
  'mapping.no-account': { mapping: string; country: string; item: string };
  'mapping.no-vat-account': { country: string; tax: string; rate: string; code: string };
  'mapping.unknown-payment': { method: string; name: string; amount: string };
  'mapping.no-journal': { country: string; kind: string };
  'mapping.currency-unmapped': { currency: string };
  'payment.date-supposed': { date: string };
  'payment.repeated': { count: string; amount: string };
  'payment.supposed': { amount: string; method: string; date: string };
  'payment.before-sale': { date: string; sale: string };
  'payment.supposed-replaced': { amount: string };
  'payment.fee-currency': { fee: string; currency: string };
  'entry.unbalanced': { debit: string; credit: string };
  'format.too-long': { field: string; value: string; width: string };
  'format.unencodable': { field: string; value: string };
  'format.missing': { field: string };
  'format.piece-cut': { piece: string; cut: string };
  'format.piece-clash': { piece: string; other: string; cut: string };
};

export type ProblemCode = keyof ProblemValues;

/** `hold`: the document is kept back; `part`: only the payment concerned; `exclude`: left out; `warn`: shown beside. */
export type Severity = 'hold' | 'part' | 'exclude' | 'warn';

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
 * the sentence `failure.<code>`. `values` may be shown to anyone.
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
export type FailureCode =
  | 'shop.address-unknown' // { host }
  | 'shop.unreachable' // { host, reason }
  | 'shop.certificate' // { host, reason }
  | 'shop.key-refused' // { shop }
  | 'shop.right-missing' // { right }
  | 'shop.not-found' // { url } wrong base path, permalinks or web service off
  | 'shop.silent' // { timeoutSeconds, tries, url }
  | 'shop.broken-answer' // { status, url }
  | 'shop.not-an-answer' // { url, excerpt } HTML, maintenance, notice
  | 'shop.page-failed' // { page, read, reason }
  | 'shop.redirected' // { url, target }
  | 'shop.clock' // { skewSeconds }
  | 'shop.answer-too-large' // { url, limit }
  | 'shop.no-time-zone'
  | 'shop.page-repeats' // { page }
  | 'run.already-running' // { since, profile }
  | 'run.cancelled'
  | 'run.never-imported' // { profile }
  | 'run.interrupted' // { run }
  | 'run.review-closed' // { run }
  | 'delivery.no-access' // { path }
  | 'delivery.no-folder' // { path }
  | 'delivery.disk-full' // { path }
  | 'delivery.verification' // { path, reason }
  | 'delivery.changed-meanwhile' // { path }
  | 'delivery.file' // { path, reason }
  | 'delivery.file-name' // { name }
  | 'delivery.old-file' // { path, line } the file to continue is not one of this format
  | 'profile.unknown' // { profile }
  | 'profile.invalid' // { path, reason }
  | 'profile.unsupported' // { path, value, reason }
  | 'profile.exists' // { profile }
  | 'file.unreadable' // { path, reason }
  | 'file.not-comptoir-sales' // { path, reason }
  | 'server.beyond-loopback' // { host }
  | 'server.no-port' // { port, last }
  | 'store.too-new' // { version }
  | 'internal' // a fault of the programme, without its details
  | 'usage'; // { reason }
