import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import { comptoir, inFolder, jsonOf } from './command-kit.ts';

test('check --orders names what the last twelve months use and no mapping answers, with how many documents', (t) =>
  inFolder('check', async (home) => {
    const shop = await startWooDemo();
    t.after(() => shop.close());
    const { key = '', secret = '' } = shop.credentials;
    const run = (...words: string[]) => comptoir(home, words);
    const made = await run(
      ...['profile', 'create', 'lavande', '--shop', 'woocommerce', '--url', shop.url, '--template', 'france'],
      ...['--credential', `key=${key}`, '--credential', `secret=${secret}`],
      ...['--set', 'mappings.payments.exceptions=[]', '--set', 'mappings.taxes.default.account='],
    );
    assert.equal(made.code, 0, made.err);
    await run('profile', 'set', 'lavande', 'mappings.payments.exceptions=[]');
    const without = jsonOf(await run('check', '--profile', 'lavande', '--json'));
    assert.equal(without.used, undefined);
    const { used } = jsonOf(await run('check', '--profile', 'lavande', '--orders', '--json'));
    const methods = used.filter(({ code }: { code: string }) => code === 'mapping.unknown-payment');
    assert.ok(methods.length > 1, JSON.stringify(used));
    assert.ok(
      used.every((one: { documents: number }, at: number) => at === 0 || used[at - 1].documents >= one.documents),
    );
    const stripe = methods.find(({ message }: { message: string }) => message.includes('stripe'));
    assert.match(stripe.message, new RegExp(`${stripe.documents} documents of the last twelve months`));
    assert.match((await run('check', '--profile', 'lavande', '--orders')).out, /not a known payment method/);
    const all = jsonOf(await run('check', '--profile', 'demo-woocommerce', '--orders', '--json'));
    assert.deepEqual(all.used, [], 'the demo profile answers all that its orders use');
    assert.deepEqual(jsonOf(await run('run', 'list', '--json')), [], 'nothing was kept');
  }));

test('check --orders names it of every kind of shop', () =>
  inFolder('check', async (home) => {
    for (const profile of ['demo-prestashop', 'demo-magento', 'demo-shopify']) {
      const taken = await comptoir(home, ['profile', 'set', profile, 'mappings.payments.exceptions=[]']);
      assert.equal(taken.code, 0, taken.err);
      const { used } = jsonOf(await comptoir(home, ['check', '--profile', profile, '--orders', '--json']));
      const methods = used.filter(({ code }: { code: string }) => code === 'mapping.unknown-payment');
      assert.ok(methods.length > 0, profile);
      assert.ok(methods.every(({ documents }: { documents: number }) => documents > 0));
    }
  }));
