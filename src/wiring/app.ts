import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { App, ExitCode, ServeOptions, Tools } from '../cli/app.ts';
import { Failure } from '../core/problem.ts';
import { formats } from '../formats/index.ts';
import { translator } from '../i18n/translate.ts';
import { languageCodes, spokenLanguage } from '../languages/files.ts';
import { ledgers } from '../ledgers/index.ts';
import { DEMOS } from '../profiles/demo.ts';
import { TEMPLATES } from '../profiles/templates.ts';
import { makeDefaultFolder, target } from '../runs/deliver.ts';
import type { RunDeps } from '../runs/deps.ts';
import { recover } from '../runs/recover.ts';
import { resetTransfers } from '../runs/reset.ts';
import {
  answerLate,
  closeReview,
  excludeDocuments,
  includeDocuments,
  rebuildReview,
  undoExclusion,
} from '../runs/review.ts';
import { writeReview } from '../runs/review-write.ts';
import { startRun } from '../runs/run.ts';
import { HOME_MOVE } from '../server/handlers/home.ts';
import { shops } from '../shops/index.ts';
import { checkFecFile } from './check-fec.ts';
import { converting } from './convert.ts';
import { DEMO_IDLE_MS, demoShops } from './demo-shops.ts';
import { runDeps } from './deps.ts';
import { homeFolder, openHome, platformFolder, putInPlace } from './home.ts';
import { checkTarget, leftBehind, moveHome, refuseMoved, removeLeftBehind } from './move-home.ts';
import { ownFormats } from './own-formats.ts';
import { known, openDemo } from './profiles.ts';
import { terminal } from './terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The whole application, ready for a command line. */
export function application(): App {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }; // this project's own file
  const { env: environment } = process;
  return {
    version,
    environment,
    cwd: process.cwd(),
    terminal: terminal(),
    shops,
    formats,
    ownFormats,
    convert: converting(Date.now),
    checkFec: checkFecFile,
    ownLanguages: {
      codes: (home) => languageCodes(homeFolder(home, environment)),
      read: (home, code) => spokenLanguage(homeFolder(home, environment), code),
    },
    open: (home) => open(homeFolder(home, environment), version, (home ?? environment.COMPTOIR_HOME ?? null) !== null),
  };
}

/** Whose process it is, for what is recorded of the command line. */
function ownerOfProcess(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null; // a container's user without a name
  }
}

async function open(first: string, version: string, given: boolean): Promise<Tools> {
  let home = first;
  const platform = platformFolder();
  await refuseMoved(home, platform);
  const demos = demoShops(Date.now, DEMO_IDLE_MS);
  let store = await openHome(home, process.env);
  const depsNow = (): RunDeps => ({ ...runDeps(store, home, Date.now, demos), by: ownerOfProcess() });
  const deps = depsNow();
  const recovered = await recover(deps);
  return {
    deps,
    runs: { startRun, writeReview, closeReview, resetTransfers },
    known,
    demos: DEMOS,
    openDemo: (id) => openDemo(store, id, Date.now()),
    checkLedger: async (stored) => {
      const choice = deps.ledgerFor(stored.profile, null);
      await makeDefaultFolder(deps, stored.id);
      const request = { kind: 'sales', folder: null } as const;
      return choice.ledger.check(target(deps, stored, { id: 'check', from: null, to: null }, request, choice, 'UTC'));
    },
    serve: async (options, signal) => {
      let asked = options;
      for (;;) {
        const place = { platform, given };
        const ended = await serving({ ...depsNow(), by: null }, version, asked, { place, signal });
        if (!('restartOn' in ended)) return ended.code;
        await store.close();
        const moved = ended.moveTo === null ? null : await movedTo(home, platform, ended.moveTo);
        if (moved !== null && moved.code === null) home = moved.target;
        store = await openHome(home, process.env); // with the backup that was accepted
        if (moved !== null) await store.settings.set(HOME_MOVE, JSON.stringify(moved));
        await recover(depsNow());
        asked = { ...options, port: ended.restartOn };
      }
    },
    putInPlace: async () => {
      await store.close();
      return putInPlace(home);
    },
    recovered,
    close: async () => {
      await demos.close();
      await store.close();
    },
  };
}

/** Moves the closed data folder; what kept it from going is told by the folder it stays in. */
async function movedTo(home: string, platform: string, target: string) {
  const answer = { at: new Date().toISOString(), target };
  try {
    await moveHome({ home, platform, now: Date.now }, target, (folder) => openHome(folder, process.env));
    return { ...answer, code: null, values: {} };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...answer, code: error.code, values: error.values };
  }
}

/** `123456789012` as people type it. */
const spaced = (code: string) => code.replace(/\d{4}(?=\d)/g, '$& ');

/** How serving ended: with the process, or to start again on the same port. */
type Ended = { readonly code: ExitCode } | { readonly restartOn: number; readonly moveTo: string | null };

/** Serves until the signal aborts; says its address, or that of the Comptoir that serves this folder already. */
async function serving(
  deps: RunDeps,
  version: string,
  options: ServeOptions,
  { place, signal }: { place: { platform: string; given: boolean }; signal: AbortSignal },
): Promise<Ended> {
  const { port, host, url, tls, setup, language } = options;
  const say = translator(language);
  const webFolder = join(ROOT, 'build', 'web');
  const again = new AbortController();
  let moveTo: string | null = null;
  const restart = () => void setTimeout(() => again.abort(), 500); // once the answer has gone out
  const { serve } = await import('../server/server.ts');
  const { isLoopback } = await import('../server/security.ts'); // the other commands do without
  const server = await serve(
    {
      version,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      deps,
      runs: {
        startRun,
        writeReview,
        answerLate,
        rebuildReview,
        closeReview,
        excludeDocuments,
        includeDocuments,
        undoExclusion,
        resetTransfers,
      },
      shops,
      ledgers: ledgers.map(({ id, name, format: { extension, confidence } }) => ({ id, name, extension, confidence })),
      demos: DEMOS,
      templates: TEMPLATES,
      known,
      ownFormats,
      openDemo: (id) => openDemo(deps.store, id, deps.now()),
      restart,
      home: {
        origin: place.given ? 'given' : deps.home === place.platform ? 'platform' : 'moved',
        check: (folder) => checkTarget(deps.home, folder),
        move: (folder) => {
          moveTo = folder;
          restart();
        },
        left: () => leftBehind(place.platform),
        removeLeft: () => removeLeftBehind(place.platform, deps.home),
      },
      webFolder: existsSync(webFolder) ? webFolder : null,
      logFault: (place, error) =>
        process.stderr.write(
          `${new Date().toISOString()} ${place} ${error instanceof Error ? error.stack : String(error)}\n`,
        ),
    },
    { ...(port === null ? {} : { port }), ...(host === null ? {} : { host }), url, tls, setup },
  );
  process.stdout.write(
    `${say(server.state === 'already' ? 'cli.serve.already' : 'cli.serve.ready', { url: server.url })}\n`,
  );
  if (server.state === 'already') return { code: 0 };
  if (server.code !== null) process.stdout.write(`${say('cli.serve.code', { code: spaced(server.code) })}\n`);
  if (!isLoopback(host ?? 'localhost') && !server.url.startsWith('https:'))
    process.stdout.write(`${say('cli.serve.not-https')}\n`);
  const ends = AbortSignal.any([signal, again.signal]);
  await new Promise<void>((resolve) => {
    if (ends.aborted) resolve();
    else ends.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
  return signal.aborted ? { code: 0 } : { restartOn: server.port, moveTo };
}
