import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import { banana } from '../formats/banana.ts';
import { fileOf, saidBy, shortened } from '../formats/contract-kit.ts';
import { csv } from '../formats/csv.ts';
import { ebpV5 } from '../formats/ebp.ts';
import { fec } from '../formats/fec.ts';
import type { Format, FormatContext } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { CONTEXT, CREDIT_NOTE, IN_DOLLARS, PAYMENT, SALE, SAMPLES } from '../formats/sample-entries.ts';
import { convert } from './convert.ts';
import { folder, freshFolders, removeFolders } from './file.test-kit.ts';
import type { ConvertEvent } from './ledger.ts';

const THREE = [SALE, CREDIT_NOTE, PAYMENT];
const NEIGHBOURS = 5;
const BARE: FormatContext = { ...CONTEXT, chart: { accounts: {}, journals: {}, thirdParties: {} } };

describe('conversion of files', () => {
  beforeEach(freshFolders);
  after(removeFolders);

  for (const [place, from] of formats.entries()) {
    // All pairs would be thousands: each meets csv, the next ones of the list, and itself.
    for (const [other, to] of formats.entries()) {
      const distance = (other - place + formats.length) % formats.length;
      if (distance > NEIGHBOURS && from !== csv && to !== csv) continue;
      test(`${from.id} to ${to.id}: every entry arrives, and back to ${from.id} the amounts are the same`, async () => {
        const entries = THREE.map((entry) =>
          shortened(to, standing(from, fittingBack(from, to, shortened(from, entry)))),
        );
        const amounts = { debit: 137020n, credit: 137020n };
        const there = await converted(fileOf(from, entries), from, to);
        const inFrom = saidBy(from, entries).map((entry) => asRead(from, entry));
        const inTo = saidBy(to, inFrom).map((entry) => asRead(to, entry)); // rows of two accounts are entries of their own
        const lines = (of: readonly NumberedEntry[]) => of.flatMap((entry) => entry.lines).length;
        assert.deepEqual(ends(there), { entries: inFrom.length, lines: lines(inTo), ...amounts });
        const back = await converted(readFileSync(pathOf(there)), to, from, 'back');
        assert.deepEqual(ends(back), { entries: inTo.length, lines: lines(saidBy(from, inTo)), ...amounts });
      });
    }
  }

  test('a file converted into its own format is the same byte for byte', async () => {
    const bytes = fileOf(sagePnm, THREE);
    assert.deepEqual(readFileSync(pathOf(await converted(bytes, sagePnm, sagePnm))), bytes);
  });

  test('a FEC says no kind of entry: money makes a payment, a customer credited a credit note', async () => {
    const events = await converted(fileOf(fec, THREE), fec, sagePnm);
    const records = readFileSync(pathOf(events), 'latin1').split('\r\n').slice(1, -1);
    assert.deepEqual(
      [...new Set(records.map((record) => record.slice(0, 3) + record.slice(9, 11)))],
      ['BEURC', 'VTEFC', 'VTEAC'],
    );
    assert.deepEqual(losses(events), ['kind 3 2', 'label 2 2']); // two labels of 26 characters
  });

  /** [entries, from, to, what is lost: how many entries, the first line] */
  const lossy: [string, readonly NumberedEntry[], Format, Format, readonly string[]][] = [
    [
      'sections and references of a CSV in a FEC',
      [SAMPLES.vente ?? SALE],
      csv,
      fec,
      ['reference 1 2', 'taxCode 1 2', 'section 1 2'],
    ],
    ['collective accounts in EBP', THREE, sagePnm, ebpV5, ['collective 3 2', 'kind 3 2']],
    ['third parties that EBP does not tell', THREE, ebpV5, fec, ['thirdParty 3 1']],
    ['amounts in currency', [IN_DOLLARS], fec, csv, ['currency 1 2']],
    [
      'labels that are too long',
      [{ ...SALE, lines: SALE.lines.map((line) => ({ ...line, label: 'x'.repeat(41) })) }],
      csv,
      ebpV5,
      ['collective 1 2', 'reference 1 2', 'label 1 2', 'taxCode 1 2'],
    ],
  ];
  for (const [what, entries, from, to, wanted] of lossy) {
    test(`told once: ${what}`, async () => {
      const found = losses(await converted(fileOf(from, entries), from, to)).filter(
        (loss) => !loss.startsWith('number'),
      );
      assert.deepEqual(
        found,
        wanted.filter((loss) => to.carries.includes('kind') || !loss.startsWith('kind')),
      );
    });
  }

  test('what the new format cannot hold is told with its line, the others go on', async () => {
    const long = {
      ...SALE,
      number: 2,
      lines: SALE.lines.map((line) => ({ ...line, account: `${line.account}00000000` })),
    };
    const events = await converted(fileOf(csv, [SALE, long, { ...PAYMENT, number: 3 }]), csv, sagePnm);
    const [held] = events.filter(({ type }) => type === 'held');
    assert.ok(held?.type === 'held');
    // The payment's journal comes first in the file; the long sale is lines 7 to 9.
    assert.deepEqual([held.line, held.piece, held.problems[0]?.code], [7, 'FA000001', 'format.too-long']);
    assert.equal(ends(events).entries, 2);
  });

  test('a line that cannot be read leaves out its own entry alone, and says so', async () => {
    const text = fileOf(sagePnm, [SALE, { ...CREDIT_NOTE, number: 2 }, { ...SALE, number: 3, piece: 'FA2' }]).toString(
      'latin1',
    );
    const events = await converted(Buffer.from(text.replace('335.83', '335x83'), 'latin1'), sagePnm, fec);
    assert.deepEqual(
      events
        .map((event) => (event.type === 'fault' ? [event.line, event.expected] : null))
        .filter((one) => one !== null),
      [
        [6, 'an amount'],
        [5, 'an entry whose lines can all be read'],
      ],
    );
    assert.equal(ends(events).entries, 2);
  });

  test('an entry that does not balance is told and left out', async () => {
    const text = fileOf(fec, [SALE, { ...SALE, number: 2 }])
      .toString('utf8')
      .replace('80,60', '80,61');
    const events = await converted(Buffer.from(text), fec, csv);
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'fault' ? [`${event.line} ${event.expected}`] : [])),
      ['2 an entry that balances'],
    );
    assert.equal(ends(events).entries, 1);
  });

  test('whole units without decimals are whole units: 403 is 403.00 €', async () => {
    const text = fileOf(ebpV5, [SALE]).toString('latin1').replace('403.00', '403').replace('483.60', '483.6');
    const events = await converted(Buffer.from(text, 'latin1'), ebpV5, csv);
    assert.equal(ends(events).debit, 48360n);
  });

  test('nothing to convert makes no file; a file that is not there says so', async () => {
    const events = await converted(fileOf(fec, []), fec, csv);
    assert.deepEqual(events, [{ type: 'done', path: null, entries: 0, lines: 0, debitMinor: 0n, creditMinor: 0n }]);
    await assert.rejects(
      run(join(folder, 'absent'), fec, csv, 'out'),
      (error: unknown) => error instanceof Failure && error.code === 'file.unreadable',
    );
    assert.deepEqual(readdirSync(folder), ['in']);
  });

  test('entries of a file without journals go into the one that is given, or wait for it', async () => {
    const bytes = fileOf(banana, [SALE]);
    const [held] = await converted(bytes, banana, csv, 'out', '');
    assert.equal(held?.type === 'held' && held.problems[0]?.code, 'format.missing');
    const text = readFileSync(pathOf(await converted(bytes, banana, csv, 'out', 'VTE')), 'utf8');
    assert.match(text, /\nVTE;/);
    assert.deepEqual(losses(await converted(fileOf(csv, [SALE]), csv, banana, 'back')).slice(0, 2), [
      'journal 1 2',
      'collective 1 2',
    ]);
  });

  test('an existing file is not written over', async () => {
    writeFileSync(join(folder, 'out'), 'precious');
    const path = pathOf(await converted(fileOf(fec, [SALE]), fec, csv));
    assert.equal(path, join(folder, 'out-20261124-044100'));
    assert.equal(readFileSync(join(folder, 'out'), 'utf8'), 'precious');
  });
});

async function converted(bytes: Buffer, from: Format, to: Format, ...rest: [name?: string, journal?: string]) {
  const source = join(folder, 'in');
  writeFileSync(source, bytes);
  const [name = 'out', journal = 'V'] = rest;
  return run(source, from, to, name, journal);
}

async function run(...[source, from, to, name, journal = 'V']: Run): Promise<ConvertEvent[]> {
  const target = join(folder, name);
  return Array.fromAsync(convert({ source, target, from, to, context: BARE, journal, stamp: '20261124-044100' }));
}

type Run = [source: string, from: Format, to: Format, name: string, journal?: string];

function pathOf(events: readonly ConvertEvent[]): string {
  const last = events.at(-1);
  return (last?.type === 'done' && last.path) || assert.fail('no file');
}

function ends(events: readonly ConvertEvent[]) {
  const last = events.at(-1);
  assert.ok(last?.type === 'done');
  return { entries: last.entries, lines: last.lines, debit: last.debitMinor, credit: last.creditMinor };
}

function losses(events: readonly ConvertEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'loss' ? [`${event.loss} ${event.entries} ${event.line}`] : []));
}

/** A conversion knows VAT by the digits of its account, and its code where the file tells it. */
function asRead({ carries }: Format, entry: NumberedEntry): NumberedEntry {
  const lines = entry.lines.map((line) => {
    const role = line.role === 'vat' && !/^4(?:45|51)/.test(line.account) ? 'sales' : line.role;
    return { ...line, role, taxCode: carries.includes('taxCode') ? line.taxCode : null };
  });
  return { ...entry, lines };
}

/** Third parties that stand for accounts come back as accounts: with no more signs than an account has. */
function fittingBack({ limits }: Format, to: Format, entry: NumberedEntry): NumberedEntry {
  if (to.accounts === 'both' || limits.account === null) return entry;
  const width = limits.account;
  const lines = entry.lines.map((line) => ({ ...line, thirdParty: line.thirdParty?.slice(0, width) ?? null }));
  return { ...entry, lines };
}

/** The entry with its codes as they stand in the format. */
function standing({ codesOf }: Format, entry: NumberedEntry): NumberedEntry {
  return { ...entry, lines: entry.lines.map((line) => ({ ...line, ...codesOf(line) })) };
}
