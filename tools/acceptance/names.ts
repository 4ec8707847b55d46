import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROW = /\b([STD]-\d{2,3})(?: to [STD]-(\d{2,3}))?\b/g;

/** Which test files bear each row in the name of a test, in their order. Comments bear nothing. */
export function provenRows(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of testFiles()) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const line of text.split('\n')) {
      if (/^\s*(\/\/|\/?\*)/.test(line)) continue;
      for (const [, first = '', last] of line.replace(/\s\/\/ .*$/, '').matchAll(ROW)) {
        for (const row of rowsBetween(first, last)) {
          const files = found.get(row) ?? [];
          if (!files.includes(file)) files.push(file);
          found.set(row, files);
        }
      }
    }
  }
  return found;
}

/** Tests, and the contracts and tables that tests are made of. */
function testFiles(): readonly string[] {
  return ['src', 'test']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        `${folder}/${name}`.replaceAll('\\', '/'),
      ),
    )
    .filter((name) => /\.test\.ts$|\/contract[^/]*\.ts$|\/profile-fields\/fields\.ts$/.test(name))
    .sort();
}

/** `S-263 to S-265` is three rows. */
function rowsBetween(first: string, last: string | undefined): readonly string[] {
  if (last === undefined) return [first];
  const [kind = '', from = ''] = first.split('-');
  const count = Math.max(1, Number(last) - Number(from) + 1);
  return Array.from(
    { length: count },
    (_, step) => `${kind}-${String(Number(from) + step).padStart(from.length, '0')}`,
  );
}
