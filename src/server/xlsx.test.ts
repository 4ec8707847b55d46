import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bench, lastOf, listen, order } from '../../test/server-kit.ts';
import type { SalesDocument } from '../core/document.ts';
import { type Cell, type SheetColumn, xlsx } from './spreadsheet.ts';
import { readXlsx } from './xlsx.test-kit.ts';

/** Workbooks, read back by another reader than what writes them. */

async function reviewing(t: { after: (act: () => Promise<void>) => void }, documents: readonly SalesDocument[]) {
  const on = await bench({ documents, gate: null, failure: null });
  t.after(on.close);
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review: true };
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).state, 'review');
  const workbook = async (asked: string) => {
    const response = await fetch(`${on.url}/api/reviews/${body.id}/entries.xlsx?${asked}`);
    assert.equal(response.status, 200);
    return { response, ...readXlsx(new Uint8Array(await response.arrayBuffer())) };
  };
  return { on, run: body.id as string, workbook };
}

test('S-075 the list as a workbook: seventeen columns, amounts are numbers, days are dates, codes stay texts', async (t) => {
  const { workbook, run, on } = await reviewing(t, [
    order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60'),
    order(2, 'sale FR; product 11.22 20% 2.24; paid card 13.46'),
  ]);
  const { response, rows, formats } = await workbook('tab=all&lang=fr&q=FA000001');
  assert.match(response.headers.get('content-disposition') ?? '', new RegExp(`ecritures-ventes-${run}\\.xlsx`));
  assert.equal(
    [...(rows[0]?.values() ?? [])].map(({ text }) => text).join(';'),
    'Créer;Journal;Date;N°;N° de pièce;Référence;Compte;Compte client;Libellé;Code;Taux;Débit;Crédit;Paiement;Devise;Taux de la devise;Montant en devise',
  );
  assert.equal(rows.length, 6, 'a row a line, of what the query finds');
  const [, first, , vat] = rows;
  const told = (cell: string, row = first) => {
    const found = row?.get(cell);
    return found && [found.type, found.text, formats[Number(found.style)]];
  };
  assert.deepEqual(told('C'), ['n', '46352', 'mm-dd-yy'], '26/11/2026 counted from 30/12/1899');
  assert.deepEqual(told('D'), ['n', '1', '0']);
  assert.deepEqual(told('G'), ['inlineStr', '411000', '0'], 'an account is no number');
  assert.deepEqual(told('L'), ['n', '483.6', '#,##0.00']);
  assert.equal(first?.get('M')?.text, '', 'an empty side is no zero');
  assert.deepEqual(told('K', vat), ['n', '20', '#,##0.00']);
  assert.deepEqual(told('M', vat), ['n', '80.6', '#,##0.00']);
  const english = await workbook('tab=all&lang=en&sort=-debit');
  assert.equal(english.rows.length, 11);
  assert.equal(english.rows[0]?.get('L')?.text, 'Debit');
  assert.equal((await on.call('GET', `/api/reviews/${run}/entries.xlsx?f.debit=abc`)).status, 400);
});

test('texts of a shop are strings in a workbook, whatever they begin with, and control characters do not break it', async (t) => {
  const hostile = ['=HYPERLINK("http://evil.example";"a")', '+33', '-2+3', '@SUM(A1)', 'a<b>&"c"\u0001', '0012'];
  const { workbook } = await reviewing(
    t,
    hostile.map((number, at) =>
      order(at + 1, 'sale FR; product 10.00 20% 2.00', {
        invoice: { id: '1', number, date: order(1, 'sale FR; product 1').order.date },
      }),
    ),
  );
  const { rows } = await workbook('tab=all&lang=fr');
  const pieces = rows
    .slice(1)
    .filter((_, at) => at % 3 === 0)
    .map((row) => row.get('E'));
  assert.deepEqual(
    pieces.map((cell) => cell?.type),
    hostile.map(() => 'inlineStr'),
  );
  assert.deepEqual(
    pieces.map((cell) => cell?.text.replace('_x0001_', '\u0001')),
    hostile,
  );
  assert.ok(rows.every((row) => [...row.values()].every(({ formula }) => !formula)));
});

const COLUMNS: readonly SheetColumn[] = [
  { title: 'Libellé', kind: 'text', width: 30 },
  { title: 'Débit', kind: 'amount', width: 12, decimals: 3 },
];

async function* rowsOf(count: number, row: readonly Cell[]): AsyncGenerator<readonly Cell[]> {
  for (let n = 0; n < count; n += 1) yield row;
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

/** [amount, how its cell holds it]: a spreadsheet's number has fifteen digits, so more of them stay a text */
for (const [amount, held] of [
  ['1910.44', 'n 1910.44'],
  ['-0.005', 'n -0.005'],
  ['9999999999999.99', 'n 9999999999999.99'],
  ['99999999999999.99', 'inlineStr 99999999999999.99'],
  ['', 'none'],
] as const)
  test(`an amount of ${amount || 'nothing'} is held as ${held}`, async () => {
    const row: Cell[] = [
      { kind: 'text', value: 'x' },
      { kind: 'amount', value: amount },
    ];
    const { rows, formats } = readXlsx(await bytesOf(xlsx('a/b', COLUMNS, rowsOf(1, row))));
    const cell = rows[1]?.get('B');
    assert.equal(cell?.text ? `${cell.type} ${cell.text}` : 'none', held);
    assert.ok(formats.includes('#,##0.000'), 'as many decimals as the profile keeps');
  });

test('100 000 lines are sent as they are made: memory stays flat', async () => {
  const row: Cell[] = [
    { kind: 'text', value: '#FA000001 - Savon de Marseille' },
    { kind: 'amount', value: '483.60' },
  ];
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // the function that flag makes
  let [bytes, parts, most] = [0, 0, 0];
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  for await (const part of xlsx('Écritures', COLUMNS, rowsOf(100_000, row))) {
    bytes += part.length;
    parts += 1;
    if (parts % 8 === 0) most = Math.max(most, held() - before);
  }
  assert.ok(bytes > 300_000 && parts > 16, `${bytes} bytes in ${parts} parts`);
  assert.ok(most < 8 * 1024 * 1024, `${Math.round(most / 1024)} KB are held at a time`);
});

test('the exceptions of a mapping as a workbook; a mapping that is none is refused', async (t) => {
  const { on } = await reviewing(t, []);
  const response = await fetch(`${on.url}/api/profiles/lavande/mappings/taxes/exceptions.xlsx?lang=fr`);
  assert.match(response.headers.get('content-disposition') ?? '', /lavande-taxes\.xlsx/);
  const { rows } = readXlsx(new Uint8Array(await response.arrayBuffer()));
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const exceptions: readonly { item: string; account: string }[] = body.profile.mappings.taxes.exceptions;
  assert.ok(exceptions.length > 0);
  const titles = [...(rows[0] ?? new Map()).values()].map(({ text }) => text);
  assert.deepEqual(titles.slice(0, 3), ['Pays', 'Taxe', 'Compte de taxe']);
  assert.deepEqual(
    rows.slice(1).map((row) => [row.get('B')?.text, row.get('C')?.text]),
    exceptions.map(({ item, account }) => [item, account]),
  );
  assert.equal((await on.call('GET', '/api/profiles/lavande/mappings/constructor/exceptions.xlsx')).status, 404);
});
