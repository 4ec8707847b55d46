import { addDays, type Day } from '../calendar.ts';
import type { DocumentSource } from '../document.ts';
import type { Entry } from '../entry.ts';
import { type Problem, problem } from '../problem.ts';

/** Up to which day the books are closed, and what becomes of an entry dated before. */
export type PeriodPolicy = {
  /** The last closed day; null: nothing is closed. */
  readonly closedTo: Day | null;
  /** `refuse`: held; `nextOpenDay`: dated the first open day; `ask`: held until somebody says. */
  readonly late: 'refuse' | 'nextOpenDay' | 'ask';
  /** What somebody said, when the policy asks. */
  readonly answer: LateAnswer | null;
};

export type LateAnswer = 'nextOpenDay' | 'keepDate';

/**
 * An entry in an open period, or the problem that holds it (a payment alone when it is one). One that is moved keeps
 * the date of its document for the piece, and in texts whose pattern names it; a warning tells both days.
 */
export function inOpenPeriod(
  entry: Entry,
  policy: PeriodPolicy,
  source: DocumentSource,
): { readonly entry: Entry; readonly problem: Problem | null } {
  const { closedTo } = policy;
  const { date } = entry;
  if (closedTo === null || date > closedTo) return { entry, problem: null };
  const part = entry.kind === 'payment' ? entry.part : null;
  const choice = policy.late === 'ask' ? (policy.answer ?? 'ask') : policy.late;
  switch (choice) {
    case 'keepDate':
      return { entry, problem: null };
    case 'nextOpenDay': {
      const day = addDays(closedTo, 1);
      return { entry: { ...entry, date: day }, problem: problem('period.moved', 'warn', source, { date, day }, part) };
    }
    case 'refuse':
    case 'ask': {
      const code = choice === 'ask' ? 'period.ask' : 'period.closed';
      const severity = part === null ? 'hold' : 'part';
      return { entry, problem: problem(code, severity, source, { date, closed: closedTo }, part) };
    }
  }
}
