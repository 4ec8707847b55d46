import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.ts';

/**
 * `node tools/run.mjs bench/dashboard.ts [orders]`: what the dashboard, the entries behind a figure, a search and a document
 * take of the server, with so many orders written; prints what `docs/performance.md` holds.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORK = join(ROOT, 'build', 'bench');
const orders = Number(process.argv[2] ?? 100_000);
const home = join(WORK, 'dashboard-home');
const env = { ...process.env, COMPTOIR_HOME: home };
const comptoir = (...args: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [...process.execArgv, join(ROOT, 'src', 'main.ts'), ...args], {
    ...{ env, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr.slice(-2000)}`);
};

mkdirSync(WORK, { recursive: true });
const source = join(WORK, `orders-${orders}.jsonl`);
if (!existsSync(source)) await generate(source, orders);
rmSync(home, { recursive: true, force: true });
const payment = `mappings.payments.exceptions=${JSON.stringify([{ item: 'stripe', create: true, bank: '517200' }])}`;
const shop = ['--shop', 'woocommerce', '--url', 'https://bench.invalid', '--template', 'france'];
comptoir('profile', 'create', 'bench', ...shop, '--set', payment);
comptoir('import', 'sales', '--profile', 'bench', '--file', source, '--yes');

const server = spawn(process.execPath, [...process.execArgv, join(ROOT, 'src', 'main.ts'), 'serve', '--port', '0'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let address = '';
for await (const line of createInterface({ input: server.stdout })) {
  [address = ''] = /https?:\/\/\S+?:\d+/.exec(line) ?? [];
  if (address !== '') break;
}
const timed = async (what: string, path: string) => {
  const started = performance.now();
  const response = await fetch(`${address}/api/profiles/bench/${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  console.log(`| ${what} | ${Math.round(performance.now() - started)} ms |`);
  return JSON.parse(text) as { readonly days?: readonly { readonly day: string }[] }; // the product's own answers
};
const all = 'from=2020-01-01&to=2030-12-31';
console.log(`| ${orders} orders written | |\n| --- | --- |`);
const { days = [] } = await timed('the dashboard for the first time after an import', `dashboard?${all}`);
await timed('the dashboard again', `dashboard?${all}`);
const day = days.at(-1)?.day;
await timed('the entries of a day', `entries?from=${day}&to=${day}&about=net`);
await timed('the entries of a rate of VAT, all of them', `entries?${all}&about=vat&country=FR&item=20.00`);
await timed('documents by the beginning of a number', 'documents?q=4242&limit=6');
await timed('one document', 'document-page?document=sale/4242');
server.kill();
