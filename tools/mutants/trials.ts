import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { configureGlobal } from 'fast-check';
import { build } from 'vite';

/**
 * Runs tests in this process, each time with all modules evaluated anew and one fault in, so that constants and what is kept
 * between calls are wrong with it too. Tests are functions that do not wait, as the core's are.
 */
export type Trials = {
  /** What a test file's tests run of the switched places when all is sound. Throws when one fails. */
  readonly record: (file: string) => readonly OneTest[];
  readonly isNoticed: (fault: number, tests: readonly OneTest[]) => boolean;
};

/** One test, and what it runs. */
export type OneTest = {
  readonly file: string;
  /** Its place in its file. */
  readonly index: number;
  readonly steps: number;
  readonly places: ReadonlySet<number>;
};

type Body = () => void;
type Module = (...values: readonly unknown[]) => void;

/** How many times the steps of a sound run end a loop that a fault makes endless, and at least how many. */
const STEPS_FACTOR = 20;
const MIN_STEPS = 200_000;

/** `tests` are named from `root`; `switchedOf` gives a source with its faults, null for a source that has none. */
export async function trialsOf(
  root: string,
  tests: readonly string[],
  switchedOf: (path: string) => string | null,
): Promise<Trials> {
  const modules = await modulesOf(root, tests, switchedOf);
  const outside = createRequire(join(root, 'package.json'));
  const drawing = outside('fast-check') as { readonly configureGlobal: typeof configureGlobal };
  drawing.configureGlobal({ seed: 3, endOnFailure: true }); // the same random documents each time
  let fault = -1;
  let steps = 0;
  let maxSteps = Number.POSITIVE_INFINITY;
  let places = new Set<number>();
  let isRecording = false;

  return { record, isNoticed };

  function record(file: string): readonly OneTest[] {
    fault = -1;
    maxSteps = Number.POSITIVE_INFINITY;
    isRecording = true;
    const measure = (body: Body) => {
      steps = 0;
      places = new Set();
      body();
      return { steps, places };
    };
    let bodies: readonly Body[] = [];
    const loading = measure(() => {
      bodies = loader()(file);
    });
    const records = bodies.map((body, index) => {
      const { steps, places } = measure(body);
      return { file, index, steps: steps + loading.steps, places: places.union(loading.places) };
    });
    isRecording = false;
    return records;
  }

  function isNoticed(wanted: number, chosen: readonly OneTest[]): boolean {
    fault = wanted;
    const bodiesOf = loader();
    try {
      for (const test of chosen) {
        steps = 0;
        maxSteps = test.steps * STEPS_FACTOR + MIN_STEPS;
        bodiesOf(test.file)[test.index]?.();
      }
      return false;
    } catch {
      return true;
    } finally {
      fault = -1;
    }
  }

  /** Modules evaluated once from now on; what a test file hands to `test`, in order. */
  function loader(): (file: string) => readonly Body[] {
    const known = new Map<string, { exports: unknown }>();
    const bodies = new Map<string, readonly Body[]>();
    let found: Body[] = [];
    return (file) => {
      const before = bodies.get(file);
      if (before !== undefined) return before;
      found = [];
      load(chunkOf(file));
      bodies.set(file, found);
      return found;
    };

    function load(chunk: string): unknown {
      const before = known.get(chunk);
      if (before !== undefined) return before.exports;
      const module = { exports: {} };
      known.set(chunk, module);
      const run = modules.get(chunk);
      if (run === undefined) throw new TypeError(`${chunk} was not built`);
      run((name: string) => required(chunk, name), module.exports, module, is, two, one);
      return module.exports;
    }

    function required(from: string, name: string): unknown {
      if (name === 'node:test') return { test: (_: string, body: Body) => found.push(body) };
      return name.startsWith('.') ? load(join(from, '..', name)) : outside(name);
    }
  }

  function is(id: number): boolean {
    steps += 1;
    if (steps > maxSteps) throw new RangeError('The loop is endless.');
    if (isRecording) places.add(id);
    return id === fault;
  }
}

function two<L, R, T>(left: L, right: R, combine: (left: L, right: R) => T): T {
  return combine(left, right);
}

function one<V, T>(value: V, make: (value: V) => T): T {
  return make(value);
}

const chunkOf = (file: string) => file.replace(/\.ts$/, '.js');

/** Every module that the tests import as a function to be evaluated many times, by its path from the root. */
async function modulesOf(
  root: string,
  tests: readonly string[],
  switchedOf: (path: string) => string | null,
): Promise<ReadonlyMap<string, Module>> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'faults',
        enforce: 'pre',
        transform: (_, id) => (id.startsWith(root) ? switchedOf(id.slice(root.length)) : null),
      },
    ],
    build: {
      ssr: true,
      write: false,
      minify: false,
      rolldownOptions: {
        input: tests.map((test) => join(root, test)),
        treeshake: false,
        output: { format: 'cjs', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
      },
    },
  });
  const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(
    chunks.flatMap((chunk) =>
      chunk.type === 'chunk'
        ? [[chunk.fileName, new Function('require', 'exports', 'module', '$is', '$two', '$one', chunk.code) as Module]]
        : [],
    ),
  );
}
