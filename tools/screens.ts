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
const comptoir = await startComptoir();
const browser = await openBrowser();
const edits = { 3: { lines: [['Coffret découverte', '70.00', '14.00']], total: '84.00' } } as const;
const shops = {
  lavande: await startWooDemo({ transform: lavandeRecords }),
  edited: await startWooDemo({ transform: (records) => lavandeRecords(records, edits) }),
  large: await startWooDemo({ copies: COPIES, broken: BROKEN }),
};
const shots = camera(browser, comptoir.url, process.argv.slice(2));
try {
  await takeAll(comptoir, shops, shots);
} finally {
  await browser.close();
  await comptoir.close();
  for (const shop of Object.values(shops)) await shop.close();
}
const { pictures, bytes, faults } = shots.end();
const seconds = Math.round((Date.now() - startedMs) / 1000);
process.stdout.write(`${pictures} pictures, ${Math.round(bytes / 1024)} KB in ${FOLDER}, ${seconds} s\n`);
for (const fault of faults) process.stderr.write(`FAILED  ${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);
