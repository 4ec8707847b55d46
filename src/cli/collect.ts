import type { NumberedEntry } from '../core/entry.ts';
import type { RunDocument, RunEvent } from '../runs/events.ts';

/** What a run told of its documents, kept for the table or for `--json`. */
export type Collected = {
  readonly documents: readonly RunDocument[];
  readonly entries: readonly NumberedEntry[];
};

/**
 * Gathers the documents of a run, the last word on each. For `--json` all of them with their entries; for the table
 * no entries, and at most `limit` documents of each state, so that memory does not grow with the period.
 */
export function collector(wanted: { readonly entries: boolean; readonly limit: number }) {
  const documents = new Map<number, RunDocument>();
  const entries = new Map<number, readonly NumberedEntry[]>();
  const kept = new Map<string, number>();
  return { take, collected };

  function take(event: RunEvent): void {
    if (event.type !== 'document') return;
    const { seq, document } = event;
    const known = documents.get(seq);
    if (known === undefined && (kept.get(document.state) ?? 0) >= wanted.limit) return;
    if (known !== undefined) kept.set(known.state, (kept.get(known.state) ?? 1) - 1);
    kept.set(document.state, (kept.get(document.state) ?? 0) + 1);
    documents.set(seq, document);
    if (wanted.entries) entries.set(seq, event.entries);
  }

  function collected(): Collected {
    const inOrder = [...documents].toSorted(([a], [b]) => a - b).map(([, document]) => document);
    const all = [...entries.values()].flat();
    return { documents: inOrder, entries: all.sort((a, b) => a.number - b.number) };
  }
}
