import type { DocumentKind } from '../core/document.ts';
import { Failure } from '../core/problem.ts';
import type { FileLot, SalesFile } from './sales-file.ts';
import { unreadableFile } from './unreadable.ts';

/** One of several files: opened, or why it cannot be. */
export type Part = { readonly name: string; readonly open: () => Promise<SalesFile> };

/**
 * Several files as one: the documents of each after those of the one before. A file that cannot be read holds itself, by
 * its name, and the others go on; where none can, the first failure is that of all.
 */
export async function openSeveral(parts: AsyncGenerator<Part>, name: string, kind: DocumentKind): Promise<SalesFile> {
  const held: FileLot[] = [];
  let first: { readonly name: string; readonly file: SalesFile } | null = null;
  let failure: Failure | null = null;
  while (first === null) {
    const next = await parts.next();
    if (next.done)
      throw failure ?? new Failure('file.not-comptoir-sales', { path: name, field: '', reason: 'zip-empty' });
    try {
      first = { name: next.value.name, file: await next.value.open() };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure ??= error;
      held.push(heldOf(next.value.name, reasonOf(error), held.length + 1));
    }
  }
  const { header } = first.file;
  const opened = [first.file];
  let others = held.length;
  return {
    format: 'several',
    header,
    lots: lotsOf(first),
    documents: () => opened.reduce((sum, file) => sum + file.documents(), others),
  };

  async function* lotsOf(begun: { readonly name: string; readonly file: SalesFile }): AsyncGenerator<FileLot> {
    yield* held;
    yield* of(begun.name, begun.file);
    for await (const part of parts) {
      try {
        const file = await part.open();
        opened.push(file);
        yield* of(part.name, file);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        others += 1;
        yield heldOf(part.name, reasonOf(error), others);
      }
    }
  }

  /** The lots of one of them; its break is its own, the next one goes on. */
  async function* of(part: string, { lots }: SalesFile): AsyncGenerator<FileLot> {
    for await (const { items, broken } of lots) {
      yield { items, broken: null };
      if (broken === null) continue;
      others += 1;
      yield heldOf(part, broken.reason, others);
    }
  }

  function heldOf(part: string, reason: string, at: number): FileLot {
    return { items: [unreadableFile(part, at, { reason, kind })], broken: null };
  }
}

function reasonOf({ code, values }: Failure): string {
  return values.reason ?? values.question ?? code;
}
