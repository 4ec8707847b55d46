import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAPPINGS, mapping, sketch, told, toldInFull, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const settings = withMappings({
  taxes: mapping(MAPPINGS.taxes.default, [
    { country: 'BE', item: '21%', account: '451210', code: 'B21', grid: '54', creditGrid: '64' },
    { country: 'BE', item: '6%', account: '451060', code: 'B06', grid: '54' },
    { item: 'FR-20', account: '445711', code: 'C20' },
  ]),
  otherTaxes: mapping(MAPPINGS.otherTaxes.default, [
    { country: 'FR', item: '10%', account: '445716', code: '6' },
    { country: 'FR', item: '5.5%', account: '445712', code: '2', grid: 'A' },
    { country: 'FR', item: '20%', account: '445799' },
    { country: 'FR', item: '2.1%', category: 'press', account: '445721' },
    { item: '8.875%', account: '447000' },
  ]),
});

/** [sketch, the VAT lines of the entry] */
const cases: [string, string][] = [
  ['S-194 sale BE; product 100 21% 21', '451210 [B21, 21.00 %, grid 54] -21.00'],
  ['S-194 creditNote BE; product 100 21% 21', '451210 [B21, 21.00 %, grid 64] 21.00'],
  ['S-194 creditNote BE; product 100 6% 6', '451060 [B06, 6.00 %, grid 54] 6.00'],
  [
    'S-194 sale BE; product 100 21% 21; product 10 21% 2.10; product 100 6% 6',
    '451210 [B21, 21.00 %, grid 54] -23.10 | 451060 [B06, 6.00 %, grid 54] -6.00',
  ],
  ['S-196 S-197 sale FR; product 100 10% 10', '445716 [6, 10.00 %] -10.00'],
  ['S-196 S-197 sale FR; product 100 5.5% 5.50', '445712 [2, 5.50 %, grid A] -5.50'],
  ['S-196 sale FR; product 100 20% 20', '445711 [C20, 20.00 %] -20.00'],
  ['S-196 sale FR; product 100 2.1% 2.10 category=press', '445721 [2.10 %] -2.10'],
  ['S-196 sale US; product 100 8.875% 8.88', '447000 [8.875 %] -8.88'],
  ['S-196 sale FR; product 100 2.1% 2.10', 'held: mapping.no-vat-account'],
  ['S-196 sale DE; product 100 10% 10', 'held: mapping.no-vat-account'],
];

for (const [text, expected] of cases) {
  const [, rows = '', document = ''] = /^((?:S-\d+ )+)(.*)$/.exec(text) ?? [];
  test(`${rows}${document} has the VAT ${expected}`, () => {
    const posted = postDocument(sketch(document), settings);
    const [entry] = posted.state === 'ready' ? posted.entries : [];
    const vat = entry && toldInFull({ ...entry, lines: entry.lines.filter(({ role }) => role === 'vat') });
    assert.equal(vat?.split('": ')[1] ?? told(posted), expected);
  });
}
