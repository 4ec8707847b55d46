/** Runs a TypeScript file of this project with the Node of its packages: `node tools/run.mjs FILE [arguments]`. */
import { ensurePackages, NODE, NODE_OPTIONS, run } from './ground.mjs';

await ensurePackages({ development: true });
process.exit(await run(NODE, [...NODE_OPTIONS, ...process.argv.slice(2)]));
