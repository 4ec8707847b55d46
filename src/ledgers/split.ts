import { join, parse } from 'node:path';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure, type Problem } from '../core/problem.ts';
import type { EntriesFile, EntriesTarget } from './entries-file.ts';
import type { SealedEntries, SplitPart, SplitTarget } from './ledger.ts';

/** Each part has its spools open while entries come. */
const MAX_PARTS = 200;

/** A file for each part of the entries, opened when its first entry comes; together they are one delivery. */
export function splitFiles({
  target,
  split,
  open,
  fits,
}: {
  readonly target: EntriesTarget;
  readonly split: SplitTarget;
  readonly open: (target: EntriesTarget) => EntriesFile;
  /** What keeps an entry out of any of them. */
  readonly fits: (entry: NumberedEntry) => readonly Problem[];
}): EntriesFile {
  const files = new Map<string, EntriesFile>();
  const names = new Set<string>();
  return { fits, add: (entry) => fileOf(entry).add(entry), seal, discard };

  function fileOf(entry: NumberedEntry): EntriesFile {
    const part = partOf(entry, split);
    const key = JSON.stringify(part);
    const known = files.get(key);
    if (known !== undefined) return known;
    const ordinal = files.size + 1;
    if (ordinal > MAX_PARTS) throw new Failure('delivery.too-many-files', { most: String(MAX_PARTS) });
    const file = open({ ...target, fileName: named({ ...part, ordinal }), copyPath: copyOf(target.copyPath, ordinal) });
    files.set(key, file);
    return file;
  }

  /** Journals `A/B` and `A-B` have one name on a disk. */
  function named(part: SplitPart): string {
    const wanted = split.nameOf(part);
    const { name, ext } = parse(wanted);
    const own = names.has(wanted.toLowerCase()) ? `${name}-${part.ordinal}${ext}` : wanted;
    names.add(own.toLowerCase());
    return own;
  }

  async function seal(): Promise<SealedEntries | null> {
    try {
      const sealed: SealedEntries[] = [];
      for (const file of files.values()) {
        const one = await file.seal();
        if (one !== null) sealed.push(one);
      }
      const [first, ...others] = sealed;
      if (first === undefined) return null;
      return {
        ...first,
        debitMinor: sealed.reduce((sum, { debitMinor }) => sum + debitMinor, 0n),
        creditMinor: sealed.reduce((sum, { creditMinor }) => sum + creditMinor, 0n),
        more: others.map(({ debitMinor, creditMinor, more, ...part }) => part),
      };
    } catch (error) {
      await discard().catch(() => null); // the first fault is the one to tell
      throw error;
    }
  }

  async function discard(): Promise<void> {
    for (const file of files.values()) await file.discard();
  }
}

/** `RUN.txt`, `RUN.2.txt` … */
function copyOf(path: string, ordinal: number): string {
  const { dir, name, ext } = parse(path);
  return ordinal === 1 ? path : join(dir, `${name}.${ordinal}${ext}`);
}

function partOf({ journal, date }: NumberedEntry, { by, fiscalYearOf }: SplitTarget): Omit<SplitPart, 'ordinal'> {
  return {
    journal: by === 'journal' || by === 'journalAndMonth' ? journal : null,
    month: by === 'month' || by === 'journalAndMonth' ? date.slice(0, 7) : null,
    fiscalYear: by === 'fiscalYear' ? fiscalYearOf(date) : null,
  };
}
