import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { ROOT } from './command-kit.ts';

/** Every example of docs/api.md, as it stands there and in its order, against a server of a fresh data folder. */

const PAGE = readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = '']) => commands);

/** What each example says, in its order. */
const TOLD: readonly RegExp[] = [
  /^$/,
  /^$/,
  /id: 'demo-woocommerce',\s+shopName: 'WooCommerce',\s+ledgerName: 'Sage PNM'/,
  /address ok, .*orders ok/,
  /^\[/,
  /^$/,
  /order: '1001', date: '2026-10-01', gross: '24.00'/,
  /^1 event: end\n\s+\d+ event: log/,
  /^review$/,
  /entries: 24,[\s\S]*balanced: true[\s\S]*\[\]\n(\d+ 2026-10-\d\d \d+ \d+\.\d\d\n?){3}$/,
  /account: '707100'/,
  /^23\n24$/,
  /^writing\n\{[\s\S]*formatName: 'Sage PNM'[\s\S]*sha256: '[0-9a-f]{64}'/,
  /^24\nundone$/,
  /total: \d+[\s\S]*access\.role\nclosed$/,
  /"run\.unknown"[\s\S]*frm[\s\S]*"access\.sign-in"/,
];

test('the examples of the page on the API do what it says, one after the other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-api-page-'));
  const server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'serve', '--port', '0'],
    { cwd: ROOT, env: { PATH: process.env.PATH, COMPTOIR_HOME: join(folder, 'home'), COMPTOIR_LANG: 'en' } },
  );
  const ended = once(server, 'exit');
  try {
    const address = await addressOf(server.stdout);
    await cp(join(ROOT, 'docs', 'samples'), join(folder, 'docs', 'samples'), { recursive: true });
    const script = EXAMPLES.map((commands, at) => `printf '\\n== ${at}\\n'\n${commands}`).join('');
    const { out, code } = await bash(script.replace('http://127.0.0.1:4860', address), folder);
    assert.equal(code, 0, out);
    const told = out.split(/^== \d+\n/m).slice(1);
    assert.equal(told.length, TOLD.length, 'an example has no expectation here, or the other way round');
    for (const [at, text] of told.entries()) assert.match(text.trim(), TOLD[at] ?? /$^/, EXAMPLES[at]);
    assert.match(await readFile(join(folder, 'entries.pnm'), 'latin1'), /411000/);
    assert.match(await readFile(join(folder, 'entries.csv'), 'utf8'), /707100/);
  } finally {
    server.kill();
    await ended;
    await rm(folder, { recursive: true });
  }
});

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('The server ended before it said its address.');
}

/** In one shell, which stops at the first command that fails. */
async function bash(script: string, cwd: string): Promise<{ readonly out: string; readonly code: number }> {
  const path = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
  const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
  const [code] = await once(child, 'close');
  return { out, code };
}
