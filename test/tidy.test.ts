import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** House rules as tests: who imports whom, what is absent on purpose, sentences in both languages. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Which folders of `src` each folder may import; itself always. A new arrow is a decision: docs/decisions says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  schema: ['core'],
  i18n: ['core'],
  languages: ['core', 'api', 'i18n'],
  formats: ['core', 'schema'],
  profiles: ['core', 'schema'],
  shops: ['core', 'schema'],
  store: ['core', 'schema'],
  api: ['core', 'schema'],
  access: ['core', 'schema', 'store'],
  backup: ['core', 'schema', 'api', 'store'],
  demo: ['core', 'schema'],
  ledgers: ['core', 'schema', 'formats'],
  files: ['core', 'schema'],
  hooks: ['core', 'schema'],
  runs: ['core', 'schema', 'files', 'profiles', 'store'],
  server: ['core', 'schema', 'access', 'backup', 'api', 'files', 'profiles', 'runs', 'store', 'i18n', 'languages'],
  cli: ['core', 'schema', 'access', 'backup', 'api', 'profiles', 'runs', 'store', 'i18n'],
  web: ['core', 'schema', 'api', 'i18n'],
};

/** Interfaces that may be imported as types from anywhere in the folder named. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  files: ['shops/reader.ts'],
  runs: ['shops/reader.ts', 'ledgers/ledger.ts', 'formats/format.ts', 'hooks/hook.ts'],
  server: ['shops/reader.ts', 'ledgers/ledger.ts', 'formats/format.ts'],
  cli: ['shops/reader.ts', 'ledgers/ledger.ts', 'formats/format.ts', 'formats/fec-check/findings.ts'],
};

/** Tests that may stand aside, because they need what a machine may not have. */
const MAY_SKIP: Readonly<Record<string, string>> = {
  'test/tidy.test.ts': 'this rule itself',
  'src/formats/beancount.test.ts': 'beancount, which .ci/run installs where it can',
  'src/formats/hledger.test.ts': 'hledger and ledger, which .ci/run installs where it can',
  'test/under-profiles.test.ts': 'the same',
  'src/ledgers/file.test.ts': 'a full disk, which only some systems let a test make',
};

const MAX_LINES = 400;
const SKIPPED = new Set(['node_modules', 'build', '.git', 'golden', 'fixtures', 'samples', 'data']);

const SOURCES = filesOf('src', /\.tsx?$/);
const OWN = SOURCES.filter((file) => !file.includes('.test.'));
const TESTS = [...SOURCES, ...filesOf('test', /\.ts$/), ...filesOf('bench', /\.ts$/)].filter((file) =>
  file.includes('.test.'),
);

test('each folder imports only what the table allows', () => {
  const wrong: string[] = [];
  for (const file of OWN) {
    const folder = file.split('/')[1] ?? '';
    if (folder === 'main.ts' || folder === 'wiring') continue; // these two know all folders
    const allowed = MAY_IMPORT[folder] ?? assert.fail(`${file}: its folder is not in the table`);
    for (const [, types = '', target = ''] of read(file).matchAll(
      /^(?:import|export)( type)?\b[^'";]*?from '(\.[^']+)'/gm,
    )) {
      const there = path.posix.join(path.posix.dirname(file), target);
      const [, other = ''] = there.split('/');
      if (other === folder || allowed.includes(other)) continue;
      if (types !== '' && TYPES[folder]?.includes(there.slice('src/'.length))) continue;
      wrong.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the core depends on nothing', () => {
  const wrong = OWN.filter((file) => file.startsWith('src/core/')).filter((file) => {
    return /from '(?!\.)|import\('|\basync\b|\bfetch\(|Date\.now\(|new Date\(\)|Math\.random/.test(read(file));
  });
  assert.deepEqual(wrong, []);
});

/** [what is absent on purpose, where it may be, how it shows] */
const absences: [string, RegExp, RegExp][] = [
  [
    'SQL outside the store',
    /^src\/(store|web)\//,
    /\b(SELECT\s[\s\S]{1,200}?\sFROM|INSERT\s+INTO|DELETE\s+FROM|CREATE\s+TABLE)\b/,
  ],
  [
    'outgoing sockets outside shops and ledgers',
    /^src\/(shops|ledgers|server|demo|web)\//,
    /from '(undici|node:(net|tls|http|https|http2|dgram))'|\bfetch\(/,
  ],
  ['amounts through binary floats', /^$/, /\bparseFloat\b|\.toFixed\(/],
  ['default exports', /^$/, /^export default /m],
  ['silenced compiler', /^$/, /@ts-(ignore|nocheck|expect-error)/],
  ['enumerations and namespaces', /^$/, /^\s*(export )?(const )?enum |^\s*(export )?namespace /m],
  ['files named after nothing', /^(?!.*\/(utils|helpers|types|common|misc)\.tsx?$)/, /[\s\S]/],
];

for (const [what, allowed, pattern] of absences) {
  test(`absent on purpose: ${what}`, () => {
    assert.deepEqual(
      OWN.filter((file) => !allowed.test(file)).filter((file) => pattern.test(read(file))),
      [],
    );
  });
}

test('no shop and no format is named in core, runs and server', () => {
  const names = /\b(woocommerce|prestashop|magento|shopify|sage|hledger|pnm|fec)\b/i;
  const wrong = OWN.filter((file) => /^src\/(core|runs|server)\//.test(file)).filter((file) =>
    names.test(withoutComments(read(file))),
  );
  assert.deepEqual(wrong, []);
});

test('files stay readable in one sitting', () => {
  const long = [...OWN, ...filesOf('tools', /\.(ts|mjs)$/), ...filesOf('src/web/styles', /\.css$/)].map(
    (file) => `${file} ${read(file).split('\n').length}`,
  );
  assert.deepEqual(
    long.filter((line) => Number(line.split(' ')[1]) > MAX_LINES),
    [],
  );
});

test('no test is skipped or alone', () => {
  const pattern = /\b(test|it|describe|suite)\.(only|skip|todo)\b|\{\s*(only|skip|todo):/;
  assert.deepEqual(
    TESTS.filter((file) => !(file in MAY_SKIP) && pattern.test(read(file))),
    [],
  );
});

test('nothing refers to the place where it was made', () => {
  const files = ['src', 'test', 'tools', 'bench', 'docs', 'bin', '.ci'].flatMap((folder) => filesOf(folder, /./));
  assert.deepEqual(
    files.filter((file) => read(file).includes(ROOT)),
    [],
  );
});

test('both languages have the same sentences with the same holes', () => {
  const [fr, en] = ['fr', 'en'].map(
    (language) => JSON.parse(read(`src/i18n/${language}.json`)) as Record<string, string>,
  );
  assert.deepEqual(shape(fr), shape(en));
});

test('every sentence says something, without "Error:" and without exclamation', () => {
  for (const language of ['fr', 'en']) {
    const sentences = JSON.parse(read(`src/i18n/${language}.json`)) as Record<string, string>;
    const wrong = Object.entries(sentences).filter(
      ([, text]) => text.trim() === '' || /^(error|erreur)\b ?:|!/i.test(text),
    );
    assert.deepEqual(wrong, [], language);
  }
});

/** Sentences as key and sorted names of holes. */
function shape(sentences: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort().join(' ');
  return Object.fromEntries(Object.entries(sentences ?? {}).map(([key, text]) => [key, holes(text)]));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function filesOf(folder: string, name: RegExp): string[] {
  const found: string[] = [];
  const visit = (at: string) => {
    for (const entry of readdirSync(path.join(ROOT, at), { withFileTypes: true })) {
      const file = `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(file);
      } else if (name.test(entry.name)) found.push(file);
    }
  };
  visit(folder);
  return found.sort();
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
