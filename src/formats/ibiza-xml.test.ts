import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { formatContract } from './contract.ts';
import { fileOf, readAll } from './contract-kit.ts';
import { HOSTILE } from './hostile.ts';
import { ibizaXml } from './ibiza-xml.ts';
import { CREDIT_NOTE, entryOf, PAYMENT, SALE } from './sample-entries.ts';

formatContract({ format: ibizaXml, badCodes: ['411\uffff'], samples: { options: { analyticPlan: 'AFFAIRES' } } });

test('texts with marks of XML are escaped: the whole file is well formed and says them as they were', () => {
  const labels = [...Object.values(HOSTILE), '<b>&amp; ]]> </importEntry> "x" \'y\'', '&#0; &bogus;'];
  const entries = labels.map((label, index) => {
    return entryOf({ number: index + 1, label, lines: ['4110000/WEBFRANCE 1.00', '707100 -1.00'] });
  });
  const text = fileOf(ibizaXml, entries).toString();
  assert.equal(XMLValidator.validate(text), true);
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: false });
  const { importEntry } = parser.parse(text).importEntryRequest.wsImportEntry;
  assert.equal(importEntry.length, 2 * labels.length);
  assert.equal(importEntry.at(-3).description, '<b>&amp; ]]> </importEntry> "x" \'y\'');
});

/** [what is done to the file, the line and what is expected there] */
const damages: [string, (text: string) => string, readonly unknown[]][] = [
  [
    'a document type',
    (text) => text.replace('<importEntryRequest>', '<!DOCTYPE a [<!ENTITY b "c">]><importEntryRequest>'),
    [2, '<importEntry> or its end'],
  ],
  [
    'a tag of a line broken',
    (text) => text.replace('    <importEntry>', '    <importEntr>'),
    [5, '<importEntry> or its end'],
  ],
  ['the file cut within a line', (text) => text.slice(0, text.indexOf('707100')), [15, '<importEntry> or its end']],
  [
    'the file cut after a line',
    (text) => text.slice(0, text.lastIndexOf('  </wsImportEntry>')),
    [33, '<importEntry> or its end'],
  ],
  ['an element left open', (text) => text.replace('</date>', ''), [5, 'an importEntry element']],
  ['a day that is none', (text) => text.replace('2018-11-26</date>', '2018-11-31</date>'), [5, 'AAAA-MM-JJ']],
  ['an account without text', (text) => text.replace('>WEBFRANCE<', '><'), [5, 'accountNumber with a text']],
  ['an element twice', (text) => text.replace('<piece>', '<piece>X</piece><piece>'), [5, 'piece with a text']],
  [
    'more references than a line has',
    (text) => text.replace('Paul', '&amp;'.repeat(10_001)),
    [5, 'an importEntry element'],
  ],
];

for (const [what, damage, wanted] of damages) {
  test(`a fault with its line: ${what}`, async () => {
    const bytes = Buffer.from(damage(fileOf(ibizaXml, [SALE]).toString()));
    const [fault] = (await readAll(ibizaXml, bytes, 50)).filter(({ type }) => type === 'fault');
    assert.deepEqual(fault?.type === 'fault' && [fault.lineNumber, fault.expected], wanted);
  });
}

test('lines of plain elements are read as the parser reads them', async () => {
  const bytes = fileOf(ibizaXml, [SALE, CREDIT_NOTE, PAYMENT]);
  const plain = await readAll(ibizaXml, bytes);
  const marked = Buffer.from(bytes.toString().replaceAll('</importEntry>', '<!-- for the parser --></importEntry>'));
  assert.deepEqual(await readAll(ibizaXml, marked), plain);
});

test('a file on one line, with comments and attributes around, is read', async () => {
  const text = fileOf(ibizaXml, [SALE]).toString().replaceAll(/\n */g, '');
  const foreign = text.replace('<wsImportEntry>', '<!-- a <comment> --><wsImportEntry xmlns="x">');
  assert.equal((await readAll(ibizaXml, Buffer.from(foreign), 10)).filter(({ type }) => type === 'line').length, 3);
});
