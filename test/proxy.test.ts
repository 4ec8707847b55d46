import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import { PASSWORD, proxyServer, USER } from '../src/shops/proxy.test-kit.ts';
import { comptoir, filesIn, inFolder, jsonOf } from './command-kit.ts';

/** The proxy of the options, from the command line to a shop behind a real proxy on loopback. */

test('S-253 the proxy of the options is the way to every shop but the exceptions, and its password is kept sealed', (t) =>
  inFolder('proxy', async (home) => {
    const shop = await startWooDemo();
    t.after(() => shop.close());
    const proxy = await proxyServer();
    const run = (words: string, input = '') => comptoir(home, words.split(' '), { input });
    const { key = '', secret = '' } = shop.credentials;
    const made = await run(
      `profile create lavande --shop woocommerce --url ${shop.url} --template france --credential key=${key} --credential secret=${secret}`,
    );
    assert.equal(made.code, 0, made.err);

    const set = await run(`proxy set ${proxy.url} --user ${USER} --except nowhere.example`, `${PASSWORD}\n`);
    assert.deepEqual([set.code, set.out], [0, `Shops are now reached by ${proxy.url}.\n`]);
    assert.deepEqual(jsonOf(await run('proxy show --json')), {
      url: proxy.url,
      user: USER,
      exceptions: ['nowhere.example'],
    });
    const through = await run('check --profile lavande');
    assert.equal(through.code, 0, through.out);
    assert.ok(
      proxy.asked.some((line) => line.startsWith(`GET ${shop.url}`)),
      proxy.asked.join(),
    );
    for (const name of await filesIn(home)) {
      assert.ok(!(await readFile(join(home, name))).includes(PASSWORD), name);
    }

    await run(`proxy set ${proxy.url} --user ${USER} --except nowhere.example`, 'another\n');
    const refused = await run('check --profile lavande');
    assert.equal(refused.code, 1);
    assert.match(refused.out, /refuses the user or the password/);
    assert.doesNotMatch(refused.out, /another/);

    const before = proxy.asked.length;
    await run(`proxy set ${proxy.url}`); // this machine is an exception unless others are named
    assert.equal((await run('check --profile lavande')).code, 0);
    assert.match((await run('proxy none')).out, /No proxy/);
    assert.equal((await run('check --profile lavande')).code, 0);
    assert.equal(proxy.asked.length, before);
  }));

test('S-253 what is no address of a proxy is bad usage', () =>
  inFolder('proxy', async (home) => {
    for (const written of [
      'proxy',
      'ftp://proxy.example',
      'http://anne:word@proxy.example:1',
      'http://proxy.example/path',
    ]) {
      const { code, err } = await comptoir(home, ['proxy', 'set', written]);
      assert.equal(code, 2, written);
      assert.match(err, /no address of a proxy/);
    }
  }));
