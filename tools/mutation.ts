import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NODE, NODE_OPTIONS } from './ground.mjs';
import { inKeyOrder, keptIn } from './mutants/kept.ts';
import { type Mutant, mutantsOf, withMutant } from './mutants/mutate.ts';
import { explanationOf, mutationPage } from './mutants/page.ts';
import { reachOf } from './mutants/reach.ts';

/**
 * Puts small faults into the accounting engine, one at a time, and runs those of its tests that run the place: what no test
 * notices is listed in docs/mutation.md. `node tools/run.mjs tools/mutation.ts [--count 200] [--minutes 20] [--only FILE] [--workers 1]`
 * goes on where the last run stopped: what was tried is kept in mutants/tried.txt. `--again` tries what was neither noticed nor
 * explained, with the tests of now; `--page` only writes the page. It is no part of `npm test`: it takes its time.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src/core', 'src/core/checks', 'src/core/posting'];
const FILES = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`)).sort();
const TARGETS = FILES.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const TESTS = FILES.filter((file) => file.endsWith('.test.ts'));
/** A fault that makes a loop endless is noticed by this: seconds of the processor for a few tests, whatever else it does. */
const CPU_SECONDS = 60;
/** The quickest tests are tried first, by themselves: most faults do not get past them. */
const FIRST = 4;
/** Random documents drawn for each law: fewer than in `npm test`, or a fault would take a minute. */
process.env.DRAWS = '200';

const only = optionOf('--only');
const until = Date.now() + numberOf('--minutes', 20) * 60_000;
const sources = new Map(TARGETS.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const all = [...sources].flatMap(([file, source]) => mutantsOf(file, source));
const kept = keptIn(join(ROOT, 'tools/mutants/tried.txt'), all);
const wanted = process.argv.includes('--again') ? false : null;
const chosen = inKeyOrder(all)
  .filter((mutant) => kept.noticed(mutant) === wanted && (only === null || mutant.file.endsWith(only)))
  .filter((mutant) => wanted === null || explanationOf(mutant) === null)
  .slice(0, process.argv.includes('--page') ? 0 : numberOf('--count', 200));
if (chosen.length > 0) await tryAll();
kept.tidy();
const tried = all.flatMap((mutant) => {
  const noticed = kept.noticed(mutant);
  return noticed === null ? [] : [{ mutant, noticed }];
});
const page = mutationPage({ all: all.length, tried, targets: TARGETS });
writeFileSync(join(ROOT, 'docs/mutation.md'), page.text);
for (const { file, line, from, to, text } of page.unexplained)
  console.log(`not explained: ${file}:${line} ${from} → ${to}   ${text}`);
console.log(`${tried.length} faults tried of ${all.length}, ${page.unexplained.length} neither noticed nor explained`);
process.exitCode = page.unexplained.length === 0 ? 0 : 1;

async function tryAll(): Promise<void> {
  const reach = reachOf(ROOT, sources, TESTS);
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-mutants-'));
  const workers = numberOf('--workers', Math.max(1, availableParallelism() - 1));
  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(join(folder, `${worker}.ts`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  async function work(replacement: string): Promise<void> {
    for (let next = chosen.shift(); next !== undefined && Date.now() < until; next = chosen.shift()) {
      const noticed = await isNoticed(next, replacement, reach(next));
      kept.add(next, noticed);
      process.stderr.write(noticed ? '.' : `\n${next.file}:${next.line} ${next.from} → ${next.to}   ${next.text}\n`);
    }
  }
}

async function isNoticed(mutant: Mutant, replacement: string, tests: readonly string[]): Promise<boolean> {
  writeFileSync(replacement, withMutant(sources.get(mutant.file) ?? '', mutant));
  const own = tests.filter((test) => test.startsWith(mutant.file.replace(/\.ts$/, '.')));
  const [first, others] = [
    [...own, ...tests.filter((test) => !own.includes(test))].slice(0, FIRST),
    tests.filter((test) => !own.includes(test)).slice(Math.max(0, FIRST - own.length)),
  ];
  for (const some of [first, others]) if (some.length > 0 && (await fails(mutant.file, replacement, some))) return true;
  return false;
}

/** Whether a test fails with the file's source taken from elsewhere. */
function fails(file: string, replacement: string, tests: readonly string[]): Promise<boolean> {
  const target = pathToFileURL(join(ROOT, file)).href;
  const child = fileURLToPath(new URL('mutants/child.ts', import.meta.url));
  const programme = [NODE, ...NODE_OPTIONS, child, target, replacement, ...tests.map((test) => join(ROOT, test))];
  return new Promise((resolve) => {
    const limited = ['-c', `ulimit -t ${CPU_SECONDS}; exec "$@"`, 'sh', ...programme];
    const running = spawn('sh', limited, { cwd: ROOT, stdio: 'ignore' });
    running.on('close', (code) => resolve(code !== 0));
  });
}

function optionOf(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

function numberOf(name: string, otherwise: number): number {
  const text = optionOf(name);
  return text === null ? otherwise : Number(text);
}
