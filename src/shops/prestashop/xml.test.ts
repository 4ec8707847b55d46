import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../core/problem.ts';
import { parseAnswer, parseResources } from './xml.ts';

const around = (content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n${content}</prestashop>\n`;
const URL_TEXT = 'https://shop.example/api/orders';

test('every value stays text: leading zeros, spaces, signs, languages and lists', () => {
  const body = around(
    '<orders>\n<order>\n\t<id><![CDATA[7]]></id>\n\t<reference><![CDATA[ 007 &amp; <b> ]]></reference>\n\t<total><![CDATA[12.500000]]></total>\n' +
      '\t<empty></empty>\n\t<plain>R&amp;D &#233;</plain>\n\t<name><language id="1" xlink:href="x"><![CDATA[Un]]></language><language id="2"><![CDATA[One]]></language></name>\n' +
      '<associations>\n<taxes nodeType="tax" api="taxes">\n\t<tax>\n\t<id><![CDATA[1]]></id>\n\t</tax>\n\t<tax><id><![CDATA[3]]></id></tax>\n</taxes>\n<none/>\n</associations>\n</order>\n</orders>\n',
  );
  assert.deepEqual(parseAnswer(body, URL_TEXT), {
    state: 'rows',
    rows: [
      {
        id: '7',
        reference: ' 007 &amp; <b> ',
        total: '12.500000',
        empty: '',
        plain: 'R&D é',
        name: { 1: 'Un', 2: 'One' },
        associations: { taxes: [{ id: '1' }, { id: '3' }], none: [] },
      },
    ],
  });
});

test('a list without records, one of ids, and a single record', () => {
  assert.deepEqual(parseAnswer(around('<orders>\n</orders>\n'), URL_TEXT), { state: 'rows', rows: [] });
  assert.deepEqual(parseAnswer(around('<orders>\n<order id="1" xlink:href="u"/>\n</orders>\n'), URL_TEXT), {
    state: 'rows',
    rows: [{ id: '1' }],
  });
  assert.deepEqual(parseAnswer(around('<order>\n<id><![CDATA[1]]></id><a><![CDATA[b]]></a></order>\n'), URL_TEXT), {
    state: 'rows',
    rows: [{ id: '1', a: 'b' }],
  });
});

test('errors of the Webservice are read with their codes', () => {
  const body = around(
    '<errors>\n<error>\n<code><![CDATA[20]]></code>\n<message><![CDATA[key is not active]]></message>\n</error>\n</errors>\n',
  );
  assert.deepEqual(parseAnswer(body, URL_TEXT), {
    state: 'errors',
    errors: [{ code: 20, message: 'key is not active' }],
  });
});

test('the resources a key may read are those whose reading is not refused', () => {
  const body = around(
    '<api shopName="Boutique">\n<orders xlink:href="u" get="true" put="false"/>\n<taxes xlink:href="u" get="false"/>\n<shops/>\n</api>\n',
  );
  assert.deepEqual(parseResources(body, URL_TEXT), ['orders', 'shops']);
});

/** What no shop should send: refused, with the beginning of the answer shown. */
const refused: [string, string][] = [
  [
    'a document type',
    '<!DOCTYPE prestashop [<!ENTITY a "b">]>\n<prestashop><orders><order><id>&a;</id></order></orders></prestashop>',
  ],
  [
    'a document type after the declaration',
    '<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd"><prestashop/>',
  ],
  ['a page for people', '<!DOCTYPE html><html><body>Maintenance</body></html>'],
  ['an answer cut in the middle', around('<orders>\n<order>\n<id><![CDATA[1]]></id>').replace('</prestashop>\n', '')],
  ['crossed elements', around('<orders><order></orders></order>')],
  [
    'a document type behind an attribute',
    `<prestashop a="<!--"><!DOCTYPE a [<!ENTITY a "bc">]><o><id>&a;</id></o><b c="-->"/></prestashop>`,
  ],
  ['a name that JavaScript reserves', around('<orders><order><__proto__>1</__proto__></order></orders>')],
  ['tags deeper than any record', around('<a>'.repeat(5000) + '</a>'.repeat(5000))],
  ['another document', '<?xml version="1.0"?><rss><channel/></rss>'],
];
for (const [what, body] of refused) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => parseAnswer(body, URL_TEXT),
      (error) => error instanceof Failure && error.code === 'shop.not-an-answer',
    );
  });
}

/** [what a hostile shop sends, made for each test] */
const bombs: [string, () => string][] = [
  ['an encoded sign a million times in a value', () => around(row('&amp;'.repeat(1_000_000)))],
  ['characters by number', () => around(row('&#65;'.repeat(1_000_000)))],
  ['an attribute that nobody reads', () => around(`<orders><order a="${'&lt;'.repeat(1_000_000)}"/></orders>`)],
  ['one in each of half a million records', () => around(`<orders>${row('&amp;').repeat(500_000)}</orders>`)],
  ['unknown names', () => around(row('&lol9;'.repeat(1_000_000)))],
  ['a resource list', () => around(`<api a="${'&gt;'.repeat(1_000_000)}"/>`)],
];
for (const [what, body] of bombs) {
  test(`refused at once, with its own words: ${what}`, () => {
    const text = body();
    const began = performance.now();
    for (const parse of [parseAnswer, parseResources]) {
      assert.throws(
        () => parse(text, URL_TEXT),
        (error) => error instanceof Failure && error.code === 'shop.answer-crowded' && error.values.url === URL_TEXT,
      );
    }
    assert.ok(performance.now() - began < 1000, `${performance.now() - began} ms`);
  });
}

test('signs inside CDATA are no references, however many', () => {
  const value = '&amp;'.repeat(200_000);
  const parsed = parseAnswer(around(row(`<![CDATA[${value}]]>`)), URL_TEXT);
  assert.deepEqual(parsed, { state: 'rows', rows: [{ id: '1', note: value }] });
});

function row(value: string): string {
  return `<orders><order><id>1</id><note>${value}</note></order></orders>`;
}

test('the words of a document type inside a value are a value', () => {
  const body = around('<orders><order><id><![CDATA[1]]></id><note><![CDATA[<!DOCTYPE html>]]></note></order></orders>');
  assert.deepEqual(parseAnswer(body, URL_TEXT), { state: 'rows', rows: [{ id: '1', note: '<!DOCTYPE html>' }] });
});

test('comments and sections that never end are looked through once, not once for each', () => {
  for (const opening of ['<!--', '<![CDATA[']) {
    const body = around(`<!DOCTYPE a>${opening.repeat(200_000)}`);
    const began = performance.now();
    assert.throws(() => parseAnswer(body, URL_TEXT), Failure);
    assert.ok(performance.now() - began < 5000, opening);
  }
});
