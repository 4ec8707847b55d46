import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { clean, encodeText, linesOf, type TextRules } from './text.ts';

const ANSI: TextRules = { charset: 'windows-1252' };
const UTF8: TextRules = { charset: 'utf-8' };
const DOS: TextRules = { charset: 'cp850' };
const LATIN9: TextRules = { charset: 'iso-8859-15' };

describe('text', () => {
  /** [text, in windows-1252, in UTF-8] */
  const cases: [string, string, string][] = [
    ['Paul DURAND - 1', 'Paul DURAND - 1', 'Paul DURAND - 1'],
    ['  two  spaces ', 'two spaces', 'two spaces'],
    ['tab\there\r\nand\u00a0there\u202f!', 'tab here and there !', 'tab here and there !'],
    ['“curly” ‘it’s’ «g» – — … •', '"curly" \'it\'s\' "g" - - ... -', '"curly" \'it\'s\' "g" - - ... -'],
    ['e\u0301te\u0301', 'été', 'été'],
    ['e\u200b\u0301', 'é', 'é'],
    ['Œuvre œ € ™ Š Ÿ ß æ', 'Œuvre œ € ™ Š Ÿ ß æ', 'Œuvre œ € ™ Š Ÿ ß æ'],
    ['Nguyễn Thị Đào', 'Nguyen Thi Dào', 'Nguyễn Thị Đào'],
    ['Łódź ğışŞ ő', 'Lódz gisS o', 'Łódź ğışŞ ő'],
    ['Θεσσαλονίκη Ψυχή', 'Thessaloniki Psychi', 'Θεσσαλονίκη Ψυχή'],
    ['Щукин Юрьев', 'Shchukin Iurev', 'Щукин Юрьев'],
    ['☕ café 👩‍👧 fin', 'café fin', '☕ café 👩👧 fin'],
    ['\u202e\ufeff\u00adab', 'ab', 'ab'],
    ['a\ud800b', 'a b', 'a\ufffdb'],
    ['مرحبا', '', 'مرحبا'],
  ];
  for (const [text, ansi, utf8] of cases) {
    test(JSON.stringify(text), () => assert.deepEqual([clean(text, ANSI), clean(text, UTF8)], [ansi, utf8]));
  }

  test('what the format forbids is replaced', () => {
    assert.equal(clean('a|b||c', { charset: 'utf-8', forbidden: /\|/, instead: '/' }), 'a/b//c');
    assert.equal(clean('a; ;b', { charset: 'utf-8', forbidden: /;/ }), 'a b');
  });

  /** [text, in CP850, its bytes as latin1, in ISO-8859-15] */
  const older: [string, string, string, string][] = [
    ['Café Éléonore 12 €', 'Café Éléonore 12 EUR', 'Caf\x82 \x90l\x82onore 12 EUR', 'Café Éléonore 12 €'],
    ['Œuvre æ ß ø Š', 'OEuvre æ ß ø S', 'OEuvre \x91 \xe1 \x9b S', 'Œuvre æ ß ø Š'],
    ['Nguyễn ☕ Ψυχή', 'Nguyen Psychi', 'Nguyen Psychi', 'Nguyen Psychi'],
  ];
  for (const [text, dos, bytes, latin9] of older) {
    test(`${text} in the sets of older programs`, () => {
      assert.deepEqual([clean(text, DOS), clean(text, LATIN9)], [dos, latin9]);
      assert.equal(encodeText(dos, 'cp850').toString('latin1'), bytes);
    });
  }

  for (const rules of [ANSI, UTF8, DOS, LATIN9]) {
    test(`law: cleaned ${rules.charset} text stays as it is, and survives its bytes`, () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (text) => {
          const cleaned = clean(text, rules);
          assert.equal(clean(cleaned, rules), cleaned);
          const bytes = encodeText(cleaned, rules.charset);
          assert.equal(iconv.decode(bytes, rules.charset, { stripBOM: false }), cleaned);
          if (rules !== UTF8) assert.equal(bytes.length, cleaned.length);
        }),
        { numRuns: 1000 },
      );
    });
  }

  /** [bytes as latin1, lines] */
  const files: [string, string[]][] = [
    ['', []],
    ['a', ['a']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\nb\rc\r\n\r\nd', ['a', 'b', 'c', '', 'd']],
    ['a\r', ['a']],
    ['a\r\n\x1a', ['a']],
    ['\x80 \x9c', ['€ œ']],
  ];
  for (const [bytes, lines] of files) {
    test(`lines of ${JSON.stringify(bytes)}, however cut`, async () => {
      for (let size = 1; size <= bytes.length + 1; size++) {
        const chunks: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(Buffer.from(bytes.slice(at, at + size), 'latin1'));
        const found = (await Array.fromAsync(linesOf(chunks, 'windows-1252'))).flat();
        assert.deepEqual(
          found.map(({ text }) => text),
          lines,
          `chunks of ${size}`,
        );
        assert.deepEqual(
          found.map(({ number }) => number),
          lines.map((_, index) => index + 1),
        );
      }
    });
  }

  test('UTF-8 cut inside a sign, and a byte order mark', async () => {
    const bytes = Buffer.from('\uFEFFé☕\r\nb', 'utf8');
    const lines = (
      await Array.fromAsync(
        linesOf(
          [...bytes].map((byte) => Buffer.from([byte])),
          'utf-8',
        ),
      )
    ).flat();
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['é☕', 'b'],
    );
  });

  test('a line without end does not fill the memory', async () => {
    const chunk = Buffer.alloc(700_000, 'a');
    const lines = (await Array.fromAsync(linesOf([chunk, chunk, chunk, Buffer.from('\nb')], 'utf-8'))).flat();
    assert.deepEqual(
      lines.map(({ text }) => text.length),
      [1_000_000, 1],
    );
  });

  test('long lines with each kind of end', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((sign) => sign.repeat(700));
    const [a, b, c, d, e] = lines;
    for (const text of [
      `${a}\r\n${b}\r\n${c}\r\n${d}\r\n${e}`,
      `${a}\r\n${b}\n${c}\r${d}\r\n${e}\r\n`,
      lines.join('\n'),
    ]) {
      const found = (await Array.fromAsync(linesOf([Buffer.from(text)], 'windows-1252'))).flat();
      assert.deepEqual(
        found.map((line) => line.text),
        lines,
      );
    }
  });
});
