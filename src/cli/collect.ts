import type { RunDocument, RunEvent } from '../runs/events.ts';

/**
 * Gathers the documents of a run for the table, the last word on each: at most `limit` of each state, so that memory does
 * not grow with the period.
 */
export function collector(limit: number) {
  const documents = new Map<number, RunDocument>();
  const kept = new Map<string, number>();
  return { take, collected };

  function take(event: RunEvent): void {
    if (event.type !== 'document') return;
    const { seq, document } = event;
    const known = documents.get(seq);
    if (known === undefined && (kept.get(document.state) ?? 0) >= limit) return;
    if (known !== undefined) kept.set(known.state, (kept.get(known.state) ?? 1) - 1);
    kept.set(document.state, (kept.get(document.state) ?? 0) + 1);
    documents.set(seq, document);
  }

  function collected(): readonly RunDocument[] {
    return [...documents].toSorted(([a], [b]) => a - b).map(([, document]) => document);
  }
}
