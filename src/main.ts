import process from 'node:process';
import { cli } from './cli/cli.ts';
import { application } from './wiring/app.ts';

process.exitCode = await cli(process.argv.slice(2), application());
