import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { SalesDocument } from '../core/document.ts';
import type { Entry, LineRole } from '../core/entry.ts';
import { postDocument } from '../core/posting/post.ts';
import { Failure } from '../core/problem.ts';
import { manualSettings, sketch, toldEntry } from '../core/testing/sketch.ts';
import type { HookRole } from './author/comptoir-hook.d.ts';
import type { EntryHook, Hooked, ToHook } from './hook.ts';
import { HOOK_LIMITS, openHook } from './runner.ts';

/** Scripts in real processes: what they may change, what holds a document, and what they cannot do. */

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'comptoir-hooks-'));
  await mkdir(join(root, 'hooks'));
  await writeFile(join(root, 'secret.key'), 'SECRET');
});
after(() => rm(root, { recursive: true, force: true }));

const SALE = 'sale FR; product 10 20% 2; paid card 12';

function posted(text = SALE, changes: Partial<SalesDocument> = {}, settings = manualSettings()): ToHook {
  const document = sketch(text, changes);
  const result = postDocument(document, settings);
  if (result.state !== 'ready') assert.fail(result.state);
  return { document, entries: result.entries };
}

let scripts = 0;

async function withScript<Result>(
  body: string,
  work: (hook: EntryHook) => Promise<Result>,
  limits = HOOK_LIMITS,
): Promise<Result> {
  scripts += 1;
  const path = join(root, 'hooks', `script-${scripts}.ts`);
  await writeFile(path, body);
  const hook = await openHook(path, join(root, 'hooks'), limits);
  try {
    return await work(hook);
  } finally {
    await hook.close();
  }
}

/** What a script of this body makes of documents: entries, or what holds them. */
async function told(body: string, lot: readonly ToHook[] = [posted()], limits = HOOK_LIMITS): Promise<string[]> {
  return withScript(body, async (hook) => (await hook.apply(lot)).map(shown), limits);
}

function shown(hooked: Hooked): string {
  if (hooked.state === 'held') return `${hooked.problem.code} ${JSON.stringify(hooked.problem.values)}`;
  const left = hooked.leftOut.length === 0 ? '' : ` ; left out: ${hooked.leftOut.join()}`;
  return hooked.entries.map(toldEntry).join(' // ') + left;
}

const AS_POSTED = '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00';

/** A script that changes a copy of the sale's lines. */
const onLines = (change: string) => `export const hook = (document, entries) => {
  const lines = entries[0].lines;
  ${change}
  return entries;
};`;

describe('what a script may change', () => {
  test('one that answers what it was given changes nothing, not even the reasons', async () => {
    const given = posted();
    const [hooked] = await withScript('export const hook = (document, entries) => entries;', (hook) =>
      hook.apply([given]),
    );
    assert.deepEqual(hooked, { state: 'answered', entries: given.entries, leftOut: [] });
  });

  test('accounts, texts, dates and journals; a changed line says that a script chose its account and keeps its sums', async () => {
    const body = `import type { Hook } from './comptoir-hook.d.ts';
export const hook: Hook = (document, entries) => {
  const [sale] = entries;
  if (sale === undefined) return entries;
  sale.journal = 'OD';
  sale.date = '2026-01-31';
  sale.reference = document.customer?.email ?? '';
  for (const line of sale.lines) if (line.role === 'sales') line.account = '707999';
  return entries;
};`;
    const given = posted();
    const [hooked] = await withScript(body, (hook) => hook.apply([given]));
    assert.ok(hooked?.state === 'answered');
    const [sale] = hooked.entries;
    assert.deepEqual([sale?.journal, sale?.date, sale?.reference], ['OD', '2026-01-31', 'john@example.test']);
    assert.equal(sale && toldEntry(sale), '4110000 12.00 | 707999 -10.00 | 4457120 -2.00');
    const because = sale?.lines[1]?.because;
    assert.equal(because?.mapping, 'hook');
    assert.deepEqual(because?.parts, given.entries[0]?.lines[1]?.because.parts);
    assert.deepEqual(sale?.lines[0], given.entries[0]?.lines[0], 'what it did not touch keeps its reason');
  });

  test('lines may be split and added, entries left out; a promise is waited for; the order stays', async () => {
    const split = onLines(`const [sold] = lines.filter(({ role }) => role === 'sales');
      sold.credit = '6.00';
      lines.push({ ...sold, account: '707200', credit: '4.00', section: 'WEB' });`);
    assert.deepEqual(await told(split), [
      '4110000 12.00 | 707100 -6.00 | 4457120 -2.00 | 707200 -4.00 // 4110000 -12.00 | 5125 12.00',
    ]);
    assert.deepEqual(await told('export default async (d, entries) => [entries[1], entries[0]];'), [AS_POSTED]);
    assert.deepEqual(await told('export const hook = (d, entries) => entries.slice(0, 1);'), [
      '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 ; left out: payment/1',
    ]);
    assert.deepEqual(await told('export const hook = () => [];'), [' ; left out: document,payment/1']);
  });

  test('amounts in currency go and come, and must balance too', async () => {
    const mappings = manualSettings().mappings;
    const currencies = { ...mappings.currencies, default: { ...mappings.currencies.default, ledgerCurrency: 'USD' } };
    const settings = manualSettings({ inCurrency: true, mappings: { ...mappings, currencies } });
    const given = posted('sale FR USD@1.25; product 10.00; paid card 10.00', {}, settings);
    assert.equal(given.entries[0]?.ledgerCurrency, 'USD');
    assert.deepEqual(await told(onLines("lines[1].account = '707900';"), [given]), [
      '4110000 8.00 | 707900 -8.00 // 4110000 -8.00 | 5125 8.00',
    ]);
    assert.deepEqual(await told(onLines("lines[1].amountInCurrency = '-9.99';"), [given]), [
      'hook.unbalanced {"part":"document","debit":"10.00","credit":"9.99"}',
    ]);
    assert.deepEqual(await told(onLines("lines[1].amountInCurrency = '10.00';"), [given]), [
      'hook.wrong-answer {"field":"entries.0.lines.1.amountInCurrency","reason":"other-side"}',
    ]);
  });
});

describe('what holds a document', () => {
  /** [body, the reason] */
  const answers: [string, string][] = [
    [onLines("lines[0].debit = '12.01';"), 'hook.unbalanced {"part":"document","debit":"12.01","credit":"12.00"}'],
    [onLines("lines[1].credit = '0.00';"), 'hook.wrong-answer {"field":"entries.0.lines.1.credit","reason":"zero"}'],
    [onLines("lines[1].debit = '1';"), 'hook.wrong-answer {"field":"entries.0.lines.1.debit","reason":"one-side"}'],
    [onLines('lines[1].credit = null;'), 'hook.wrong-answer {"field":"entries.0.lines.1.debit","reason":"one-side"}'],
    [
      onLines("lines[1].credit = '10.001';"),
      'hook.wrong-answer {"field":"entries.0.lines.1.credit","reason":"too-many-decimals: 2"}',
    ],
    [
      onLines("lines[1].credit = '-10.00';"),
      'hook.wrong-answer {"field":"entries.0.lines.1.credit","reason":"not-amount"}',
    ],
    [
      onLines('lines[1].credit = 10;'),
      'hook.wrong-answer {"field":"entries.0.lines.1.credit","reason":"wrong-type: string"}',
    ],
    [
      onLines("lines[1].account = '';"),
      'hook.wrong-answer {"field":"entries.0.lines.1.account","reason":"too-small: 1"}',
    ],
    [
      onLines("lines[1].acount = '707999';"),
      'hook.wrong-answer {"field":"entries.0.lines.1","reason":"unknown-field: acount"}',
    ],
    [onLines('delete lines[1].label;'), 'hook.wrong-answer {"field":"entries.0.lines.1.label","reason":"missing"}'],
    [
      onLines("lines[1].taxRate = '5,5';"),
      'hook.wrong-answer {"field":"entries.0.lines.1.taxRate","reason":"not-percent"}',
    ],
    [
      onLines("lines[1].amountInCurrency = '-10.00';"),
      'hook.wrong-answer {"field":"entries.0.lines.1.amountInCurrency","reason":"not-in-currency"}',
    ],
    [
      onLines("entries[0].date = '31/01/2026';"),
      'hook.wrong-answer {"field":"entries.0.date","reason":"not-day: 31/01/2026"}',
    ],
    [onLines('entries[0].lines = [];'), 'hook.wrong-answer {"field":"entries.0.lines","reason":"too-small: 1"}'],
    [
      onLines("entries[0].part = 'payment/9';"),
      'hook.wrong-answer {"field":"entries.0.part","reason":"not-given: payment/9"}',
    ],
    [
      onLines('entries.push(entries[0]);'),
      'hook.wrong-answer {"field":"entries.2.part","reason":"part-twice: document"}',
    ],
    ['export const hook = () => {};', 'hook.wrong-answer {"field":"entries","reason":"wrong-type: array"}'],
    ['export const hook = () => "no";', 'hook.wrong-answer {"field":"entries","reason":"wrong-type: array"}'],
    ['export const hook = () => [7];', 'hook.wrong-answer {"field":"entries.0","reason":"wrong-type: object"}'],
    [
      "export const hook = () => {\n\n  throw new Error('No account for Corsica');\n};",
      'hook.threw {"message":"No account for Corsica","place":"SCRIPT:3"}',
    ],
    [
      'export const hook = (document, entries) => {\n  return entries[7].lines;\n};',
      'hook.threw {"message":"TypeError: Cannot read properties of undefined (reading \'lines\')","place":"SCRIPT:2"}',
    ],
    ["export const hook = async () => Promise.reject('later');", 'hook.threw {"message":"later","place":""}'],
    [
      'export const hook = () => [{ n: 1n }];',
      'hook.threw {"message":"TypeError: Do not know how to serialize a BigInt"',
    ],
  ];
  for (const [body, reason] of answers) {
    test(`${body.replace(/\s+/g, ' ').slice(0, 110)}`, async () => {
      const [first = ''] = await told(body);
      const expected = reason.replace('SCRIPT', `script-${scripts}.ts`);
      assert.equal(first.slice(0, expected.length), expected);
    });
  }

  test('only the document concerned: the others of the lot go on', async () => {
    const body =
      "export const hook = (d, entries) => { if (d.key === 'sale/2') throw new Error('two'); return entries; };";
    const lot = [1, 2, 3].map((id) => posted(SALE, { key: `sale/${id}` }));
    const [one, two, three] = await told(body, lot);
    assert.deepEqual([one, three], [AS_POSTED, AS_POSTED]);
    assert.match(two ?? '', /^hook\.threw {"message":"two"/);
  });
});

const SHORT = { ...HOOK_LIMITS, documentMs: 400 };

/** A script that does it for the second document, and answers for the others. */
const atSecond = (what: string) =>
  `export const hook = async (d, entries) => { if (d.key === 'sale/2') { ${what} } return entries; };`;

describe('a script that goes wrong altogether ends its process; its document waits and the others go on', () => {
  const lot = () => [1, 2, 3].map((id) => posted(SALE, { key: `sale/${id}` }));
  /** [what it does, how it is told] */
  const ends: [string, RegExp][] = [
    ['for (;;) {}', /^hook\.too-slow {"seconds":"0.4"}$/],
    ['await new Promise(() => {});', /^hook\.too-slow/],
    ['process.exit(3);', /^hook\.ended {"reason":"exit 3"}$/],
    ['process.exit(0);', /^hook\.ended {"reason":"exit 0"}$/],
    ['process.abort();', /^hook\.ended {"reason":"SIGABRT"}$/],
    [
      "setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});",
      /^hook\.ended {"reason":"exit 1 Error: late"}$/,
    ],
    ['const all = []; for (;;) all.push(new Array(100000).fill(1.5));', /^hook\.too-large {"megabytes":"128"}$/],
    ['const f = () => f() + 1; f();', /^hook\.threw {"message":"RangeError: Maximum call stack size exceeded"/],
  ];
  if (process.platform === 'linux') {
    ends.push([
      'const all = []; for (;;) { all.push(Buffer.alloc(20_000_000, 1)); await new Promise((go) => setTimeout(go, 10)); }',
      /^hook\.too-large {"megabytes":"384"}$/,
    ]);
  }
  for (const [what, how] of ends) {
    test(what.slice(0, 90), async () => {
      const slow =
        what.includes('for (;;) all') || what.includes('Buffer') ? { ...HOOK_LIMITS, documentMs: 20_000 } : SHORT;
      const [one, two, three] = await told(atSecond(what), lot(), slow);
      assert.deepEqual([one, three], [AS_POSTED, AS_POSTED]);
      assert.match(two ?? '', how);
    });
  }

  test('after a few ended processes it is asked no more, so that a run comes to its end', async () => {
    const many = Array.from({ length: 40 }, (_, id) => posted(SALE, { key: `sale/${id}` }));
    const began = performance.now();
    const outcomes = await told('export const hook = () => { for (;;) {} };', many, { ...SHORT, ends: 2 });
    assert.deepEqual(new Set(outcomes), new Set(['hook.too-slow {"seconds":"0.4"}']));
    assert.equal(outcomes.length, 40);
    assert.ok(performance.now() - began < 20_000);
  });

  test('a script that ends between two lots is started again', async () => {
    const body =
      'let n = 0; export const hook = (d, e) => { if (++n === 2) setTimeout(() => process.exit(0), 20); return e; };';
    await withScript(body, async (hook) => {
      assert.deepEqual((await hook.apply(lot().slice(0, 2))).map(shown), [AS_POSTED, AS_POSTED]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual((await hook.apply(lot().slice(2))).map(shown), [AS_POSTED]);
    });
  });
});

describe('what a script cannot do', () => {
  /** Runs a statement and answers its fault as the reference of the sale. */
  const attempt = async (statement: string, head = ''): Promise<string> => {
    const body = `${head}
export const hook = async (document, entries) => {
  let told = 'done';
  try { ${statement} } catch (error) { told = error.code ?? error.message; }
  entries[0].reference = String(told).slice(0, 200);
  return entries;
};`;
    return withScript(body, async (hook) => {
      const [hooked] = await hook.apply([posted()]);
      return hooked?.state === 'answered' ? (hooked.entries[0]?.reference ?? '') : shown(hooked as Hooked);
    });
  };

  test('read the data folder, or anything but its own', async () => {
    for (const path of [join(root, 'secret.key'), '/etc/hostname', join(root, 'hooks', '..', 'secret.key')]) {
      const read = `const { readFileSync } = await import('node:fs'); told = readFileSync(${JSON.stringify(path)}, 'utf8');`;
      assert.match(await attempt(read), /not for scripts/);
      assert.match(await attempt(`await import(${JSON.stringify(path)});`), /ERR_ACCESS_DENIED|ERR_/);
    }
  });

  test('reach the network, start a process, end another one', async () => {
    assert.match(await attempt("await fetch('http://127.0.0.1:1/');"), /fetch is not defined/);
    for (const name of [
      'net',
      'node:http',
      'node:https',
      'dgram',
      'node:dns',
      'child_process',
      'node:worker_threads',
      'fs',
      'module',
      'inspector',
      'node:sqlite',
    ])
      assert.match(await attempt(`await import('${name}');`), /not for scripts/, name);
    assert.match(await attempt('process.kill(process.ppid, 0);'), /is not a function/);
    assert.match(await attempt("process.getBuiltinModule('fs');"), /is not a function/);
    assert.match(await attempt("process.binding('fs');"), /is not a function/);
    assert.match(await attempt("process.send({ type: 'answer', entries: [] });"), /is not a function/);
  });

  test('see the environment or its arguments, which hold no secret', async () => {
    process.env.COMPTOIR_TEST_SECRET = 'hush';
    assert.equal(await attempt('told = JSON.stringify(process.env);'), '{"TZ":"UTC"}');
    Reflect.deleteProperty(process.env, 'COMPTOIR_TEST_SECRET');
    assert.doesNotMatch(await attempt('told = process.execArgv.join() + process.argv.join();'), /secret/i);
  });

  test('fill the disk, or print on our terminal', async () => {
    assert.match(
      await attempt("const fs = await import('node:fs/promises'); await fs.writeFile('x', 'y');"),
      /not for scripts/,
    );
    assert.equal(await attempt("console.log('noise'); console.error('noise'); told = 'quiet';"), 'quiet');
  });
});

describe('a script that cannot be used is a failure that names it', () => {
  /** [body, the reason] */
  const bodies: [string, RegExp][] = [
    ['export const other = 1;', /^no-function$/],
    ["import { x } from './nowhere.ts';\nexport const hook = x;", /Cannot find module/],
    ['export const hook = (a) =>\n  a ===;\n', /SyntaxError|Unexpected|Expression expected/],
    ["throw new Error('at once');", /^script-\d+\.ts:1 at once$/],
    ["import 'node:net';\nexport const hook = () => [];", /node:net is not for scripts/],
    ['enum A { B }\nexport const hook = () => [];', /enum/],
  ];
  for (const [body, reason] of bodies) {
    test(body.slice(0, 60), async () => {
      await assert.rejects(told(body), (error) => {
        assert.ok(error instanceof Failure && error.code === 'hook.unusable', String(error));
        assert.match(error.values.reason ?? '', reason);
        assert.match(error.values.path ?? '', /script-\d+\.ts$/);
        return true;
      });
    });
  }

  test('one that never comes to its end while it is loaded', async () => {
    await assert.rejects(
      told('for (;;) {}\nexport const hook = () => [];', [posted()], { ...SHORT, loadMs: 1500 }),
      (error) => error instanceof Failure && error.code === 'hook.unusable',
    );
  });
});

test('the roles an author may write are those of entries', () => {
  const same: [HookRole, LineRole] extends [LineRole, HookRole] ? true : false = true;
  assert.ok(same);
});

test('a script and its line are given entries as plain JSON, without our own reasons', async () => {
  const body =
    'export const hook = (d, entries) => { entries[0].reference = Object.keys(entries[0].lines[0]).join(); return entries; };';
  const [hooked] = await withScript(body, (hook) => hook.apply([posted()]));
  const keys = hooked?.state === 'answered' ? (hooked.entries[0] as Entry).reference : '';
  assert.equal(
    keys,
    'role,account,thirdParty,label,debit,credit,amountInCurrency,taxCode,vatGrid,taxRate,section,paymentMode',
  );
});
