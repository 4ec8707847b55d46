import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { documentToJson } from '../schema/sales-json.ts';
import { openSalesFile } from './open.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-invoice-'));
});
after(() => rm(folder, { recursive: true }));

const fixture = (name: string) => readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: looked at field by field.
async function read(content: string | Buffer): Promise<any> {
  const path = join(folder, 'invoice');
  await writeFile(path, content);
  const { format, header, lots } = await openSalesFile(path, new AbortController().signal, {
    kind: 'sale',
    name: 'INVOICE',
  });
  assert.equal(format, 'invoice');
  const [item] = (await Array.fromAsync(lots)).flatMap(({ items }) => items);
  assert.ok(item);
  if (item.state === 'read') return { shop: header.shop.name, ...documentToJson(item.document) };
  return { held: item.problems.map(({ code, values }) => [code, values.field, values.reason]) };
}

async function refused(content: string | Buffer) {
  const error = await read(content).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof Failure, String(error));
  return [error.code, error.values.reason];
}

test('an invoice in UBL is a sale: the VAT of each group shared over its lines to the cent, shipping as such, paid by card', async () => {
  const sale = await read(await fixture('invoice.ubl.xml'));
  assert.deepEqual([sale.kind, sale.key, sale.shop], ['sale', 'sale/FA000701', 'Exemple SARL']);
  assert.deepEqual(sale.order, { id: '1042', number: '1042', date: '2026-10-04' });
  assert.deepEqual(
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    sale.lines.map(({ kind, net, taxes, gross }: any) => [kind, net, taxes[0].rate, taxes[0].amount, gross]),
    [
      ['product', '36.00', '20', '7.20', '43.20'],
      ['product', '9.00', '5.5', '0.50', '9.50'],
      ['shipping', '4.92', '20', '0.98', '5.90'],
    ],
  );
  assert.deepEqual([sale.totals.net, sale.totals.tax, sale.totals.gross], ['49.92', '8.68', '58.60']);
  assert.deepEqual(sale.payments, [
    {
      id: 'BT-113',
      direction: 'in',
      method: { id: '48', name: 'Carte bancaire' },
      date: '2026-10-04',
      amount: '58.60',
    },
  ]);
  assert.deepEqual([sale.customer.company, sale.customer.vatNumber.value], ['Librairie Martin', 'FR11987654321']);
});

test('the same invoice in CII, alone and inside a PDF, is the same document', async () => {
  const ubl = await read(await fixture('invoice.ubl.xml'));
  const cii = await fixture('invoice.cii.xml');
  assert.deepEqual(await read(cii), ubl);
  assert.deepEqual(await read(pdfWith('factur-x.xml', cii)), ubl);
  assert.deepEqual(await refused(pdfWith('notes.xml', cii)), ['file.not-comptoir-sales', 'no-invoice-attached']);
  assert.deepEqual(await refused('%PDF-1.7\nnothing'), ['file.unreadable', 'not-pdf']);
});

test('a credit note names the invoice it corrects, and a negative invoice is one', async () => {
  const note = await read(await fixture('credit-note.ubl.xml'));
  assert.deepEqual([note.kind, note.key, note.creditNote.number], ['creditNote', 'creditNote/AV000501', 'AV000501']);
  assert.deepEqual(note.invoice, { id: 'FA000701', number: 'FA000701', date: '2026-10-04' });
  assert.deepEqual([note.totals.net, note.totals.tax, note.totals.gross], ['18.00', '3.60', '21.60']);
  const negative = (await fixture('invoice.ubl.xml')).replace(/>(\d+\.\d\d)<\/cbc:(\w*Amount)>/g, '>-$1</cbc:$2>');
  const turned = await read(negative.replace('-0.00', '0.00'));
  assert.deepEqual([turned.kind, turned.totals.gross, turned.payments[0].direction], ['creditNote', '58.60', 'out']);
  assert.deepEqual([turned.lines[0].net, turned.lines[0].taxes[0].amount], ['36.00', '7.20']);
});

test('a rounding of what is to pay is a line of its own, an allowance a discount with its part of the VAT', async () => {
  const text = await fixture('invoice.ubl.xml');
  const rounded = await read(
    text.replace('<cbc:PayableAmount', '<cbc:PayableRoundingAmount>0.02</cbc:PayableRoundingAmount><cbc:PayableAmount'),
  );
  assert.deepEqual(
    [rounded.lines.at(-1).kind, rounded.lines.at(-1).gross, rounded.totals.gross],
    ['rounding', '0.02', '58.62'],
  );
  const allowance = await read(text.replace('<cbc:ChargeIndicator>true', '<cbc:ChargeIndicator>false'));
  const { kind, net, taxes } = allowance.lines.at(-1);
  assert.deepEqual([kind, net, taxes[0].amount], ['discount', '-4.92', '-0.98']);
  assert.equal(allowance.lines[0].taxes[0].amount, '9.16', 'the group keeps its sum');
});

test('file.document-unreadable: an invoice that contradicts itself is held with the term of the standard', async () => {
  const text = await fixture('invoice.ubl.xml');
  const other = text.replace(
    '<cbc:ID>S</cbc:ID><cbc:Percent>5.5</cbc:Percent><cac:TaxScheme>',
    '<cbc:ID>S</cbc:ID><cbc:Percent>7</cbc:Percent><cac:TaxScheme>',
  );
  assert.deepEqual((await read(other)).held, [['file.document-unreadable', 'BG-23', 'no-vat-group: S 5.5']]);
  const wrong = text.replace('>36.00<', '>36,00<');
  assert.deepEqual((await read(wrong)).held, [['file.document-unreadable', 'BT-131', 'not-amount']]);
  assert.deepEqual(await refused(text.replace('<Invoice ', '<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice ')), [
    'file.not-comptoir-sales',
    'doctype',
  ]);
  assert.equal((await refused(text.slice(0, -40)))[0], 'file.not-comptoir-sales');
});

/** The smallest PDF that holds an attached file. */
function pdfWith(name: string, content: string): Buffer {
  const bytes = Buffer.from(content);
  const objects: Buffer[] = [
    `<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(${name}) 4 0 R] >> >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>',
    `<< /Type /Filespec /F (${name}) /UF (${name}) /AFRelationship /Alternative /EF << /F 5 0 R >> >>`,
  ].map((text) => Buffer.from(text));
  objects.push(
    Buffer.concat([
      Buffer.from(`<< /Type /EmbeddedFile /Subtype /text#2Fxml /Length ${bytes.length} >>\nstream\n`),
      bytes,
      Buffer.from('\nendstream'),
    ]),
  );
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  for (const [at, object] of objects.entries()) {
    offsets.push(parts.reduce((all, part) => all + part.length, 0));
    parts.push(Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]));
  }
  const start = parts.reduce((all, part) => all + part.length, 0);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
