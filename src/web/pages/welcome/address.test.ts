import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameFrom, shopAddress } from './address.ts';

test('a shop address is completed with https and refused when it names no host', () => {
  const cases: [string, string | null][] = [
    ['maison-lavande.example', 'https://maison-lavande.example/'],
    ['http://localhost:8080/shop', 'http://localhost:8080/shop'],
    ['  https://a.example/b/ ', 'https://a.example/b/'],
    ['ftp://a.example', null],
    ['boutique', null],
    ['', null],
  ];
  for (const [typed, expected] of cases) assert.equal(shopAddress(typed), expected, typed);
});

test('the profile is first named after the address', () => {
  assert.equal(nameFrom('https://www.maison-lavande.example/'), 'Maison lavande');
  assert.equal(nameFrom('nothing'), '');
});
