import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, type Ended, inFolder, ROOT } from './command-kit.ts';

/** Every command of the README, as it stands there and in its order, on a fresh data folder. */

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const COMMANDS = [...README.matchAll(/`bin\/comptoir ([^`]+)`/g)].map(([, words = '']) => words);

/**
 * What a newcomer sees of each: its exit code, and words of its output. `https://shop.example` is nobody's shop, so what
 * asks it ends with 1 and says so. Capitals stand for what somebody has by then.
 */
const EXPECTED: Readonly<Record<string, [number, RegExp]>> = {
  '--help': [0, /import/],
  'import sales --profile demo-woocommerce --from 2026-08-01 --to 2026-11-30 --yes': [0, /VENTES\.pnm/],
  'import credit-notes --profile demo-prestashop --from 2026-08-01 --to 2026-11-30 --dry-run': [0, /Preview/],
  formats: [0, /sage-pnm/],
  'formats preview docs/samples/cabinet-riviere.json': [0, /Sample entries/],
  'convert VENTES.pnm --from sage-pnm --to ebp-v5': [0, /VENTES/],
  'check-fec 732829320FEC20261231.txt': [0, /good\. \d+ entries/],
  'profile create lavande --shop woocommerce --url https://shop.example --credential key --credential secret --template france':
    [0, /Profile lavande created/],
  'proxy set http://proxy.example:3128 --user anne': [0, /proxy\.example:3128/],
  'proxy none': [0, /No proxy/],
  'profile apply-to-all lavande sales.withVat': [0, /sales\.withVat copied/],
  'profile set lavande advanced.grouping=day': [0, /lavande saved/],
  'profile set lavande ledger.split=journal ledger.zip=true ledger.salesFile=%KI-%JO-%FR': [0, /lavande saved/],
  check: [1, /FAILED[\s\S]*shop\.example/],
  'profile set lavande entries.sales.date=order': [0, /lavande saved/],
  'run list': [0, /written/],
  'explain DOCUMENT --profile P': [0, /411000/],
  'import sales --profile lavande --period last-month --correct --yes': [1, /shop\.example/],
  'reset --profile lavande 1042': [0, /0 parts/],
  'export --profile demo-woocommerce --from 2026-08-01 --to 2026-11-30 --out ventes.jsonl.gz': [
    0,
    /sales and \d+ credit notes? written/,
  ],
  'import sales --profile demo-woocommerce --file docs/samples/orders.jsonl --yes': [3, /5 written/],
  'profile restore': [0, /No deleted profile/],
  'undo RUN --reason wrong-journal': [2, /--yes/],
  'layout docs/samples/sales.csv --profile demo-woocommerce': [0, /INV-701/],
  'backup comptoir.zip': [0, /comptoir\.zip/],
  'restore comptoir.zip': [2, /--yes/],
  'user add anne': [0, /anne/],
  'import credit-notes --profile demo-woocommerce --file docs/samples/order.xml --yes': [0, /1 written/],
};

test('the commands of the README do what it says, one after the other', () =>
  inFolder('readme', async (folder) => {
    const home = join(folder, 'home');
    await symlink(join(ROOT, 'docs'), join(folder, 'docs'));
    const run = (words: string): Promise<Ended> =>
      comptoir(home, words.split(' '), { cwd: folder, input: 'ck_readme_key\ncs_readme_secret\n' });
    assert.ok(COMMANDS.length > 10);
    for (const command of COMMANDS) {
      const expected = EXPECTED[command];
      assert.ok(expected, `The README has a command that this test does not know: ${command}`);
      const [code, words] = expected;
      if (command.startsWith('convert')) {
        const delivered = JSON.parse((await run('run list --json')).out).find(
          ({ file }: { file: string | null }) => file,
        );
        await copyFile(delivered.file, join(folder, 'VENTES.pnm'));
      }
      if (command.startsWith('check-fec')) {
        await run('profile set demo-prestashop ledger.siren=732829320 ledger.closingDate=2026-12-31');
        await run(
          'import sales --profile demo-prestashop --from 2026-08-01 --to 2026-11-30 --format fec --out . --yes',
        );
      }
      const last = JSON.parse((await run('run list --json')).out).find(
        ({ state }: { state: string }) => state === 'written',
      );
      const said = command.replace('DOCUMENT', '39').replace('RUN', last?.id).replace(/\bP$/, 'demo-woocommerce');
      const ended = await run(said);
      assert.equal(ended.code, code, `${command}: ${ended.out}${ended.err}`);
      assert.match(ended.out + ended.err, words, command);
      assert.doesNotMatch(ended.out + ended.err, /ck_readme|cs_readme|\n {4}at /);
    }
    assert.deepEqual(
      Object.keys(EXPECTED).filter((command) => !COMMANDS.includes(command)),
      [],
    );

    const [{ id }] = JSON.parse((await run('run list --json')).out);
    for (const words of [`run show ${id}`, `run download ${id} --out again.pnm`])
      assert.equal((await run(words)).code, 0, words);
    assert.ok(existsSync(join(folder, 'again.pnm')));
  }));

test('the scripts and files the README names are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const [, name = ''] of README.matchAll(/npm run (\w+)/g)) assert.ok(scripts[name], name);
  for (const [, path = ''] of README.matchAll(/\]\(([^)#:]+)\)/g)) assert.ok(existsSync(join(ROOT, path)), path);
});
