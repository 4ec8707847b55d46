import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Failure } from '../core/problem.ts';
import { fromScript, held, toScript } from './exchange.ts';
import type { EntryHook, Hooked, ToHook } from './hook.ts';

/** What a script may use. A process that goes beyond is ended, and its document waits. */
export type HookLimits = {
  /** For one document. */
  readonly documentMs: number;
  /** To start and load the script. */
  readonly loadMs: number;
  /** JavaScript's own memory, in MB. */
  readonly heapMb: number;
  /** All memory of the process, in MB, where the system tells it (Linux). */
  readonly processMb: number;
  /** After so many ended processes the script is not asked again in this run. */
  readonly ends: number;
};

export const HOOK_LIMITS: HookLimits = { documentMs: 2000, loadMs: 20_000, heapMb: 128, processMb: 384, ends: 5 };

const CHILD = fileURLToPath(new URL('hook-child.ts', import.meta.url));
const WATCH_MS = 50;
const MAX_MESSAGE = 300;
/** Documents that wait in the pipe to the script: enough to keep it busy, not a whole run. */
const LOT = 100;

const answered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loaded') }),
  z.object({ type: z.literal('unusable'), message: z.string(), place: z.string() }),
  z.object({ type: z.literal('answer'), entries: z.unknown() }),
  z.object({ type: z.literal('threw'), message: z.string(), place: z.string() }),
]);
type Answer = z.infer<typeof answered>;

/** How a process ended that should not have. */
type End = {
  readonly code: 'hook.too-slow' | 'hook.too-large' | 'hook.ended';
  readonly values: Record<string, string>;
};

/**
 * Starts the script of that path, which stands in `folder`, and answers once it is loaded; a `Failure` names what keeps it
 * from working. It runs in a process of its own that may read that folder alone, write nothing, start nothing and sees no
 * environment: the data folder and its secrets are out of its reach, and what it does to itself hurts nobody else.
 */
export async function openHook(path: string, folder: string, limits = HOOK_LIMITS): Promise<EntryHook> {
  let script: Script | null = await started(path, folder, limits);
  let ends = 0;
  let last: End | null = null;
  return { apply, close };

  async function apply(lot: readonly ToHook[]): Promise<readonly Hooked[]> {
    const outcomes: Hooked[] = [];
    for (let at = 0; at < lot.length; at = outcomes.length) {
      if (last !== null && ends >= limits.ends) outcomes.push(ended(lot[at], last));
      else outcomes.push(...(await some(lot.slice(at, at + LOT))));
    }
    return outcomes;
  }

  /** The outcomes of the documents up to the one that ended the process, if one did. */
  async function some(lot: readonly ToHook[]): Promise<readonly Hooked[]> {
    if (script?.alive() === false) script = null; // it ended after its last answer, which is nobody's fault here
    script ??= await started(path, folder, limits);
    const outcomes: Hooked[] = [];
    const end = await script.ask(lot.map(toScript), (answer) => {
      const given = lot[outcomes.length];
      if (given !== undefined) outcomes.push(outcomeOf(given, answer));
    });
    if (end === null) return outcomes;
    script = null;
    ends += 1;
    last = end;
    return [...outcomes, ended(lot[outcomes.length], end)];
  }

  async function close(): Promise<void> {
    const running = script;
    script = null;
    await running?.stop();
  }
}

function outcomeOf(given: ToHook, answer: Answer): Hooked {
  if (answer.type === 'answer') return fromScript(given, answer.entries);
  const { message, place } = answer.type === 'threw' ? answer : { message: answer.type, place: '' };
  return held(given.document, 'hook.threw', { message: shown(message), place });
}

function ended(given: ToHook | undefined, { code, values }: End): Hooked {
  if (given === undefined) throw new TypeError('A script ended without a document');
  return held(given.document, code, values);
}

/** A script's words, on one line. */
function shown(message: string): string {
  return message
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE);
}

type Script = {
  /** Tells each answer; resolves when all have come, or with how the process ended before. */
  readonly ask: (inputs: readonly object[], onAnswer: (answer: Answer) => void) => Promise<End | null>;
  readonly alive: () => boolean;
  readonly stop: () => Promise<void>;
};

async function started(path: string, folder: string, limits: HookLimits): Promise<Script> {
  const real = { path: realpathSync(path), folder: realpathSync(folder) };
  const child = fork(CHILD, [], {
    cwd: real.folder,
    env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : { TZ: 'UTC' },
    execArgv: [
      '--permission',
      `--allow-fs-read=${dirname(CHILD)}`,
      `--allow-fs-read=${real.folder}`,
      `--max-old-space-size=${limits.heapMb}`,
      '--disable-warning=ExperimentalWarning',
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const script = scriptOf(child, limits);
  const answers: Answer[] = [];
  const end = await script.talk({ type: 'load', ...real }, 1, limits.loadMs, (answer) => answers.push(answer));
  const [answer] = answers;
  if (answer?.type === 'loaded') return script;
  await script.stop();
  const reason =
    answer?.type === 'unusable' ? [answer.place, shown(answer.message)].filter(Boolean).join(' ') : reasonOf(end);
  throw new Failure('hook.unusable', { path, reason });
}

function reasonOf(end: End | null): string {
  return end === null ? '' : Object.values(end.values).join(' ');
}

function scriptOf(child: ChildProcess, limits: HookLimits) {
  let tooLarge = false;
  let stderr = '';
  let gone: { readonly code: number | null; readonly signal: string | null } | null = null;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  child.on('error', () => {}); // a message to a process that just ended: its end is told by `exit`
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = { code, signal };
      resolve();
    });
  });
  return { ask, talk, alive: () => gone === null, stop };

  function ask(inputs: readonly object[], onAnswer: (answer: Answer) => void): Promise<End | null> {
    return talk({ type: 'lot', inputs }, inputs.length, limits.documentMs, onAnswer);
  }

  /** Sends a message and takes `count` answers, each within the time. */
  async function talk(
    message: object,
    count: number,
    eachMs: number,
    onAnswer: (answer: Answer) => void,
  ): Promise<End | null> {
    let taken = 0;
    let slow = false;
    const watch = setInterval(() => {
      if (memoryMb(child.pid) > limits.processMb) {
        tooLarge = true;
        child.kill('SIGKILL');
      }
    }, WATCH_MS);
    let timer: NodeJS.Timeout | null = null;
    const done = new Promise<void>((resolve) => {
      child.on('message', take);
      arm();
      child.send(message);

      function take(received: unknown): void {
        taken += 1;
        const answer = answered.safeParse(received);
        onAnswer(answer.success ? answer.data : { type: 'threw', message: 'no answer', place: '' });
        if (taken < count) {
          arm();
          return;
        }
        child.off('message', take);
        resolve();
      }

      function arm(): void {
        if (timer !== null) clearTimeout(timer);
        const before = taken;
        timer = setTimeout(() => {
          // Answers may wait behind what this process was busy with: they come first.
          setImmediate(() =>
            setImmediate(() => {
              if (taken !== before) return;
              slow = true;
              child.kill('SIGKILL');
            }),
          );
        }, eachMs);
      }
    });
    await Promise.race([done, exited]);
    clearInterval(watch);
    if (timer !== null) clearTimeout(timer);
    child.removeAllListeners('message');
    return taken === count ? null : endOf(slow);
  }

  function endOf(slow: boolean): End {
    if (slow) return { code: 'hook.too-slow', values: { seconds: String(limits.documentMs / 1000) } };
    if (tooLarge || /heap out of memory|Allocation failed/i.test(stderr)) {
      return { code: 'hook.too-large', values: { megabytes: String(tooLarge ? limits.processMb : limits.heapMb) } };
    }
    const message = /^\w*Error: .*$/m.exec(stderr)?.[0] ?? '';
    const how = gone?.signal ?? `exit ${gone?.code ?? ''}`;
    return { code: 'hook.ended', values: { reason: shown([how, message].filter(Boolean).join(' ')) } };
  }

  async function stop(): Promise<void> {
    if (gone === null) child.kill('SIGKILL');
    await exited;
  }
}

/** Memory of a process that is really used; 0 where the system does not tell. */
function memoryMb(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // no /proc, or the process is gone: the heap's own limit stands
  }
}
