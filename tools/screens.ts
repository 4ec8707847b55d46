import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import { openBrowser, startComptoir } from '../test/browser/browser.ts';
import { BROKEN, COPIES } from '../test/browser/large.ts';
import { lavandeRecords } from '../test/browser/lavande.ts';
import { ensureWeb } from './ground.mjs';
import { camera, FOLDER } from './screens/camera.ts';
import { takeAll } from './screens/scenes.ts';

/**
 * `npm run screens`: every screen of the web app as a picture in `docs/screens/<language>/`, from shops that run inside
 * this process. With arguments, those numbers alone: `npm run screens -- 06 28`. A scene that fails does not stop the
 * others; it is told at the end, and the exit code is 1.
 */
await ensureWeb();
const startedMs = Date.now();
const home = join(tmpdir(), 'comptoir-screens');
await rm(home, { recursive: true, force: true });
const comptoir = await startComptoir(home);
const browser = await openBrowser();
const edits = { 3: { lines: [['Coffret découverte', '70.00', '14.00']], total: '84.00' } } as const;
const shops = {
  lavande: await startWooDemo({ transform: lavandeRecords }),
  edited: await startWooDemo({ transform: (records) => lavandeRecords(records, edits) }),
  large: await startWooDemo({ copies: COPIES, broken: BROKEN }),
};
const chosen = process.argv.slice(2);
const shots = camera(browser, comptoir.url, chosen);
try {
  await takeAll(comptoir, shops, shots);
} finally {
  await browser.close();
  await comptoir.close();
  for (const shop of Object.values(shops)) await shop.close();
}
const { pictures, bytes, faults } = shots.end();
if (chosen.length === 0 && faults.length === 0) await shots.clear();
const seconds = Math.round((Date.now() - startedMs) / 1000);
process.stdout.write(`${pictures.size} pictures, ${Math.round(bytes / 1024)} KB in ${FOLDER}, ${seconds} s\n`);
for (const fault of faults) process.stderr.write(`FAILED  ${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);
