import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, beforeEach, test } from 'node:test';
import { custom } from '../formats/custom/custom.ts';
import { CONTEXT, CREDIT_NOTE, MANUAL, PAYMENT, SALE } from '../formats/sample-entries.ts';
import { type FormatDefinition, formatDefinition } from '../schema/format-definition.ts';
import { freshFolders, removeFolders, target } from './file.test-kit.ts';
import { fileLedger } from './file.ts';
import { ledgers } from './index.ts';
import { place } from './place.ts';
import { previewOf } from './preview.ts';

/** A user's own format as a ledger: chosen by the profile's definition, proven as the others are. */

beforeEach(freshFolders);
after(removeFolders);

const COLUMNS = [
  { name: 'Date', is: 'date', pattern: 'JJMMAA', width: 6 },
  { name: 'Compte', is: 'anyAccount', width: 10 },
  { name: 'Montant', is: 'signed', point: '.', width: 12, justify: 'right' },
];

function described(columns: readonly object[], rest: object = {}): FormatDefinition {
  return formatDefinition.parse({ name: 'T', shape: { is: 'fixed' }, records: { line: { columns } }, ...rest });
}

function ledgerWith(definition: FormatDefinition) {
  const kind = ledgers.find(({ id }) => id === 'custom') ?? assert.fail();
  return kind.open({ ...CONTEXT, options: { definition } });
}

test('S-145 the ledger writes what the definition of the profile says, and reads it back before it is placed', async () => {
  const definition = described([
    ...COLUMNS,
    { name: 'Client', is: 'pattern', text: '%CL', width: 8, letters: 'upper' },
  ]);
  const preparation = await ledgerWith(definition).prepare(target({ fileName: 'V.txt' }));
  const sale = { ...SALE, columns: { '%CL': 'Durand' } };
  assert.deepEqual(preparation.add(sale), { added: true, problems: [] });
  const sealed = (await preparation.seal()) ?? assert.fail();
  assert.deepEqual([sealed.format, sealed.lines, sealed.debitMinor], ['custom', 3, 48360n]);
  const path = await place(sealed);
  assert.equal(
    readFileSync(path, 'latin1'),
    [
      '261118WEBFRANCE       483.60DURAND  ',
      '261118707100         -403.00DURAND  ',
      '2611184457120         -80.60DURAND  ',
      '',
    ].join('\r\n'),
  );
});

test('S-145 an entry that the format leaves out waits, with the reason; so does one made before the format asked', () => {
  const inspect = ledgerWith(
    described([...COLUMNS, { name: 'C', is: 'pattern', text: '%CL', width: 8 }], { takes: { kinds: ['sale'] } }),
  ).inspector();
  assert.deepEqual(
    [SALE, { ...SALE, columns: { '%CL': '' } }, PAYMENT].map((entry) =>
      inspect(entry).map(({ code, severity, values }) => [code, severity, values]),
    ),
    [
      [['format.no-text', 'hold', { value: '%CL' }]],
      [],
      [['format.not-taken', 'part', { field: 'kind', value: 'payment' }]],
    ],
  );
});

test('S-145 a code that its column cannot hold keeps the document back', () => {
  const inspect = ledgerWith(described([...COLUMNS, { name: 'J', is: 'journal', width: 2 }])).inspector();
  assert.deepEqual(
    inspect(SALE).map(({ code, values }) => [code, values]),
    [['format.too-long', { field: 'journal', value: 'VTE', width: '2' }]],
  );
});

test('S-145 a preview: lines with the places of their columns, what is carried, what is read back', async () => {
  const shown = await previewOf(described(COLUMNS), MANUAL, CONTEXT);
  assert.deepEqual(shown.lines[0], {
    text: '261118WEBFRANCE      -483.60',
    record: 'line',
    cells: [
      { start: 0, end: 6 },
      { start: 6, end: 16 },
      { start: 16, end: 28 },
    ],
  });
  assert.deepEqual(shown.read, { state: 'proven', lines: 10, debit: '994.12', credit: '994.12' });
  assert.deepEqual(shown.carries, ['date', 'account', 'amount', 'thirdParty']);
  assert.ok(shown.lacks.includes('piece') && !shown.lacks.includes('thirdParty'));
});

test('S-145 a preview of a separated file: names, quotes, a foot, and a text that no document has said yet', async () => {
  const definition = described(
    [
      { name: 'Date', is: 'date', pattern: 'JJMMAA' },
      { name: 'Compte', is: 'anyAccount' },
      { name: 'M', is: 'signed', point: ',' },
      { name: 'Nom', is: 'pattern', text: '%CF; %CL' },
    ],
    { shape: { is: 'separated', separator: ';', quotes: 'needed', header: 'names' }, foot: ['FIN'] },
  );
  const { lines, read } = await previewOf(definition, [SALE, { ...CREDIT_NOTE, number: 2 }], CONTEXT);
  assert.deepEqual(
    lines.map(({ record }) => record),
    ['names', ...Array(6).fill('line'), 'foot'],
  );
  const { text, cells } = lines[1] ?? assert.fail();
  assert.deepEqual(
    cells.map(({ start, end }) => text.slice(start, end)),
    ['261118', 'WEBFRANCE', '483,60', '"Paul; Durand"'],
  );
  assert.equal(read.state, 'proven');
});

test('S-145 what a preview cannot read back is told with its line', async () => {
  // An account that starts as the section's lines do is taken for one.
  const section = {
    columns: [
      { name: 'a', is: 'constant', text: '7' },
      { name: 's', is: 'section' },
      { name: 'm', is: 'amount', point: ',' },
    ],
  };
  const definition = formatDefinition.parse({
    name: 'T',
    shape: { is: 'separated', separator: ';' },
    records: {
      line: {
        columns: [
          { name: 'Compte', is: 'account' },
          { name: 'Date', is: 'date', pattern: 'JJMMAA' },
          { name: 'M', is: 'signed', point: ',' },
        ],
      },
      section,
    },
  });
  const sale = { ...SALE, lines: SALE.lines.map((line, index) => (index === 1 ? { ...line, account: '7' } : line)) };
  const { read } = await previewOf(definition, [sale], CONTEXT);
  assert.notEqual(read.state, 'proven');
  const preparation = await fileLedger(custom.configured({ definition }), CONTEXT).prepare(
    target({ fileName: 'V.csv' }),
  );
  preparation.add(sale);
  await assert.rejects(preparation.seal(), { code: 'delivery.verification' });
});
