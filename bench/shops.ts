import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DEMOS } from '../src/profiles/demo.ts';

/**
 * `node tools/run.mjs bench/shops.ts [orders] [shop...]`: sales of a demo shop, read over its protocol from a process of its
 * own, to a Sage PNM file, with every check and the store on. Memory and processor time are those of the importing process.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORK = join(ROOT, 'build', 'bench');
const orders = Number(process.argv[2] ?? 100_000);
const asked = process.argv.slice(3);
const SHOPS = ['woocommerce', 'prestashop', 'magento', 'shopify'];
/** The server holds every order at once; the importer must not. */
const SERVER_OPTIONS = ['--max-old-space-size=14000', '--disable-warning=ExperimentalWarning'];

mkdirSync(WORK, { recursive: true });
for (const id of asked.length > 0 ? asked : SHOPS) {
  const demo = DEMOS.find((one) => one.shop === id);
  if (demo === undefined) throw new TypeError(`No demo shop ${id}`);
  const copies = Math.ceil(orders / demo.orders);
  const server = spawn(
    process.execPath,
    [...SERVER_OPTIONS, join(ROOT, 'bench', 'shop-server.ts'), id, String(copies)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const { url, credentials } = JSON.parse(line.toString()) as { url: string; credentials: Record<string, string> };
    const home = join(WORK, 'home');
    rmSync(home, { recursive: true, force: true });
    const { shop: _, name: _name, ledger, ...sections } = demo.profile();
    const settings = { ...sections, 'ledger.companyName': ledger?.companyName, 'shop.http.pauseMs': 0 };
    comptoir(home, [
      ...['profile', 'create', 'bench', '--shop', id, '--url', url],
      ...Object.entries(credentials).flatMap(([name, value]) => ['--credential', `${name}=${value}`]),
      ...Object.entries(settings).flatMap(([path, value]) => ['--set', `${path}=${JSON.stringify(value)}`]),
    ]);
    const { seconds, cpuSeconds, megabytes, told } = comptoir(home, ['import', 'sales', '--profile', 'bench', '--yes']);
    console.log(
      `${id.padEnd(12)} ${copies * demo.orders} orders: ${seconds.toFixed(1)} s, processor ${cpuSeconds.toFixed(1)} s, peak ${megabytes.toFixed(0)} MB; ${told}`,
    );
  } finally {
    server.kill();
  }
}

function comptoir(home: string, args: readonly string[]) {
  const usage = join(WORK, 'usage.json');
  const started = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...process.execArgv, '--import', join(ROOT, 'bench', 'measured.ts'), join(ROOT, 'src', 'main.ts'), ...args],
    {
      env: { ...process.env, COMPTOIR_HOME: home, BENCH_USAGE: usage },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  // 3: some documents wait, as some of the demo shops' orders do.
  if (status !== 0 && status !== 3) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`);
  const { maxRssKb, cpuMs } = JSON.parse(readFileSync(usage, 'utf8')) as { maxRssKb: number; cpuMs: number }; // written by measured.ts
  const told = stdout.trim().split('\n').at(-1) ?? '';
  return { seconds, cpuSeconds: cpuMs / 1000, megabytes: maxRssKb / 1024, told };
}
