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
  /** Of each sample's entry, where they count anew in each file. */
  readonly number?: number;
  readonly codes?: Readonly<Record<string, string>>;
  /** Texts of the samples that are written otherwise. */
  readonly instead?: Readonly<Record<string, string>>;
  /** What their files are called, where that is not the format. */
  readonly files?: string;
  /** What the index says that the layout can hold, and we leave out. */
  readonly lacks?: readonly 'currency'[];
  /** Options with which the format carries all that the index says. */
  readonly carrying?: FormatOptions;
};

/** The manual's entries as the published descriptions render them. */
export function isSamples(
  format: Format,
  { without = null, options = {}, codes = {}, instead = {}, files = format.id, number }: Samples,
): void {
  for (const [name, entry] of Object.entries(SAMPLES)) {
    test(`golden: the ${name} of the manual (${files}), as the descriptions render it`, () => {
      const path = new URL(`./golden/${format.id}/samples/${files}.${name}.${format.extension}`, import.meta.url);
      const ours = (text: string) =>
        text
          .split(/(?<=\n)/)
          .filter((line) => without === null || !without.test(line))
          .join('');
      const { date } = entry;
      const bytes = fileOf(
        format,
        [{ ...shortened(format, recoded(entry, codes)), date, number: number ?? entry.number }],
        options,
      );
      let wanted = ours(readFileSync(path, 'latin1'));
      for (const [text, other] of Object.entries(instead)) wanted = wanted.replaceAll(text, other);
      assert.equal(ours(bytes.toString('latin1')), wanted);
    });
  }
}

function recoded(entry: NumberedEntry, codes: Readonly<Record<string, string>>): NumberedEntry {
  const code = (text: string) => codes[text] ?? text;
  const codeAny = (text: string | null) => (text === null ? null : code(text));
  const lines = entry.lines.map((line) => {
    const { account, thirdParty, taxCode, paymentMode, section } = line;
    const codes = { thirdParty: codeAny(thirdParty), taxCode: codeAny(taxCode), paymentMode: codeAny(paymentMode) };
    return { ...line, account: code(account), ...codes, section: codeAny(section) };
  });
  return { ...entry, journal: code(entry.journal), lines };
}

/** The customer by name is beside its account; account and counter-account hold one code each. */
const THIRD_PARTY: Readonly<Record<string, string>> = { name: 'both', 'account + counter': 'one' };

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

/** The declaration, with options if need be, carries what the index of layouts says that the layout can, no more and no less. */
export function carriesWhatTheIndexSays(plain: Format, { carrying = {}, lacks = [] }: Samples): void {
  const format = plain.configured(carrying);
  test('carries what the index of layouts says', () => {
    const row = INDEX.find(({ id }) => id === format.id);
    assert.ok(row);
    const says = (text: string) => !/^(no|name|label)/.test(text);
    const { accounts, carries, confidence } = format.configured(carrying);
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
        thirdParty: THIRD_PARTY[row.thirdParty] ?? row.thirdParty,
        analytics: says(row.analytics),
        currency: row.currency === 'yes' && !lacks.includes('currency'), // `code`: only the code of the books' own
        dueDate: says(row.dueDate),
        invoiceNumber: row.invoiceNumber === 'user' ? carries.includes('piece') : says(row.invoiceNumber),
        confidence: row.confidence,
      },
    );
  });
}
