import type { Reason } from '../api/api.ts';
import type { Problem, ProblemCode } from '../core/problem.ts';

/** The values that make one cause of many problems: what a single act mends. Codes not listed are one per document. */
const CAUSES: Partial<Record<ProblemCode, readonly string[]>> = {
  'mapping.no-account': ['mapping', 'country', 'item'],
  'mapping.no-vat-account': ['country', 'rate'],
  'mapping.unknown-payment': ['method'],
  'mapping.no-journal': ['country', 'kind'],
  'mapping.currency-unmapped': ['currency'],
  'document.currency-without-rate': ['currency'],
  'document.currency-unknown': ['currency'],
  'document.no-country': [],
  'document.test-order': [],
  'document.nothing-to-write': [],
  'document.excluded-for-good': ['reason'],
  'document.sale-not-transferred': [],
  'document.sale-not-transferred-excluded': [],
  'format.too-long': ['field', 'value'],
  'format.unencodable': ['field', 'value'],
  'format.missing': ['field'],
};

/** What two problems have in common when one act mends both; it is also the group's id. */
export function causeOf(problem: Problem): string {
  const names = CAUSES[problem.code];
  const values = names?.map((name) => problem.values[name] ?? '') ?? [problem.source?.key ?? '', problem.part ?? ''];
  return JSON.stringify([problem.severity, problem.code, ...values]);
}

/** A problem as it travels. */
export function reasonOf({ code, severity, source, part, values }: Problem): Reason {
  return { code, severity, part, document: source?.key ?? null, values };
}
