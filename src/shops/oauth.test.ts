import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { queryText, signed } from './oauth.ts';

test('the signature covers method, address and every parameter, sorted and escaped as OAuth 1.0a says', () => {
  const by = { key: 'ck_1', secret: 'cs_2', nonce: 'abc', timestampSeconds: 1_795_000_000 };
  const params = [
    ['status', 'processing,completed'],
    ['after', '2026-09-30T23:59:59'],
    ['a', "b c!*'()é"],
  ] as const;
  const all = signed(new URL('http://shop.example/folder/wp-json/wc/v3/orders'), params, by);
  // Written out by hand from RFC 5849, section 3.4.1.
  const base =
    'GET&http%3A%2F%2Fshop.example%2Ffolder%2Fwp-json%2Fwc%2Fv3%2Forders&' +
    'a%3Db%2520c%2521%252A%2527%2528%2529%25C3%25A9%26after%3D2026-09-30T23%253A59%253A59%26oauth_consumer_key%3Dck_1%26' +
    'oauth_nonce%3Dabc%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1795000000%26' +
    'status%3Dprocessing%252Ccompleted';
  const expected = createHmac('sha256', 'cs_2&').update(base).digest('base64');
  assert.deepEqual(all.at(-1), ['oauth_signature', expected]);
  assert.ok(!JSON.stringify(all).includes('cs_2'));
  assert.equal(queryText([['a', "b c!*'()"]]), 'a=b%20c%21%2A%27%28%29');
});
