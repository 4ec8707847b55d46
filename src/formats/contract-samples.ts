import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileOf, shortened } from './contract-kit.ts';
import type { Format } from './format.ts';
import { SAMPLES } from './sample-entries.ts';

/** The manual's entries as the published descriptions render them; `without`: lines that are not ours to write. */
export function isSamples(format: Format, without: RegExp | null): void {
  for (const [name, entry] of Object.entries(SAMPLES)) {
    test(`golden: the ${name} of the manual, as the descriptions render it`, () => {
      const path = new URL(`./golden/${format.id}/samples/${format.id}.${name}.${format.extension}`, import.meta.url);
      const lines = readFileSync(path, 'latin1').split(/(?<=\n)/);
      const wanted = lines.filter((line) => without === null || !without.test(line)).join('');
      assert.equal(fileOf(format, [shortened(format, entry)]).toString('latin1'), wanted);
    });
  }
}

type Indexed = {
  readonly id: string;
  readonly thirdParty: string;
  readonly analytics: string;
  readonly dueDate: string;
  readonly invoiceNumber: string;
  readonly confidence: number;
};

const INDEX = JSON.parse(readFileSync(new URL('./golden/index.json', import.meta.url), 'utf8')) as readonly Indexed[]; // our own file

/** The declaration carries what the index of layouts says that the layout can, no more and no less. */
export function carriesWhatTheIndexSays(format: Format): void {
  test('carries what the index of layouts says', () => {
    const row = INDEX.find(({ id }) => id === format.id);
    assert.ok(row);
    const says = (text: string) => !/^(no|name|label)/.test(text);
    const { accounts, carries, confidence } = format;
    assert.deepEqual(
      {
        thirdParty: accounts,
        analytics: carries.includes('section'),
        dueDate: carries.includes('dueDate'),
        invoiceNumber: carries.includes('piece'),
        confidence,
      },
      {
        thirdParty: row.thirdParty,
        analytics: says(row.analytics),
        dueDate: says(row.dueDate),
        invoiceNumber: says(row.invoiceNumber),
        confidence: row.confidence,
      },
    );
  });
}
