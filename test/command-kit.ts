import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Format } from '../src/formats/format.ts';

/** The real command in a process of its own, on a data folder of its own. */

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = join(ROOT, 'src', 'main.ts');

/** No command of these tests has more to do; a longer one hangs and is ended, so that the test fails and says where. */
const LONGEST_MS = 60_000;

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
};

export type CommandOptions = {
  readonly lang?: 'fr' | 'en';
  /** As this user instead, when the test is root. */
  readonly uid?: number;
  /** A wrapper: `['sh', '-c', '... exec "$@"', 'sh']`. */
  readonly through?: readonly string[];
  readonly cwd?: string;
  /** What stands on standard input. */
  readonly input?: string;
  readonly onStart?: (child: ChildProcess) => void;
  /** Each line of standard output and error as it comes. */
  readonly onLine?: (line: {
    readonly stream: 'out' | 'err';
    readonly text: string;
    readonly child: ChildProcess;
  }) => void;
};

export async function comptoir(home: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { lang = 'en', uid, through = [], cwd = ROOT, input, onStart, onLine } = options;
  const command = [...through, process.execPath, '--disable-warning=ExperimentalWarning', MAIN, ...args];
  const { PATH = '', TMPDIR } = process.env;
  const began = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd,
    env: { PATH, COMPTOIR_HOME: home, COMPTOIR_LANG: lang, ...(TMPDIR === undefined ? {} : { TMPDIR }) },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const watch = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  child.stdin.on('error', () => {}); // who reads nothing has ended
  child.stdin.end(input ?? '');
  onStart?.(child);
  const text = { out: '', err: '' };
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text[name] += chunk;
      for (const line of chunk.split('\n').slice(0, -1)) onLine?.({ stream: name, text: line, child });
    });
  }
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ended) => resolve(ended));
  });
  clearTimeout(watch);
  return { code, signal, ...text, ms: performance.now() - began };
}

/** What a command printed with `--json`. */
// biome-ignore lint/suspicious/noExplicitAny: looked at field by field, by tests; its shape has a test of its own.
export function jsonOf({ out, err, code }: Ended): any {
  try {
    return JSON.parse(out);
  } catch (error) {
    throw new Error(`Not one JSON object (exit code ${code}): ${out}\n${err}`, { cause: error });
  }
}

export async function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `comptoir-${name}-`));
}

/** Runs a test on a folder that is gone afterwards. */
export async function inFolder(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder(name);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every file below a folder, as paths from it, in order. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export type Sale = {
  readonly id: number;
  /** Stated total; the lines add up to 12.00. */
  readonly gross?: string;
  readonly net?: string;
  readonly date?: string;
  readonly paid?: readonly {
    readonly id: string;
    readonly amount: string;
    readonly method?: string;
    readonly date?: string;
  }[];
  readonly country?: string | null;
  readonly customer?: object;
};

/** A `comptoir-sales` file of the demo shop's kind: 10.00 and 2.00 of VAT an order, paid by card unless said. */
export async function salesFile(path: string, sales: readonly Sale[]): Promise<string> {
  await writeFile(
    path,
    [HEADER, ...sales.map((sale) => JSON.stringify(saleJson(sale)))].map((line) => `${line}\n`).join(''),
  );
  return path;
}

export const HEADER = JSON.stringify({
  format: 'comptoir-sales',
  version: '1.0',
  shop: { id: 'test', name: 'Maison Lavande', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR' },
});

export function saleJson({
  id,
  gross = '12.00',
  net = '10.00',
  date = '2026-09-01',
  paid,
  country = 'FR',
  customer,
}: Sale) {
  const payments = paid ?? [{ id: '1', amount: gross }];
  return {
    kind: 'sale',
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date },
    invoice: { id: String(id), number: `FA${String(id).padStart(6, '0')}`, date },
    customer: customer ?? { id: String(id) },
    ...(country === null ? {} : { billing: { country } }),
    currency: { code: 'EUR' },
    lines: [{ id: '1', kind: 'product', label: 'Savon', net, taxes: [{ rate: '20', amount: '2.00' }], gross: '12.00' }],
    payments: payments.map((payment) => ({
      id: payment.id,
      direction: 'in',
      method: { id: payment.method ?? 'stripe' },
      date: payment.date ?? date,
      amount: payment.amount,
    })),
    totals: { net: '10.00', tax: '2.00', gross },
  };
}

/** General lines of a file, each as one text that does not depend on its place in the file. */
export async function linesOf(format: Format, path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const line of (await Array.fromAsync(format.read(createReadStream(path) as AsyncIterable<Buffer>))).flat()) {
    if (line.type === 'fault') throw new Error(`${path}:${line.lineNumber}: ${line.expected}, found ${line.found}`);
    lines.push([line.journal, line.kind, line.piece, line.account, line.amountMinor].join(' '));
  }
  return lines;
}

/** The lines of every file of a folder, sorted: what the accounting software has been given. */
export async function delivered(format: Format, folder: string, named = /^[^.]/): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => named.test(name) && !name.endsWith('.bak'));
  return (await Promise.all(names.map((name) => linesOf(format, join(folder, name))))).flat().sort();
}
