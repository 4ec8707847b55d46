import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NODE, NODE_OPTIONS } from '../ground.mjs';
import type { Mutant } from './mutate.ts';

/** Which tests run a place of a source, by V8's account of each test file by itself; the quickest first. */
export type Reach = (mutant: Mutant) => readonly string[];

type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number };
type Account = { readonly url: string; readonly functions: readonly { readonly ranges: readonly Range[] }[] };
type Seen = { readonly test: string; readonly ms: number; readonly ranges: ReadonlyMap<string, readonly Range[]> };

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/** Throws when a test fails as it is. `root` is where `sources` and `tests` are named from. */
export function reachOf(root: string, sources: ReadonlyMap<string, string>, tests: readonly string[]): Reach {
  const seen = tests.map((test) => accountOf(root, test)).sort((a, b) => a.ms - b.ms);
  return ({ file, start }) => {
    const source = sources.get(file) ?? '';
    // V8 counts in the source without its types, which stand blank in it: else nothing is known of places.
    const isKnown = stripTypeScriptTypes(source).length === source.length;
    const url = pathToFileURL(join(root, file)).href;
    return seen.flatMap(({ test, ranges }) => {
      const own = ranges.get(url);
      return own !== undefined && (!isKnown || isRun(own, start)) ? [test] : [];
    });
  };
}

/** The innermost range around a place says how often it was run. */
function isRun(ranges: readonly Range[], at: number): boolean {
  let inner: Range | null = null;
  for (const range of ranges) {
    if (range.startOffset > at || range.endOffset <= at) continue;
    if (inner === null || range.endOffset - range.startOffset <= inner.endOffset - inner.startOffset) inner = range;
  }
  return inner === null || inner.count > 0;
}

function accountOf(root: string, test: string): Seen {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-reach-'));
  try {
    const began = performance.now();
    const { status } = spawnSync(NODE, [...NODE_OPTIONS, CHILD, '', '', join(root, test)], {
      cwd: root,
      env: { ...process.env, NODE_V8_COVERAGE: folder },
      stdio: 'ignore',
    });
    if (status !== 0) throw new TypeError(`${test} fails without any fault: nothing can be told`);
    const ms = performance.now() - began;
    const ranges = new Map<string, Range[]>();
    for (const name of readdirSync(folder)) {
      const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        readonly result: readonly Account[];
      };
      for (const { url, functions } of result) {
        ranges.set(url, [...(ranges.get(url) ?? []), ...functions.flatMap((one) => one.ranges)]);
      }
    }
    return { test, ms, ranges };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
