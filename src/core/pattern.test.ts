import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PATTERN_CODES, type PatternCode, parsePattern, renderPattern } from './pattern.ts';

function render(text: string, values: Partial<Record<PatternCode, string>>): string {
  const pattern = parsePattern(text);
  return 'unknown' in pattern ? `unknown ${pattern.unknown}` : renderPattern(pattern, (code) => values[code] ?? '');
}

test('S-104 S-110 S-221 T-11 codes are replaced by what they stand for; an unknown one is named', () => {
  const values = { OI: '187', ON: '39', IN: '#FA000421', CF: 'John', CL: 'DOE', OD: '20/01/2019' } as const;
  const cases: [string, string][] = [
    ['WEB%OI', 'WEB187'],
    ['%CF %CL - %IN - %OI', 'John DOE - #FA000421 - 187'],
    ['Payment %OI of %OD', 'Payment 187 of 20/01/2019'],
    ['%OI%%', '187%'],
    ['%%OI', '%OI'],
    ['%IN:8', '#FA00042'],
    ['%IN:80', '#FA000421'],
    ['%OI: paid', '187: paid'],
    ['%IN:0', 'unknown %IN:0'],
    ['%IN:00', 'unknown %IN:00'],
    ['%XX', 'unknown %XX'],
    ['100%', 'unknown %'],
    ['%oi', 'unknown %oi'],
    ['', ''],
  ];
  for (const [text, expected] of cases) assert.equal(render(text, values), expected, text);
});

test('a code without value takes the separators it leaves alone with it', () => {
  const cases: [string, Partial<Record<PatternCode, string>>, string][] = [
    ['%IN - %ON', { ON: '39' }, '39'],
    ['%IN - %ON', { IN: 'FA1' }, 'FA1'],
    ['%IN - %ON', {}, ''],
    ['%CF %CL - %IN - %OI', { CF: 'John', OI: '187' }, 'John - 187'],
    ['%CF %CL - %IN - %OI', { OI: '187' }, '187'],
    ['%CF %CL / %IN - %OI', { CF: 'A', CL: 'B', OI: '1' }, 'A B / 1'],
    ['Web %OI - %CF %CL', { OI: '187' }, 'Web 187'],
    ['Avoir %CN - %CL', { CL: 'DOE' }, 'Avoir - DOE'],
    ['%IN - %ON', { IN: '-A-', ON: '- 4 -' }, '-A- - - 4 -'],
    ['- %IN -', { IN: 'FA1' }, '- FA1 -'],
    ['WEB%OI', {}, 'WEB'],
    ['%ON paid -', {}, 'paid -'],
    ['%CF%IN %CL', { CF: 'John', CL: 'DOE' }, 'John DOE'],
  ];
  for (const [text, values, expected] of cases) assert.equal(render(text, values), expected, text);
});

test('a cut never leaves half a character', () => {
  assert.equal(render('%CL:2', { CL: '😀😀😀' }), '😀😀');
});

test('every code of the list is understood', () => {
  for (const code of PATTERN_CODES) assert.equal(render(`<%${code}>`, { [code]: 'x' }), '<x>');
});
