import { EXPLAINED } from './explained.ts';
import type { Mutant } from './mutate.ts';

export type Tried = { readonly mutant: Mutant; readonly noticed: boolean };

/** docs/mutation.md, and the faults that nobody noticed and nobody explained. */
export function mutationPage(run: {
  readonly all: number;
  readonly tried: readonly Tried[];
  readonly targets: readonly string[];
}): { readonly text: string; readonly unexplained: readonly Mutant[] } {
  const { all, tried, targets } = run;
  const survivors = tried.filter(({ noticed }) => !noticed).map(({ mutant }) => mutant);
  const rows = targets.flatMap((file) => {
    const own = tried.filter(({ mutant }) => mutant.file === file);
    if (own.length === 0) return [];
    return [`| ${file} | ${own.length} | ${own.filter(({ noticed }) => noticed).length} |`];
  });
  const listed = [...survivors].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
  const told = listed.map((mutant) => {
    const { file, from, to, text } = mutant;
    return `- \`${file}\`: \`${from.replace(/\s+/g, ' ')}\` → \`${to.replace(/\s+/g, ' ')}\` in \`${text}\`  \n  ${explanationOf(mutant) ?? '**Not explained.**'}`;
  });
  const text = `${HEAD}
${tried.length === all ? `All ${all} faults` : `${tried.length} of ${all} faults, drawn by lot`}: ${tried.length - survivors.length} noticed, ${survivors.length} not.

| file | faults | noticed |
| --- | ---: | ---: |
${rows.join('\n')}

## Not noticed

${told.length === 0 ? 'None.' : told.join('\n')}
`;
  return { text, unexplained: survivors.filter((mutant) => explanationOf(mutant) === null) };
}

const HEAD = `# Do the tests notice a fault?

Written by \`tools/mutation.ts\` (\`node tools/run.mjs tools/mutation.ts\`). One fault at a time is put into the accounting engine: a
comparison off by one or turned round, the other sign, the other branch, a constant next to it, a default left out. Then those of
the core's tests run that run the place. A fault that none of them notices is either a line that no test holds, and gets a test, or makes no
difference, and is explained in \`tools/mutants/explained.ts\`.
`;

/** Why it makes no difference; null: nobody has said. */
export function explanationOf({ file, from, to, text }: Mutant): string | null {
  const found = EXPLAINED.find((one) => one.file === file && one.text === text && one.from === from && one.to === to);
  return found?.why ?? null;
}
