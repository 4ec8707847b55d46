import type { SalesDocument } from '../core/document.ts';
import { sourceOf } from '../core/document.ts';
import type { Posted } from '../core/posting/post.ts';
import { problem } from '../core/problem.ts';
import type { EntryHook } from '../hooks/hook.ts';

type Ready = { readonly document: SalesDocument; readonly posted: Posted & { readonly state: 'ready' } };

/** Entries as the profile's script wants them; what it does wrong, or leaves out, is told with the document. */
export async function hooked(hook: EntryHook, lot: readonly Ready[]): Promise<readonly Posted[]> {
  const answers = await hook.apply(lot.map(({ document, posted }) => ({ document, entries: posted.entries })));
  return lot.map(({ document, posted }, place) => {
    const answer = answers[place];
    if (answer === undefined) throw new TypeError(`The script did not answer for ${document.key}`);
    if (answer.state === 'held') return { state: 'held', problems: [...posted.problems, answer.problem] };
    const source = sourceOf(document);
    const nothing = answer.entries.length === 0 && posted.heldParts.length === 0;
    const leftOut = answer.leftOut.map((part) =>
      problem('hook.left-out', nothing ? 'exclude' : 'warn', source, { part }, part === 'document' ? null : part),
    );
    const problems = [...posted.problems, ...leftOut];
    return nothing ? { state: 'excluded', problems } : { ...posted, entries: answer.entries, problems };
  });
}
