import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { App, Tools } from '../src/cli/app.ts';
import { cli } from '../src/cli/cli.ts';
import { formats } from '../src/formats/index.ts';
import { translator } from '../src/i18n/translate.ts';
import { createLanguage, languageCodes, spokenLanguage } from '../src/languages/files.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import { resetTransfers } from '../src/runs/reset.ts';
import { closeReview } from '../src/runs/review.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { shops } from '../src/shops/index.ts';
import { converting } from '../src/wiring/convert.ts';
import { runDeps } from '../src/wiring/deps.ts';
import { openHome } from '../src/wiring/home.ts';
import { ownFormats } from '../src/wiring/own-formats.ts';
import { known, openDemo } from '../src/wiring/profiles.ts';

/** The command line on a real data folder and the demo shops, with the terminal as a value. */
const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-cli-'));
  folders.push(home);
  return home;
}

type Said = { readonly code: number; readonly out: string; readonly err: string; readonly asked: readonly string[] };

/** Runs a command line; `answers` are what a person types, none when nobody is there. */
async function comptoir(
  home: string,
  words: readonly string[],
  answers: readonly string[] | null = null,
  given: { readonly environment?: Readonly<Record<string, string>>; readonly lines?: readonly string[] } = {},
): Promise<Said> {
  let out = '';
  let err = '';
  const asked: string[] = [];
  const waiting = [...(answers ?? [])];
  const app: App = {
    version: '9.9.9',
    environment: { COMPTOIR_HOME: home, COMPTOIR_LANG: 'en', ...given.environment },
    cwd: home,
    shops,
    formats,
    ownFormats,
    ownLanguages: {
      codes: (folder) => languageCodes(folder ?? home),
      read: (folder, code) => spokenLanguage(folder ?? home, code),
    },
    convert: converting(() => Date.parse('2026-11-24T04:41:00Z')),
    checkFec: () => assert.fail('test/check-fec.test.ts runs the real command'),
    open: (folder) => tools(folder ?? home),
    terminal: {
      out: (text) => {
        out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
      },
      err: (text) => {
        err += text;
      },
      flush: async () => {},
      interactive: answers !== null,
      bars: null,
      columns: null,
      ask: async (question) => {
        asked.push(question);
        return waiting.shift() ?? '';
      },
      askSecret: async (question) => {
        asked.push(question);
        return waiting.shift() ?? '';
      },
      lines: async (count) => given.lines?.slice(0, count) ?? [],
      interrupt: () => new AbortController().signal,
    },
  };
  return { code: await cli(words, app), out, err, asked };
}

async function tools(home: string): Promise<Tools> {
  const store = await openHome(home, {});
  return {
    deps: runDeps(store, home, Date.now),
    putInPlace: async () => 'nothing',
    runs: { startRun, writeReview, closeReview, resetTransfers },
    known,
    demos: DEMOS,
    openDemo: (id) => openDemo(store, id, Date.now()),
    checkLedger: async () => ({ ok: true, code: null, values: {} }),
    serve: async ({ port }) => (port === 4861 ? 0 : 1),
    recovered: [],
    close: store.close,
  };
}

const en = translator('en');

/** [what was typed, exit code, key of the sentence that says why] */
const usages: [string, number, string | null][] = [
  ['--version', 0, null],
  ['--help', 0, null],
  ['', 2, null],
  ['import', 2, null],
  ['impor sales', 2, 'cli.usage.unknownCommand'],
  ['formats --colour', 2, 'cli.usage.unknownOption'],
  ['formats more', 2, 'cli.usage.excessArguments'],
  ['formats --lang de', 2, 'cli.usage.invalidArgument'],
  ['import sales', 2, 'cli.usage.missingMandatoryOptionValue'],
  ['import sales --profile', 2, 'cli.usage.optionMissingArgument'],
  ['profile show', 2, 'cli.usage.missingArgument'],
  ['import sales --profile demo-woocommerce', 2, 'cli.usage.needs-yes-or-dry-run'],
  ['import sales --profile demo-woocommerce --yes --dry-run', 2, 'cli.usage.yes-and-dry-run'],
  ['import sales --profile demo-woocommerce --yes --from 2026-10-01', 2, 'cli.usage.from-and-to'],
  ['import sales --profile demo-woocommerce --yes --from 2026-10-01 --to 2026-13-01', 2, 'cli.usage.day'],
  ['import sales --profile demo-woocommerce --yes --from 2026-10-02 --to 2026-10-01', 2, 'cli.usage.period-backwards'],
  [
    'import sales --profile demo-woocommerce --yes --from 2026-10-01 --to 2026-10-02 --period today',
    2,
    'cli.usage.period-twice',
  ],
  ['import sales --profile nobody --yes', 2, 'failure.profile.unknown.message'],
  ['reset --profile demo-woocommerce', 2, 'cli.usage.no-ids'],
  ['reset --profile demo-woocommerce ALL', 2, 'cli.usage.needs-yes'],
  ['reset --profile demo-woocommerce --all', 2, 'cli.usage.needs-yes'],
  ['run show nothing', 2, 'cli.usage.unknown-run'],
  ['serve --port 70000', 2, 'cli.usage.port'],
  ['serve --port 4861', 0, null],
  ['profile apply-to-all demo-woocommerce sales.nothing', 2, 'usage.no-such-default'],
  ['profile apply-to-all demo-woocommerce taxes.code', 0, null],
  ['profile create X --shop woocommerce --url https://x.example --fiscal-year 2026-13-01', 2, 'cli.usage.day'],
  [
    'profile create X --shop woocommerce --url https://x.example --template luxembourg --fiscal-year 2019-01-01',
    2,
    'usage.no-chart',
  ],
  ['profile set demo-woocommerce', 2, 'cli.usage.nothing-to-set'],
  ['profile set demo-woocommerce name', 2, 'cli.usage.setting'],
  ['profile set demo-woocommerce a..b=1', 2, 'cli.usage.no-such-path'],
  ['profile set demo-woocommerce --credential token=1', 2, 'cli.usage.unknown-credential'],
  ['profile set demo-woocommerce --credential key', 2, 'cli.usage.credential-empty'],
  ['profile delete demo-woocommerce', 2, 'cli.usage.needs-yes'],
];

test('each bad command line ends with 2 and says what to write instead', async () => {
  const home = await newHome();
  for (const [typed, code, key] of usages) {
    const said = await comptoir(
      home,
      typed.split(' ').filter((word) => word !== ''),
    );
    assert.equal(said.code, code, `${typed}: ${said.err}`);
    if (key !== null)
      assert.ok(said.err.startsWith(en(key).split('“')[0]?.split('{')[0] ?? ''), `${typed}: ${said.err}`);
  }
});

test('S-092 a profile is made, shown, changed, checked, exported, imported, copied and deleted without a browser', async () => {
  const home = await newHome();
  const made = await comptoir(home, [
    'profile',
    'create',
    'Maison Liên',
    '--shop',
    'woocommerce',
    '--url',
    'http://127.0.0.1:1/',
    '--credential',
    'key=ck_1',
    '--credential',
    'secret=cs_1',
    '--template',
    'france',
    '--out',
    'books',
    '--set',
    'ledger.companyName=Lien SARL',
    '--set',
    'mappings.sales.default.withVat=707000',
    '--set',
    'shop.http.tries=1',
  ]);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /maison-lien/);
  assert.match(made.err, /payment methods/); // its shop does not answer: said, and the profile is there
  assert.doesNotMatch(made.out + made.err, /ck_1|cs_1/);

  const shown = await comptoir(home, ['profile', 'show', 'Maison Liên', 'mappings.sales.default.withVat']);
  assert.equal(shown.out, '"707000"\n');
  assert.equal(
    (await comptoir(home, ['profile', 'show', 'maison-lien', 'ledger.folder'])).out,
    `"${join(home, 'books')}"\n`,
  );

  assert.equal(
    (await comptoir(home, ['profile', 'set', 'maison-lien', 'import.defaultPeriod=today', 'name=Other name'])).code,
    0,
  );
  const refused = await comptoir(home, [
    'profile',
    'set',
    'maison-lien',
    'reading.mergeEdits=same-day',
    'shop.url=http://shop.example',
  ]);
  assert.equal(refused.code, 1);
  assert.equal(refused.err.trim().split('\n').length, 2);
  assert.equal((await comptoir(home, ['profile', 'show', 'maison-lien', 'reading.mergeEdits'])).out, '"never"\n');
  assert.equal((await comptoir(home, ['profile', 'check', 'maison-lien'])).code, 0);

  assert.equal((await comptoir(home, ['profile', 'export', 'maison-lien', '--out', 'p.json'])).code, 0);
  const exported = await readFile(join(home, 'p.json'), 'utf8');
  assert.doesNotMatch(exported, /ck_1|cs_1/);
  assert.equal((await comptoir(home, ['profile', 'export', 'maison-lien', '--out', 'p.json'])).code, 1); // never overwritten
  assert.equal((await comptoir(home, ['profile', 'import', 'p.json', '--name', 'Second'])).code, 0);
  const lacking = await comptoir(home, ['profile', 'check', 'second']);
  assert.equal(lacking.code, 1);
  assert.match(lacking.out, /--credential key\./);
  assert.equal((await comptoir(home, ['profile', 'duplicate', 'maison-lien', 'Third'])).code, 0);
  assert.equal((await comptoir(home, ['profile', 'check', 'third'])).code, 0); // its keys went along

  await writeFile(join(home, 'bad.json'), '{"name":"x","shop":{"type":"woocommerce"},"colour":"red"}');
  assert.equal((await comptoir(home, ['profile', 'import', 'bad.json'])).code, 1);
  assert.equal((await comptoir(home, ['profile', 'import', 'p.txt'])).code, 1);

  assert.equal((await comptoir(home, ['profile', 'delete', 'third'], ['n'])).code, 1);
  assert.equal((await comptoir(home, ['profile', 'delete', 'third'], ['y'])).code, 0);
  assert.match((await comptoir(home, ['profile', 'restore'])).out, /^third {2}can come back until/);
  assert.equal((await comptoir(home, ['profile', 'restore', 'third'])).code, 0);
  assert.equal((await comptoir(home, ['profile', 'restore', 'third'])).code, 2);
  assert.equal((await comptoir(home, ['profile', 'delete', 'third', '--yes'])).code, 0);
  const list = JSON.parse((await comptoir(home, ['profile', 'list', '--json'])).out) as { id: string }[];
  assert.deepEqual(list.map(({ id }) => id).sort(), [
    'demo-magento',
    'demo-prestashop',
    'demo-prestashop-1.6',
    'demo-shopify',
    'demo-woocommerce',
    'maison-lien',
    'second',
  ]);
});

const LAVANDE = ['profile', 'create', 'Lavande', '--shop', 'woocommerce', '--url', 'http://127.0.0.1:1/'];
const UNANSWERED = ['--set', 'shop.http.tries=1', '--set', 'advanced.timeZone=Europe/Paris'];

/** [where the keys are: typed at a terminal, in the environment, on standard input, or some of each] */
const places: [string, string[] | null, Parameters<typeof comptoir>[3]][] = [
  ['typed without echo', ['ck_7', 'cs_7'], {}],
  [
    'in the environment',
    null,
    { environment: { COMPTOIR_CREDENTIAL_KEY: 'ck_7', COMPTOIR_CREDENTIAL_SECRET: 'cs_7' } },
  ],
  ['on standard input', null, { lines: ['ck_7', ' cs_7 ', 'more'] }],
  [
    'in the environment and on standard input',
    null,
    { environment: { COMPTOIR_CREDENTIAL_KEY: 'ck_7' }, lines: ['cs_7'] },
  ],
];

for (const [where, answers, given] of places) {
  test(`S-092 credentials ${where} never stand on the command line`, async () => {
    const home = await newHome();
    const words = [...LAVANDE, ...UNANSWERED, '--credential', 'key', '--credential', 'secret'];
    const made = await comptoir(home, words, answers, given);
    assert.equal(made.code, 0, made.err);
    assert.doesNotMatch(made.out + made.err + made.asked.join(), /ck_7|cs_7/);
    const opened = await tools(home);
    assert.deepEqual(await opened.deps.store.secrets.all('lavande'), { key: 'ck_7', secret: 'cs_7' });
    await opened.close();
  });
}

test('check without a profile tests all of them, goes on past one that is broken, and fails if one does', async () => {
  const home = await newHome();
  assert.match((await comptoir(home, ['check'])).out, /no profile yet/);
  for (const demo of ['demo-prestashop-1.6', 'demo-woocommerce']) {
    await comptoir(home, ['import', 'sales', '--profile', demo, '--period', 'today', '--dry-run']);
  }
  const good = await comptoir(home, ['check']);
  assert.equal(good.code, 0, good.out);
  assert.match(good.out, /demo-prestashop-1\.6[\s\S]*demo-woocommerce/);
  assert.doesNotMatch(good.out, /undefined|\bcli\./);

  await comptoir(home, [...LAVANDE, ...UNANSWERED, '--credential', 'key=a', '--credential', 'secret=b']);
  const opened = await tools(home);
  await opened.deps.store.profiles.add({ id: 'aaa', document: '{"name":"broken"}', demo: false, at: '2026-11-24' });
  await opened.close();
  const bad = await comptoir(home, ['check', '--json']);
  assert.equal(bad.code, 1);
  const { profiles } = JSON.parse(bad.out) as {
    profiles: { profile: string; checks: { id: string; result: string }[] }[];
  };
  assert.deepEqual(
    profiles.map(({ profile, checks }) => [
      profile,
      checks.filter(({ result }) => result === 'failed').map(({ id }) => id),
    ]),
    [
      ['aaa', ['profile']],
      ['demo-prestashop-1.6', []],
      ['demo-woocommerce', []],
      ['lavande', ['address']],
    ],
  );
  for (const { id } of DEMOS) {
    const { code, out } = await comptoir(home, ['check', '--profile', id, '--json']);
    assert.deepEqual([code, (JSON.parse(out) as { gaps: unknown[] }).gaps], [0, []], `${id} is mapped completely`);
  }
});

test('every accounted order of the demo shops can be written', async () => {
  const home = await newHome();
  for (const [profile, read, ready] of [
    ['demo-woocommerce', 36, 35],
    ['demo-prestashop', 39, 38],
    ['demo-prestashop-1.6', 14, 14],
    ['demo-shopify', 31, 29],
  ] as const) {
    const said = await comptoir(home, ['import', 'sales', '--profile', profile, '--dry-run', '--json']);
    assert.equal(said.code, 0, said.err);
    const { counts, documents, totals, files } = JSON.parse(said.out);
    assert.deepEqual([counts.read, counts.ready, counts.held, counts.written], [read, ready, 0, 0], profile);
    assert.deepEqual(
      documents
        .flatMap(({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code))
        .filter((code: string) => code.startsWith('mapping.')),
      [],
    );
    assert.equal(totals.debit, totals.credit);
    assert.deepEqual(files, []);
  }
});

test('S-041 on a terminal the documents are shown and nothing is written before the answer', async () => {
  const home = await newHome();
  const words = ['import', 'sales', '--profile', 'demo-prestashop-1.6', '--out', 'books'];
  const no = await comptoir(home, words, ['']);
  assert.equal(no.code, 0, no.err);
  assert.equal(no.asked.length, 1);
  assert.deepEqual(await readdir(join(home, 'books')), []);
  const yes = await comptoir(home, words, ['y']);
  assert.equal(yes.code, 0, yes.err);
  const [name = ''] = await readdir(join(home, 'books'));
  assert.match(yes.out, new RegExp(name));

  const again = await comptoir(home, [...words, '--yes', '--json']);
  const { counts, files } = JSON.parse(again.out);
  assert.deepEqual([counts.read, counts.alreadyTransferred, counts.written, files.length], [14, 14, 0, 0]);

  const runs = JSON.parse((await comptoir(home, ['run', 'list', '--json'])).out) as {
    id: string;
    file: string | null;
  }[];
  const delivered = runs.find(({ file }) => file !== null) ?? assert.fail('one run delivered');
  const copy = await comptoir(home, ['run', 'download', delivered.id, '--out', '-']);
  assert.equal(copy.out, await readFile(join(home, 'books', name), 'latin1'));
  assert.match((await comptoir(home, ['run', 'show', delivered.id])).out, /BDKAIWTQZ/);

  const reset = await comptoir(home, ['reset', '--profile', 'demo-prestashop-1.6', '6-7']);
  assert.equal(reset.code, 0, reset.err);
  const third = JSON.parse((await comptoir(home, [...words, '--yes', '--json'])).out);
  assert.deepEqual([third.counts.written, third.counts.alreadyTransferred], [2, 12]);
  assert.deepEqual([...new Set(third.documents.map(({ state }: { state: string }) => state))].sort(), [
    'already',
    'written',
  ]);
});

test('a shop that does not answer fails the run, in the same object', async () => {
  const home = await newHome();
  await comptoir(home, [
    'profile',
    'create',
    'Down',
    '--shop',
    'woocommerce',
    '--url',
    'http://127.0.0.1:1/',
    '--credential',
    'key=a',
    '--credential',
    'secret=b',
    '--set',
    'shop.http.tries=1',
    '--set',
    'advanced.timeZone=Europe/Paris',
  ]);
  const said = await comptoir(home, ['import', 'sales', '--profile', 'down', '--yes', '--json']);
  assert.equal(said.code, 1);
  const { run, problems, counts } = JSON.parse(said.out);
  assert.equal(run.state, 'failed');
  assert.equal(problems[0].code, 'shop.unreachable');
  assert.equal(counts.written, 0);
});

test('a format that is not sure enough sends people to their accountant, in the list and by itself', async () => {
  const home = await newHome();
  const rows = (await comptoir(home, ['formats', '--lang', 'fr'])).out.split('\n');
  const row = (id: string) => rows.find((line) => line.includes(` ${id} `)) ?? '';
  assert.match(row('openconcerto'), /2\/5, à vérifier d’abord avec votre expert-comptable/);
  assert.match(row('fec'), /5\/5\s/);
  assert.doesNotMatch(row('fec'), /expert/);
  const shown = await comptoir(home, ['formats', 'show', 'openconcerto', '--lang', 'fr']);
  assert.match(shown.out, /un programme publié qui l’écrit\. À vérifier d’abord avec votre expert-comptable\./);
  const sure = await comptoir(home, ['formats', 'show', 'csv', '--lang', 'en']);
  assert.match(sure.out, /Sureness 5\/5: our own layout, read back by our own reader\.\n$/);
});

test('S-248 --lang takes a language file of the data folder too, for help, sentences and faults', async () => {
  const home = await newHome();
  const translations = { 'cli.help.comptoir': 'Verkoop in de boeken', 'cli.usage.cure': 'Zie --help.' };
  createLanguage(home, { code: 'nl', name: 'Nederlands', base: 'en', version: '1', translations });
  assert.match((await comptoir(home, ['--help', '--lang=nl'])).out, /Verkoop in de boeken/);
  const wrong = await comptoir(home, ['formats', 'show'], null, { environment: { COMPTOIR_LANG: 'nl' } });
  assert.deepEqual([wrong.code, /Zie --help\.$/m.test(wrong.err)], [2, true]);
  const unknown = await comptoir(home, ['formats', '--lang', '../nl']);
  assert.deepEqual([unknown.code, /nl/.test(unknown.err)], [2, true]);
});

test('the language is that of --lang, then of COMPTOIR_LANG, and codes never change', async () => {
  const home = await newHome();
  assert.match((await comptoir(home, ['formats', '--lang', 'fr'])).out, /éditeur/);
  assert.match((await comptoir(home, ['formats'])).out, /vendor/);
  const list = JSON.parse((await comptoir(home, ['formats', '--json', '--lang', 'fr'])).out) as { id: string }[];
  assert.deepEqual(
    list.map(({ id }) => id),
    formats.map(({ id }) => id),
  );
});
