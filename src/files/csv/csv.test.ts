import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decimalText } from '../../core/decimal.ts';
import type { Failure } from '../../core/problem.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import { csvLayout } from '../../schema/csv-layout.ts';
import { documentToJson } from '../../schema/sales-json.ts';
import { lookAt, openSalesFile } from '../open.ts';
import { previewOf } from './preview.ts';

/** CSV files of sales: what is guessed of them, what is asked, and what they are read as. */

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
const { signal } = new AbortController();
const folder = await mkdtemp(join(tmpdir(), 'csv-'));
after(() => rm(folder, { recursive: true }));

async function file(text: string | Buffer): Promise<string> {
  const path = join(folder, `${Math.abs(hash(text))}.csv`);
  await writeFile(path, text);
  return path;
}

const hash = (text: string | Buffer) =>
  [...text.toString('latin1')].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7);

/** What a file says of itself, and the layout with these answers. */
async function look(path: string, answers: Partial<CsvLayout> = {}) {
  const { bytes, table } = await lookAt(path, signal, { kind: 'sale' });
  assert.ok(table);
  const layout = csvLayout.parse({ ...table.layout, ...answers });
  return { preview: await previewOf(bytes, table, null), layout };
}

/** Its documents in a line each, or the cell that holds them. */
async function read(path: string, answers: Partial<CsvLayout> = {}): Promise<string[]> {
  const { layout } = await look(path, answers);
  const found: string[] = [];
  const { lots } = await openSalesFile(path, signal, { kind: 'sale', layout });
  for await (const { items, broken } of lots) {
    for (const item of items) {
      if (item.state === 'unreadable') {
        const [problem] = item.problems;
        const { line, column, value, reason } = problem?.values ?? {};
        found.push(`held ${item.key}: line ${line} ${column} [${value}] ${reason}`);
        continue;
      }
      const { document } = item;
      const json = JSON.parse(JSON.stringify(documentToJson(document)));
      const taxes = document.lines.flatMap((line) => line.taxes.map(() => ''));
      const { net, tax, gross } = json.totals;
      found.push(
        [
          document.key,
          document.creditNote?.date ?? document.order.date,
          document.billing?.country ?? '-',
          `${net}+${tax}=${gross}`,
          `${document.lines.length} lines`,
          `${taxes.length} taxes`,
          (json.payments ?? [])
            .map(
              ({ direction, method, amount }: { direction: string; method: { id: string }; amount: string }) =>
                `${direction} ${method.id} ${amount}`,
            )
            .join(),
        ].join(' | '),
      );
    }
    if (broken !== null) found.push(`broken at line ${broken.line}: ${broken.reason}`);
  }
  return found;
}

const asked = async (path: string) => (await look(path)).preview.questions.map(({ id }) => id);

test('S-051 a French spreadsheet: Windows-1252, titles above, semicolons, decimal commas, a row an order, VAT by rate, totals', async () => {
  const path = join(FIXTURES, 'french-excel.csv');
  const { preview } = await look(path);
  const { encoding, layout, questions } = preview;
  assert.deepEqual(
    [encoding, layout.delimiter, layout.headerRow, layout.decimal, layout.dates],
    ['windows-1252', ';', 3, ',', 'dmy'],
  );
  assert.deepEqual(
    questions.map(({ id }) => id),
    ['currency', 'vatRate'],
    'carriage has no rate, amounts no currency',
  );
  assert.ok(preview.columns.every(({ field }) => field !== null));
  assert.deepEqual(await read(path, { currency: 'EUR', vatRate: '20' }), [
    'sale/1042 | 2026-10-03 | FR | 49.92+8.67=58.59 | 3 lines | 3 taxes | in Carte bancaire 58.59',
    'sale/1043 | 2026-10-17 | BE | 1200.00+240.00=1440.00 | 1 lines | 1 taxes | in Virement 1440.00',
    'creditNote/AV000012 | 2026-10-19 | FR | 18.00+3.60=21.60 | 1 lines | 1 taxes | out Carte bancaire 21.60',
  ]);
});

test('S-051 an English file: a row a line, quotes and line breaks in fields, the totals and payment said again', async () => {
  const path = fileURLToPath(new URL('../../../docs/samples/sales.csv', import.meta.url));
  assert.deepEqual(await asked(path), []);
  assert.deepEqual(await read(path), [
    'sale/INV-701 | 2026-10-03 | FR | 49.92+8.67=58.59 | 3 lines | 3 taxes | in stripe 58.59',
    'sale/INV-702 | 2026-10-05 | IE | 1000.00+230.00=1230.00 | 1 lines | 1 taxes | in paypal 1230.00',
  ]);
});

test('S-051 S-052 a marketplace: UTF-16 with tabs, rates as fractions, refunds, rows that are no sales', async () => {
  const path = join(FIXTURES, 'marketplace.txt');
  const { preview } = await look(path);
  assert.deepEqual([preview.encoding, preview.layout.rates], ['utf-16le', 'fraction']);
  assert.deepEqual(preview.questions, [{ id: 'kinds', values: ['FC_TRANSFER'] }]);
  assert.deepEqual(await read(path, { kinds: { FC_TRANSFER: 'left' } }), [
    'sale/DhT8k1 | 2026-10-03 | - | 40.92+8.18=49.10 | 2 lines | 2 taxes | ',
    'sale/DhT8k2 | 2026-10-14 | - | 10.00+0.70=10.70 | 1 lines | 1 taxes | ',
    'creditNote/DhT8k3 | 2026-10-20 | - | 18.00+3.60=21.60 | 1 lines | 1 taxes | ',
  ]);
});

/** [why it cannot be told, the file, what is asked] */
const DOUBTS: [string, string, string[]][] = [
  ['no day is over 12', 'commande;date;net;tva;taux tva;devise\n1;03/04/2026;10,50;2,10;20;EUR', ['dates']],
  [
    'a day over 12 tells',
    'commande;date;net;tva;taux tva;devise\n1;03/04/2026;10,50;2,10;20;EUR\n2;13/04/2026;10,50;2,10;20;EUR',
    [],
  ],
  ['points are in one order', 'commande;date;net;tva;taux tva;devise\n1;03.04.2026;10,50;2,10;20;EUR', []],
  ['thousands or decimals', 'commande;date;net;tva;taux tva;devise\n1;2026-04-03;1,250;0,250;20;EUR', []],
  ['thousands or decimals, nothing else to tell', 'commande;date;net;devise\n1;2026-04-03;1,250;EUR', ['decimal']],
  ['no currency, no rate', 'commande;date;montant ttc\n1;2026-04-03;12,00', ['currency', 'vatRate']],
  ['the currency is beside the amounts', 'commande;date;net\n1;2026-04-03;12,00 €', []],
  ['unknown names', 'a;b;c\nx;y;z', ['number', 'date', 'amount', 'currency']],
  ['a method, no amount paid', 'commande;date;net;devise;mode de paiement\n1;2026-04-03;12,00;EUR;CB', ['payments']],
  [
    'a status',
    'commande;date;net;devise;statut\n1;2026-04-03;12,00;EUR;Payée\n2;2026-04-03;12,00;EUR;Annulée',
    ['statuses'],
  ],
  [
    'carriage said again on each row',
    'commande;date;net;devise;port ht\n1;2026-04-03;12,00;EUR;5,00\n1;2026-04-03;13,00;EUR;5,00',
    ['shipping'],
  ],
];

for (const [why, text, questions] of DOUBTS) {
  test(`S-051 what a CSV does not say for certain is asked: ${why}`, async () => {
    assert.deepEqual(await asked(await file(text)), questions);
  });
}

test('S-052 a file of credit notes that no column calls so is asked, and a layout kept for sales does not make sales of it', async () => {
  const path = await file('commande;date;net;devise\n1;2026-10-03;12,00;EUR\n');
  const { layout } = await look(path);
  assert.equal(layout.kind, 'bySign');
  const kept = async () => layout;
  const { table } = await lookAt(path, signal, { kind: 'creditNote', kept });
  assert.deepEqual([table?.known, table?.questions.map(({ id }) => id)], [true, ['kind']]);
  assert.deepEqual(await read(path, { kind: 'creditNote' }), [
    'creditNote/1/2026-10-03 | 2026-10-03 | - | 12.00+0.00=12.00 | 1 lines | 0 taxes | ',
  ]);
});

test('S-051 a kept layout that a later file contradicts is asked again', async () => {
  const path = await file('commande;date;net;devise\n1;13/10/2026;12.00;EUR\n');
  const { layout } = await look(path);
  const { table } = await lookAt(path, signal, {
    kind: 'sale',
    kept: async () => ({ ...layout, decimal: ',', dates: 'mdy' }),
  });
  assert.deepEqual(table?.questions, [
    { id: 'decimal', values: ['12.00'] },
    { id: 'dates', values: ['13/10/2026'] },
  ]);
});

test('file.csv-unsure: nothing is read while a question is open', async () => {
  const path = await file('commande;date;net;devise\n1;03/04/2026;12,00;EUR');
  const error = await openSalesFile(path, signal, { kind: 'sale', name: 'ventes.csv' }).catch(
    (thrown: Failure) => thrown,
  );
  assert.ok('code' in error);
  assert.deepEqual([error.code, error.values], ['file.csv-unsure', { path: 'ventes.csv', question: 'csv-ask-dates' }]);
  assert.deepEqual(await read(path, { dates: 'mdy' }), [
    'sale/1 | 2026-03-04 | - | 12.00+0.00=12.00 | 1 lines | 0 taxes | ',
  ]);
});

test('file.csv-headless: a file without names of columns is refused, its first row would be lost', async () => {
  const path = await file('1042;03/10/2026;12,00\n1043;13/10/2026;13,00');
  const error = await openSalesFile(path, signal, { kind: 'sale', name: 'v.csv' }).catch((thrown: Failure) => thrown);
  assert.ok('code' in error);
  assert.equal(error.code, 'file.csv-headless');
});

const HEAD = 'Commande;Date;Libellé;Montant HT;TVA;Taux TVA;Pays;Devise\n';
const GOOD = '1;2026-10-03;Carnet;10,00;2,00;20;FR;EUR\n';
const FINE = 'sale/1 | 2026-10-03 | FR | 10.00+2.00=12.00 | 1 lines | 1 taxes | ';

/** [what is wrong, the rows, what becomes of them] */
const HOSTILE: [string, string, string[]][] = [
  ['an amount', '2;2026-10-03;x;1O,00;2,00;20;FR;EUR\n', ['held line/3: line 3 Montant HT [1O,00] csv-amount']],
  [
    'an amount with the other sign',
    '2;2026-10-03;x;10.00;2,00;20;FR;EUR\n',
    ['held line/3: line 3 Montant HT [10.00] csv-amount'],
  ],
  [
    'a formula as an amount',
    '2;2026-10-03;x;=1+1;2,00;20;FR;EUR\n',
    ['held line/3: line 3 Montant HT [=1+1] csv-amount'],
  ],
  ['a day that is none', '2;31/02/2026;x;10,00;2,00;20;FR;EUR\n', ['held line/3: line 3 Date [31/02/2026] csv-date']],
  ['a rate', '2;2026-10-03;x;10,00;2,00;vingt;FR;EUR\n', ['held line/3: line 3 Taux TVA [vingt] csv-rate']],
  ['VAT without its rate', '2;2026-10-03;x;10,00;2,00;;FR;EUR\n', ['held line/3: line 3  [] csv-no-rate']],
  ['a country', '2;2026-10-03;x;10,00;2,00;20;Atlantide;EUR\n', ['held line/3: line 3 Pays [Atlantide] csv-country']],
  [
    'a number a spreadsheet cut',
    '4,05E+11;2026-10-03;x;10,00;2,00;20;FR;EUR\n',
    ['held line/3: line 3 Commande [4,05E+11] csv-cut-number'],
  ],
  ['no number', ';2026-10-03;x;10,00;2,00;20;FR;EUR\n', ['held line/3: line 3  [] csv-no-number']],
  ['too many cells', '2;2026-10-03;x;10,00;2,00;20;FR;EUR;7\n', ['held line/3: line 3  [7] csv-more-cells: 8']],
  [
    'rows that differ',
    '2;2026-10-03;x;1,00;0,20;20;FR;EUR\n2;2026-10-04;x;1,00;0,20;20;FR;EUR\n',
    ['held line/3: line 4 Date [2026-10-04] csv-rows-differ'],
  ],
  [
    'rows of an order that stand in two places: it is never read in part',
    '2;2026-10-03;x;1,00;0,20;20;FR;EUR\n3;2026-10-03;x;1,00;0,20;20;FR;EUR\n2;2026-10-03;y;4,00;0,80;20;FR;EUR\n',
    [
      'held line/3: line 3  [sale/2] csv-rows-apart',
      'sale/3 | 2026-10-03 | FR | 1.00+0.20=1.20 | 1 lines | 1 taxes | ',
      'held line/5: line 5  [sale/2] csv-rows-apart',
    ],
  ],
  ['a quote left open', '2;2026-10-03;"x;10,00;2,00;20;FR;EUR\n', ['broken at line 3: quote-not-closed']],
  [
    'a quote that took other rows in',
    '2;2026-10-03;"x;10,00;2,00;20;FR;EUR\n3;2026-10-03;"y";10,00;2,00;20;FR;EUR\n',
    ['held line/3: line 3 Libellé [] quote-not-closed'],
  ],
  ['a total that is right', 'Total;;;10,00;2,00;;;\n', []],
  ['a total that is wrong', 'Total;;;11,00;2,00;;;\n', ['held line/3: line 3 Montant HT [11,00] csv-totals: 1.00']],
  ['empty lines', '\n;;;;;;;\n', []],
  [
    'zeros a spreadsheet kept',
    '="007";2026-10-03;\'=x;10,00;2,00;20;FR;EUR\n',
    ['sale/007 | 2026-10-03 | FR | 10.00+2.00=12.00 | 1 lines | 1 taxes | '],
  ],
  [
    'inches',
    '2;2026-10-03;5" disque;10,00;2,00;20;FR;EUR\n',
    ['sale/2 | 2026-10-03 | FR | 10.00+2.00=12.00 | 1 lines | 1 taxes | '],
  ],
];

for (const [what, rows, expected] of HOSTILE) {
  test(`file.cell-unreadable: ${what} holds its document alone, by line, column and value`, async () => {
    assert.deepEqual(await read(await file(HEAD + GOOD + rows), { decimal: ',' }), [FINE, ...expected]);
  });
}

test('a CSV of 40 000 rows is read whole, an accent at its end tells its encoding, and memory stays bounded', async () => {
  const rows = Array.from({ length: 40_000 }, (_, at) => `${at + 1};2026-10-03;Carnet;10,00;2,00;20;FR;EUR\n`);
  const path = await file(
    Buffer.from(`${HEAD.replace('é', 'e')}${rows.join('')}Été;2026-10-03;x;10,00;2,00;20;FR;EUR\n`, 'latin1'),
  );
  const before = process.memoryUsage().heapUsed;
  let [documents, most, last] = [0, 0, ''];
  for await (const { items } of (await openSalesFile(path, signal, { kind: 'sale' })).lots) {
    documents += items.length;
    const [item] = items.slice(-1);
    if (item?.state === 'read') last = item.document.key;
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  assert.deepEqual([documents, last], [40_001, 'sale/Été']);
  assert.ok(most < 200 * 1024 * 1024, `${most} bytes`);
});

/** [the rows of one order of 24.00 in two lines, what is paid of it] */
const PAID: readonly (readonly [string, readonly (readonly string[])[], string])[] = [
  [
    'every row repeats the one payment',
    [
      ['CB', '24,00', ''],
      ['CB', '24,00', ''],
    ],
    'CB 24.00',
  ],
  [
    'two equal halves',
    [
      ['CB', '12,00', ''],
      ['CB', '12,00', ''],
    ],
    'CB 12.00, CB 12.00',
  ],
  [
    'two equal halves of one number',
    [
      ['CB', '12,00', 'T1'],
      ['CB', '12,00', 'T1'],
    ],
    'CB 12.00',
  ],
  [
    'two numbers',
    [
      ['CB', '12,00', 'T1'],
      ['CB', '12,00', 'T2'],
    ],
    'CB 12.00, CB 12.00',
  ],
  [
    'a deposit on every row',
    [
      ['CB', '5,00', ''],
      ['CB', '5,00', ''],
    ],
    'CB 5.00',
  ],
  [
    'another way beside',
    [
      ['CB', '12,00', ''],
      ['Chèque', '12,00', ''],
    ],
    'CB 12.00, Chèque 12.00',
  ],
];

for (const [name, paid, expected] of PAID) {
  test(`S-051 equal payments of a CSV without a number of their own: ${name}`, async () => {
    const rows = paid.map((cells) => ['7', '2026-04-03', '10,00', '2,00', '20', 'EUR', ...cells].join(';'));
    const path = await file(
      ['commande;date;net;tva;taux tva;devise;mode de paiement;montant payé;id transaction', ...rows].join('\n'),
    );
    assert.equal(await paymentsIn(path), expected);
  });
}

test('S-051 what neither rows nor total settle holds the document, by the row that says it again', async () => {
  const rows = [
    ['CB', '5,00'],
    ['CB', '5,00'],
    ['', ''],
  ].map((cells) => ['7', '2026-04-03', '10,00', '2,00', '20', 'EUR', ...cells].join(';'));
  const path = await file(['commande;date;net;tva;taux tva;devise;mode de paiement;montant payé', ...rows].join('\n'));
  const [held] = await read(path);
  assert.match(held ?? '', /^held .*: line 3 montant payé \[5.00\] csv-payment-again$/);
});

async function paymentsIn(path: string): Promise<string> {
  const { layout } = await look(path);
  const paid: string[] = [];
  for await (const { items } of (await openSalesFile(path, signal, { kind: 'sale', layout })).lots) {
    for (const item of items) {
      assert.equal(item.state, 'read');
      if (item.state !== 'read') continue;
      const ids = new Set(item.document.payments.map(({ id }) => id));
      assert.equal(ids.size, item.document.payments.length);
      paid.push(...item.document.payments.map(({ method, amount }) => `${method.id} ${decimalText(amount, 2)}`));
    }
  }
  return paid.join(', ');
}
