import { registerHooks } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The process a script runs in: `runner.ts` starts it without rights to the disk but for reading the folder of scripts,
 * without environment, and with little memory. It imports nothing of the product. The network is taken away here: Node's
 * permissions do not know it yet, so this is a fence against accidents, not a wall.
 */

type Asked =
  | { readonly type: 'load'; readonly path: string; readonly folder: string }
  | { readonly type: 'lot'; readonly inputs: readonly { readonly document: unknown; readonly entries: unknown }[] };

/** Node's own modules that compute and nothing else. */
const ALLOWED = new Set([
  'node:assert',
  'node:buffer',
  'node:crypto',
  'node:path',
  'node:process',
  'node:url',
  'node:util',
]);
const NETWORK = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel'];

const send = process.send?.bind(process);
let hook: ((document: unknown, entries: unknown) => unknown) | null = null;
let folder = '';

process.on('message', (asked: Asked) => {
  void (asked.type === 'load' ? load(asked) : answer(asked.inputs));
});

async function load(asked: { readonly path: string; readonly folder: string }): Promise<void> {
  folder = asked.folder;
  try {
    fence();
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(asked.path).href);
    const found = module.hook ?? module.default;
    if (typeof found !== 'function') return tell({ type: 'unusable', message: 'no-function', place: '' });
    hook = found as typeof hook; // just checked to be a function
    tell({ type: 'loaded' });
  } catch (error) {
    tell({ type: 'unusable', ...told(error) });
  }
}

/** One document after the other; between two the answer leaves, so that a script that hangs is known by its document. */
async function answer(inputs: readonly { readonly document: unknown; readonly entries: unknown }[]): Promise<void> {
  for (const { document, entries } of inputs) {
    try {
      tell({ type: 'answer', entries: (await hook?.(document, entries)) ?? null });
    } catch (error) {
      tell({ type: 'threw', ...told(error) });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function tell(message: object): void {
  send?.(message);
}

/** The message of what was thrown, and the script's own line. */
function told(error: unknown): { readonly message: string; readonly place: string } {
  const stack = error instanceof Error ? String(error.stack) : '';
  for (const [, url = '', line = ''] of stack.matchAll(/(file:\/\/[^\s)]+?):(\d+)/g)) {
    const path = fileURLToPath(url);
    if (path.startsWith(folder))
      return { message: messageOf(error), place: `${path.slice(folder.length + 1)}:${line}` };
  }
  return { message: messageOf(error), place: '' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
}

function fence(): void {
  for (const name of NETWORK) Reflect.deleteProperty(globalThis, name);
  for (const name of ['kill', 'send', 'disconnect', 'getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'chdir'])
    Reflect.defineProperty(process, name, { value: undefined, writable: false, configurable: false });
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const builtin = found.url.startsWith('node:');
      if (builtin && !ALLOWED.has(found.url)) throw new Error(`${specifier} is not for scripts`);
      return found;
    },
  });
}
