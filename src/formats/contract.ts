import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { addDays, day } from '../core/calendar.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import type { Encoded, Format, FormatOptions, ReadBack } from './format.ts';
import {
  CONTEXT,
  CREDIT_NOTE,
  EUR,
  entryOf,
  IN_DOLLARS,
  IN_SECTIONS,
  lineOf,
  MANUAL,
  PAYMENT,
  SALE,
} from './sample-entries.ts';

/** Test helper: what every format must do, run by each format's own test. */

/** The bytes of a file of these entries, which must all fit. */
export function fileOf(format: Format, entries: readonly NumberedEntry[], options: FormatOptions = {}): Buffer {
  const context = { ...CONTEXT, options };
  const state = { records: 0 };
  const sorted =
    format.order === 'number'
      ? entries
      : entries.toSorted((a, b) => (a.journal < b.journal ? -1 : a.journal > b.journal ? 1 : 0));
  return Buffer.concat([
    format.head(context),
    ...sorted.map((entry) => format.stamp(fitting(format.encode(entry, context)).bytes, state)),
  ]);
}

export function fitting(encoded: Encoded): Encoded & { state: 'fits' } {
  assert.equal(encoded.state, 'fits', encoded.state === 'refused' ? JSON.stringify(encoded.faults) : '');
  return encoded as Encoded & { state: 'fits' }; // just asserted
}

export async function readAll(format: Format, bytes: Buffer, chunk = 7): Promise<ReadBack[]> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  return Array.fromAsync(format.read(chunks));
}

/** Compares with a file kept in git, or writes it when UPDATE=1. */
export function golden(path: URL, bytes: Buffer): void {
  if (process.env.UPDATE === '1') {
    mkdirSync(dirname(path.pathname), { recursive: true });
    writeFileSync(path, bytes);
  }
  same(path, bytes);
}

/** Compares with a file that somebody else wrote, and never touches it. */
export function same(path: URL, bytes: Buffer): void {
  assert.equal(bytes.toString('latin1'), readFileSync(path).toString('latin1'));
}

type LineRead = Extract<ReadBack, { type: 'line' }>;

/** What of a line comes back is the format's own: it says so with the entry's line it read, as the file holds it. */
export type FormatContract = {
  readonly format: Format;
  /** Which of these the file carries as they were, given plain short texts. */
  readonly keeps: readonly ('number' | 'kind' | 'thirdParty' | 'piece' | 'reference' | 'label' | 'taxCode')[];
  /** Codes that would break the format's own syntax, besides those no format takes. */
  readonly badCodes: readonly string[];
};

export function formatContract({ format, keeps, badCodes }: FormatContract): void {
  const folder = new URL(`./golden/${format.id}/`, import.meta.url);
  const file = (name: string) => new URL(`${name}.${format.extension}`, folder);

  describe(`format ${format.id}`, () => {
    test('S-045 the sales of the manual: 4 entries, 10 lines, 994.12 on both sides', async () => {
      const bytes = fileOf(format, MANUAL);
      golden(file('sales'), bytes);
      const lines = linesIn(await readAll(format, bytes));
      assert.equal(lines.length, 10);
      assert.equal(debits(lines), 99412n);
      assert.equal(total(lines), 0n);
    });

    test('S-048 the credit note of the manual: 403.00 = 335.83 + 67.17', async () => {
      const bytes = fileOf(format, [CREDIT_NOTE]);
      golden(file('credit-note'), bytes);
      const amounts = linesIn(await readAll(format, bytes)).map(
        ({ account, amountMinor }) => `${account} ${amountMinor}`,
      );
      assert.deepEqual(amounts, ['4110000 -40300', '707100 33583', '4457120 6717']);
    });

    if (format.carries.includes('currency')) {
      test('S-222 an entry in currency: each line has both amounts, the books balance as read back', async () => {
        const bytes = fileOf(format, [IN_DOLLARS]);
        golden(file('currency'), bytes);
        const amounts = linesIn(await readAll(format, bytes)).map(({ amountMinor }) => amountMinor);
        assert.deepEqual(amounts, [2052n, -1820n, -231n, -1n]);
      });
    }

    if (format.carries.includes('section')) {
      test('S-223 the sections of the sales lines, which add nothing to the entry as it is read back', async () => {
        const bytes = fileOf(format, [IN_SECTIONS]);
        golden(file('sections'), bytes);
        const amounts = linesIn(await readAll(format, bytes)).map(({ amountMinor }) => amountMinor);
        assert.deepEqual(amounts, [48360n, -30300n, -9000n, -1000n, -8060n]);
      });
    }

    test('a payment', () => golden(file('payment'), fileOf(format, [PAYMENT])));

    test('entries come back line by line, however the bytes are cut', async () => {
      const entries = [SALE, CREDIT_NOTE, PAYMENT];
      const bytes = fileOf(format, entries);
      const wanted = entries
        .toSorted((a, b) =>
          format.order === 'number' ? 0 : a.journal < b.journal ? -1 : a.journal > b.journal ? 1 : 0,
        )
        .flatMap((entry) => entry.lines.map((line) => pick(expected(entry, line))));
      for (const chunk of [1, 7, 199, 1_000_000]) {
        assert.deepEqual(linesIn(await readAll(format, bytes, chunk)).map(pick), wanted, `chunks of ${chunk}`);
      }
    });

    for (const [name, text] of Object.entries(HOSTILE)) {
      test(`hostile text: ${name}`, async () => {
        const entry = entryOf({
          ...SALE,
          lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00', '4457120 -80.60'],
          label: text,
          reference: text,
          piece: text.slice(0, 12),
          paymentMethod: text,
        });
        const lines = linesIn(await readAll(format, fileOf(format, [entry, { ...PAYMENT, number: 4 }])));
        assert.deepEqual(lines.map(bare).sort(), [entry, PAYMENT].flatMap(bareLines).sort());
        for (const { label, piece, reference } of lines) assert.doesNotMatch(label + piece + reference, /\p{Cc}/u);
      });
    }

    test('an account of 17 characters is refused where it does not fit, never cut', async () => {
      const account = '41100000000000001';
      const entry = entryOf({ lines: [`${account}/WEBFRANCE 10.00`, '707100 -10.00'] });
      const encoded = format.encode(entry, CONTEXT);
      if (format.limits.account === null) {
        assert.equal(linesIn(await readAll(format, fileOf(format, [entry])))[0]?.account, account);
      } else {
        assert.deepEqual(encoded, {
          state: 'refused',
          faults: [{ reason: 'too-long', field: 'account', value: account, width: format.limits.account }],
        });
      }
    });

    for (const code of ['411\t000', '411\n000', ' 411', '411\u0000', ...badCodes]) {
      test(`the account ${JSON.stringify(code)} is refused, not mended`, () => {
        const [line = lineOf('1 0.01', '')] = SALE.lines;
        const encoded = format.encode(
          { ...SALE, lines: [{ ...line, account: code }, ...SALE.lines.slice(1)] },
          CONTEXT,
        );
        assert.equal(encoded.state, 'refused');
        assert.deepEqual(
          encoded.state === 'refused' &&
            encoded.faults.map((fault) => fault.reason === 'unencodable' && [fault.field, fault.value]),
          [['account', code]],
        );
      });
    }

    test('an empty account is refused', () => {
      const encoded = format.encode(entryOf({ lines: ['/WEBFRANCE 1.00', '707100 -1.00'] }), CONTEXT);
      assert.deepEqual(encoded.state === 'refused' && encoded.faults.map(({ reason }) => reason), ['missing']);
    });

    test('an entry that does not balance is refused', () => {
      const encoded = format.encode(
        entryOf({ lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00', '4457120 -80.59'] }),
        CONTEXT,
      );
      assert.deepEqual(encoded, {
        state: 'refused',
        faults: [{ reason: 'unbalanced', debit: '483.60', credit: '483.59' }],
      });
    });

    test('999 999 999.99 on 29 February', async () => {
      const entry = entryOf({
        date: '2028-02-29',
        lines: ['4110000/WEBFRANCE 999999999.99', '707100 -999999999.98', '4457120 -0.01'],
      });
      const lines = linesIn(await readAll(format, fileOf(format, [entry])));
      assert.deepEqual(
        lines.map(({ date, amountMinor }) => [date, amountMinor]),
        [
          ['2028-02-29', 99999999999n],
          ['2028-02-29', -99999999998n],
          ['2028-02-29', -1n],
        ],
      );
    });

    test('the same entries give the same bytes', () => {
      assert.ok(fileOf(format, MANUAL).equals(fileOf(format, structuredClone(MANUAL))));
    });

    test('a damaged file is answered with a fault that names the line', async () => {
      const bytes = fileOf(format, [SALE]);
      const damaged = Buffer.from(bytes.toString('latin1').replace(/483[.,]60/, '48x,60'), 'latin1');
      const fault = (await readAll(format, damaged)).find(({ type }) => type === 'fault');
      assert.equal(fault?.lineNumber, 2);
    });

    test('law: any balanced entries come back with their accounts, dates and amounts', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(randomEntry, { minLength: 1, maxLength: 5 }), async (drawn) => {
          const entries = drawn.map((entry, index) => ({ ...entry, number: index + 1 }));
          const lines = linesIn(await readAll(format, fileOf(format, entries), 1000));
          assert.deepEqual(lines.map(bare).sort(), entries.flatMap(bareLines).sort());
        }),
        { numRuns: 100 },
      );
    });
  });

  function pick(line: LineRead): Partial<LineRead> {
    const { journal, date, account, amountMinor } = line;
    return { journal, date, account, amountMinor, ...Object.fromEntries(keeps.map((name) => [name, line[name]])) };
  }
}

function expected(entry: NumberedEntry, line: EntryLine): LineRead {
  const { journal, date, number, kind, piece, reference } = entry;
  const { account, thirdParty, label, taxCode, amount } = line;
  return {
    type: 'line',
    lineNumber: 0,
    journal,
    date,
    number: String(number),
    kind,
    account,
    thirdParty,
    piece,
    reference,
    label,
    taxCode,
    amountMinor: amount.minor,
  };
}

function bare({ journal, date, account, thirdParty, amountMinor }: LineRead): string {
  return `${journal} ${date} ${account}/${thirdParty ?? ''} ${amountMinor}`;
}

function bareLines({ journal, date, lines }: NumberedEntry): string[] {
  return lines.map((line) => `${journal} ${date} ${line.account}/${line.thirdParty ?? ''} ${line.amount.minor}`);
}

function linesIn(read: readonly ReadBack[]): LineRead[] {
  return read.map((line) => {
    assert.equal(line.type, 'line', inspect(line));
    return line as LineRead; // just asserted
  });
}

function total(lines: readonly LineRead[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function debits(lines: readonly LineRead[]): bigint {
  return total(lines.filter(({ amountMinor }) => amountMinor > 0n));
}

const HOSTILE: Readonly<Record<string, string>> = {
  separators: 'a;b,c|d:e/f\\g  ; journal:XXX, number:9',
  quotes: '"quoted" \'single\' “curly” «guillemets» "" "',
  'tabs and line ends': 'one\ttwo\r\nthree\nfour\rfive\u2028six\u0085seven',
  'control characters': '\u0000a\u0007b\u001bc\u007fd\u009fe\u001a',
  'formula =': '=cmd|calc!A1',
  'formula +': '+33 6 12 34 56 78',
  'formula -': '-1+2',
  'formula @': '@SUM(A1)',
  'apostrophe before a formula': "'=1+1",
  emoji: '☕🎁 Café 👩‍👩‍👧‍👦 🇫🇷',
  Vietnamese: 'Nguyễn Thị Đào ở Đà Nẵng',
  Greek: 'Αθήνα Παπαδόπουλος Ψυχή',
  'right to left': 'مرحبا \u202eshalom שלום',
  'lone surrogate': 'a\ud800b\udc00',
  'bytes of windows-1252': '€ Œuvre Šž Ÿ ™ ‰',
  '300 characters': 'Libellé très long '.repeat(17),
  blanks: ' \u00a0\u202f  ',
  empty: '',
  comment: '; comment * (x) [2020-13-45] date:2020-13-45',
};

const code = fc.string({
  unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  minLength: 1,
  maxLength: 13,
});

const randomEntry = fc
  .record({
    journal: fc.constantFrom('VTE', 'BEU', 'OD', 'Z'),
    offset: fc.integer({ min: 0, max: 18_000 }),
    label: fc.string({ unit: 'binary', maxLength: 60 }),
    piece: fc.string({ unit: 'grapheme', maxLength: 12 }),
    parts: fc.array(
      fc.tuple(
        code,
        fc.option(code),
        fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }).filter((minor) => minor !== 0n),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    closing: code,
  })
  .map(({ journal, offset, label, piece, parts, closing }): NumberedEntry => {
    const template = lineOf('1 1.00', label);
    const lines = parts.map(([account, thirdParty, minor]) => ({
      ...template,
      account,
      thirdParty,
      amount: { minor, currency: EUR },
    }));
    const rest = -lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
    if (rest !== 0n)
      lines.push({ ...template, account: closing, thirdParty: null, amount: { minor: rest, currency: EUR } });
    const date = addDays(day('2000-01-01'), offset);
    return { ...entryOf({ lines: [] }), journal, date, documentDate: date, label, piece, reference: label, lines };
  });
