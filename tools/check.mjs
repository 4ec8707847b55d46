/** `npm run check`: types, lint, unused code and packages, house rules; no other test. */
import { ensurePackages, LINT, runSteps, TSC } from './ground.mjs';

await ensurePackages({ development: true });
await runSteps([
  { name: 'types', args: TSC },
  { name: 'lint', args: LINT },
  { name: 'unused', args: ['node_modules/knip/bin/knip.js'] },
  { name: 'tidy', args: ['--test', '--test-reporter=dot', 'test/tidy.test.ts'] },
]);
