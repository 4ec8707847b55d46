import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { inFolder, ROOT } from './command-kit.ts';

/** What npm is told to do, in a project of its own with a npm that only writes down its arguments. */

type Packages = Readonly<Record<string, { readonly version: string; readonly dev?: true }>>;
const WANTED: Packages = {
  'node_modules/used': { version: '2.0.0' },
  'node_modules/tool': { version: '1.0.0', dev: true },
};

/** [what is installed (null: no folder yet), whether the tools of development are asked for, what npm is told] */
const cases: [string, Packages | null, boolean, string | null][] = [
  ['a fresh clone that starts', null, false, 'ci --no-audit --no-fund --omit=dev'],
  ['a fresh clone that is tested', null, true, 'ci --no-audit --no-fund'],
  [
    'a server is running, tests want their tools',
    { 'node_modules/used': { version: '2.0.0' } },
    true,
    'install --no-save --no-audit --no-fund',
  ],
  [
    'a test is running, a changed package is wanted',
    { ...WANTED, 'node_modules/used': { version: '1.0.0' } },
    false,
    'install --no-save --no-audit --no-fund',
  ],
  [
    'a server is running, a changed package is wanted',
    { 'node_modules/used': { version: '1.0.0' } },
    false,
    'install --no-save --no-audit --no-fund --omit=dev',
  ],
  ['nothing is missing', WANTED, true, null],
  ['tools that nobody asked for are missing', { 'node_modules/used': { version: '2.0.0' } }, false, null],
];

for (const [what, installed, development, expected] of cases) {
  test(`packages: ${what}`, () =>
    inFolder('ground', async (folder) => {
      await mkdir(join(folder, 'tools'));
      await cp(join(ROOT, 'tools', 'ground.mjs'), join(folder, 'tools', 'ground.mjs'));
      const lock = JSON.stringify({ packages: { '': {}, ...WANTED } });
      await writeFile(join(folder, 'package-lock.json'), lock);
      if (installed !== null) {
        for (const name of ['node/bin', ...Object.keys(installed).map((path) => path.slice('node_modules/'.length))])
          await mkdir(join(folder, 'node_modules', name), { recursive: true });
        await writeFile(join(folder, 'node_modules', 'node', 'bin', 'node'), '');
        await writeFile(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
      }
      const told = join(folder, 'told');
      const npm = join(folder, 'npm.js');
      await writeFile(
        npm,
        `require('node:fs').appendFileSync(${JSON.stringify(told)}, process.argv.slice(2).join(' ') + '\\n')`,
      );
      const script = `const { ensurePackages } = await import('./tools/ground.mjs'); await ensurePackages({ development: ${development} });`;
      spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: folder,
        env: { PATH: process.env.PATH, npm_execpath: npm },
      });
      const lines = (await readFile(told, 'utf8').catch(() => '')).split('\n');
      assert.equal(lines[0] || null, expected);
    }));
}
