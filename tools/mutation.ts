import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NODE, NODE_OPTIONS } from './ground.mjs';
import { type Mutant, mutantsOf, withMutant } from './mutants/mutate.ts';
import { mutationPage, type Tried } from './mutants/page.ts';

/**
 * Puts small faults into the accounting engine, one at a time, and runs its tests: what no test notices is listed in
 * docs/mutation.md. `node tools/run.mjs tools/mutation.ts [--seed 1] [--count 200] [--minutes 20] [--only FILE]`. What was tried is
 * kept in a file (`--keep FILE`); with `--again FILE` only what was not noticed then is tried, with the tests of now. It is no part of
 * `npm test`: it takes its time.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src/core', 'src/core/checks', 'src/core/posting'];
const TARGETS = FOLDERS.flatMap((folderOf) =>
  readdirSync(join(ROOT, folderOf))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folderOf}/${name}`),
).sort();
/** Each test is given this long; a fault that makes a loop endless is noticed too. */
const TIMEOUT_MS = 90_000;
/** Random documents drawn for each law: fewer than in `npm test`, or a fault would take a minute. */
const DRAWS = '200';

const seed = numberOf('--seed', 1);
const count = numberOf('--count', 200);
const minutes = numberOf('--minutes', 20);
const only = optionOf('--only');
const keep = optionOf('--keep');
const again = optionOf('--again');

const sources = new Map(TARGETS.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const all = [...sources].flatMap(([file, source]) => mutantsOf(file, source));
const before: readonly Tried[] = again === null ? [] : JSON.parse(readFileSync(again, 'utf8')); // written by this tool
const chosen =
  again === null
    ? sample(all.filter(({ file }) => only === null || file.endsWith(only))).slice(0, count)
    : before.filter(({ noticed }) => !noticed).flatMap(({ mutant }) => all.find((one) => isSame(one, mutant)) ?? []);
if (!(await passesAsItIs())) throw new TypeError('The tests fail without any fault: nothing can be told');
const folder = mkdtempSync(join(tmpdir(), 'comptoir-mutants-'));
const until = Date.now() + minutes * 60_000;
const tried: Tried[] = before.filter(({ noticed }) => noticed);
try {
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism() - 1) }, (_, worker) => work(worker)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (keep !== null) writeFileSync(keep, JSON.stringify(tried));
const survivors = tried.filter(({ noticed }) => !noticed);
for (const { mutant } of survivors)
  console.log(`${mutant.file}:${mutant.line} ${mutant.from} → ${mutant.to}   ${mutant.text}`);
console.log(`${tried.length} faults tried of ${all.length}, ${survivors.length} not noticed`);
if (only === null) {
  const page = mutationPage({ seed, all: all.length, tried, targets: TARGETS });
  writeFileSync(join(ROOT, 'docs/mutation.md'), page.text);
  for (const { file, line } of page.unexplained) console.log(`not explained: ${file}:${line}`);
  process.exitCode = page.unexplained.length === 0 ? 0 : 1;
}

/** Lines move when others change; a fault is known by what it does to which line, and at what column. */
function isSame(a: Mutant, b: Mutant): boolean {
  return a.file === b.file && a.text === b.text && a.from === b.from && a.to === b.to && a.column === b.column;
}

async function work(worker: number): Promise<void> {
  for (let next = chosen.shift(); next !== undefined && Date.now() < until; next = chosen.shift()) {
    const noticed = await isNoticed(next, join(folder, `${worker}.ts`));
    tried.push({ mutant: next, noticed });
    process.stderr.write(noticed ? '.' : `\n${next.file}:${next.line} ${next.from} → ${next.to}   ${next.text}\n`);
  }
}

async function passesAsItIs(): Promise<boolean> {
  const [file = ''] = TARGETS;
  const { near, others } = testsFor(file);
  return !(await fails(file, join(ROOT, file), [...near, ...others]));
}

/** The nearest tests first: most faults do not get past them. */
async function isNoticed(mutant: Mutant, replacement: string): Promise<boolean> {
  writeFileSync(replacement, withMutant(sources.get(mutant.file) ?? '', mutant));
  const { near, others } = testsFor(mutant.file);
  return (await fails(mutant.file, replacement, near)) || (await fails(mutant.file, replacement, others));
}

/** Whether a test fails with the file's source taken from elsewhere. */
function fails(file: string, replacement: string, tests: readonly string[]): Promise<boolean> {
  const target = pathToFileURL(join(ROOT, file)).href;
  const child = fileURLToPath(new URL('mutants/child.ts', import.meta.url));
  return new Promise((resolve) => {
    const running = spawn(NODE, [...NODE_OPTIONS, child, target, replacement, ...tests], {
      cwd: ROOT,
      env: { ...process.env, DRAWS },
      stdio: 'ignore',
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    running.on('close', (code) => resolve(code !== 0));
  });
}

/** The tests of the core: near are the file's own, or those of its folder; those that draw come last. */
function testsFor(file: string): { readonly near: readonly string[]; readonly others: readonly string[] } {
  const tests = FOLDERS.flatMap((folderOf) =>
    readdirSync(join(ROOT, folderOf))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folderOf}/${name}`),
  );
  const draws = (test: string) => test.includes('properties') || test.includes('refined');
  const own = tests.filter((test) => test.startsWith(file.replace(/\.ts$/, '')));
  const folder = tests.filter((test) => dirname(test) === dirname(file) && !draws(test));
  const near = own.length > 0 ? own : folder;
  const others = tests.filter((test) => !near.includes(test)).sort((a, b) => Number(draws(a)) - Number(draws(b)));
  return { near: near.map((test) => join(ROOT, test)), others: others.map((test) => join(ROOT, test)) };
}

/** In an order that the seed and the fault decide, so that a change elsewhere leaves the sample as it was. */
function sample(mutants: readonly Mutant[]): Mutant[] {
  const keyed = mutants.map((mutant) => {
    const { file, text, from, to, column } = mutant;
    const said = [seed, file, text, from, to, column].join('\n');
    return { mutant, key: createHash('sha256').update(said).digest('hex') };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ mutant }) => mutant);
}

function optionOf(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

function numberOf(name: string, otherwise: number): number {
  const text = optionOf(name);
  return text === null ? otherwise : Number(text);
}
