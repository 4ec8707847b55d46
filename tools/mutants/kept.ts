import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Mutant } from './mutate.ts';

/**
 * What was tried, a line for each fault: its key, then `+` when a test noticed it, `-` when none did. A fault is known by what
 * it does to which line of which file, so that changes elsewhere leave it, and one of its line makes it a new one.
 */
export type Kept = {
  readonly noticed: (mutant: Mutant) => boolean | null;
  readonly add: (mutant: Mutant, noticed: boolean) => void;
  /** Writes the file anew, in order, without faults that are no more. */
  readonly tidy: () => void;
};

export function keptIn(path: string, all: readonly Mutant[]): Kept {
  const keys = keysOf(all);
  const known = new Map<string, boolean>();
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const [key = '', sign = ''] = line.split(' ');
    if (sign !== '') known.set(key, sign === '+');
  }
  return {
    noticed: (mutant) => known.get(keys.get(mutant) ?? '') ?? null,
    add(mutant, noticed) {
      const key = keys.get(mutant) ?? '';
      known.set(key, noticed);
      appendFileSync(path, `${key} ${noticed ? '+' : '-'}\n`);
    },
    tidy() {
      const present = new Set(keys.values());
      const lines = [...known]
        .filter(([key]) => present.has(key))
        .map(([key, noticed]) => `${key} ${noticed ? '+' : '-'}\n`);
      writeFileSync(path, lines.sort().join(''));
    },
  };
}

/** In an order that says nothing about their place: what was tried first is a fair sample of the whole. */
export function inKeyOrder(all: readonly Mutant[]): readonly Mutant[] {
  const keys = keysOf(all);
  return all.toSorted((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

/** Lines that stand twice in a file are told apart by their order. */
function keysOf(all: readonly Mutant[]): ReadonlyMap<Mutant, string> {
  const times = new Map<string, number>();
  return new Map(
    all.map((mutant) => {
      const { file, text, from, to, column } = mutant;
      const said = [file, text, from, to, column].join('\n');
      const time = (times.get(said) ?? 0) + 1;
      times.set(said, time);
      return [mutant, createHash('sha256').update(`${said}\n${time}`).digest('hex').slice(0, 12)];
    }),
  );
}
