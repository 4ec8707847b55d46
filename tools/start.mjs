/** `npm start`: brings what is missing, then starts Comptoir with the arguments. */
import { ensurePackages, ensureWeb, NODE, NODE_OPTIONS, run } from './ground.mjs';

await ensurePackages({ development: false });
await ensureWeb();
process.exit(await run(NODE, [...NODE_OPTIONS, 'src/main.ts', ...process.argv.slice(2)]));
