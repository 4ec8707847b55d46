import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEntities } from './html-text.ts';

test('entities in labels are decoded once, and what is none is left', () => {
  assert.equal(
    decodeEntities('Mug &times; 3 &amp; th&eacute; &#8211; O&#8217;Conner &#x20AC;'),
    'Mug × 3 & thé – O’Conner €',
  );
  assert.equal(decodeEntities('&amp;lt;'), '&lt;');
  assert.equal(decodeEntities('&Ccedil;a &ntilde; &Uuml;'), 'Ça ñ Ü');
  assert.equal(
    decodeEntities('A & B; &unknown; &#0; &#xD800; &toString;'),
    'A & B; &unknown; &#0; &#xD800; &toString;',
  );
});
