import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { after, before, test } from 'node:test';
import { openHome } from '../src/wiring/home.ts';
import { comptoir, inFolder } from './command-kit.ts';

/** Ctrl-C while a shop has not even greeted: its server takes the connection and never says a word. */

let mute: Server;
before(async () => {
  mute = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => mute.once('listening', resolve));
});
after(() => mute.close());

const PERIOD = ['--from', '2026-08-01', '--to', '2026-11-30'];

/** [what is started, the line after which it is interrupted (null: none is printed)] */
const commands: [readonly string[], RegExp | null][] = [
  [['import', 'sales', '--profile', 'lavande', '--yes', ...PERIOD], /^Connecting/],
  [['import', 'sales', '--profile', 'lavande', '--yes', '--period', 'today'], null], // the shop is asked for its zone
  [['check', '--profile', 'lavande'], null],
  [['check'], null],
];

for (const [words, line] of commands) {
  test(`Ctrl-C ends comptoir ${words.join(' ')} at once while it connects, with 1`, () =>
    inFolder('interrupt', async (home) => {
      const { port } = mute.address() as AddressInfo;
      const profile = {
        name: 'Lavande',
        shop: { type: 'woocommerce', url: `https://127.0.0.1:${port}/`, http: { tries: 1 } },
      };
      const store = await openHome(home, {});
      await store.profiles.add({ id: 'lavande', document: JSON.stringify(profile), demo: false, at: '2026-11-24' });
      await store.secrets.put('lavande', 'key', 'ck');
      await store.secrets.put('lavande', 'secret', 'cs');
      await store.close();

      let interruptedMs = 0;
      let connected = 0;
      const ended = await comptoir(home, words, {
        onStart: (child) => {
          const interrupt = () => {
            interruptedMs ||= performance.now();
            child.kill('SIGINT');
          };
          mute.once('connection', () => {
            connected += 1;
            if (line === null) setTimeout(interrupt, 100);
          });
          if (line !== null) child.stderr?.on('data', (text: string) => line.test(text) && setTimeout(interrupt, 300));
        },
      });
      assert.equal(connected, 1, ended.out + ended.err);
      assert.ok(performance.now() - interruptedMs < 1500, `${performance.now() - interruptedMs} ms: ${ended.err}`);
      assert.equal(ended.code, 1, ended.err);
      assert.doesNotMatch(ended.err, /AbortError|\bat .*:\d+/);
      assert.match(ended.out + ended.err, /[Ii]nterrupted|stopped/);
    }));
}
