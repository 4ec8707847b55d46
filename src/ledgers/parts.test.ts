import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import { day } from '../core/calendar.ts';
import { fileOf } from '../formats/contract-kit.ts';
import { csv } from '../formats/csv.ts';
import { fec } from '../formats/fec.ts';
import { CREDIT_NOTE, PAYMENT, SALE } from '../formats/sample-entries.ts';
import {
  failure,
  folder,
  freshFolders,
  home,
  ledger,
  removeFolders,
  sealWith,
  target,
  type Wish,
} from './file.test-kit.ts';
import type { SealedFile, SplitTarget } from './ledger.ts';
import { place, placeFromCopy, takeBack } from './place.ts';

/** Deliveries of several files: a part each, or one archive. */

function splitBy(by: SplitTarget['by'], nameOf?: SplitTarget['nameOf']): SplitTarget {
  return {
    by,
    fiscalYearOf: (date) => day(`${date.slice(0, 4)}-12-31`),
    nameOf:
      nameOf ??
      (({ journal, month, fiscalYear }) => `V-${[journal, month, fiscalYear].filter((part) => part).join('-')}.csv`),
  };
}

const ENTRIES = [SALE, CREDIT_NOTE, PAYMENT];
/** [split, names of the files and the numbers of the entries in each, as they come] */
const splits: [SplitTarget['by'], [string, number[]][]][] = [
  [
    'journal',
    [
      ['V-VTE.csv', [1, 2]],
      ['V-BEU.csv', [3]],
    ],
  ],
  [
    'month',
    [
      ['V-2018-11.csv', [1, 3]],
      ['V-2019-01.csv', [2]],
    ],
  ],
  [
    'journalAndMonth',
    [
      ['V-VTE-2018-11.csv', [1]],
      ['V-VTE-2019-01.csv', [2]],
      ['V-BEU-2018-11.csv', [3]],
    ],
  ],
  [
    'fiscalYear',
    [
      ['V-2018-12-31.csv', [1, 3]],
      ['V-2019-12-31.csv', [2]],
    ],
  ],
];

describe('deliveries of several files', () => {
  beforeEach(freshFolders);
  after(removeFolders);

  for (const [by, files] of splits) {
    test(`split by ${by}: each part is the file of its entries, whole`, async () => {
      const sealed = await sealWith(ENTRIES, { format: csv, split: splitBy(by) });
      assert.deepEqual([sealed.debitMinor, sealed.creditMinor], [137020n, 137020n]);
      assert.equal(linesOf(sealed), 8);
      await placeAll(sealed);
      assert.deepEqual(readdirSync(folder), files.map(([name]) => name).sort());
      const copies = [sealed, ...sealed.more].map(({ copyPath }) => readFileSync(copyPath));
      for (const [place, [name, numbers]] of files.entries()) {
        const expected = fileOf(
          csv,
          ENTRIES.filter(({ number }) => numbers.includes(number)),
        );
        assert.deepEqual(readFileSync(join(folder, name)), expected);
        assert.deepEqual(copies[place], expected);
      }
    });
  }

  test('an archive holds each file whole, and is the one thing delivered; the same entries give the same bytes', async () => {
    const wish = { format: csv, split: splitBy('journal'), zip: 'V.zip' };
    const sealed = await sealWith(ENTRIES, wish);
    assert.deepEqual(readdirSync(folder), ['.comptoir-run1-V.zip.tmp']);
    assert.deepEqual([sealed.lines, sealed.debitMinor, sealed.more], [8, 137020n, []]);
    await placeAll(sealed);
    assert.deepEqual(readdirSync(folder), ['V.zip']);
    const bytes = readFileSync(join(folder, 'V.zip'));
    assert.deepEqual(readFileSync(sealed.copyPath), bytes);
    const files = unzipSync(bytes);
    assert.deepEqual(Object.keys(files), ['V-VTE.csv', 'V-BEU.csv']);
    assert.deepEqual(Buffer.from(files['V-VTE.csv'] ?? []), fileOf(csv, [SALE, CREDIT_NOTE]));
    const again = await sealWith(ENTRIES, { ...wish, runId: 'run2' });
    assert.deepEqual([again.sha256, again.targetPath], [sealed.sha256, join(folder, 'V-20261124-044100.zip')]);
  });

  test('an archive of one file; replaced after a backup', async () => {
    writeFileSync(join(folder, 'V.zip'), 'an older archive');
    await placeAll(await sealWith([SALE], { format: csv, zip: 'V.zip', policy: 'replaceAfterBackup' }));
    assert.deepEqual(readdirSync(folder), ['V.zip', 'V.zip.20261124-044100.bak']);
    const files = unzipSync(readFileSync(join(folder, 'V.zip')));
    assert.deepEqual(Buffer.from(files['VENTES.csv'] ?? []), fileOf(csv, [SALE]));
  });

  test('each part continues its own file, and gives it back as it was when it is taken back', async () => {
    const wish = { format: csv, split: splitBy('journal'), policy: 'append' } as const;
    await placeAll(await sealWith([SALE, { ...PAYMENT, number: 2 }], wish));
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    const sealed = await sealWith(
      [
        { ...CREDIT_NOTE, number: 3 },
        { ...PAYMENT, number: 4 },
      ],
      { ...wish, runId: 'run2' },
    );
    await placeAll(sealed);
    assert.deepEqual(readdirSync(folder), ['V-BEU.csv', 'V-VTE.csv']);
    assert.deepEqual(readFileSync(join(folder, 'V-VTE.csv')), fileOf(csv, [SALE, { ...CREDIT_NOTE, number: 3 }]));
    for (const part of [sealed, ...sealed.more]) assert.equal(await takeBack(part), true);
    const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
    assert.deepEqual(
      names.map((name) => readFileSync(join(folder, name))),
      before,
    );
    await placeAll(sealed, placeFromCopy);
    assert.deepEqual(readdirSync(folder), ['V-BEU.csv', 'V-VTE.csv']);
  });

  for (const policy of ['newName', 'replaceAfterBackup'] as const) {
    test(`taken back under ${policy}, what stood there is there again and the file waits`, async () => {
      if (policy !== 'newName') writeFileSync(join(folder, 'VENTES.csv'), 'older');
      const sealed = await sealWith([SALE], { format: csv, policy });
      await place(sealed);
      assert.equal(await takeBack(sealed), true);
      const path = join(folder, 'VENTES.csv');
      assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : null, policy === 'newName' ? null : 'older');
      assert.ok(existsSync(sealed.temporaryPath));
      await place(sealed);
      writeFileSync(path, 'changed by somebody');
      assert.equal(await takeBack(sealed), false);
    });
  }

  test('two journals of one name on the disk have two files', async () => {
    const split = splitBy('journal', ({ journal }) => `V-${(journal ?? '').replace('/', '-')}.csv`);
    const entries = ['A/B', 'A-B'].map((journal, place) => ({ ...SALE, journal, number: place + 1 }));
    await placeAll(await sealWith(entries, { format: csv, split }));
    assert.deepEqual(readdirSync(folder), ['V-A-B-2.csv', 'V-A-B.csv']);
  });

  test('a FEC in parts: each one obeys the published rules', async () => {
    const split = splitBy('journal', ({ ordinal }) => `732829320FEC20181231_${ordinal}.txt`);
    await placeAll(await sealWith(ENTRIES, { format: fec, split }));
    assert.deepEqual(readdirSync(folder), ['732829320FEC20181231_1.txt', '732829320FEC20181231_2.txt']);
  });

  test('what the format refuses is in no part; nothing added leaves nothing', async () => {
    for (const zip of [null, 'V.zip']) {
      const preparation = await ledger(csv).prepare(target({ format: csv, split: splitBy('journal'), zip }));
      const odd = { ...SALE, lines: SALE.lines.slice(1) };
      assert.equal(preparation.add(odd).problems[0]?.code, 'entry.unbalanced');
      assert.equal(preparation.fits(odd)[0]?.code, 'entry.unbalanced');
      assert.equal(await preparation.seal(), null);
      assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
    }
  });

  for (const wish of [{ split: splitBy('journal') }, { zip: 'V.zip' }, { split: splitBy('journal'), zip: 'V.zip' }]) {
    test(`discarded, sealed or not, nothing is left: ${Object.keys(wish).join(' and ')}`, async () => {
      for (const seals of [false, true]) {
        const preparation = await ledger(csv).prepare(target({ format: csv, ...wish } as Wish));
        for (const entry of ENTRIES) preparation.add(entry);
        if (seals) await preparation.seal();
        await preparation.discard();
        assert.deepEqual([readdirSync(folder), readdirSync(home)], [[], []]);
      }
    });
  }

  test('more parts than there may be is told (delivery.too-many-files), and nothing is left', async () => {
    const preparation = await ledger(csv).prepare(target({ format: csv, split: splitBy('journal') }));
    const fill = () => {
      for (let number = 1; number <= 201; number += 1) preparation.add({ ...SALE, journal: `J${number}`, number });
    };
    assert.throws(fill, failure('delivery.too-many-files'));
    await preparation.discard();
    assert.deepEqual(readdirSync(folder), []);
  });

  test('a journal that cannot name a file is told', async () => {
    const preparation = await ledger(csv).prepare(target({ format: csv, split: splitBy('journal') }));
    assert.throws(() => preparation.add({ ...SALE, journal: 'A/B' }), failure('delivery.file-name'));
    await preparation.discard();
  });
});

async function placeAll(
  sealed: SealedFile,
  how: (part: SealedFile | SealedFile['more'][number]) => Promise<string> = place,
) {
  for (const part of [...sealed.more, sealed]) await how(part);
}

function linesOf({ lines, more }: SealedFile): number {
  return more.reduce((sum, part) => sum + part.lines, lines);
}
