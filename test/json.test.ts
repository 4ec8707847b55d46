import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { z } from 'zod';
import { formatOf } from '../src/formats/index.ts';
import { comptoir, type Ended, filesIn, jsonOf, linesOf, salesFile, temporaryFolder } from './command-kit.ts';

/** `--json` of the real command: one object of exactly the shape the specification gives, and nothing else. */

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newHome(): Promise<string> {
  const home = await temporaryFolder('json');
  folders.push(home);
  return home;
}

const amount = z.string().regex(/^-?\d+\.\d{2}$/);
const positive = z.string().regex(/^\d+\.\d{2}$/);
const rate = z.string().regex(/^\d+\.\d{2,}$/);
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const words = z.string().min(1);

const line = z
  .strictObject({
    account: words,
    thirdParty: words.optional(),
    label: z.string(),
    role: z.enum([
      'customer',
      'sales',
      'discount',
      'ecotax',
      'shipping',
      'wrapping',
      'fee',
      'tip',
      'duty',
      'giftCard',
      'storeCredit',
      'vat',
      'rounding',
      'retention',
      'goodwill',
      'adjustment',
      'currencyAdjustment',
      'difference',
      'bank',
      'bankFee',
    ]),
    taxCode: words.optional(),
    taxRate: rate.optional(),
    section: words.optional(),
    paymentMode: words.optional(),
    debit: positive.optional(),
    credit: positive.optional(),
    amountInCurrency: amount.optional(),
  })
  .refine(({ debit, credit }) => (debit === undefined) !== (credit === undefined), 'a line has one side');

const output = z.strictObject({
  run: z.strictObject({
    id: z.string(),
    profile: words,
    kind: z.enum(['sales', 'creditNotes']),
    from: isoDay.optional(),
    to: isoDay.optional(),
    state: z.enum(['preview', 'written', 'failed']),
  }),
  counts: z.strictObject({
    read: z.int(),
    ready: z.int(),
    held: z.int(),
    excluded: z.int(),
    alreadyTransferred: z.int(),
    written: z.int(),
  }),
  completeness: z
    .strictObject({
      source: z.int().optional(),
      counted: z.enum(['shop', 'file']).optional(),
      records: z.int(),
      leftOut: z.int(),
      complete: z.boolean().optional(),
      reasons: z.array(z.strictObject({ state: z.enum(['held', 'excluded']), code: words, count: z.int() })),
      series: z.array(
        z.strictObject({
          name: words,
          first: words,
          last: words,
          count: z.int(),
          missing: z.array(words),
          missingCount: z.int(),
          doubles: z.array(z.strictObject({ number: words, order: words })),
          disorder: z.array(z.strictObject({ number: words, date: isoDay, next: words, nextDate: isoDay })),
          partial: z.boolean(),
        }),
      ),
    })
    .optional(),
  documents: z.array(
    z.strictObject({
      kind: z.enum(['sale', 'creditNote']),
      key: words,
      orderId: words,
      orderNumber: words.optional(),
      invoiceNumber: words.optional(),
      creditNoteNumber: words.optional(),
      date: isoDay.optional(),
      currency: z.string().length(3).optional(),
      gross: amount.optional(),
      state: z.enum(['ready', 'held', 'excluded', 'already', 'written']),
      reasons: z.array(z.strictObject({ code: words, message: words })),
    }),
  ),
  entries: z.array(
    z.strictObject({
      number: z.int(),
      kind: z.enum(['sale', 'creditNote', 'payment']),
      document: words,
      journal: words,
      date: isoDay,
      piece: words.optional(),
      reference: words.optional(),
      label: words.optional(),
      currency: z.string().length(3),
      rate: rate.optional(),
      lines: z.array(line).min(2),
    }),
  ),
  totals: z.strictObject({ debit: positive, credit: positive }),
  problems: z.array(z.strictObject({ code: words, message: words, cure: words.optional() })),
  files: z.array(
    z.strictObject({
      path: words,
      format: words,
      bytes: z.int(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      lines: z.int(),
    }),
  ),
});
type Output = z.infer<typeof output>;

/** Parsed strictly, and held against itself: counts, sides, totals, numbers, the files on disk. */
async function checked(ended: Ended): Promise<Output> {
  const json = output.parse(jsonOf(ended));
  const { counts, documents, entries, totals, files, run } = json;
  assert.equal(counts.read, counts.ready + counts.held + counts.excluded + counts.alreadyTransferred);
  assert.equal(documents.length, counts.read);
  const { completeness } = json;
  if (run.state !== 'failed') {
    assert.notEqual(completeness?.complete, false, 'D-15 all that the source counts was read');
    const why = (state: string) =>
      (completeness?.reasons ?? []).reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0);
    assert.deepEqual([why('held'), why('excluded')], [counts.held, counts.excluded]);
  }
  const states = (state: string) => documents.filter((document) => document.state === state).length;
  assert.deepEqual(
    [states('ready') + states('written'), states('held'), states('excluded'), states('already'), states('written')],
    [counts.ready, counts.held, counts.excluded, counts.alreadyTransferred, counts.written],
  );
  for (const { state, reasons, key } of documents) {
    if (state === 'held' || state === 'excluded') assert.ok(reasons.length > 0, `${key} says why`);
  }
  const sums = [0n, 0n];
  for (const { number, lines } of entries) {
    const sides = (['debit', 'credit'] as const).map((side) => lines.reduce((sum, one) => sum + cents(one[side]), 0n));
    assert.equal(sides[0], sides[1], `entry ${number} is balanced`);
    assert.ok(
      lines.every((one) => cents(one.debit) + cents(one.credit) > 0n),
      'no line of zero',
    );
    for (const [at, side] of sides.entries()) sums[at] = (sums[at] ?? 0n) + side;
  }
  assert.deepEqual(sums, [cents(totals.debit), cents(totals.credit)]);
  assert.deepEqual(
    entries.map(({ number }) => number),
    entries.map((_, at) => at + 1),
    'numbered without a gap',
  );
  const withEntries = new Set(entries.map(({ document }) => document));
  const expected = documents.filter(({ state }) => state === 'ready' || state === 'written').map(({ key }) => key);
  assert.deepEqual([...withEntries].sort(), [...new Set(expected)].sort(), 'entries are those of the ready documents');
  for (const file of files) {
    const bytes = await readFile(file.path);
    assert.deepEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')], [file.bytes, file.sha256]);
    const format = formatOf(file.format);
    assert.ok(format);
    assert.equal((await linesOf(format, file.path)).length, file.lines);
    assert.equal(
      entries.reduce((sum, { lines }) => sum + lines.length, 0),
      file.lines,
    );
  }
  assert.equal(files.length, run.state === 'written' && entries.length > 0 ? 1 : 0);
  return json;
}

function cents(text = '0.00'): bigint {
  return BigInt(text.replace('.', ''));
}

const PERIOD = ['--from', '2026-08-01', '--to', '2026-11-30'];

/** [profile, what is imported, format] of the demo shops. */
const imports: [string, 'sales' | 'credit-notes', string][] = [
  ['demo-woocommerce', 'sales', 'sage-pnm'],
  ['demo-woocommerce', 'credit-notes', 'fec'],
  ['demo-prestashop', 'sales', 'csv'],
  ['demo-prestashop', 'credit-notes', 'hledger'],
  ['demo-prestashop-1.6', 'sales', 'fec'],
  ['demo-magento', 'credit-notes', 'csv'],
];
describe('--json has the shape of the specification', { concurrency: 2 }, () => {
  for (const [profile, kind, format] of imports) {
    test(`${kind} of ${profile} to ${format}: previewed, written, and already there the second time`, async () => {
      const home = await newHome();
      const args = ['import', kind, '--profile', profile, ...PERIOD, '--format', format, '--json'];
      const seen = await comptoir(home, [...args, '--dry-run']);
      const preview = await checked(seen);
      assert.ok(preview.counts.ready > 0);
      assert.equal(preview.completeness?.complete, true, 'D-15 the demo shops count what they hold');
      assert.equal(seen.code, preview.counts.held > 0 ? 3 : 0);
      assert.deepEqual([preview.run.state, preview.counts.written, preview.files], ['preview', 0, []]);
      assert.deepEqual(
        (await filesIn(home)).filter((path) => !/^(?:comptoir\.db|secret\.key)/.test(path)),
        [],
        'a preview writes nothing',
      );

      const ended = await comptoir(home, [...args, '--yes']);
      const written = await checked(ended);
      assert.equal(ended.code, seen.code);
      assert.deepEqual([written.run.state, written.counts.written], ['written', preview.counts.ready]);
      assert.deepEqual(written.entries, preview.entries, 'what was previewed is what is written');
      assert.deepEqual(written.totals, preview.totals);

      const again = await checked(await comptoir(home, [...args, '--yes']));
      assert.deepEqual([again.counts.written, again.counts.ready, again.entries, again.files], [0, 0, [], []]);
      assert.equal(again.counts.alreadyTransferred, preview.counts.ready);
      assert.deepEqual(again.totals, { debit: '0.00', credit: '0.00' });
    });
  }

  test('exit codes: 3 when some are held, in previews too; their reasons are sentences', async () => {
    const home = await newHome();
    const file = await salesFile(join(home, 'sales.jsonl'), [{ id: 1 }, { id: 2, gross: '15.00' }, { id: 1 }]);
    const args = ['import', 'sales', '--profile', 'demo-woocommerce', '--file', file, '--json'];
    for (const [mode, written] of [
      ['--dry-run', 0],
      ['--yes', 1],
      ['--yes', 0],
    ] as const) {
      const ended = await comptoir(home, [...args, mode]);
      const json = await checked(ended);
      assert.deepEqual([ended.code, json.counts.held, json.counts.written], [3, 2, written]);
      const held = json.documents.find(({ key, state }) => state === 'held' && key === 'sale/2');
      assert.match(held?.reasons[0]?.message ?? '', /15\.00/);
    }
  });

  test('a run that fails has the same shape, its cause with the cure, and ends with 1', async () => {
    const home = await newHome();
    const args = [
      'import',
      'sales',
      '--profile',
      'demo-woocommerce',
      '--file',
      join(home, 'nothing.jsonl'),
      '--yes',
      '--json',
    ];
    const ended = await comptoir(home, args);
    const json = await checked(ended);
    assert.deepEqual(
      [ended.code, json.run.state, json.documents, json.problems[0]?.code],
      [1, 'failed', [], 'file.unreadable'],
    );
    assert.ok(json.problems[0]?.cure);
  });

  /** [command line, a word of what is said] */
  const usages: [string, RegExp][] = [
    ['import sales --profile demo-woocommerce', /--yes.*--dry-run/],
    ['import sales --profile demo-woocommerce --json', /--yes.*--dry-run/],
    ['import sales --profile demo-woocommerce --yes --from 2026-13-01 --to 2026-13-02', /2026-13-01/],
    ['import sales --profile nobody --yes --json', /nobody/],
  ];
  for (const [words, said] of usages) {
    test(`bad usage ends with 2, with nothing on standard output: comptoir ${words}`, async () => {
      const ended = await comptoir(await newHome(), words.split(' '));
      assert.equal(ended.code, 2, ended.err);
      assert.equal(ended.out, '');
      assert.match(ended.err, said);
    });
  }
});

test('the object of a long run is printed within little memory, and leaves nothing behind', async () => {
  const home = await newHome();
  const COUNT = 20_000;
  const path = await salesFile(
    join(home, 'long.jsonl'),
    Array.from({ length: COUNT }, (_, index) => ({ id: index + 1 })),
  );
  const words = ['import', 'sales', '--profile', 'demo-woocommerce', '--file', path, '--dry-run', '--json'];
  const small = ['env', 'NODE_OPTIONS=--max-old-space-size=56'];
  const ended = await comptoir(home, words, { through: small });
  assert.equal(ended.code, 0, ended.err.slice(-2000));
  const { documents, entries, counts } = jsonOf(ended);
  assert.deepEqual([counts.read, documents.length, entries.length], [COUNT, COUNT, 2 * COUNT]);
  assert.deepEqual(
    [documents[COUNT - 1].key, entries[0].number, entries.at(-1).number],
    [`sale/${COUNT}`, 1, 2 * COUNT],
  );
  const [run] = JSON.parse((await comptoir(home, ['run', 'list', '--json'])).out);
  const shown = jsonOf(await comptoir(home, ['run', 'show', run.id, '--json'], { through: small }));
  assert.deepEqual(shown.documents, documents);
  assert.deepEqual(
    (await filesIn(home)).filter((name) => name.includes('.json-')),
    [],
  );
});
