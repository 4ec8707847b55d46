/** `npm start`: brings what is missing, then starts Comptoir with the arguments. */
import { ensurePackages, ensureWeb, NODE, NODE_OPTIONS, run } from './ground.mjs';

await ensurePackages({ development: false });
await ensureWeb();
const byNpm = process.env.npm_lifecycle_event !== undefined;
process.exit(await run(NODE, [...NODE_OPTIONS, 'src/main.ts', ...process.argv.slice(2)], { endWithParent: byNpm }));
