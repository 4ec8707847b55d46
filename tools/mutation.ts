import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explanationOf, needlessOf } from './mutants/explained.ts';
import { sitesOf, withMutant } from './mutants/mutate.ts';
import { mutationPage } from './mutants/page.ts';
import { switched } from './mutants/switched.ts';
import { trialsOf } from './mutants/trials.ts';
import { refusedByTypes } from './mutants/types.ts';

/**
 * Puts small faults into the accounting engine, one at a time, and runs those of its tests that run the place: what no test
 * notices is listed in docs/mutation.md. `node tools/run.mjs tools/mutation.ts [--only FILE]` tries every fault, or those of the
 * files whose path ends so, and then writes no page. Takes some minutes, and is no part of `npm test`.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src/core', 'src/core/checks', 'src/core/posting'];
const FILES = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`)).sort();
const TARGETS = FILES.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const TESTS = FILES.filter((file) => file.endsWith('.test.ts'));
/** Random documents drawn for each law: fewer than in `npm test`, or a fault would take ten seconds. */
process.env.DRAWS = '50';
/** A test of more steps takes a second or so: it is run for what the others did not notice and nobody has explained. */
const LONG = 150_000;

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '') : '';
let count = 0;
const sources = new Map(
  TARGETS.map((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const sites = sitesOf(file, source, count);
    count += sites.flatMap(({ mutants }) => mutants).length;
    return [file, { source, sites, code: switched(source, sites) }];
  }),
);
const trials = await trialsOf(ROOT, TESTS, (path) => sources.get(path)?.code ?? null);
const records = TESTS.flatMap((test) => trials.record(test)).sort((a, b) => a.steps - b.steps);
if (trials.isNoticed(-1, records)) throw new TypeError('A test fails without any fault: nothing can be told');
const chosen = [...sources].flatMap(([file, { sites }]) =>
  file.endsWith(only) ? sites.flatMap(({ mutants }) => mutants) : [],
);
const survivors = chosen.filter((mutant) => {
  const own = records.filter(({ places }) => places.has(mutant.id));
  const [short, long] = [own.filter(({ steps }) => steps < LONG), own.filter(({ steps }) => steps >= LONG)];
  const noticed =
    trials.isNoticed(mutant.id, short) || (explanationOf(mutant) === null && trials.isNoticed(mutant.id, long));
  process.stderr.write(noticed ? '.' : '-');
  return !noticed;
});
process.stderr.write('\n');
const refused = refusedByTypes(ROOT, survivors, (mutant) => withMutant(sources.get(mutant.file)?.source ?? '', mutant));
const page = mutationPage({ tried: chosen, survivors, refused, targets: TARGETS });
if (only === '') {
  writeFileSync(join(ROOT, 'docs/mutation.md'), page.text);
  const left = survivors.filter((mutant) => !refused.has(mutant));
  for (const place of needlessOf(left)) console.log(`explains nothing any more: ${place}`);
}
for (const { file, line, from, to, text } of page.unexplained)
  console.log(`not explained: ${file}:${line} ${from} → ${to}   ${text}`);
console.log(`${chosen.length} faults, ${page.unexplained.length} neither noticed nor explained`);
process.exitCode = page.unexplained.length === 0 ? 0 : 1;
