import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NODE, TSC } from '../ground.mjs';
import type { Mutant } from './mutate.ts';

/**
 * The faults that the compiler refuses, `codeOf` giving their file's code with them. Each stands as a file of its own beside the
 * sources, by `rootDirs`, so that one run of the compiler looks at all.
 */
export function refusedByTypes(
  root: string,
  mutants: readonly Mutant[],
  codeOf: (mutant: Mutant) => string,
): ReadonlySet<Mutant> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-mutants-'));
  try {
    for (const mutant of mutants) {
      const path = join(folder, mutant.file.replace(/ts$/, `${mutant.id}.ts`));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, codeOf(mutant));
    }
    const config = {
      extends: join(root, 'tsconfig.json'),
      // A default that is left out leaves its constant without a use: that is no fault by itself.
      compilerOptions: {
        rootDirs: [root, folder],
        typeRoots: [join(root, 'node_modules/@types')],
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      include: [join(folder, 'src')],
    };
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout } = spawnSync(NODE, [join(root, TSC[0] ?? ''), '-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
    });
    const refused = new Set([...stdout.matchAll(/\.(\d+)\.ts\(\d+,\d+\): error/g)].map(([, id]) => Number(id)));
    return new Set(mutants.filter(({ id }) => refused.has(id)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
