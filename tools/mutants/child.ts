import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { run } from 'node:test';

/**
 * Runs tests in this process with one module replaced: `child.ts MODULE_URL FILE_OF_ITS_SOURCE TEST ...`; none is where the
 * first two are empty. Ends at the first failure with 1; with 0 when all pass.
 */
const [, , target = '', replacement = '', ...files] = process.argv;
const { readFileSync } = await import('node:fs');
if (target !== '') {
  const source = stripTypeScriptTypes(readFileSync(replacement, 'utf8'));
  registerHooks({
    load: (url, context, next) =>
      url === target ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
let loaded = false;
const stream = run({ files, isolation: 'none' });
stream.on('test:fail', () => process.exit(1));
stream.on('test:pass', () => {
  loaded = true;
});
stream.on('end', () => process.exit(loaded ? 0 : 1));
stream.resume();
