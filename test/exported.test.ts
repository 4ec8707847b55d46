import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { day } from '../src/core/calendar.ts';
import { type Decimal, decimalText } from '../src/core/decimal.ts';
import type { SalesDocument } from '../src/core/document.ts';
import { postDocument } from '../src/core/posting/post.ts';
import { DEMOS } from '../src/demo/index.ts';
import { openSalesFile } from '../src/files/open.ts';
import { type SpellingName, spellings } from '../src/files/spelling.ts';
import { bookSettings } from '../src/profiles/settings.ts';
import { readingToJson } from '../src/schema/reading.ts';
import { documentToJson } from '../src/schema/sales-json.ts';
import { DEMO_IDS, demoProfile, readDocuments } from './reconcile/reconcile.ts';

/** What was read of each demo shop, in each spelling of `comptoir-sales`, read again. */

const NAMES = ['jsonl', 'json', 'xml'] as const;
const ZONE = 'Europe/Paris';
const SHOP = { id: 'demo', name: 'Zoé & <fils> "Lien"', currency: 'EUR', timeZone: ZONE, country: 'FR' };
const HEADER = { format: 'comptoir-sales', version: '1.1', generator: 'test', createdAt: '2026-11-24T10:00:00Z' };
let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-exported-'));
});
after(() => rm(folder, { recursive: true }));

function json(document: SalesDocument) {
  const reading = readingToJson(document);
  return { ...documentToJson(document), ...(reading !== null && { reading }) };
}

function spelled(name: SpellingName, documents: readonly SalesDocument[]): string {
  const { head, document, foot } = spellings[name];
  return head({ ...HEADER, shop: SHOP }) + documents.map((one, at) => document(json(one), at === 0)).join('') + foot;
}

/** A list of no taxes is no list in XML. */
function plain(document: ReturnType<typeof json>) {
  const totals = { taxes: [], ...(Reflect.get(document, 'totals') as object) }; // every document has them
  return { ...document, totals };
}

/** Amounts by their value: `20` of a file is `20.0000` of a shop. */
function exactly(_: string, value: unknown) {
  const isDecimal = typeof value === 'object' && value !== null && 'units' in value && 'scale' in value;
  if (isDecimal) return decimalText(value as Decimal); // just asked
  return typeof value === 'bigint' ? String(value) : value;
}

async function readAgain(content: string) {
  const path = join(folder, 'file');
  await writeFile(path, content);
  const { header, lots } = await openSalesFile(path, new AbortController().signal);
  const found: SalesDocument[] = [];
  for await (const { items, broken } of lots) {
    assert.equal(broken, null);
    for (const item of items) found.push(item.state === 'read' ? item.document : assert.fail(JSON.stringify(item)));
  }
  return { shop: header.shop, found };
}

for (const id of DEMO_IDS) {
  test(`S-051 S-052 what is read of the demo of ${id} gives the same documents and entries in each spelling`, async () => {
    const shop = await (DEMOS.find((demo) => demo.id === id) ?? assert.fail()).start();
    const profile = demoProfile(id);
    const settings = bookSettings(profile, { today: day('2026-12-01') });
    try {
      const sales = await readDocuments(shop, profile, 'sales');
      const documents = [...sales.documents, ...(await readDocuments(shop, profile, 'creditNotes')).documents];
      assert.ok(documents.length >= 15);
      const posted = (one: SalesDocument) => JSON.stringify(postDocument(one, settings), exactly);
      const entries = documents.map(posted);
      for (const name of NAMES) {
        const again = await readAgain(spelled(name, documents));
        assert.deepEqual(again.shop, SHOP);
        assert.deepEqual(again.found.map(json).map(plain), documents.map(json).map(plain));
        assert.deepEqual(again.found.map(posted), entries);
      }
      const validator = XsdValidator.fromDoc(
        XmlDocument.fromString(await readFile(new URL('../docs/comptoir-sales-1.xsd', import.meta.url), 'utf8')),
      );
      validator.validate(XmlDocument.fromString(spelled('xml', documents)));
    } finally {
      await shop.close();
    }
  });
}

test('signs of XML in texts and attributes come back; what XML has no sign for is left out', async () => {
  const shop = await (DEMOS.find((demo) => demo.id === 'woocommerce') ?? assert.fail()).start();
  try {
    const { documents } = await readDocuments(shop, demoProfile('woocommerce'), 'sales');
    const [first = assert.fail()] = documents;
    const hostile = 'a "b" <c> & \'d\' ]]> 🎁 Ồ Ω\tx';
    const made = {
      ...first,
      customer: { ...first.customer, note: hostile },
      status: { code: 'x', label: `${hostile}\ny\r\nz` },
    };
    for (const name of NAMES) assert.deepEqual((await readAgain(spelled(name, [made]))).found.map(json), [json(made)]);
    const none = { ...first, customer: { ...first.customer, note: 'a\u0000b\u001fc\ufffed' } };
    assert.equal((await readAgain(spelled('xml', [none]))).found[0]?.customer.note, 'abcd');
    assert.deepEqual((await readAgain(spelled('json', []))).found, []);
    assert.deepEqual((await readAgain(spelled('xml', []))).found, []);
  } finally {
    await shop.close();
  }
});
