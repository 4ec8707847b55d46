/**
 * `npm test`, the only gate: types, lint, and every test (house rules among them). With arguments, those test files
 * alone: `npm test -- src/core/decimal.test.ts`. `VERBOSE=1` names each test, `UPDATE=1` rewrites golden files.
 */
import { availableParallelism } from 'node:os';
import { ensurePackages, ensureWeb, LINT, runSteps, TSC } from './ground.mjs';

await ensurePackages({ development: true });
await ensureWeb();

const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'];
// What the caller's shell says of a real installation must not reach a test.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('COMPTOIR_')));
const reporter = process.env.VERBOSE ? 'spec' : './tools/reporter.mjs';
// One file for each processor; Node by itself leaves one of them idle.
const atOnce = `--test-concurrency=${availableParallelism()}`;
const tests = { name: 'tests', args: ['--test', atOnce, `--test-reporter=${reporter}`, ...files], env };

await runSteps(chosen.length > 0 ? [tests] : [{ name: 'types', args: TSC }, { name: 'lint', args: LINT }, tests]);
