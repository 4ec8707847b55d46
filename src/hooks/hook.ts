import type { SalesDocument } from '../core/document.ts';
import type { Entry } from '../core/entry.ts';
import type { Problem } from '../core/problem.ts';

/** A document with the entries made of it. */
export type ToHook = { readonly document: SalesDocument; readonly entries: readonly Entry[] };

/** What a profile's script makes of a document. `leftOut`: parts of which it answered no entry. */
export type Hooked =
  | { readonly state: 'answered'; readonly entries: readonly Entry[]; readonly leftOut: readonly string[] }
  | { readonly state: 'held'; readonly problem: Problem };

/**
 * A profile's script at work, in a process of its own. Each document has its answer, in the order given: what the script
 * does wrong with one holds that one, and the others go on.
 */
export type EntryHook = {
  readonly apply: (lot: readonly ToHook[]) => Promise<readonly Hooked[]>;
  readonly close: () => Promise<void>;
};
