import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatContract } from './contract.ts';
import { fileOf, fitting, readAll, same } from './contract-kit.ts';
import { fec } from './fec.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, PAYMENT, SALE } from './sample-entries.ts';

formatContract({ format: fec, badCodes: ['411|000'] });

const SAMPLES = new URL('./golden/fec/samples/', import.meta.url);

describe('fec', () => {
  test('D-30 sale, credit note and payment are the published samples', () => {
    same(new URL('fec.vente.txt', SAMPLES), fileOf(fec, [SALE]));
    same(new URL('fec.avoir.txt', SAMPLES), fileOf(fec, [CREDIT_NOTE]));
    same(new URL('fec.paiement.txt', SAMPLES), fileOf(fec, [PAYMENT]));
  });

  /** [piece, reference, expected PieceRef] */
  const references = [
    ['FA1', 'WEB1', 'FA1'],
    ['', 'WEB1', 'WEB1'],
    ['', '', '731'],
    ['\t', ' ', '731'],
  ] as const;
  for (const [piece, reference, wanted] of references) {
    test(`PieceRef of piece ${JSON.stringify(piece)} and reference ${JSON.stringify(reference)} is ${wanted}`, () => {
      assert.equal(cells(entryOf({ piece, reference, order: '731', lines: ['411/W 1.00', '707 -1.00'] }))[8], wanted);
    });
  }

  test('D-30 a label without writable sign gives way to the piece', () => {
    assert.equal(cells(entryOf({ label: '\u200b', lines: ['411/W 1.00', '707 -1.00'] }))[10], 'FA000001');
  });

  test('labels missing in the chart are the codes themselves', () => {
    const row = cells(entryOf({ journal: 'constructor', lines: ['999/NOBODY 1.00', '707 -1.00'] }));
    assert.deepEqual([row[1], row[5], row[7]], ['constructor', '999', 'NOBODY']);
  });

  test('ValidDate is the date of the entry, or blank by choice', () => {
    assert.equal(cells(SALE)[15], '20181126');
    assert.equal(cells(SALE, { validDate: 'blank' })[15], '');
  });

  test('S-145 the older set of the law, by choice: a euro and an œ in one byte each, and read back', async () => {
    const entry = entryOf({ label: 'Œuvre à 3 € ☕', lines: ['411/W 1.00', '707 -1.00'] });
    const file = fileOf(fec, [entry], { charset: 'iso-8859-15' });
    assert.ok(file.includes(Buffer.from('bc7576726520e0203320a4', 'hex')));
    const lines = (await readAll(fec.configured({ charset: 'iso-8859-15' }), file)).flatMap((one) =>
      one.type === 'line' ? [one.label] : [],
    );
    assert.deepEqual(lines, ['Œuvre à 3 €', 'Œuvre à 3 €']);
  });

  test('PieceDate is the date of the document', () => {
    assert.equal(cells({ ...PAYMENT, documentDate: SALE.date, date: CREDIT_NOTE.date })[9], '20181126');
  });

  test('another header, a missing field and a point are faults', async () => {
    const text = fileOf(fec, [SALE]).toString();
    const first = async (damaged: string) =>
      (await readAll(fec, Buffer.from(damaged))).find(({ type }) => type === 'fault');
    assert.equal((await first(text.replace('CompteNum', 'Compte')))?.lineNumber, 1);
    assert.equal((await first(text.replace('\t\t20181126', '\t20181126')))?.lineNumber, 2);
    assert.deepEqual(await first(text.replace('20181126', '20180230')), {
      type: 'fault',
      lineNumber: 2,
      column: 4,
      expected: 'AAAAMMJJ',
      found: '20180230',
    });
    assert.equal(await first(text.replace(/^.*\r\n/, (head) => head.toUpperCase())), undefined);
  });
});

function cells(entry: typeof SALE, options = {}): string[] {
  const { bytes } = fitting(fec.encode(entry, { ...CONTEXT, options }));
  return bytes.toString().split('\r\n')[0]?.split('\t') ?? [];
}
