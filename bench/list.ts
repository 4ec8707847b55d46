import process from 'node:process';
import { openBrowser, startComptoir } from '../test/browser/browser.ts';
import { BROKEN, COPIES, walk } from '../test/browser/large.ts';
import { ensureWeb } from '../tools/ground.mjs';

/** `node tools/run.mjs bench/list.ts`: the list of entries with ten thousand orders in a real browser; prints what `docs/performance.md` holds. */
await ensureWeb();
const comptoir = await startComptoir();
const browser = await openBrowser();
try {
  const { review, times, whiteMs, jumpMs, browserHeapBytes, serverPeakBytes } = await walk(browser, comptoir);
  const megabytes = (bytes: number | null) => (bytes === null ? 'not told' : `${Math.round(bytes / 1_048_576)} MB`);
  const figures: [string, string][] = [
    [
      `reading and analysing ${review.run.counts.read} orders of a demo shop (${COPIES} copies, ${BROKEN} held)`,
      `${times.readMs} ms`,
    ],
    [
      `opening the list: ${review.totals.entries} entries, ${review.totals.lines} lines, to its first row`,
      `${times.firstRowMs} ms`,
    ],
    ['a filter, from the choice to its count and sum', `${times.filterMs} ms`],
    ['a sort', `${times.sortMs} ms`],
    ['unticking all that a filter finds, to the new count on the button', `${times.bulkMs} ms`],
    ['`End`: to the last row', `${times.endMs} ms`],
    ['a frame while scrolling at 6 000 px/s: median; 99 of 100', `${times.frameMedianMs} ms; ${times.frame99Ms} ms`],
    ['longest time a row in sight stood empty while scrolling at 6 000 and 30 000 px/s', `${whiteMs} ms`],
    ['the same after a jump of 300 000 px', `${jumpMs} ms`],
    ['writing what is left', `${times.writeMs} ms`],
    [
      'memory: scripts of the page; server at its most',
      `${megabytes(browserHeapBytes)}; ${megabytes(serverPeakBytes)}`,
    ],
  ];
  process.stdout.write(
    `| | |\n| --- | --- |\n${figures.map(([what, figure]) => `| ${what} | ${figure} |`).join('\n')}\n`,
  );
} finally {
  await browser.close();
  await comptoir.close();
}
