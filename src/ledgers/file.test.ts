import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import { fileOf, fitting, readAll, saidBy, shortened } from '../formats/contract-kit.ts';
import { fec } from '../formats/fec.ts';
import type { Format } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, PAYMENT, SALE } from '../formats/sample-entries.ts';
import {
  child,
  failure,
  folder,
  freshFolders,
  home,
  ledger,
  readOnly,
  removeFolders,
  sealWith,
  target,
} from './file.test-kit.ts';
import { ledgerOf, ledgers } from './index.ts';
import { place } from './place.ts';

describe('file ledger', () => {
  beforeEach(freshFolders);
  after(removeFolders);

  for (const format of formats) {
    test(`${format.id}: a delivery is sealed beside its target, counted, copied, then placed`, async () => {
      const entries = [SALE, CREDIT_NOTE, PAYMENT].map((entry) => shortened(format, entry));
      const sealed = await sealWith(entries, { format });
      assert.deepEqual(readdirSync(folder), [`.comptoir-run1-VENTES.${format.extension}.tmp`]);
      const expected = fileOf(format, entries, {}, target().stamp);
      assert.deepEqual(readFileSync(sealed.copyPath), expected);
      assert.equal(sealed.sha256, createHash('sha256').update(expected).digest('hex'));
      assert.deepEqual(
        [sealed.bytes, sealed.lines, sealed.debitMinor, sealed.creditMinor],
        [expected.length, saidBy(format, entries).flatMap((each) => each.lines).length, 137020n, 137020n],
      );
      assert.equal(await place(sealed), join(folder, `VENTES.${format.extension}`));
      assert.deepEqual(readdirSync(folder), [`VENTES.${format.extension}`]);
      assert.deepEqual(readFileSync(sealed.targetPath), expected);
    });

    test(`${format.id}: a file is continued without its head, and counted with what it held; or that is refused`, async () => {
      const [sale = SALE, payment = PAYMENT] = [SALE, { ...PAYMENT, number: 2 }].map((each) => shortened(format, each));
      await place(await sealWith([sale], { format }));
      const continued = { format, policy: 'append', runId: 'run2' } as const;
      if (!format.appends) {
        await assert.rejects(sealWith([payment], continued), failure('delivery.no-append'));
        return;
      }
      const more = await sealWith([payment], continued);
      assert.equal(more.lines, 2);
      await place(more);
      const numbered = fileOf(format, [sale, payment]).toString('latin1');
      const journals = format.order === 'journal' ? appended(format, [sale, payment]) : numbered;
      assert.equal(readFileSync(more.targetPath, 'latin1'), journals);
      const lines = saidBy(format, [sale, payment]).flatMap((each) => each.lines);
      assert.equal((await readAll(format, readFileSync(more.targetPath))).length, lines.length);
    });
  }

  test('journals follow each other in the file, entries in order within each', async () => {
    const entries = [PAYMENT, SALE, PAYMENT, SALE].map((entry, index) => ({ ...entry, number: index + 1 }));
    const sealed = await sealWith(entries);
    const lines = await readAll(sagePnm, readFileSync(sealed.temporaryPath));
    assert.deepEqual(
      lines.map((line) => line.type === 'line' && line.journal).join(' '),
      'BEU BEU BEU BEU VTE VTE VTE VTE VTE VTE',
    );
    assert.deepEqual(lines.map((line) => line.type === 'line' && line.number).join(' '), '1 2 3 4 5 6 7 8 9 10');
  });

  test('nothing added leaves nothing', async () => {
    const preparation = await ledger().prepare(target());
    assert.equal(await preparation.seal(), null);
    assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
  });

  test('a discarded delivery leaves nothing, sealed or not', async () => {
    const preparation = await ledger().prepare(target());
    for (let number = 1; number < 3000; number++) preparation.add({ ...SALE, number });
    assert.equal(readdirSync(folder).length, 1);
    await preparation.discard();
    const second = await ledger().prepare(target());
    second.add(SALE);
    await second.seal();
    await second.discard();
    assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
  });

  test('discarding after the file was placed keeps it and its copy', async () => {
    const preparation = await ledger().prepare(target());
    preparation.add(SALE);
    const sealed = await preparation.seal();
    assert.ok(sealed);
    await place(sealed);
    await preparation.discard();
    assert.ok(existsSync(sealed.targetPath) && existsSync(sealed.copyPath));
  });

  test('an entry that the format refuses is held, the others go on', async () => {
    const preparation = await ledger().prepare(target());
    const long = entryOf({
      number: 1,
      document: 'sale/7',
      order: '7',
      lines: ['41100000000000001/W 1.00', '707 -1.00'],
    });
    const problem = {
      code: 'format.too-long',
      severity: 'hold',
      source: { kind: 'sale', key: 'sale/7', number: '7' },
      part: null,
      values: { field: 'account', value: '41100000000000001', width: '13' },
    };
    assert.deepEqual(preparation.fits(long), [problem]);
    assert.deepEqual(preparation.add(long), { added: false, problems: [problem] });
    assert.deepEqual(preparation.add({ ...SALE, number: 1 }), { added: true, problems: [] });
    assert.equal((await preparation.seal())?.lines, 3);
  });

  /** [what, entry, code of the problem, severity] */
  const refused: [string, NumberedEntry, string, string][] = [
    ['unbalanced', entryOf({ lines: ['411/W 1.00', '707 -1.01'] }), 'entry.unbalanced', 'hold'],
    [
      'an account the file cannot hold',
      entryOf({ lines: ['411☕/W 1.00', '707 -1.00'] }),
      'format.unencodable',
      'hold',
    ],
    ['no account', entryOf({ lines: ['/W 1.00', '707 -1.00'] }), 'format.missing', 'hold'],
    ['a payment whose journal is too long', { ...PAYMENT, journal: 'BANK' }, 'format.too-long', 'part'],
  ];
  for (const [what, entry, code, severity] of refused) {
    test(`${what}: ${code}`, async () => {
      const preparation = await ledger().prepare(target());
      const { added, problems } = preparation.add(entry);
      assert.deepEqual(
        [added, problems.map((each) => [each.code, each.severity, each.part])],
        [false, [[code, severity, severity === 'part' ? 'payment/1' : null]]],
      );
    });
  }

  test('a piece that is cut is warned; another piece that becomes the same is held', async () => {
    const preparation = await ledger().prepare(target());
    const pieces = ['A-0000000000001', 'A-0000000000001', 'B-0000000000001', '0000000000001', 'A-0000000000002'];
    const answers = pieces.map((piece, index) => {
      const { added, problems } = preparation.add({ ...SALE, number: index + 1, piece });
      return `${added} ${problems.map(({ code, values }) => `${code} ${values.other ?? values.cut}`)}`;
    });
    assert.deepEqual(answers, [
      'true format.piece-cut 0000000000001',
      'true format.piece-cut 0000000000001',
      'false format.piece-clash A-0000000000001',
      'false format.piece-clash A-0000000000001',
      'true format.piece-cut 0000000000002',
    ]);
  });

  test('an inspector says the same without a delivery, and each has its own memory', () => {
    const inspect = ledger().inspector();
    const codes = (piece: string) => inspect({ ...SALE, piece }).map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(['A-0000000000001', 'B-0000000000001', 'FA1'].map(codes), [
      ['format.piece-cut warn'],
      ['format.piece-clash hold'],
      [],
    ]);
    assert.equal(ledger().inspector()({ ...SALE, piece: 'B-0000000000001' })[0]?.code, 'format.piece-cut');
  });

  test('entries out of order, or after sealing, are a fault of the programme', async () => {
    const preparation = await ledger().prepare(target());
    preparation.add({ ...SALE, number: 2 });
    assert.throws(() => preparation.add({ ...SALE, number: 2 }), TypeError);
    await preparation.seal();
    assert.throws(() => preparation.add({ ...SALE, number: 3 }), TypeError);
  });

  describe('policies', () => {
    test('a name that is taken gets date and time, then a count', async () => {
      const names = [];
      for (const runId of ['a', 'b', 'c'])
        names.push(await place(await sealWith([{ ...SALE, piece: runId }], { runId })));
      assert.deepEqual(
        names.map((name) => name.slice(folder.length + 1)),
        ['VENTES.pnm', 'VENTES-20261124-044100.pnm', 'VENTES-20261124-044100-2.pnm'],
      );
    });

    test('append to a file without final line end, with numbers that go on', async () => {
      const path = join(folder, 'VENTES.pnm');
      writeFileSync(path, fileOf(sagePnm, [SALE]).subarray(0, -2));
      await place(await sealWith([PAYMENT], { policy: 'append' }));
      const lines = await readAll(sagePnm, readFileSync(path));
      assert.deepEqual(
        lines.map((line) => line.type === 'line' && line.number),
        ['1', '2', '3', '4', '5'],
      );
    });

    test("append to one of Sage's own files, details and gaps included", async () => {
      const own = readFileSync(new URL('../formats/golden/sage-pnm/real/sage-pnm.duedates.pnm', import.meta.url));
      const path = join(folder, 'VENTES.pnm');
      writeFileSync(path, own);
      await place(await sealWith([PAYMENT], { policy: 'append' }));
      const content = readFileSync(path);
      assert.deepEqual(content.subarray(0, own.length), own);
      assert.deepEqual(
        (await readAll(sagePnm, content)).slice(-2).map((line) => line.type === 'line' && line.number),
        ['730', '731'],
      );
    });

    test('append and replace make the file when there is none; append fills an empty one', async () => {
      for (const policy of ['append', 'replaceAfterBackup'] as const) {
        const sealed = await sealWith([SALE], { policy, fileName: `${policy}.pnm` });
        assert.deepEqual([sealed.oldSha256, sealed.backupPath], [null, null]);
        await place(sealed);
      }
      writeFileSync(join(folder, 'empty.pnm'), '');
      await place(await sealWith([SALE], { policy: 'append', fileName: 'empty.pnm' }));
      for (const name of ['append.pnm', 'replaceAfterBackup.pnm', 'empty.pnm'])
        assert.deepEqual(readFileSync(join(folder, name)), fileOf(sagePnm, [SALE]), name);
    });

    for (const [what, content] of [
      ['another kind of file', 'name\r\nnot a record\r\n'],
      ['a Ctrl-Z at its end', `${'name'.padEnd(30)}\r\n\x1a`],
    ] as const) {
      test(`append refuses ${what}, which stays as it was`, async () => {
        const path = join(folder, 'VENTES.pnm');
        writeFileSync(path, content);
        await assert.rejects(sealWith([SALE], { policy: 'append' }), failure('delivery.old-file'));
        assert.equal(readFileSync(path, 'latin1'), content);
        assert.deepEqual(readdirSync(folder), ['VENTES.pnm']);
      });
    }

    test('replace keeps the old content under a name with date and time', async () => {
      writeFileSync(join(folder, 'VENTES.pnm'), 'old');
      await place(await sealWith([SALE], { policy: 'replaceAfterBackup' }));
      assert.deepEqual(readdirSync(folder).sort(), ['VENTES.pnm', 'VENTES.pnm.20261124-044100.bak']);
      assert.equal(readFileSync(join(folder, 'VENTES.pnm.20261124-044100.bak'), 'utf8'), 'old');
      assert.deepEqual(readFileSync(join(folder, 'VENTES.pnm')), fileOf(sagePnm, [SALE]));
    });

    test('a target that is a link or a folder is not followed', async () => {
      writeFileSync(join(home, 'elsewhere'), 'precious');
      symlinkSync(join(home, 'elsewhere'), join(folder, 'VENTES.pnm'));
      await assert.rejects(sealWith([SALE], { policy: 'append' }), failure('delivery.file'));
      await place(await sealWith([SALE]));
      assert.ok(existsSync(join(folder, 'VENTES-20261124-044100.pnm')));
      assert.equal(readFileSync(join(home, 'elsewhere'), 'utf8'), 'precious');
    });
  });

  describe('what the world refuses', () => {
    /** Each would leave the folder, or is no name on some system. */
    const names = [
      '',
      '.',
      '..',
      '../x.pnm',
      'a/b',
      'a\\b',
      'a\nb',
      'a\u0000',
      '.hidden',
      'x.',
      'x ',
      'CON',
      'nul.txt',
      'a:b',
      'é'.repeat(90),
    ];
    for (const fileName of names) {
      test(`the file name ${JSON.stringify(fileName.slice(0, 12))}`, async () => {
        await assert.rejects(ledger().prepare(target({ fileName })), failure('delivery.file-name'));
        assert.deepEqual((await ledger().check(target({ fileName }))).code, 'delivery.file-name');
      });
    }

    test('a folder that is missing, or is a file', async () => {
      writeFileSync(join(folder, 'file'), '');
      for (const name of ['missing', 'file']) {
        await assert.rejects(ledger().prepare(target({ folder: join(folder, name) })), failure('delivery.no-folder'));
      }
    });

    test('a folder where nothing may be written', () => {
      const { uid, restore } = readOnly();
      const run = child({ ...target(), entries: 3, die: 'never' }, uid);
      restore();
      assert.match(run.stdout.toString(), /"code":"delivery.no-access"/, run.stderr.toString());
      assert.deepEqual(readdirSync(folder), []);
    });

    test('a full disk leaves nothing behind', { skip: process.platform === 'win32' }, () => {
      const run = child({ ...target(), entries: 30_000, die: 'never' }, null, 512);
      assert.match(run.stdout.toString(), /"code":"delivery.disk-full"/, run.stderr.toString());
      assert.deepEqual(readdirSync(folder), []);
    });

    test('D-04 a file that does not read back as it was written is refused', async () => {
      const forgetful: Format = {
        ...sagePnm,
        stamp: (records, state) => sagePnm.stamp(records, state).subarray(0, -201),
      };
      await assert.rejects(sealWith([SALE], { format: forgetful }), (error: unknown) => {
        assert.ok(error instanceof Failure);
        assert.deepEqual([error.code, error.values.reason], ['delivery.verification', 'lines: 2 ≠ 3']);
        return true;
      });
      assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
    });

    /** Each change keeps the number of lines; what tells it. */
    const damages: [string, (text: string) => string, string][] = [
      ['an amount', (text) => text.replace('483.60', '483.61'), 'debitMinor'],
      ['an account', (text) => text.replace('707100', '707200'), 'checksum'],
      ['a date', (text) => text.replace('261118', '271118'), 'checksum'],
      ['lines of two entries mixed', mixed, 'returns'],
    ];
    for (const [what, damage, reason] of damages) {
      test(`reading back notices ${what}`, async () => {
        const damaging: Format = {
          ...sagePnm,
          stamp: (records, state) => Buffer.from(damage(sagePnm.stamp(records, state).toString('latin1')), 'latin1'),
        };
        await assert.rejects(
          sealWith([SALE, { ...SALE, number: 2 }], { format: damaging }),
          (error: unknown) => error instanceof Failure && (error.values.reason?.startsWith(reason) ?? false),
        );
      });
    }

    test('R-21 a FEC that breaks a published rule is not delivered', async () => {
      const damaging: Format = {
        ...fec,
        stamp: (records) => Buffer.from(records.toString().replace('FA000001\t2018', '\t2018')),
      };
      await assert.rejects(sealWith([SALE], { format: damaging }), (error: unknown) => {
        assert.ok(error instanceof Failure);
        assert.deepEqual([error.code, error.values.reason], ['delivery.verification', '2: PieceRef empty ']);
        return true;
      });
      assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
    });

    test('check says yes and leaves nothing', async () => {
      assert.deepEqual(await ledger().check(target()), { ok: true, code: null, values: {} });
      assert.deepEqual(readdirSync(folder), []);
    });
  });

  test('every format is a ledger', () => {
    assert.deepEqual(
      ledgers.map(({ id }) => id),
      formats.map(({ id }) => id),
    );
    assert.equal(ledgerOf('fec')?.name, 'FEC');
    assert.equal(ledgerOf('nothing'), null);
  });
});

/** The sale's file and then the payment's records, numbered on. */
function appended(format: Format, entries: readonly NumberedEntry[]): string {
  const [first, ...rest] = entries;
  const state = { records: first?.lines.length ?? 0 };
  const records = rest.map((entry) => format.stamp(fitting(format.encode(entry, CONTEXT)).bytes, state));
  return fileOf(format, first ? [first] : []).toString('latin1') + Buffer.concat(records).toString('latin1');
}

function mixed(text: string): string {
  const lines = text.split('\r\n');
  return [lines[0], lines[3], lines[1], lines[2], lines[4], lines[5], ''].join('\r\n');
}
