import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import { csv } from '../src/formats/csv.ts';
import { sagePnm } from '../src/formats/sage-pnm.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import { deliveredFiles } from '../src/runs/deliver.ts';
import { fileOf } from '../src/runs/stored.ts';
import { comptoir, delivered, type Ended, filesIn, ROOT, salesFile, temporaryFolder } from './command-kit.ts';
import { importFile, type Mode, storeOf } from './kill-child.ts';

/**
 * Once and only once, whatever is killed when. First every step of a delivery, one after the other: copies of the
 * sources kill themselves there, so that no step is missed. Then the real command and the real server, killed from
 * outside at each line they print and at random moments. It proves the death of processes; power cuts rest on the
 * flushes and are not tested.
 */

/** Children at once. */
const LANES = 2;
const SALES = [1, 2, 3].map((id) => ({ id }));
const FILE_NAME = 'sales.jsonl';

let ground: string;
let file: string;
before(async () => {
  ground = await temporaryFolder('kill');
  file = await salesFile(join(ground, FILE_NAME), SALES);
});
after(() => rm(ground, { recursive: true, force: true }));

/** What is delivered: a file; with a list of customers; that and a file for each journal; these in an archive; with an annex. */
type Files = 'one' | 'customers' | 'parts' | 'archive' | 'annex';
const LEDGERS: Readonly<Record<Files, object>> = {
  one: {},
  customers: { type: 'csv', customersFile: 'CLIENTS' },
  parts: { type: 'csv', customersFile: 'CLIENTS', split: 'journal' },
  archive: { type: 'csv', split: 'journal', zip: true },
  annex: { type: 'csv' },
};

/** A line of the sources, and what stands in its place in the copy. Each must be there once. */
type Patch = { readonly path: string; readonly text: string; readonly by: string };

/** Places of the delivery where a process may die, each named by what has just been done. */
const STEPS: readonly Patch[] = [
  step('runs/deliver.ts', "await deps.store.runs.change(run.id, { state: 'writing' });", 'run is writing'),
  step('runs/deliver.ts', 'await makeDefaultFolder(deps, stored.id);', 'folder made'),
  step(
    'runs/deliver.ts',
    'await deps.store.parts.claim(run.profile, run.id, at, claimed, packer.pack());',
    'parts claimed',
  ),
  step(
    'ledgers/entries-file.ts',
    'const old = await onDisk(wantedPath, () => write(place.targetPath, place.oldSha256));',
    'file written beside its target',
  ),
  step(
    'ledgers/entries-file.ts',
    '        onDisk(target.copyPath, keepCopy),\n      );',
    'file verified, flushed and copied',
  ),
  step('ledgers/place.ts', 'await copyFile(from, beside, constants.COPYFILE_EXCL);', 'copy begun'),
  step('ledgers/place.ts', 'await rename(beside, to);', 'copy made'),
  step('ledgers/file.ts', 'const list = (await customers?.seal()) ?? null;', 'customers sealed'),
  step('ledgers/entries-file.ts', 'await onDisk(target.folder, () => syncFolder(target.folder));', 'folder flushed'),
  step('runs/deliver.ts', '      placed.push(one);', 'one file placed'),
  {
    path: 'runs/deliver.ts',
    text: '      placed.push(one);',
    by: `      placed.push(one); if (placed.length === 2) { ${dying('two files placed')} }`,
  },
  step('ledgers/zip.ts', 'const sealed = await inner.seal();', 'parts of the archive made'),
  step('ledgers/zip.ts', 'await onDisk(wantedPath, () => write(files));', 'archive written'),
  step('ledgers/zip.ts', 'const content = await onDisk(wantedPath, () => verify(files));', 'archive verified'),
  step('ledgers/zip.ts', 'await copyDurably(temporaryPath, target.copyPath);', 'archive copied'),
  step('ledgers/zip.ts', '        await syncFolder(target.folder);', 'parts of the archive gone'),
  step('runs/deliver.ts', 'const sealed = await preparation.seal();', 'file sealed'),
  step('runs/deliver.ts', 'await placeOrUndo(deps, run, file);', 'file placed and settled'),
  step(
    'runs/deliver.ts',
    "await deps.store.runs.change(run.id, { state: 'written', endedAt: at() });",
    'run is written',
  ),
  step('ledgers/place.ts', '      await moveWithoutOverwriting(temporaryPath, targetPath);', 'file linked'),
  step(
    'ledgers/place.ts',
    '      if (sealed.backupPath !== null) await keepOld(targetPath, sealed.backupPath, oldSha256);',
    'old file kept',
  ),
  step('ledgers/place.ts', '      await rename(temporaryPath, targetPath);', 'old file replaced'),
  step(
    'ledgers/place.ts',
    '    await rm(temporaryPath, { force: true });\n    await syncFolder',
    'temporary name gone',
    '    await rm(temporaryPath, { force: true });',
  ),
  marked('runs/deliver.ts', '  await placeOrUndo(deps, run, file);', 'parts marked'),
];

/** Steps at which one file of two may be in place. */
const OF_TWO_FILES = [
  'customers sealed',
  'folder flushed',
  'parts marked',
  'file linked',
  'temporary name gone',
  'one file placed',
  'file placed and settled',
];

/** Steps at which some of several files may be in place. */
const OF_SEVERAL = [...OF_TWO_FILES, 'file written beside its target', 'file sealed', 'two files placed'];
const OF_ARCHIVE = [
  'parts of the archive made',
  'archive written',
  'archive verified',
  'archive copied',
  'parts of the archive gone',
];

/** Passed only by the policy that replaces. */
const REPLACING = ['old file kept', 'old file replaced'];
const MARK_AND_MOVE =
  /( {2}await deps\.store\.parts\.markTransferred\(run, at\(\), \{[^}]*\}\);\n)([\s\S]*?)( {2}await placeOrUndo\(deps, run, file\);[^\n]*\n)/;
const MOVE_AND_END =
  /( {2}[^\n]*await placeOrUndo\(deps, run, file\);[^\n]*\n)( {2}await deps\.store\.runs\.change\(run\.id, \{ state: 'written', endedAt: at\(\) \}\);[^\n]*\n)/;

test('killed after any step of a delivery, nothing is lost, nothing doubled and nothing left', async () => {
  const copy = await copyOfSources('right', (source) => source);
  const found = await inLanes(
    STEPS.map(nameOf).filter((name) => ![...REPLACING, ...OF_ARCHIVE, 'two files placed'].includes(name)),
    (name) => killedAt({ copy, name, mode: 'write', policy: 'newName' }),
  );
  assert.deepEqual(found, [], 'faults after a kill');
});

test('killed after any step of writing a review that replaces a file, the old one is kept and the new one whole', async () => {
  const copy = join(ground, 'right');
  const names = [
    ...REPLACING,
    'parts claimed',
    'file sealed',
    'parts marked',
    'temporary name gone',
    'file placed and settled',
  ];
  const found = await inLanes(names, (name) => killedAt({ copy, name, mode: 'review', policy: 'replaceAfterBackup' }));
  assert.deepEqual(found, [], 'faults after a kill');
});

test('killed between the two files of a delivery, the list of customers and the entries are both given once', async () => {
  const copy = join(ground, 'right');
  const found = await inLanes(OF_TWO_FILES, (name) =>
    killedAt({ copy, name, mode: 'write', policy: 'newName', files: 'customers' }),
  );
  assert.deepEqual(found, [], 'faults after a kill');
});

test('killed between parts of entries and a list of customers, all are given once; continued files as well', async () => {
  const copy = join(ground, 'right');
  const found = await inLanes(OF_SEVERAL, (name) =>
    killedAt({ copy, name, mode: 'write', policy: 'newName', files: 'parts' }),
  );
  const continued = await inLanes(['file sealed', 'parts marked', 'one file placed', 'two files placed'], (name) =>
    killedAt({ copy, name, mode: 'review', policy: 'append', files: 'parts' }),
  );
  assert.deepEqual([...found, ...continued], [], 'faults after a kill');
});

test('killed while an archive is made and placed, it is given once, whole, and its parts are not left', async () => {
  const copy = join(ground, 'right');
  const names = [...OF_ARCHIVE, 'file sealed', 'parts marked', 'file linked', 'file placed and settled'];
  const found = await inLanes(names, (name) =>
    killedAt({ copy, name, mode: 'write', policy: 'newName', files: 'archive' }),
  );
  assert.deepEqual(found, [], 'faults after a kill');
});

test('killed between grouped entries and their annex, both are given once', async () => {
  const copy = join(ground, 'right');
  const found = await inLanes(['file sealed', 'parts marked', 'one file placed', 'two files placed'], (name) =>
    killedAt({ copy, name, mode: 'write', policy: 'newName', files: 'annex' }),
  );
  assert.deepEqual(found, [], 'faults after a kill');
});

test('the kill test notices two steps of the delivery swapped', async () => {
  const doubling = await copyOfSources('moved-first', (source) => source.replace(MARK_AND_MOVE, '$3$2$1'));
  const doubled = await killedAt({ copy: doubling, name: 'file placed and settled', mode: 'write', policy: 'newName' });
  assert.ok(
    doubled.some((fault) => fault.includes('given 2 times')),
    doubled.join('\n') || 'a move before the marks was not noticed',
  );

  const losing = await copyOfSources('ended-first', (source) => source.replace(MOVE_AND_END, '$2$1'));
  const lost = await killedAt({ copy: losing, name: 'run is written', mode: 'write', policy: 'newName' });
  assert.ok(
    lost.some((fault) => fault.includes('given 0 times')),
    lost.join('\n') || 'an end before the move was not noticed',
  );
});

test('the real command killed at each line it prints, then started again, delivers each part once', async () => {
  const lines = await countLines();
  const found = await inLanes(
    Array.from({ length: lines }, (_, at) => at + 1),
    async (kill) => {
      const home = join(ground, `line-${kill}`);
      const first = await importing(home, { killAtLine: kill });
      if (first.signal !== 'SIGKILL') return []; // it was done before the signal came
      const again = await importFile(home, file, 'write', 'demo-woocommerce');
      assert.notEqual(again, null, `the start after line ${kill} failed`);
      return faultsOf(home, 'demo-woocommerce');
    },
  );
  assert.deepEqual(found, [], 'faults after a kill');
});

test('the real command killed again and again at random moments delivers each part once', async () => {
  const random = seeded(20_261_124);
  const { ms } = await importing(join(ground, 'clock'), {});
  const rounds = Array.from({ length: 3 }, (_, round) => ({
    round,
    moments: [random(), random()].map((share) => ms * (0.4 + 0.6 * share)),
  }));
  const found = await inLanes(rounds, async ({ round, moments }) => {
    const home = join(ground, `random-${round}`);
    for (const killAfterMs of moments) await importing(home, { killAfterMs });
    await untilDone(home);
    return faultsOf(home, 'demo-woocommerce');
  });
  assert.deepEqual(found, [], 'faults after kills');
});

test('the server killed while it writes a review delivers each part once in the end', async () => {
  const random = seeded(7);
  const control = join(ground, 'server-control');
  await comptoir(control, SHOP_IMPORT);
  const expected = await delivered(sagePnm, filesOf(control, 'demo-woocommerce'));
  assert.ok(expected.length > 200);
  const found = await inLanes([20 * random(), 200 * random()], async (killAfterMs) => {
    const home = join(ground, `server-${killAfterMs}`);
    await reviewWrittenAndKilled(home, killAfterMs);
    const again = await comptoir(home, SHOP_IMPORT);
    assert.equal(again.code, 0, again.err);
    const given = await delivered(sagePnm, filesOf(home, 'demo-woocommerce'));
    return [...differences(expected, given), ...(await leftIn(home))];
  });
  assert.deepEqual(found, [], 'faults after a kill');
});

/** What the copy's child never loads. */
const NOT_COPIED = /^src\/(?:web|demo|server|cli|wiring)(?:\/|$)|\.test\.ts$|\/(?:fixtures|golden)(?:\/|$)/;

const SHOP_IMPORT = [
  'import',
  'sales',
  '--profile',
  'demo-woocommerce',
  '--from',
  '2026-08-01',
  '--to',
  '2026-11-30',
  '--yes',
];

/** Kills one child at a step, starts again, and says what is wrong then. */
async function killedAt(plan: {
  readonly copy: string;
  readonly name: string;
  readonly mode: Mode;
  readonly policy: string;
  readonly files?: Files;
}): Promise<readonly string[]> {
  const { copy, name, mode, policy, files = 'one' } = plan;
  const home = join(ground, `${copy.split('/').at(-1)}-${mode}-${policy}-${files}-${name.replaceAll(' ', '-')}`);
  await makeHome(home, policy, files);
  const old = policy === 'replaceAfterBackup' ? 'an older file\r\n' : null;
  if (old !== null) await writeFile(join(filesOf(home, 'lavande'), 'VENTES.pnm'), old);
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(copy, 'test', 'kill-child.ts'), home, file, mode],
    {
      env: { PATH: process.env.PATH ?? '', KILL_AT: name },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const { signal, err } = await ended(child);
  assert.equal(signal, 'SIGKILL', `"${name}" was never reached: ${err}`);
  const again = await importFile(home, file, mode);
  assert.notEqual(again, null, `the start after "${name}" failed`);
  const faults = [...(await faultsOf(home, 'lavande', files))];
  if (old !== null) {
    const backups = (await filesIn(filesOf(home, 'lavande'))).filter((path) => path.endsWith('.bak'));
    const kept = await Promise.all(backups.map((path) => readFile(join(filesOf(home, 'lavande'), path), 'utf8')));
    if (kept.filter((text) => text === old).length !== 1) faults.push(`the old file is kept ${kept.length} times`);
  }
  return faults.map((fault) => `${name}: ${fault}`);
}

/** What is wrong in a data folder where everything should have been delivered by now. */
async function faultsOf(home: string, profile: string, files: Files = 'one'): Promise<readonly string[]> {
  const folder = filesOf(home, profile);
  const given =
    files === 'archive'
      ? await inArchives(folder)
      : await delivered(files === 'one' ? sagePnm : csv, folder, files === 'annex' ? /-annexe/ : /^VENTES/);
  const faults = differences(SALES.flatMap(({ id }) => linesOfSale(id, files !== 'one')).sort(), given);
  if (files === 'annex') {
    const grouped = await delivered(csv, folder, /^VENTES(?!-annexe)/);
    faults.push(
      ...differences(
        GROUPED,
        grouped.map((line) => line.replace(/ [\w-]+ (\d{6})/, ' $1')),
      ),
    );
  }
  if (files === 'customers' || files === 'parts')
    faults.push(...differences(['CLI001', 'CLI002', 'CLI003'], await listed(filesOf(home, profile))));
  faults.push(...(await leftIn(home)));
  const store = await storeOf(home);
  try {
    const parts = await store.parts.of(
      profile,
      SALES.map(({ id }) => `sale/${id}`),
    );
    for (const { id } of SALES) {
      const states = (parts.get(`sale/${id}`) ?? []).map(({ part, state }) => `${part} ${state}`).sort();
      if (states.join(', ') !== 'document transferred, payment/1 transferred')
        faults.push(`sale ${id} is ${states.join(', ')}`);
      const history = (await store.parts.history(profile, `sale/${id}`))
        .map(({ part, action }) => `${part} ${action}`)
        .sort();
      if (history.join(', ') !== 'document written, payment/1 written')
        faults.push(`sale ${id} was ${history.join(', ')}`);
    }
    const open = await store.runs.inState(['reading', 'review', 'writing', 'delivering']);
    faults.push(...open.map(({ id, state }) => `run ${id} is still ${state}`));
    if ((await store.locks.get(profile)) !== null) faults.push('the profile is still locked');
  } finally {
    await store.close();
  }
  return faults;
}

/** Codes in all lists of customers of a folder. */
async function listed(folder: string): Promise<readonly string[]> {
  const names = (await filesIn(folder)).filter((name) => name.startsWith('CLIENTS'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trim().split('\r\n').slice(1)).map((row) => row.split(';')[0] ?? '');
}

/** All sales are of one day: an entry of each journal for the three of them. */
const GROUPED = ['BNQ  411000 -3600', 'BNQ  517200 3600', 'VTE  411000 3600', 'VTE  445711 -600', 'VTE  707100 -3000'];

function linesOfSale(id: number, untold: boolean): readonly string[] {
  const piece = `FA${String(id).padStart(6, '0')}`;
  const [sale, payment] = untold ? ['', ''] : ['sale', 'payment']; // a CSV does not tell them apart
  return [
    `BNQ ${payment} ${piece} 411000 -1200`,
    `BNQ ${payment} ${piece} 517200 1200`,
    `VTE ${sale} ${piece} 411000 1200`,
    `VTE ${sale} ${piece} 445711 -200`,
    `VTE ${sale} ${piece} 707100 -1000`,
  ];
}

function differences(expected: readonly string[], given: readonly string[]): string[] {
  const count = (lines: readonly string[], wanted: string) => lines.filter((line) => line === wanted).length;
  return [...new Set([...expected, ...given])]
    .filter((line) => count(expected, line) !== count(given, line))
    .map((line) => `"${line}" was given ${count(given, line)} times instead of ${count(expected, line)}`);
}

/** Files that nobody should find: temporary ones, and copies of files that were never delivered. */
async function leftIn(home: string): Promise<readonly string[]> {
  const store = await storeOf(home);
  const profiles = (await store.profiles.list()).map(({ id }) => id);
  const runs = (await Promise.all(profiles.map((id) => store.runs.list(id, 100)))).flat();
  await store.close();
  const copies = runs
    .filter((run) => run.state === 'written')
    .map(fileOf)
    .flatMap((file) => (file === null ? [] : deliveredFiles(file)))
    .map(({ copyPath }) => relative(home, copyPath));
  const known =
    /^(?:comptoir\.db(?:-wal|-shm)?|secret\.key|logs\/comptoir-[\d-]+\.log|files\/[\w-]+\/(?:VENTES|CLIENTS)(?:-(?:VTE|BNQ|annexe))?(?:-[\d-]+)?\.(?:pnm|csv|zip)(?:\.[\d-]+\.bak)?)$/;
  const found = await filesIn(home);
  return [
    ...found.filter((path) => !known.test(path) && !copies.includes(path)).map((path) => `${path} was left behind`),
    ...copies.filter((path) => !found.includes(path)).map((path) => `${path} is missing`),
  ];
}

/** What the archives of a folder hold, as `delivered` has it. */
async function inArchives(folder: string): Promise<readonly string[]> {
  const unpacked = await temporaryFolder('unpacked');
  try {
    for (const name of (await filesIn(folder)).filter((file) => file.endsWith('.zip'))) {
      const files = Object.entries(unzipSync(await readFile(join(folder, name))));
      for (const [part, bytes] of files) await writeFile(join(unpacked, `${name}-${part}`), bytes);
    }
    return await delivered(csv, unpacked);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

async function makeHome(home: string, policy: string, files: Files): Promise<void> {
  await mkdir(filesOf(home, 'lavande'), { recursive: true });
  const store = await storeOf(home);
  const profile = DEMOS[0]?.profile();
  const thirdParty = { mode: 'onePerCustomer', prefix: 'CLI', length: 6 };
  const document = JSON.stringify({
    ...profile,
    ledger: { ...profile?.ledger, policy, ...LEDGERS[files] },
    customers: { ...profile?.customers, ...(files === 'customers' || files === 'parts' ? { thirdParty } : {}) },
    advanced: { ...profile?.advanced, grouping: files === 'annex' ? 'day' : 'none' },
  });
  await store.profiles.add({ id: 'lavande', document, demo: false, at: '2026-11-01T08:00:00Z' });
  await store.close();
}

function filesOf(home: string, profile: string): string {
  return join(home, 'files', profile);
}

/** `src` with a way to die after each step; `change` is made to `runs/deliver.ts` first. */
async function copyOfSources(name: string, change: (source: string) => string): Promise<string> {
  const copy = join(ground, name);
  await mkdir(join(copy, 'test'), { recursive: true });
  await cp(join(ROOT, 'src'), join(copy, 'src'), {
    recursive: true,
    filter: (path) => !NOT_COPIED.test(relative(ROOT, path)),
  });
  await cp(join(ROOT, 'test', 'kill-child.ts'), join(copy, 'test', 'kill-child.ts'));
  await cp(join(ROOT, 'package.json'), join(copy, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const paths = new Set(STEPS.map(({ path }) => path));
  for (const path of paths) {
    const original = await readFile(join(ROOT, 'src', path), 'utf8');
    let source = original;
    for (const { text, by } of STEPS.filter((patch) => patch.path === path)) {
      assert.equal(source.split(text).length, 2, `${path} should hold once: ${text}`);
      source = source.replace(text, () => by);
    }
    if (path === 'runs/deliver.ts') {
      const changed = change(source);
      if (name !== 'right') assert.notEqual(changed, source, `${name}: the two steps were not found`);
      source = changed;
    }
    await writeFile(join(copy, 'src', path), source);
  }
  return copy;
}

function step(path: string, text: string, name: string, first = text): Patch {
  return { path, text, by: text.replace(first, () => `${first} ${dying(name)}`) };
}

function marked(path: string, text: string, name: string): Patch {
  return { path, text, by: `  ${dying(name)}${text}` };
}

function dying(name: string): string {
  return `if (process.env.KILL_AT === '${name}') process.kill(process.pid, 'SIGKILL');`;
}

function nameOf({ by }: Patch): string {
  return /KILL_AT === '([^']*)'/.exec(by)?.[1] ?? '';
}

/** One import of the file by the real command, killed by the parent; without a plan it goes through. */
async function importing(
  home: string,
  plan: { readonly killAtLine?: number; readonly killAfterMs?: number },
): Promise<Ended> {
  let line = 0;
  return comptoir(home, ['import', 'sales', '--profile', 'demo-woocommerce', '--file', file, '--yes'], {
    onStart: (child) => {
      if (plan.killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), plan.killAfterMs);
    },
    onLine: ({ stream, child }) => {
      if (stream === 'err') line += 1;
      if (line === plan.killAtLine) child.kill('SIGKILL');
    },
  });
}

async function countLines(): Promise<number> {
  const { err } = await importing(join(ground, 'count'), {});
  const lines = err.split('\n').length - 1;
  assert.ok(lines > 2 * SALES.length, `progress is told line by line: ${err}`);
  return lines;
}

async function untilDone(home: string): Promise<void> {
  const { code, err } = await importing(home, {});
  assert.equal(code, 0, err);
}

/** A review of the demo shop made and written by the API, the server killed so long after it began to write. */
async function reviewWrittenAndKilled(home: string, killAfterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'src', 'main.ts'), 'serve', '--port', '0'],
    {
      env: { PATH: process.env.PATH ?? '', COMPTOIR_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const end = ended(child);
  try {
    const url = await addressSaid(child);
    const call = async (method: string, path: string, body?: object) => {
      const answer = await fetch(url + path, {
        method,
        headers: { origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path}: ${text}`);
      return JSON.parse(text) as { id: string; state: string };
    };
    await call('POST', '/api/demos/demo-woocommerce', {});
    const asked = { kind: 'sales', from: '2026-08-01', to: '2026-11-30', includeTransferred: false, review: true };
    const { id } = await call('POST', '/api/profiles/demo-woocommerce/runs', asked);
    for (let tries = 0; (await call('GET', `/api/runs/${id}`)).state !== 'review'; tries += 1) {
      assert.ok(tries < 600, 'the review never came');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await call('POST', `/api/reviews/${id}/write`, {});
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
  } finally {
    child.kill('SIGKILL');
    await end;
  }
}

async function addressSaid(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const address = /http:\/\/[\d.:]+\d/.exec(said);
    if (address !== null) return address[0];
  }
  throw new Error(`The server said no address: ${said}`);
}

async function ended(child: ChildProcess): Promise<{ readonly signal: NodeJS.Signals | null; readonly err: string }> {
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_code, by) => resolve(by));
  });
  return { signal, err };
}

/** The faults of all cases, a few cases at once. */
async function inLanes<Case>(
  cases: readonly Case[],
  work: (one: Case) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const rest = [...cases];
  const lane = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) faults.push(...(await work(one)));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return faults;
}

/** Numbers from 0 to 1, the same at every run of the test. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
