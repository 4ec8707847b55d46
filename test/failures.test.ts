import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { generate } from 'selfsigned';
import type { DemoShop } from '../src/demo/demo-shop.ts';
import type { Misbehaviour } from '../src/demo/misbehave.ts';
import type { JsonObject } from '../src/demo/php.ts';
import type { WooRecords } from '../src/demo/woo-records.ts';
import { startWooDemo, type WooDemoOptions } from '../src/demo/woocommerce.ts';
import { sagePnm } from '../src/formats/sage-pnm.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import { openHome } from '../src/wiring/home.ts';
import {
  type CommandOptions,
  comptoir,
  delivered,
  type Ended,
  filesIn,
  HEADER,
  jsonOf,
  saleJson,
  salesFile,
  temporaryFolder,
} from './command-kit.ts';

/**
 * What goes wrong, from the shop or the disk to the words a merchant reads: the real command against a shop that
 * misbehaves. Every message is looked at in both languages, and says what to do.
 */

const folders: string[] = [];
const shops: DemoShop[] = [];
after(async () => {
  await Promise.all(shops.map((shop) => shop.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A user without rights, for tests run by root, whom no mode stops. */
const NOBODY = 65_534;
const PERIOD = ['--from', '2026-08-01', '--to', '2026-11-30'];
const IMPORT = ['import', 'sales', '--profile', 'lavande', ...PERIOD, '--yes'];
/** Documents the demo shop holds in the period, and how many of them are written. */
const [READ, WRITTEN] = [36, 35];

async function startShop(options: WooDemoOptions = {}): Promise<DemoShop> {
  const shop = await startWooDemo(options);
  shops.push(shop);
  return shop;
}

/** A data folder whose profile `lavande` reads that shop, with tries that do not make a test wait. */
async function newHome(
  shop: { readonly url: string; readonly credentials: Readonly<Record<string, string>> },
  changes: { readonly http?: object; readonly ledger?: object } = {},
): Promise<string> {
  const home = await temporaryFolder('failures');
  folders.push(home);
  const store = await openHome(home, {});
  const profile = DEMOS[0]?.profile();
  const document = {
    ...profile,
    name: 'Maison Lavande',
    shop: { type: 'woocommerce', url: shop.url, http: { tries: 1, pauseMs: 0, ...changes.http } },
    ledger: { ...profile?.ledger, ...changes.ledger },
  };
  await store.profiles.add({
    id: 'lavande',
    document: JSON.stringify(document),
    demo: false,
    at: '2026-11-01T08:00:00Z',
  });
  for (const [name, value] of Object.entries(shop.credentials)) await store.secrets.put('lavande', name, value);
  await store.close();
  return home;
}

type Expected = {
  readonly code: number;
  /** Code of the failure or of a held document's reason. */
  readonly problem: string;
  readonly fr: readonly RegExp[];
  readonly en: readonly RegExp[];
};

/** Runs the command in both languages, for a machine and for a person, and looks at what is said. */
async function says(home: string, args: readonly string[], expected: Expected, options: CommandOptions = {}) {
  const french = await comptoir(home, args, { ...options, lang: 'fr' });
  const shown = french.out + french.err;
  assert.equal(french.code, expected.code, shown);
  for (const words of expected.fr) assert.match(unwrapped(shown), words);
  const english = await comptoir(home, [...args, '--json'], { ...options, lang: 'en' });
  assert.equal(english.code, expected.code, english.out + english.err);
  const json = jsonOf(english);
  const told = [...json.problems, ...json.documents.flatMap((document: { reasons: object[] }) => document.reasons)];
  const found = told.find(({ code }: { code: string }) => code === expected.problem);
  assert.ok(found, `${expected.problem} is not among ${told.map(({ code }: { code: string }) => code)}`);
  for (const words of expected.en) assert.match(`${found.message} ${found.cure ?? ''}`, words);
  assert.doesNotMatch(
    french.out + french.err + english.out + english.err,
    /cs_demo|ck_demo|\n {4}at |problem\.[a-z]|failure\.[a-z]/,
  );
  return json;
}

/** The words of a table's cells or of lines, one after the other. */
function unwrapped(text: string): string {
  return text.replace(/[│┌┐└┘├┤┬┴┼─\n]/g, ' ').replace(/[\s\u00A0\u202F]+/g, ' ');
}

async function nothingWritten(home: string, out = join(home, 'files', 'lavande')): Promise<void> {
  assert.deepEqual(await readdir(out).catch(() => []), []);
  assert.deepEqual(
    (await filesIn(home)).filter((path) => path.startsWith('delivered')),
    [],
  );
  const store = await openHome(home, {});
  try {
    assert.equal(await store.parts.countTransferred('lavande', 'sale', '2000-01-01', '2100-01-01'), 0);
    assert.deepEqual(await store.runs.inState(['reading', 'writing', 'delivering']), []);
    assert.equal(await store.locks.get('lavande'), null);
  } finally {
    await store.close();
  }
}

/** [what happens, how the shop or profile is, what is said; always: exit code 1 and nothing written] */
const refusals: [string, () => Promise<string>, Omit<Expected, 'code'>][] = [
  [
    'the shop refuses the key',
    async () => newHome({ ...(await startShop()), credentials: { key: 'ck_wrong', secret: 'cs_wrong' } }),
    {
      problem: 'shop.key-refused',
      fr: [/refuse la clé/, /Créez/],
      en: [/refuses the .*key/, /(?:Make|Create)/],
    },
  ],
  [
    'nobody listens at the address',
    async () => newHome({ url: 'http://127.0.0.1:1', credentials: { key: 'k', secret: 's' } }),
    {
      problem: 'shop.unreachable',
      fr: [/127\.0\.0\.1 ne répond pas/, /navigateur/],
      en: [/127\.0\.0\.1 does not answer/, /in a browser/],
    },
  ],
  [
    'the name of the address does not exist',
    async () => newHome({ url: 'https://lavande.invalid', credentials: { key: 'k', secret: 's' } }),
    {
      problem: 'shop.address-unknown',
      fr: [/lavande\.invalid/, /Vérifiez l.adresse/],
      en: [/lavande\.invalid/, /Check the address/],
    },
  ],
  [
    'the certificate is self-signed',
    async () => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
      return newHome(await startShop({ tls: { key, cert } }));
    },
    {
      problem: 'shop.certificate',
      fr: [/connexion sécurisée/, /hébergeur/],
      en: [/secure connection/, /Ask the host/],
    },
  ],
  [
    'the shop is in maintenance, answered with 200',
    async () => misbehaving([{ do: 'html', times: 1000 }]),
    { problem: 'shop.not-an-answer', fr: [/maintenance/i, /recommencez/], en: [/maintenance/i, /try again/] },
  ],
  [
    'the shop answers 502 for good at the second page',
    async () => {
      const home = await misbehaving(
        [{ do: 'status502', times: 1000, when: { path: /\/orders\?status/, page: 2 } }],
        {},
        { copies: 20 },
      );
      return home;
    },
    { problem: 'shop.page-failed', fr: [/page 2/, /Relancez l.import/], en: [/page 2/, /Run the import again/] },
  ],
  [
    'the shop never answers in time',
    async () => misbehaving([{ do: 'timeout', times: 1000 }], { timeoutSeconds: 1 }),
    {
      problem: 'shop.silent',
      fr: [/en 1 s/, /allongez le délai/],
      en: [/1 s,/, /more time/],
    },
  ],
  [
    'every answer is cut in the middle',
    async () => misbehaving([{ do: 'truncate', times: 1000 }]),
    { problem: 'shop.unreachable', fr: [/ne répond pas/, /navigateur/], en: [/does not answer/, /browser/] },
  ],
  [
    'the shop asks for a longer rest than anyone waits',
    async () => misbehaving([{ do: 'status429', times: 1000, retryAfterSeconds: 3600 }], { tries: 3 }),
    { problem: 'shop.broken-answer', fr: [/429/, /plus tard/], en: [/429/, /later/] },
  ],
];

async function misbehaving(
  plan: readonly Misbehaviour[],
  http: object = {},
  options: WooDemoOptions = {},
): Promise<string> {
  const shop = await startShop(options);
  shop.misbehave(plan);
  return newHome(shop, { http });
}

describe('a failure stops the import cleanly and says what to do', { concurrency: 2 }, () => {
  for (const [title, prepare, expected] of refusals) {
    test(title, async () => {
      const home = await prepare();
      const from = title.includes('second page')
        ? ['import', 'sales', '--profile', 'lavande', '--from', '2015-01-01', '--to', '2030-01-01', '--yes']
        : IMPORT;
      const json = await says(home, from, { code: 1, ...expected });
      assert.deepEqual([json.run.state, json.files, json.entries], ['failed', [], []]);
      await nothingWritten(home);
    });
  }
});

describe('what passes by itself is tried again, told, and changes nothing', { concurrency: 2 }, () => {
  const passing: [string, readonly Misbehaviour[]][] = [
    ['429 with Retry-After', [{ do: 'status429', retryAfterSeconds: 1 }]],
    ['an answer cut in the middle', [{ do: 'truncate', when: { path: /\/orders\?status/ } }]],
    ['502 at a page', [{ do: 'status502', when: { path: /\/orders\?status/ } }]],
  ];
  for (const [title, plan] of passing) {
    test(title, async () => {
      const home = await misbehaving(plan, { tries: 3 });
      const ended = await comptoir(home, IMPORT);
      assert.equal(ended.code, 0, ended.err);
      assert.match(ended.out, new RegExp(`; ${WRITTEN} written`));
      if (title !== '429 with Retry-After') assert.match(ended.err, /try 1 failed/);
    });
  }
});

describe('a document with a fault waits, and the others go on', { concurrency: 2 }, () => {
  const faults: [string, WooDemoOptions, Omit<Expected, 'code'>][] = [
    [
      'an order without address',
      {
        transform: changed(40, (order) => ({
          ...order,
          billing: without(order.billing, 'country'),
          shipping: without(order.shipping, 'country'),
        })),
      },
      {
        problem: 'document.no-country',
        fr: [/pays de la taxe/, /Complétez l.adresse/],
        en: [/tax country/, /Complete the address|$/],
      },
    ],
    [
      'a tax whose number nobody knows',
      {
        transform: changed(40, (order) => ({ ...order, tax_lines: [], line_items: withUnknownTax(order.line_items) })),
      },
      { problem: 'mapping.no-vat-account', fr: [/n.a pas de compte/, /Taxes/], en: [/has no account/, /Taxes/] },
    ],
    [
      'amounts that do not add up',
      { transform: changed(40, (order) => ({ ...order, total: '110.70' })) },
      { problem: 'document.totals-differ', fr: [/3,21/, /Vérifiez ce document/], en: [/3\.21/] },
    ],
  ];
  for (const [title, options, expected] of faults) {
    test(title, async () => {
      const home = await newHome(await startShop(options));
      const preview = await says(home, ['import', 'sales', '--profile', 'lavande', ...PERIOD, '--dry-run'], {
        code: 3,
        ...expected,
      });
      assert.equal(preview.counts.held, 1);
      const written = jsonOf(await comptoir(home, [...IMPORT, '--json']));
      assert.deepEqual([written.counts.read, written.counts.written, written.counts.held], [READ, WRITTEN - 1, 1]);
      const [held] = written.documents.filter(({ state }: { state: string }) => state === 'held');
      assert.ok(held.orderNumber ?? held.orderId, 'the document is named');
      assert.ok(!written.entries.some(({ document }: { document: string }) => document === held.key));
    });
  }
});

describe('the place of the file', { concurrency: 2 }, () => {
  test('a folder that does not exist', async () => {
    const out = join(await temporaryFolder('failures'), 'not', 'there');
    folders.push(join(out, '..', '..'));
    const home = await newHome(await startShop(), { ledger: { folder: out } });
    const fr = [/n.existe pas/, new RegExp(out), /Créez le dossier/];
    const en = [/does not exist/, new RegExp(out), /Create the folder/];
    await says(home, IMPORT, { code: 1, problem: 'delivery.no-folder', fr, en });
    await nothingWritten(home);
  });

  test('a folder that may not be written', async () => {
    const home = await newHome(await startShop());
    const out = join(home, 'closed');
    await mkdir(out);
    await chmod(out, 0o555);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await owned(home, NOBODY);
    const fr = [/accès refusé/, new RegExp(out), /accessible en écriture/];
    const expected = {
      code: 1,
      problem: 'delivery.no-access',
      fr,
      en: [/access denied/, new RegExp(out), /give write access/],
    };
    await says(home, [...IMPORT, '--out', out], expected, isRoot ? { uid: NOBODY } : {});
    if (isRoot) await owned(home, 0);
    await nothingWritten(home, out);
    await chmod(out, 0o755);
  });

  test('a disk that is full', async (context) => {
    const home = await newHome(await startShop());
    const out = join(home, 'small');
    await mkdir(out);
    const words = {
      fr: [/plus de place/, new RegExp(out), /Libérez de la place/],
      en: [/no room left/, new RegExp(out), /Make room/],
    };
    const expected = { code: 1, problem: 'delivery.disk-full', ...words };
    const mounted = [
      'unshare',
      '-rm',
      'sh',
      '-c',
      `mount -t tmpfs -o size=24k none '${out}' && "$@"; code=$?; ls -A '${out}' >&2; exit $code`,
      'sh',
    ];
    if (spawnSync('unshare', ['-rm', 'true']).status === 0) {
      await says(home, [...IMPORT, '--out', out], expected, { through: mounted });
    } else {
      // A limit of the process's own file sizes stands in: larger than the data file grows, smaller than what is written.
      context.diagnostic('no user namespace here: the file-size limit of the child stands in for a full disk');
      const sales = Array.from({ length: 4000 }, (_, at) => ({ id: at + 1, paid: [] }));
      const file = await salesFile(join(home, 'many.jsonl'), sales);
      await says(home, ['import', 'sales', '--profile', 'lavande', '--file', file, '--yes', '--out', out], expected, {
        through: ['sh', '-c', 'ulimit -f 1500; exec "$@"', 'sh'],
      });
    }
    await nothingWritten(home, out);
    const ended = await comptoir(home, [...IMPORT, '--out', out]);
    assert.equal(ended.code, 0, 'with room again, the same import goes through');
    assert.ok((await delivered(sagePnm, out)).length > 200);
  });

  test('a data folder on a full disk', async () => {
    if (spawnSync('unshare', ['-rm', 'true']).status !== 0) return; // the limit of file sizes was tried above
    const home = await newHome(await startShop());
    const small = join(home, 'small');
    await mkdir(small);
    const through = [
      'unshare',
      '-rm',
      'sh',
      '-c',
      `mount -t tmpfs -o size=300k none '${small}' && cp '${home}/comptoir.db' '${home}/secret.key' '${small}' && "$@"`,
      'sh',
    ];
    for (const [lang, words] of [
      ['fr', /plus de place.*Libérez de la place/],
      ['en', /no room left.*Make room/],
    ] as const) {
      const ended = await comptoir(small, IMPORT, { through, lang });
      assert.equal(ended.code, 1, ended.out + ended.err);
      assert.match(unwrapped(ended.out + ended.err), words);
      assert.doesNotMatch(ended.err, /\n {4}at /, 'a trace of the programme is shown');
    }
  });
});

describe('files and profiles that are not what they should be', { concurrency: 2 }, () => {
  test('a profile with an unknown field names it and is not imported', async () => {
    const home = await newHome(await startShop());
    const path = join(home, 'profile.json');
    await writeFile(
      path,
      JSON.stringify({
        name: 'Autre',
        shop: { type: 'woocommerce', url: 'https://a.example' },
        ledger: { type: 'fec', fodler: '/x' },
      }),
    );
    for (const [lang, words] of [
      ['fr', /ledger\.fodler : .*Corrigez/],
      ['en', /ledger\.fodler: .*Correct/],
    ] as const) {
      const ended = await comptoir(home, ['profile', 'import', path], { lang });
      assert.equal(ended.code, 1);
      assert.match(unwrapped(ended.err), words);
    }
    const list = await comptoir(home, ['profile', 'list']);
    assert.doesNotMatch(list.out, /autre/);
  });

  test('a damaged line of a sales file is named, and the other lines are written', async () => {
    const home = await newHome(await startShop());
    const path = join(home, 'sales.jsonl');
    const wrong = JSON.stringify({ ...saleJson({ id: 2 }), currency: { code: 'euro' } });
    await writeFile(path, [HEADER, JSON.stringify(saleJson({ id: 1 })), '{"kind":"sale","ke', wrong, ''].join('\n'));
    const args = ['import', 'sales', '--profile', 'lavande', '--file', path];
    const expected = {
      code: 3,
      problem: 'file.line-unreadable',
      fr: [/ligne 3/, /ligne 4/, /Corrigez cette ligne/],
      en: [/Line 3/],
    };
    await says(home, [...args, '--dry-run'], expected);
    const written = jsonOf(await comptoir(home, [...args, '--yes', '--json']));
    assert.deepEqual([written.counts.read, written.counts.written, written.counts.held], [3, 1, 2]);
  });

  const files: [string, string | null, string, RegExp, RegExp][] = [
    [
      'another kind of file',
      '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR',
      'file.not-comptoir-sales',
      /corrigez son début/,
      /its beginning/,
    ],
    [
      'a CSV whose columns do not say the orders',
      'Date;Total\n2026-09-01;12,00\n',
      'file.csv-unsure',
      /quelle colonne porte le numéro/,
      /which column bears the number/,
    ],
    ['an empty file', '', 'file.not-comptoir-sales', /corrigez son début/, /its beginning/],
    ['a file that is not there', null, 'file.unreadable', /ne peut pas être lu/, /cannot be read/],
  ];
  for (const [title, content, problem, fr, en] of files) {
    test(title, async () => {
      const home = await newHome(await startShop());
      const path = join(home, 'sales.txt');
      if (content !== null) await writeFile(path, content);
      const args = ['import', 'sales', '--profile', 'lavande', '--file', path, '--yes'];
      await says(home, args, { code: 1, problem, fr: [fr, /sales\.txt/], en: [en, /sales\.txt/] });
      await nothingWritten(home);
    });
  }
});

test('two runs at once: the second is refused while the first still reads, and the first ends well', async () => {
  const shop = await startShop();
  const home = await newHome(shop);
  shop.misbehave([{ do: 'slow', delayMs: 4000, when: { path: /\/orders\?status/ } }]);
  const reading = Promise.withResolvers<void>();
  const first = comptoir(home, IMPORT, { onLine: ({ text }) => /^Reading/.test(text) && reading.resolve() });
  await reading.promise;
  const fr = [/Un autre import/, /lavande/, /Attendez sa fin/];
  const json = await says(home, IMPORT, {
    code: 1,
    problem: 'run.already-running',
    fr,
    en: [/Another import/, /Wait for its end/],
  });
  assert.equal(json.run.state, 'failed');
  const ended = await first;
  assert.equal(ended.code, 0, ended.err);
  assert.match(ended.out, new RegExp(`; ${WRITTEN} written`));
});

test('an import stopped with Ctrl-C writes nothing, ends with 1 and can be run again', async () => {
  const shop = await startShop();
  const home = await newHome(shop);
  const stopped: [('fr' | 'en')[], RegExp][] = [
    [['fr'], /arrêté.*Rien n.est marqué/],
    [['en'], /stopped.*Nothing was marked/],
  ];
  for (const [[lang = 'en'], words] of stopped) {
    shop.misbehave([{ do: 'slow', delayMs: 20_000, when: { path: /\/orders\?status/ } }]);
    const ended: Ended = await comptoir(home, IMPORT, {
      lang,
      onLine: ({ text, child }) => {
        if (/^(?:Reading|Lecture)/.test(text)) setTimeout(() => child.kill('SIGINT'), 200);
      },
    });
    assert.equal(ended.code, 1, ended.err);
    assert.ok(ended.ms < 15_000, 'it did not wait for the shop');
    assert.match(unwrapped(ended.out + ended.err), words);
    await nothingWritten(home);
    const store = await openHome(home, {});
    assert.equal((await store.runs.list('lavande', 1))[0]?.state, 'cancelled');
    await store.close();
  }
  shop.misbehave([]);
  const again = await comptoir(home, IMPORT);
  assert.equal(again.code, 0, again.err);
});

test('a killed import is told by the next start, in both languages', async () => {
  const shop = await startShop();
  const home = await newHome(shop);
  for (const [lang, words] of [
    ['fr', /s.était interrompu.*Relancez-le/],
    ['en', /had stopped.*Run it again/],
  ] as const) {
    shop.misbehave([{ do: 'slow', delayMs: 20_000, when: { path: /\/orders\?status/ } }]);
    await comptoir(home, IMPORT, {
      onLine: ({ text, child }) => /^Reading/.test(text) && child.kill('SIGKILL'),
      lang: 'en',
    });
    shop.misbehave([]);
    const next = await comptoir(home, ['profile', 'list'], { lang });
    assert.match(unwrapped(next.err), words);
    const quiet = await comptoir(home, ['profile', 'list'], { lang });
    assert.equal(quiet.err, '', 'it is told once');
  }
});

test('a profile made with a wrong key says so, its import fails with the cure, and the right key mends it', async () => {
  const shop = await startShop();
  const home = await temporaryFolder('failures');
  folders.push(home);
  const create = ['profile', 'create', 'Lavande', '--shop', 'woocommerce', '--url', shop.url, '--template', 'france'];
  const made = await comptoir(home, [...create, '--credential', 'key=ck_wrong', '--credential', 'secret=cs_wrong']);
  assert.match(made.out, /lavande/);
  assert.doesNotMatch(made.out + made.err, /cs_wrong/);
  const words = { fr: [/refuse la clé/, /Créez/], en: [/refuses the .*key/, /(?:Make|Create)/] };
  await says(home, IMPORT, { code: 1, problem: 'shop.key-refused', ...words });
  await nothingWritten(home);
  const right = Object.entries(shop.credentials).flatMap(([name, value]) => ['--credential', `${name}=${value}`]);
  assert.equal((await comptoir(home, ['profile', 'set', 'lavande', ...right])).code, 0);
  const mended = jsonOf(await comptoir(home, [...IMPORT, '--json']));
  assert.deepEqual([mended.run.state, mended.counts.read], ['written', READ]);
  assert.ok(mended.counts.written > 0);
});

/** Changes one captured order, in both of its spellings. */
function changed(id: number, change: (order: JsonObject) => JsonObject): (records: WooRecords) => WooRecords {
  return (records) => ({
    ...records,
    orders: records.orders.map((order) =>
      order.dp2.id === id ? { dp2: change(order.dp2), dp6: change(order.dp6) } : order,
    ),
  });
}

/** The lines of an order with the id of a tax that the shop has deleted. */
function withUnknownTax(lines: unknown): JsonObject[] {
  const known = lines as { readonly taxes: readonly JsonObject[] }[]; // captured lines have taxes
  return known.map((line) => ({ ...line, taxes: line.taxes.map((tax) => ({ ...tax, id: 9999 })) }) as JsonObject);
}

function without(value: unknown, field: string): JsonObject {
  const { [field]: _, ...rest } = value as Record<string, never>; // a captured address is an object
  return { ...rest, [field]: '' };
}

async function owned(folder: string, user: number): Promise<void> {
  await chown(folder, user, user);
  for (const entry of await readdir(folder, { recursive: true })) await chown(join(folder, entry), user, user);
}
