import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { formats } from '../src/formats/index.ts';

/**
 * `node tools/run.mjs bench/formats.ts [lines] [more lines] [formats]`: each format in a process of its own, as a table; beside it
 * the floor for as many bytes. `more lines`, of the formats named or of all, say whether memory grows with the file.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const lines = Number(process.argv[2] ?? 100_000);
const more = Number(process.argv[3] ?? 0);
const long = process.argv[4]?.split(',') ?? formats.map(({ id }) => id);
const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));

type Figure = {
  readonly answer: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
};

const rows = formats
  .filter(({ id }) => id !== 'custom')
  .map(({ id }) => {
    const own = measured(id, lines);
    const floor = measured('floor', own.answer);
    const large = more === 0 || !long.includes(id) ? null : measured(id, more);
    process.stderr.write(`${id} ${own.cpuSeconds.toFixed(2)} s ${Math.round(own.megabytes)} MB\n`);
    return { id, own, floor, large };
  });
rmSync(folder, { recursive: true, force: true });
const head = ['format', 'MB', 'seconds', 'processor seconds', 'floor, processor seconds', 'peak memory'];
if (more > 0) head.push(`processor seconds of ${more} lines`, `peak memory of ${more} lines`);
print(head);
print(head.map(() => '---'));
for (const { id, own, floor, large } of rows.toSorted((a, b) => b.own.cpuSeconds - a.own.cpuSeconds)) {
  const cells = [
    `\`${id}\``,
    (own.answer / 1e6).toFixed(1),
    own.seconds,
    own.cpuSeconds,
    floor.cpuSeconds,
    memory(own),
  ];
  if (more > 0) cells.push(...(large === null ? ['', ''] : [large.cpuSeconds, memory(large)]));
  print(cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)));
}

function memory({ megabytes }: Figure): string {
  return `${Math.round(megabytes)} MB`;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

/** With the options of V8 that `tools/run.mjs` gave this process, which are the product's. */
function measured(what: string, count: number): Figure {
  const usage = join(folder, 'usage.json');
  const began = performance.now();
  const script = [join(ROOT, 'bench', 'format.ts'), what, String(count)];
  const run = spawnSync(
    process.execPath,
    [...process.execArgv, '--import', join(ROOT, 'bench', 'measured.ts'), ...script],
    {
      env: { ...process.env, BENCH_USAGE: usage },
      encoding: 'utf8',
    },
  );
  if (run.status !== 0) throw new Error(`${what}: ${run.stderr}`);
  const seconds = (performance.now() - began) / 1000;
  const { maxRssKb, cpuMs } = JSON.parse(readFileSync(usage, 'utf8')) as { maxRssKb: number; cpuMs: number };
  return { answer: Number(run.stdout), seconds, cpuSeconds: cpuMs / 1000, megabytes: maxRssKb / 1024 };
}
