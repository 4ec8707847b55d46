import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { csvLayout } from '../../schema/csv-layout.ts';
import { documentToJson } from '../../schema/sales-json.ts';
import { lookAt, openSalesFile } from '../open.ts';

const folder = await mkdtemp(join(tmpdir(), 'csv-same-'));
after(() => rm(folder, { recursive: true }));
const { signal } = new AbortController();

/** Names of columns as a French and as an English program would write them, in one order. */
const NAMES = {
  fr: 'Type;N° commande;Date commande;N° facture;N° avoir;Date avoir;Nom;Pays;Type de ligne;Désignation;Montant HT;Taux TVA;Montant TVA;Montant TTC;Total commande TTC;Mode de paiement;Montant payé;Devise',
  en: 'Type;Order number;Order date;Invoice number;Credit note number;Credit note date;Last name;Country;Line type;Label;Net amount;VAT rate;VAT amount;Gross amount;Order total;Payment method;Amount paid;Currency',
};

const cents = fc.integer({ min: 1, max: 9_999_999 });
const label = fc
  .string({ unit: fc.constantFrom(...'abcé "\';,|\n=-+7'), minLength: 1, maxLength: 20 })
  .filter((text) => /^[a-cé]/.test(text) && text === text.trim());
const line = fc.record({
  kind: fc.constantFrom('product', 'shipping', 'fee'),
  label,
  net: cents,
  rate: fc.constantFrom('20', '5.5', '0'),
});
const sale = fc.record({
  credit: fc.boolean(),
  day: fc.integer({ min: 0, max: 700 }),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  paid: fc.boolean(),
  name: label,
});
const spelling = fc.record({
  language: fc.constantFrom('fr' as const, 'en' as const),
  delimiter: fc.constantFrom(';', ',', '\t', '|'),
  decimal: fc.constantFrom(',' as const, '.' as const),
  dates: fc.constantFrom('dmy' as const, 'mdy' as const, 'iso' as const),
  encoding: fc.constantFrom('utf8', 'utf8bom', 'win1252', 'utf-16le'),
  ending: fc.constantFrom('\n', '\r\n'),
  grouped: fc.boolean(),
});

type Sale = typeof sale extends fc.Arbitrary<infer Value> ? Value : never;
type Spelling = typeof spelling extends fc.Arbitrary<infer Value> ? Value : never;

const text = (units: number) => `${Math.trunc(units / 100)}.${String(units % 100).padStart(2, '0')}`;
const taxOf = ({ net, rate }: Sale['lines'][number]) =>
  Number((BigInt(net) * BigInt(Number(rate) * 10) + 500n) / 1000n);
const dayText = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);

/** The documents as the JSON they must become, and the rows that spell them. */
function spelled(sales: readonly Sale[], { decimal, dates, grouped }: Spelling) {
  const amount = (units: number) => {
    const [whole = '', fraction = ''] = text(units).split('.');
    const groups = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, decimal === ',' ? '.' : ',') : whole;
    return groups + decimal + fraction;
  };
  const date = (iso: string) => {
    const [year, month, day] = iso.split('-');
    return dates === 'iso' ? iso : dates === 'dmy' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
  };
  const rows: string[][] = [];
  const documents = sales.map(({ credit, day, lines, paid, name }, index) => {
    const number = `${credit ? 'AV' : 'FA'}${index + 1}`;
    const on = dayText(day);
    const gross = lines.reduce((sum, one) => sum + one.net + taxOf(one), 0);
    const net = lines.reduce((sum, one) => sum + one.net, 0);
    for (const one of lines) {
      rows.push([
        ...[
          credit ? 'avoir' : 'vente',
          `C${index + 1}`,
          date(on),
          credit ? '' : number,
          credit ? number : '',
          credit ? date(on) : '',
          name,
          'FR',
        ],
        ...[
          one.kind,
          one.label,
          amount(one.net),
          one.rate.replace('.', decimal),
          amount(taxOf(one)),
          amount(one.net + taxOf(one)),
          amount(gross),
        ],
        ...[paid ? 'carte' : '', paid ? amount(gross) : '', 'EUR'],
      ]);
    }
    return {
      kind: credit ? 'creditNote' : 'sale',
      key: credit ? `creditNote/${number}` : `sale/C${index + 1}`,
      pricesIncludeTax: false,
      order: { id: `C${index + 1}`, number: `C${index + 1}`, date: on },
      ...(!credit && { invoice: { number } }),
      ...(credit && { creditNote: { id: number, number, date: on } }),
      customer: { guest: true, lastName: name },
      billing: { country: 'FR' },
      currency: { code: 'EUR' },
      lines: lines.map((one, at) => ({
        ...{ id: String(at + 1), kind: one.kind, label: one.label, net: text(one.net) },
        taxes: [{ rate: one.rate, amount: text(taxOf(one)) }],
        gross: text(one.net + taxOf(one)),
      })),
      ...(paid && {
        payments: [
          {
            id: '1',
            direction: credit ? 'out' : 'in',
            method: { id: 'carte', name: 'carte' },
            date: on,
            amount: text(gross),
          },
        ],
      }),
      totals: { net: text(net), tax: text(gross - net), gross: text(gross) },
    };
  });
  return { documents, rows };
}

function bytesOf(rows: readonly (readonly string[])[], { language, delimiter, encoding, ending }: Spelling): Buffer {
  const quoted = (cell: string) => (/["\n\r;,\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [NAMES[language].split(';'), ...rows].map((row) => row.map(quoted).join(delimiter));
  const whole = lines.join(ending) + ending;
  if (encoding === 'utf8bom') return Buffer.from(`\uFEFF${whole}`);
  return iconv.encode(whole, encoding, { addBOM: encoding === 'utf-16le' });
}

test('S-051 S-052 documents written as CSV are read as the same documents, or it is asked how', () =>
  fc.assert(
    fc.asyncProperty(fc.array(sale, { minLength: 1, maxLength: 6 }), spelling, async (sales, how) => {
      const { documents, rows } = spelled(sales, how);
      const path = join(folder, 'drawn.csv');
      await writeFile(path, bytesOf(rows, how));
      const { table } = await lookAt(path, signal, { kind: 'sale' });
      assert.ok(table);
      const { layout, questions } = table;
      assert.deepEqual(
        questions.filter(({ id }) => id !== 'dates' && id !== 'decimal'),
        [],
      );
      if (layout.decimal !== null) assert.equal(layout.decimal, how.decimal);
      if (layout.dates !== null && how.dates !== 'iso') assert.equal(layout.dates, how.dates);
      const answered = csvLayout.parse({
        ...layout,
        ...{ decimal: how.decimal, dates: how.dates === 'iso' ? 'ymd' : how.dates, documents: 'order' },
      });
      const found: unknown[] = [];
      for await (const { items, broken } of (await openSalesFile(path, signal, { kind: 'sale', layout: answered }))
        .lots) {
        assert.equal(broken, null);
        for (const item of items)
          found.push(item.state === 'read' ? JSON.parse(JSON.stringify(documentToJson(item.document))) : item);
      }
      assert.deepEqual(found, documents);
    }),
    { numRuns: 150 },
  ));
