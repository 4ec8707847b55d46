import { explanationOf } from './explained.ts';
import type { Mutant } from './mutate.ts';

/** docs/mutation.md, and the faults that nobody noticed and nobody explained. */
export function mutationPage(run: {
  readonly tried: readonly Mutant[];
  /** Those that no test noticed, and of these those that the compiler refuses. */
  readonly survivors: readonly Mutant[];
  readonly refused: ReadonlySet<Mutant>;
  readonly targets: readonly string[];
}): { readonly text: string; readonly unexplained: readonly Mutant[] } {
  const { tried, refused, targets } = run;
  const survivors = run.survivors.filter((mutant) => !refused.has(mutant));
  const rows = targets.flatMap((file) => {
    const [own, types, left] = [tried, [...refused], survivors].map(
      (some) => some.filter((mutant) => mutant.file === file).length,
    ) as [number, number, number]; // three lists, three numbers
    return own === 0 ? [] : [`| ${file} | ${own} | ${own - types - left} | ${types} | ${left} |`];
  });
  const told = Map.groupBy(survivors, (mutant) => explanationOf(mutant) ?? '**Not explained.**');
  const unexplained = survivors.filter((mutant) => explanationOf(mutant) === null);
  const text = `${HEAD}
${tried.length} of ${tried.length} faults tried: ${tried.length - run.survivors.length} noticed by tests, ${refused.size} refused by the compiler, ${survivors.length - unexplained.length} explained, ${unexplained.length} none of these.

| file | faults | tests | compiler | explained |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## Not noticed

${[...told].map(([why, mutants]) => `${why}\n\n${mutants.map(lineOf).join('\n')}\n`).join('\n')}`;
  return { text, unexplained };
}

function lineOf({ file, from, to, text }: Mutant): string {
  const [before, after] = [from, to].map((code) => code.replace(/\s+/g, ' '));
  return `- \`${file}\`: \`${before}\` → \`${after}\` in \`${text}\``;
}

const HEAD = `# Do the tests notice a fault?

Written by \`tools/mutation.ts\` (\`node tools/run.mjs tools/mutation.ts\`). One fault at a time is put into the accounting engine: a
comparison off by one or turned round, the other sign, the other branch, a constant next to it, a default left out. Then those of
the core's tests run that run the place, laws over random documents only where no other test notices. A fault that none notices is
refused by the compiler, or makes no difference and is explained in \`tools/mutants/explained.ts\`, or is a line that no test holds.
`;
