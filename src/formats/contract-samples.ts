import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { NumberedEntry } from '../core/entry.ts';
import { fileOf, shortened } from './contract-kit.ts';
import type { Format, FormatOptions } from './format.ts';
import { SAMPLES } from './sample-entries.ts';

export type Samples = {
  /** Lines that are not compared: not written with the entries, such as customers' records. */
  readonly without?: RegExp | null;
  /** What a merchant of the samples would have set, and codes chosen where the manual's do not fit. */
  readonly options?: FormatOptions;
  readonly codes?: Readonly<Record<string, string>>;
};

/** The manual's entries as the published descriptions render them. */
export function isSamples(format: Format, { without = null, options = {}, codes = {} }: Samples): void {
  for (const [name, entry] of Object.entries(SAMPLES)) {
    test(`golden: the ${name} of the manual, as the descriptions render it`, () => {
      const path = new URL(`./golden/${format.id}/samples/${format.id}.${name}.${format.extension}`, import.meta.url);
      const ours = (text: string) =>
        text
          .split(/(?<=\n)/)
          .filter((line) => without === null || !without.test(line))
          .join('');
      const { date } = entry;
      const bytes = fileOf(format, [{ ...shortened(format, recoded(entry, codes)), date }], options);
      assert.equal(ours(bytes.toString('latin1')), ours(readFileSync(path, 'latin1')));
    });
  }
}

function recoded(entry: NumberedEntry, codes: Readonly<Record<string, string>>): NumberedEntry {
  const code = (text: string) => codes[text] ?? text;
  const lines = entry.lines.map((line) => {
    return { ...line, thirdParty: line.thirdParty === null ? null : code(line.thirdParty) };
  });
  return { ...entry, journal: code(entry.journal), lines };
}

type Indexed = {
  readonly id: string;
  readonly thirdParty: string;
  readonly analytics: string;
  readonly currency: string;
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
        currency: carries.includes('currency'),
        dueDate: carries.includes('dueDate'),
        invoiceNumber: carries.includes('piece'),
        confidence,
      },
      {
        thirdParty: row.thirdParty,
        analytics: says(row.analytics),
        currency: row.currency === 'yes', // `code`: only the code of the books' own
        dueDate: says(row.dueDate),
        invoiceNumber: says(row.invoiceNumber),
        confidence: row.confidence,
      },
    );
  });
}
