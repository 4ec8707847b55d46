import process from 'node:process';
import { cli } from './cli/cli.ts';
import { application } from './wiring/app.ts';

const code = await cli(process.argv.slice(2), application());
// A name that is still looked up or a connection being made would keep a cancelled command; what is said goes out first.
for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done));
process.exit(code);
