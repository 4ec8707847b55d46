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
  const documents = new Map<string, RunDocument>();
  const entries = new Map<string, readonly NumberedEntry[]>();
  const kept = new Map<string, number>();
  return { take, collected };

  function take(event: RunEvent): void {
    if (event.type !== 'document') return;
    const { state, reasons } = event.document;
    // The second of one key waits beside the first, and does not stand in its place.
    const second = reasons.some(({ code }) => code === 'document.key-conflict') ? `\n${documents.size}` : '';
    const key = `${event.document.kind}\n${event.document.key}${second}`;
    const known = documents.get(key);
    if (known === undefined && (kept.get(state) ?? 0) >= wanted.limit) return;
    if (known !== undefined) kept.set(known.state, (kept.get(known.state) ?? 1) - 1);
    kept.set(state, (kept.get(state) ?? 0) + 1);
    documents.set(key, event.document);
    if (wanted.entries) entries.set(key, event.entries);
  }

  function collected(): Collected {
    const all = [...entries.values()].flat();
    return { documents: [...documents.values()], entries: all.sort((a, b) => a.number - b.number) };
  }
}
