import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { SpellingName } from '../src/files/spelling.ts';
import { generate } from './generate.ts';

/**
 * `npm run bench [orders] [rounds] [jsonl|json|xml]`: orders from a file to a Sage PNM file, whole process, with every check
 * and the store on, beside the floor. Each round runs both, one after the other, in fresh processes and folders.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORK = join(ROOT, 'build', 'bench');
const orders = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 5);
const spelling = (process.argv[4] ?? 'jsonl') as SpellingName; // said above

type Figure = { readonly seconds: number; readonly cpuSeconds: number; readonly megabytes: number };

mkdirSync(WORK, { recursive: true });
const source = join(WORK, `orders-${orders}.${spelling}`);
if (!existsSync(source)) await generate(source, orders, spelling);
console.log(`${orders} orders, ${Math.round(statSync(source).size / 1e6)} MB of comptoir-sales`);

const imports: Figure[] = [];
const floors: Figure[] = [];
for (let round = 0; round < rounds; round += 1) {
  const home = join(WORK, 'home');
  rmSync(home, { recursive: true, force: true });
  comptoir(home, [
    'profile',
    'create',
    'bench',
    '--shop',
    'woocommerce',
    '--url',
    'https://bench.invalid',
    '--template',
    'france',
    ...PAYMENT(),
  ]);
  imports.push(comptoir(home, ['import', 'sales', '--profile', 'bench', '--file', source, '--yes']));
  const written = join(home, 'files', 'bench', 'VENTES.pnm');
  if (spelling !== 'jsonl') continue; // a line each is what the floor reads
  floors.push(
    measured([join(ROOT, 'bench', 'floor.ts'), source, join(WORK, 'floor.out'), String(statSync(written).size)], {}),
  );
}
if (floors.length > 0) print('floor', floors);
print('import', imports);
const ratio = median(imports.map(({ seconds }) => seconds)) / median(floors.map(({ seconds }) => seconds));
if (floors.length > 0) console.log(`import / floor: ${ratio.toFixed(2)} (wanted: below 2)`);

function PAYMENT(): string[] {
  const row = { item: 'stripe', create: true, bank: '517200' };
  return ['--set', `mappings.payments.exceptions=${JSON.stringify([row])}`];
}

function comptoir(home: string, args: readonly string[]): Figure {
  return measured([join(ROOT, 'src', 'main.ts'), ...args], { COMPTOIR_HOME: home });
}

function measured(args: readonly string[], environment: Readonly<Record<string, string>>): Figure {
  const usage = join(WORK, 'usage.json');
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, '--import', join(ROOT, 'bench', 'measured.ts'), ...args],
    {
      env: { ...process.env, ...environment, BENCH_USAGE: usage },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`);
  const { maxRssKb, cpuMs } = JSON.parse(readFileSync(usage, 'utf8')) as { maxRssKb: number; cpuMs: number }; // written by measured.ts
  return { seconds, cpuSeconds: cpuMs / 1000, megabytes: maxRssKb / 1024 };
}

function print(name: string, figures: readonly Figure[]): void {
  const of = (field: keyof Figure) => figures.map((figure) => figure[field]);
  const spread = (values: readonly number[]) =>
    `${Math.min(...values).toFixed(2)} / ${median(values).toFixed(2)} / ${Math.max(...values).toFixed(2)}`;
  console.log(
    `${name.padEnd(8)} seconds ${spread(of('seconds'))}   cpu ${spread(of('cpuSeconds'))}   peak MB ${spread(of('megabytes'))}   (min / median / max of ${figures.length})`,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
