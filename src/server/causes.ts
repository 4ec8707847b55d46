import type { Reason } from '../api/api.ts';
import type { Problem, ProblemCode } from '../core/problem.ts';

/** The values that make one cause of many problems: what a single act mends. Codes not listed are one per document. */
const CAUSES: Partial<Record<ProblemCode, readonly string[]>> = {
  'mapping.no-account': ['mapping', 'country', 'item'],
  'mapping.no-vat-account': ['country', 'rate'],
  'mapping.unknown-payment': ['method'],
  'mapping.unknown-payment-sale': ['method'],
  'mapping.no-journal': ['country', 'kind'],
  'mapping.currency-unmapped': ['currency'],
  'mapping.no-ledger-currency': ['currency'],
  'document.currency-without-rate': ['currency'],
  'document.currency-unknown': ['currency'],
  'document.no-country': [],
  'period.closed': ['closed'],
  'period.ask': ['closed'],
  'document.test-order': [],
  'document.nothing-to-write': [],
  'document.excluded-for-good': ['reason'],
  'document.sale-not-transferred': [],
  'document.sale-not-transferred-excluded': [],
  'format.too-long': ['field', 'value'],
  'format.unencodable': ['field', 'value'],
  'format.missing': ['field'],
};

/** Checks that one wrong figure of a document fails together; the first tells the most. */
const SUM_CHECKS: readonly string[] = [
  'document.totals-differ',
  'document.net-differs',
  'document.tax-differs',
  'document.tax-of-rate-differs',
  'document.totals-contradict',
];

/** Whether a problem says more of the cause it shares with another. */
export function tellsMore({ code }: Pick<Problem, 'code'>, other: { readonly code: string }): boolean {
  const [mine, its] = [SUM_CHECKS.indexOf(code), SUM_CHECKS.indexOf(other.code)];
  return mine >= 0 && mine < its;
}

/** What two problems have in common when one act mends both; it is also the group's id. */
export function causeOf(problem: Problem): string {
  if (SUM_CHECKS.includes(problem.code)) return JSON.stringify([problem.severity, 'sum', problem.source?.key ?? '']);
  const names = CAUSES[problem.code];
  const values = names?.map((name) => problem.values[name] ?? '') ?? [problem.source?.key ?? '', problem.part ?? ''];
  return JSON.stringify([problem.severity, problem.code, ...values]);
}

/** A problem as it travels. */
export function reasonOf({ code, severity, source, part, values }: Problem): Reason {
  return { code, severity, part, document: source?.key ?? null, values };
}
