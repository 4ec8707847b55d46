import { appendFileSync, mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogSettings, logSettings } from '../api/support.ts';
import type { Store } from '../store/store.ts';

/**
 * What the server did, for whoever helps: a file a day in `logs` of the data folder, kept for some days. No personal data
 * and no secret can come in: a line holds names of our own (codes, states, ids, the pattern of an address), counts, and of
 * a fault its kind and place in our sources, never its message, which may quote what a customer wrote.
 */
export type LogFiles = {
  readonly event: (name: string, values?: Readonly<Record<string, string | number>>) => void;
  readonly fault: (place: string, error: unknown) => void;
  /** `pattern`: the address as the route declares it, without what fills it. */
  readonly request: (method: string, pattern: string, status: number, ms: number) => void;
  readonly settings: () => LogSettings;
  readonly set: (settings: LogSettings) => Promise<void>;
  readonly list: () => Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  /** The path of one of them; null: there is none of that name. */
  readonly path: (name: string) => Promise<string | null>;
  /** Those older than the days kept go. */
  readonly purge: () => Promise<void>;
};

const SETTINGS = 'logs';
const NAME = /^comptoir-(\d{4}-\d\d-\d\d)\.log$/;
const DAY_MS = 86_400_000;

export async function logFiles({ settings: kept }: Store, home: string, now: () => number): Promise<LogFiles> {
  const folder = join(home, 'logs');
  const text = await kept.get(SETTINGS);
  let settings = logSettings.parse(text === null ? {} : JSON.parse(text));
  return {
    event: (name, values = {}) => {
      if (settings.level === 'errors') return;
      append('info', name, values);
    },
    fault: (place, error) => append('fault', place.split(' ')[0] ?? '', { error: kindOf(error), at: framesOf(error) }),
    request: (method, pattern, status, ms) => {
      if (settings.level === 'detailed') append('request', `${method} ${pattern}`, { status, ms: Math.round(ms) });
    },
    settings: () => settings,
    set: async (wanted) => {
      settings = logSettings.parse(wanted);
      await kept.set(SETTINGS, JSON.stringify(settings));
      await purge();
    },
    list,
    path: async (name) => ((await list()).some((one) => one.name === name) ? join(folder, name) : null),
    purge,
  };

  function append(level: string, name: string, values: Readonly<Record<string, string | number>>): void {
    const at = new Date(now()).toISOString();
    const told = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const line = [at, level, name, ...told].join(' ').replace(/[\r\n]+/g, ' ');
      appendFileSync(join(folder, `comptoir-${at.slice(0, 10)}.log`), `${line}\n`, { mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error; // a disk that refuses the log keeps nobody from working
    }
  }

  async function list() {
    const names = await readdir(folder).catch(() => []); // no log was written yet
    const ours = names.filter((name) => NAME.test(name)).sort();
    return Promise.all(ours.reverse().map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
  }

  async function purge(): Promise<void> {
    const oldest = new Date(now() - settings.keptDays * DAY_MS).toISOString().slice(0, 10);
    for (const { name } of await list())
      if ((NAME.exec(name)?.[1] ?? '') < oldest) await rm(join(folder, name), { force: true });
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name}:${error.code}` : error.name;
}

/** Where in our sources: file and line, no message. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = [...stack.matchAll(/\/src\/([\w./-]+\.tsx?:\d+)/g)].map(([, frame = '']) => frame);
  return frames.slice(0, 8).join(' < ') || '-';
}
