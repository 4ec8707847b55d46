import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Locator, type Page, chromium as playwright } from 'playwright-core';
import type { RunSummary, StartRun } from '../../src/api/api.ts';
import { checkAnswer } from '../answers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A wait that takes longer on a loaded machine is a fault. */
const PATIENCE_MS = 20_000;

/** Chromium as it comes with the packages; one for each test file. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--force-color-profile=srgb'],
    headless: true,
  });
}

export type Look = {
  readonly language?: 'fr' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
};

/** A person with a browser of their own: nothing stored yet, in their language. */
export async function person(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  const { language = 'fr', theme = 'light', width = 1440, height = 900 } = look;
  const context = await browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A page and what went wrong in it: faults of scripts, and errors in the console. */
export async function openPage(context: BrowserContext, address: string): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(address);
  return { page, faults };
}

/** Comptoir as the command starts it, in a data folder of its own, on a free port. */
export type Comptoir = {
  readonly url: string;
  readonly home: string;
  /** The most memory the server has held, in bytes; null where the system does not tell. */
  readonly peakBytes: () => number | null;
  /** What a programme would ask of the server; the answer of a refusal is thrown. */
  readonly call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Stops the server, until `restart`. */
  readonly stop: () => Promise<void>;
  /** Stops the server and starts another on the same folder and the same port. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `home`: its data folder, where pictures show its name. */
export async function startComptoir(asked: string | null = null): Promise<Comptoir> {
  if (!existsSync(join(ROOT, 'build', 'web', 'index.html'))) {
    throw new Error('The web app is not built: `npm test` builds it, or `npx vite build`.');
  }
  const home = asked ?? (await mkdtemp(join(tmpdir(), 'comptoir-browser-')));
  let served = await serve(home, '0');
  const { url } = served;
  return {
    url,
    home,
    peakBytes: () => peakBytes(served.child.pid ?? 0),
    call: (method, path, body) => call(url, method, path, body),
    stop: () => stop(served.child),
    restart: async () => {
      await stop(served.child);
      served = await serve(home, new URL(url).port);
    },
    close: async () => {
      await stop(served.child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Browser and server of a test file, closed after its last test. */
export async function bench(): Promise<{ browser: Browser; comptoir: Comptoir }> {
  const comptoir = await startComptoir();
  const browser = await openBrowser();
  after(async () => {
    await browser.close();
    await comptoir.close();
  });
  return { browser, comptoir };
}

/** What a person reads: no-break spaces are spaces, and nothing is said twice. */
export async function textOf(locator: Locator): Promise<string> {
  return plain(await locator.innerText());
}

export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The first of a locator, once it is there and in sight. */
export async function seen(locator: Locator): Promise<Locator> {
  await locator.first().waitFor({ state: 'visible' });
  return locator.first();
}

export async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'hidden' });
}

/** Asks until the answer is the one wanted; the last answer is what a failing test then shows. */
export async function settled<Answer>(
  ask: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const end = Date.now() + PATIENCE_MS;
  let answer = await ask();
  while (!wanted(answer) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await ask();
  }
  return answer;
}

type Served = { readonly child: ChildProcess; readonly url: string };

async function serve(home: string, port: string): Promise<Served> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('COMPTOIR_'));
  const args = ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'serve', '--port', port];
  const env = { ...Object.fromEntries(own), COMPTOIR_HOME: home };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /https?:\/\/\S+?:\d+/.exec(line) ?? [];
    if (url !== undefined) return { child, url: new URL(url).origin };
  }
  throw new Error('The server ended before it said its address.');
}

/** Linux's own account of a process: `VmHWM:   123456 kB`. */
function peakBytes(pid: number): number | null {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}

async function call<Answer>(url: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: method === 'GET' ? null : JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  const answer = text === '' ? null : JSON.parse(text);
  checkAnswer(method, path, { status: response.status, body: answer });
  return answer as Answer; // the product's own answers, of src/api
}

/** A run started by the server's own door and waiting for a person, for tests that begin at the list. */
export async function importForReview(
  comptoir: Comptoir,
  profile: string,
  asked: { readonly from: string; readonly to: string; readonly kind?: StartRun['kind'] },
): Promise<string> {
  const { kind = 'sales', from, to } = asked;
  const start: StartRun = { kind, from, to, period: 'custom', includeTransferred: false, review: true };
  const { id } = await comptoir.call<RunSummary>('POST', `/api/profiles/${profile}/runs`, start);
  const state = await settled(
    async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${id}`)).state,
    (now) => now === 'review' || now === 'failed',
  );
  if (state !== 'review') throw new Error(`The import ended as ${state}.`);
  return id;
}
