import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { Failure } from '../core/problem.ts';
import { documentToJson } from '../schema/sales-json.ts';
import { openSalesFile } from './open.ts';

const GOLDEN = new URL('../schema/golden/sale-and-credit-note-1042', import.meta.url);
let [folder, golden, made] = ['', '', 0];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-xml-'));
  golden = await readFile(new URL(`${GOLDEN}.xml`), 'utf8');
});
after(() => rm(folder, { recursive: true }));

/** What a file gives: documents as JSON, held ones by key and problem. */
async function read(content: string | Buffer) {
  made += 1;
  const path = join(folder, `file-${made}`);
  await writeFile(path, content);
  const { format, header, lots, documents } = await openSalesFile(path, new AbortController().signal, {
    kind: 'sale',
    name: 'VENTES',
  });
  const found: unknown[] = [];
  let broken = null;
  for await (const lot of lots) {
    for (const item of lot.items) {
      if (item.state === 'read') found.push(documentToJson(item.document));
      else found.push([item.kind, item.key, ...item.problems.map(({ code, values }) => [code, values])]);
    }
    broken = lot.broken;
  }
  return { format, shop: header.shop, found, broken, documents: documents() };
}

async function refused(content: string | Buffer) {
  const error = await read(content).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof Failure, String(error));
  assert.equal(error.code, 'file.not-comptoir-sales');
  return [error.values.field, error.values.reason];
}

const SHOP = '<shop id="a" currency="EUR" timeZone="Europe/Paris"/>';
const file = (inside: string, root = 'xmlns="urn:comptoir:sales:1" version="1.0"') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<salesFile ${root}>\n${SHOP}\n${inside}\n</salesFile>`;
const sale = (id: string, changes: (text: string) => string = (text) => text) =>
  changes(`<document kind="sale" key="sale/${id}"><order id="${id}" date="2026-11-02"/><customer/>
<currency code="EUR"/><lines><line id="1" kind="product"><net>10.00</net>
<tax rate="20" amount="2.00"/><gross>12.00</gross></line></lines><totals net="10.00" tax="2.00" gross="12.00"/></document>`);

test('S-051 S-052 the XML and the JSON spelling of the same documents are the same documents, packed or not', async () => {
  const json = await readFile(new URL(`${GOLDEN}.json`), 'utf8');
  const fromXml = await read(golden);
  assert.deepEqual([fromXml.format, fromXml.documents, fromXml.broken], ['xml', 2, null]);
  assert.equal(fromXml.shop.timeZone, 'Europe/Paris');
  const fromJson = await read(json);
  assert.equal(fromJson.format, 'json');
  assert.deepEqual(fromXml.found, fromJson.found);
  const { documents, ...header } = JSON.parse(json) as { documents: unknown[] };
  const lines = [header, ...documents].map((one) => JSON.stringify(one)).join('\n');
  const fromLines = await read(lines);
  assert.equal(fromLines.format, 'json-lines');
  for (const content of [gzipSync(golden), gzipSync(json), gzipSync(lines), `\uFEFF${golden}`, `\uFEFF${json}`]) {
    assert.deepEqual((await read(content)).found, fromLines.found);
  }
});

test('what the reader takes, the published schema takes, and what it refuses, the schema refuses too', async () => {
  const schema = XmlDocument.fromString(
    await readFile(new URL('../../docs/comptoir-sales-1.xsd', import.meta.url), 'utf8'),
  );
  const validator = XsdValidator.fromDoc(schema);
  const isValid = (text: string) => {
    const document = XmlDocument.fromString(text);
    try {
      validator.validate(document);
      return true;
    } catch {
      return false;
    } finally {
      document.dispose();
    }
  };
  assert.ok(isValid(golden));
  assert.ok(isValid(file(sale('1'))));
  const wrong: [string, string, (text: string) => string][] = [
    ['lines.0.kind', 'not-a-choice', (text) => text.replace('kind="product"', 'kind="goods"')],
    ['lines.0.net', 'not-amount', (text) => text.replace('<net>10.00', '<net>10,00')],
    ['order.date', 'not-date', (text) => text.replace('2026-11-02', '2026-11-02T10:00:00')],
    ['totals.gross', 'missing', (text) => text.replace(' gross="12.00"/></document>', '/></document>')],
    ['', 'unknown-field: nett', (text) => text.replace('<net>10.00</net>', '<nett>10.00</nett>')],
    ['', 'unknown-field: kindd', (text) => text.replace('id="1" kind=', 'id="1" kindd="x" kind=')],
    ['net', 'given-twice', (text) => text.replace('<net>10.00</net>', '<net>10.00</net><net>10.00</net>')],
    ['', 'text-between', (text) => text.replace('<customer/>', 'and<customer/>')],
  ];
  for (const [field, reason, spoil] of wrong) {
    const text = file(`${sale('1', spoil)}${sale('2')}`);
    const { found } = await read(text);
    const [kind, key, [code, values]] = found[0] as [string, string, [string, Record<string, string>]];
    assert.deepEqual([kind, key, code, values.field], ['sale', 'sale/1', 'file.document-unreadable', field], reason);
    assert.ok(values.reason?.startsWith(reason), values.reason);
    assert.equal(found.length, 2, 'the other one is read');
    assert.ok(!isValid(text), reason);
  }
  validator.dispose();
  schema.dispose();
});

test('file.document-unreadable: a held document is told by the line and column of what is wrong in it', async () => {
  const spoilt = sale('7', (text) => text.replace('<gross>12.00', '<gross>12,00'));
  const { found } = await read(file(`${sale('1')}\n${spoilt}`));
  const values = { line: '9', column: '38', field: 'lines.0.gross', reason: 'not-amount' };
  assert.deepEqual(found[1], ['sale', 'sale/7', ['file.document-unreadable', values]]);
});

test('what is of another namespace is passed over, with all that is in it', async () => {
  const other = '<x:extra xmlns:x="urn:other" x:a="1"><net>99</net></x:extra>';
  const text = sale('1', (own) =>
    own.replace('<customer/>', `${other}<customer/>`).replace('key=', 'xmlns:y="urn:y" y:z="1" key='),
  );
  const { found } = await read(file(`${other}${text}`));
  assert.deepEqual(found, (await read(file(sale('1')))).found);
});

test('file.broken: a file that is not well formed is read as far as it is, and says where it breaks', async () => {
  const cases: [string, RegExp][] = [
    ['<document kind="sale" key="sale/2"><order>', /^not-well-formed: unclosed|^not-well-formed: unexpected/],
    ['<document & >', /^not-well-formed/],
    [
      sale('2', (text) => text.replace('<customer/>', '<customer>\u0001</customer>')),
      /^not-well-formed: disallowed character/,
    ],
    [
      sale('2', (text) => text.replace('<customer/>', '<customer><note>&secret;</note></customer>')),
      /^not-well-formed: undefined entity/,
    ],
    [`<unknown/>${sale('2')}`, /^unknown-field: unknown/],
    [sale('2', (text) => text.replace('<customer/>', '<x:a xmlns:x="y">'.repeat(40))), /^too-deep: 32/],
  ];
  for (const [inside, reason] of cases) {
    const { found, broken } = await read(file(`${sale('1')}\n${inside}`));
    assert.equal(found.length, 1, inside);
    assert.match(broken?.reason ?? '', reason);
    assert.ok((broken?.line ?? 0) >= 7, JSON.stringify(broken));
  }
  const cut = await read(file(`${sale('1')}${sale('2')}`).slice(0, -200));
  assert.deepEqual([cut.found.length, cut.broken?.reason.slice(0, 15)], [1, 'not-well-formed']);
});

test('no document type is read, so that no entity is expanded and no other file is opened', async () => {
  const bomb = '<!DOCTYPE salesFile [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const text = file(sale('1', (own) => own.replace('<customer/>', '<customer><note>&b;&x;</note></customer>')));
  assert.deepEqual(await refused(text.replace('<salesFile', `${bomb}<salesFile`)), ['', 'doctype']);
  assert.deepEqual(await refused('<!DOCTYPE html><html><body>Login</body></html>'), ['', 'doctype']);
});

test('elements within elements without end are left at the depth allowed, in the time of any other file', async () => {
  const startedMs = performance.now();
  assert.deepEqual(await refused(`<?xml version="1.0"?><salesFile>${'<a>'.repeat(400_000)}`), [
    '',
    'other-root: salesFile',
  ]);
  const { broken } = await read(file(`${sale('1')}${'<x:a xmlns:x="urn:other">'.repeat(100_000)}`));
  assert.match(broken?.reason ?? '', /^too-deep/);
  assert.ok(performance.now() - startedMs < 5000, 'it takes the square of the time');
});

test('a file of another kind says what it is', async () => {
  assert.deepEqual(await refused('<orders><order/></orders>'), ['', 'other-root: orders']);
  assert.deepEqual(await refused(file('', 'xmlns="urn:comptoir:sales:1" version="2.0"')), [
    'version',
    'unknown-version',
  ]);
  assert.deepEqual(await refused(file('', 'version="1.0"')), ['', 'other-root: salesFile']);
  assert.deepEqual(await refused('<salesFile xmlns="urn:comptoir:sales:1" version="1.0"></salesFile>'), [
    'shop',
    'missing',
  ]);
});

test('other encodings are read by their mark or their declaration, and characters that are none are told', async () => {
  const named = file(sale('1', (text) => text.replace('<net>', '<label>Été à 5 €</label><net>')));
  const plain = (await read(named)).found;
  assert.match(JSON.stringify(plain), /Été à 5 €/);
  for (const encoding of ['ISO-8859-15', 'windows-1252']) {
    const text = named.replace('UTF-8', encoding);
    assert.deepEqual((await read(iconv.encode(text, encoding))).found, plain, encoding);
  }
  for (const encoding of ['utf-16le', 'utf-16be']) {
    const bytes = iconv.encode(named.replace('UTF-8', 'UTF-16'), encoding, { addBOM: true });
    assert.deepEqual((await read(bytes)).found, plain, encoding);
  }
  assert.deepEqual(await refused(named.replace('UTF-8', 'EBCDIC')), ['', 'unknown-encoding: ebcdic']);
  const latin = iconv.encode(named, 'windows-1252'); // and it says UTF-8
  assert.deepEqual(await refused(latin), ['', 'garbled: utf-8']);
});

test('a document without end and a file that unfolds without end are left at the limit', async () => {
  const long = `${sale('1')}${sale('2', (text) => text.replace('<customer/>', `<customer><note>${'x'.repeat(1 << 21)}</note></customer>`))}`;
  const one = await read(file(long));
  assert.deepEqual([one.found.length, one.broken?.reason], [1, 'too-large: 1048576']);
  const line = '<line id="1" kind="product"><net>10.00</net><gross>10.00</gross></line>';
  const many = sale('2', (text) => text.replace('<lines>', `<lines>${line.repeat(300_000)}`));
  const two = await read(gzipSync(file(`${sale('1')}${many}`)));
  assert.deepEqual([two.found.length, two.broken?.reason], [1, 'too-large: 16777216']);
});
