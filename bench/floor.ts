import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

/** What no import can go below: read each line, `JSON.parse` it, write as many bytes as the ledger's file has. */
const [source = '', target = '', bytes = '0'] = process.argv.slice(2);
let parsed = 0;
for await (const line of createInterface({
  input: createReadStream(source, { highWaterMark: 1 << 18 }),
  crlfDelay: Number.POSITIVE_INFINITY,
})) {
  if (JSON.parse(line) !== null) parsed += 1;
}
const output = createWriteStream(target);
const chunk = Buffer.alloc(1 << 18, 0x20);
for (let left = Number(bytes); left > 0; left -= chunk.length) {
  if (!output.write(chunk.subarray(0, Math.min(left, chunk.length)))) await once(output, 'drain');
}
output.end();
await finished(output);
process.stdout.write(`${parsed} lines parsed\n`);
