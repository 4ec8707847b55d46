/**
 * What every tool stands on: the packages, the Node that runs the sources, and a way to run a programme. Plain
 * JavaScript, since these files also run on the older Node a machine may have.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const WINDOWS = process.platform === 'win32';
/** The Node that comes with the packages: 24, which runs TypeScript as it stands. */
export const NODE = path.join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
/**
 * SQLite is called experimental by Node 24; the user can do nothing about that. The others keep V8 from letting the heap
 * grow between collections, and from taking for old at once what an earlier lot saw grow old: less than half the memory, in
 * less time (docs/performance.md).
 */
export const NODE_OPTIONS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=4',
  '--heap-growing-percent=10',
  '--no-incremental-marking',
  '--no-allocation-site-pretenuring',
];
/** Compiled sources kept between starts; one arena for all threads, where the C library would make one for each. */
const NODE_ENVIRONMENT = { NODE_COMPILE_CACHE: path.join(ROOT, 'build', 'compiled'), MALLOC_ARENA_MAX: '1' };

/** What the browser's application is made of. */
const WEB_SOURCES = [
  ...['src/web', 'src/api', 'src/i18n', 'src/core', 'src/schema', 'vite.config.ts', 'package-lock.json'],
  ...['docs/fr/guide.md', 'docs/en/guide.md', 'docs/screens'],
];

/**
 * Installs what is missing: with the tools of development, or what running needs. Says so, since it takes a while. Into
 * a folder that has packages it only adds, since a server may be running from them: `npm ci` would first take them all
 * away, and leaving out the tools of development would take away those that a test is using.
 */
export async function ensurePackages({ development }) {
  const missing = missingPackages(development);
  if (missing.length === 0 && existsSync(NODE)) return;
  const adding = existsSync(path.join(ROOT, 'node_modules'));
  console.error(`Installing packages (${adding ? `${missing.length || 1} missing or changed` : 'none yet'}) ...`);
  const tools = development || hasTools();
  const how = adding ? ['install', '--no-save'] : ['ci'];
  const code = await npm([...how, '--no-audit', '--no-fund', ...(tools ? [] : ['--omit=dev'])]);
  if (code !== 0)
    stop('The packages could not be installed: see npm above. A network or a registry within reach is needed once.');
  if (existsSync(NODE)) return;
  await npm(['rebuild', 'node']); // npm was told to run no scripts, and this one fetches Node itself
  if (!existsSync(NODE)) {
    stop(
      'Node 24 did not come with the packages: its install script did not run. Allow it with: npm ci --ignore-scripts=false',
    );
  }
}

/** npm's own account of what it installed. */
function installedPackages() {
  const account = path.join(ROOT, 'node_modules', '.package-lock.json');
  return existsSync(account) ? readJson(account).packages : {};
}

/** Whether any tool of development is installed. */
function hasTools() {
  return Object.values(installedPackages()).some(({ dev }) => dev);
}

/** Packages of the lock file that are absent, or there in another version. */
function missingPackages(development) {
  const wanted = readJson(path.join(ROOT, 'package-lock.json')).packages;
  const there = installedPackages();
  return (
    Object.entries(wanted)
      // Optional ones are for other machines' processors and systems.
      .filter(
        ([name, { dev, optional, devOptional }]) => name !== '' && !optional && !devOptional && (development || !dev),
      )
      .filter(([name, { version }]) => there[name]?.version !== version || !existsSync(path.join(ROOT, name)))
      .map(([name]) => name)
  );
}

/** Builds the browser's application when there is none, or its sources are no longer those it was built from. */
export async function ensureWeb() {
  const stamp = path.join(ROOT, 'build', 'web.stamp');
  const hash = hashOf(WEB_SOURCES);
  const target = path.join(ROOT, 'build', 'web');
  if (existsSync(path.join(target, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('Building the web app ...');
  // Built aside and moved into place: a server that is running keeps whole files, and two builds do not mix.
  const aside = `${target}-${process.pid}`;
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await run(NODE, [vite, 'build', '--logLevel', 'warn', '--outDir', aside, '--emptyOutDir']);
  if (code !== 0) {
    rmSync(aside, { recursive: true, force: true });
    stop('The web app could not be built: see above.');
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(aside, target);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

const LOOK_AT_PARENT_MS = 500;

/**
 * Exit code of a programme that shares this one's terminal; 128 + signal when it was killed. `endWithParent`: npm runs
 * scripts through a shell that passes no signal on, so whoever stops npm would leave the server behind.
 */
export function run(command, args, { env = process.env, shell = false, endWithParent = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...NODE_ENVIRONMENT, ...env },
      shell,
    });
    // Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
    const ignore = () => {};
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    const parent = process.ppid;
    const watch = endWithParent
      ? setInterval(() => process.ppid !== parent && pass('SIGTERM'), LOOK_AT_PARENT_MS)
      : null;
    child.on('error', (error) => done(error.code === 'ENOENT' ? 127 : 126));
    child.on('exit', (code, signal) => done(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)));
    function done(code) {
      clearInterval(watch);
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(code);
    }
  });
}

export function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Runs named steps one after another, whatever each gives, and ends with a summary and an exit code. */
export async function runSteps(steps) {
  const results = [];
  for (const { name, args, env } of steps) {
    console.error(`\n== ${name}`);
    const startedMs = Date.now();
    const code = await run(NODE, [...NODE_OPTIONS, ...args], { env: env ?? process.env });
    results.push({ name, ok: code === 0, seconds: ((Date.now() - startedMs) / 1000).toFixed(1) });
  }
  console.error('');
  for (const { name, ok, seconds } of results) console.error(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  process.exit(results.every(({ ok }) => ok) ? 0 : 1);
}

export const TSC = ['node_modules/typescript/bin/tsc', '-p', '.'];
export const LINT = ['node_modules/@biomejs/biome/bin/biome', 'check', '.'];

function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args]);
  return run('npm', args, { shell: WINDOWS });
}

function hashOf(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesOf(place))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(ROOT, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(place) {
  const full = path.join(ROOT, place);
  if (!existsSync(full)) return [];
  const entries = path.extname(place) === '' ? readdirSync(full, { withFileTypes: true, recursive: true }) : null;
  if (entries === null) return [place];
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
