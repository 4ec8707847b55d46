import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, beforeEach, describe, test } from 'node:test';
import { cielXimport } from '../formats/ciel-ximport.ts';
import { fec } from '../formats/fec.ts';
import { CONTEXT, SALE } from '../formats/sample-entries.ts';
import { freshFolders, removeFolders, target } from './file.test-kit.ts';
import { fileLedger } from './file.ts';

const TRANSLATE = { journals: { VTE: 'VT' }, accounts: { '707100': '7071' }, thirdParties: { WEBFRANCE: 'WEBFR' } };

describe('codes translated for a ledger', () => {
  beforeEach(freshFolders);
  after(removeFolders);

  test('a journal of three letters reaches a file that takes two, with account and third party; names follow', async () => {
    const ledger = fileLedger(cielXimport, { ...CONTEXT, translate: TRANSLATE });
    assert.deepEqual(ledger.inspector()(SALE), []);
    const preparation = await ledger.prepare(target({ format: cielXimport }));
    assert.deepEqual(preparation.fits(SALE), []);
    assert.deepEqual(preparation.add(SALE), { added: true, problems: [] });
    const sealed = await preparation.seal(); // read back and counted under the new codes
    const lines = readFileSync(sealed?.temporaryPath ?? '', 'latin1').split('\r\n');
    assert.deepEqual(
      lines.slice(0, 2).map((line) => [line.slice(5, 7), line.slice(35, 46).trim(), line.slice(103, 137).trim()]),
      [
        ['VT', 'WEBFR', 'Client Web France'],
        ['VT', '7071', 'Ventes de marchandises'],
      ],
    );
  });

  test('without the table the journal does not fit', () => {
    const [problem] = fileLedger(cielXimport, CONTEXT).inspector()(SALE);
    assert.deepEqual(problem && [problem.code, problem.values.value], ['format.too-long', 'VTE']);
  });

  test('a name that the chart gives the new code itself stays', async () => {
    const chart = { ...CONTEXT.chart, journals: { VTE: 'Ventes', VT: 'Ventes en ligne' } };
    const preparation = await fileLedger(fec, { ...CONTEXT, chart, translate: TRANSLATE }).prepare(
      target({ format: fec }),
    );
    preparation.add(SALE);
    const sealed = await preparation.seal();
    assert.match(readFileSync(sealed?.temporaryPath ?? '', 'utf8'), /\nVT\tVentes en ligne\t1\t/);
  });
});
