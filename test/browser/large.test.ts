import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench } from './browser.ts';
import { BROKEN, COPIES, walk } from './large.ts';

const { browser, comptoir } = await bench();

test('S-044 S-074 S-080 S-082 ten thousand orders, 300 held: counted, read, filtered, unticked in bulk, written', async () => {
  const orders = COPIES * 36;
  const { counted, review, bandTitle, causesShown, filtered, unticked, files, faults } = await walk(browser, comptoir);
  assert.ok(counted.startsWith(`Commandes ${orders.toLocaleString('fr').replace(/\s/g, ' ')} `), counted);
  const { counts } = review.run;
  assert.deepEqual([counts.read, counts.held], [orders, BROKEN]);
  assert.equal(counts.ready + counts.held + counts.excluded, counts.read, 'counts add up');
  const { toMend, ready, excluded, already, all } = review.tabs;
  assert.equal(toMend + ready + review.tabs.unticked + excluded + already, all, 'tabs add up');
  assert.equal(review.totals.balanced, true);
  assert.equal(review.totals.debit, review.totals.credit);
  assert.match(bandTitle, /300 points à régler/, 'each of them has its own sum');
  assert.equal(causesShown, 3, 'the first three, then how many others');
  const matched = Number(/^([\d ]+) écritures/.exec(filtered)?.[1]?.replaceAll(' ', ''));
  assert.equal(unticked.totals.entries, review.totals.entries - matched, filtered);
  assert.equal(unticked.tabs.unticked, matched);
  assert.equal(files.length, 1);
  assert.deepEqual(faults, []);
});
