import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { day } from '../core/calendar.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { besideOf, besideRead } from './contract-beside.ts';
import { fileOf, golden, readAll, saidBy, shortened } from './contract-kit.ts';
import { roundTrip } from './contract-round-trip.ts';
import { carriesWhatTheIndexSays, isSamples, type Samples } from './contract-samples.ts';
import { NOTHING_BESIDE } from './encode.ts';
import type { LineRead } from './entries.ts';
import type { Format, ReadBack } from './format.ts';
import { HOSTILE } from './hostile.ts';
import {
  CONTEXT,
  CREDIT_NOTE,
  entryOf,
  IN_DOLLARS,
  IN_SECTIONS,
  lineOf,
  MANUAL,
  MATCHED,
  PAYMENT,
  SALE,
} from './sample-entries.ts';

/** Test helper: what every format must do, run by each format's own test. */

const KEPT = ['journal', 'number', 'kind', 'thirdParty', 'piece', 'reference', 'label', 'taxCode'] as const;

export type FormatContract = {
  readonly format: Format;
  /** Codes that would break the format's own syntax, besides those no format takes. */
  readonly badCodes: readonly string[];
  /** Where golden/<format>/samples holds the manual's entries as the descriptions render them. */
  readonly samples?: Samples;
};

export function formatContract({ format, badCodes, samples }: FormatContract): void {
  const one = format.accounts === 'one';
  /** What comes back of a line as it was, given plain short texts. */
  const keeps = KEPT.filter((name) => format.carries.includes(name));
  const fit = (entry: NumberedEntry) => shortened(format, entry);
  /** The code that stands for the line in the file, and the third party beside it. */
  const { codesOf } = format;

  /** A line each; rows of two accounts, which are two lines each; such rows with VAT in its net; each net line with its customer and VAT. */
  const manner =
    ({ 5: 'lines', 6: 'gross', 8: 'rows', 9: 'items' } as const)[
      saidBy(format, [IN_SECTIONS]).flatMap(({ lines }) => lines).length
    ] ?? assert.fail();

  const folder = new URL(`./golden/${format.id}/`, import.meta.url);
  const file = (name: string) => new URL(`${name}.${format.extension}`, folder);

  describe(`format ${format.id}`, () => {
    test('S-045 the sales of the manual: 4 entries, 10 lines, 994.12 on both sides', async () => {
      const bytes = fileOf(format, MANUAL.map(fit));
      golden(file('sales'), bytes);
      const lines = linesIn(await readAll(format, bytes));
      assert.equal(lines.length, saidBy(format, MANUAL).flatMap((entry) => entry.lines).length);
      assert.equal(debits(lines), 99412n);
      assert.equal(total(lines), 0n);
    });

    test('S-048 the credit note of the manual: 403.00 = 335.83 + 67.17', async () => {
      const bytes = fileOf(format, [fit(CREDIT_NOTE)]);
      golden(file('credit-note'), bytes);
      const amounts = linesIn(await readAll(format, bytes)).map(
        ({ account, amountMinor }) => `${account} ${amountMinor}`,
      );
      const [customer, sales, vat] = fit(CREDIT_NOTE).lines.map((line) => codesOf(line).account);
      const vatSaid = saidBy(format, [CREDIT_NOTE]).at(-1)?.lines.at(-1)?.account; // some programs have an account of their own for it
      const wanted = {
        rows: [`${customer} -33583`, `${sales} 33583`, `${customer} -6717`, `${vat} 6717`],
        lines: [`${customer} -40300`, `${sales} 33583`, `${vat} 6717`],
        gross: [`${customer} -40300`, `${sales} 40300`],
        items: [`${customer} -40300`, `${sales} 33583`, `${vatSaid} 6717`],
      };
      assert.deepEqual(amounts.sort(), wanted[manner].sort());
    });

    if (format.carries.includes('currency')) {
      test('S-222 an entry in currency: each line has both amounts, the books balance as read back', async () => {
        const bytes = fileOf(format, [fit(IN_DOLLARS)]);
        golden(file('currency'), bytes);
        const amounts = linesIn(await readAll(format, bytes)).map(({ amountMinor }) => amountMinor);
        const wanted = {
          rows: [1820n, -1820n, 231n, -231n, 1n, -1n],
          lines: [2052n, -1820n, -231n, -1n],
          gross: [2051n, -2051n, 1n, -1n],
          items: [2051n, -1820n, -231n, 1n, -1n],
        };
        assert.deepEqual(amounts, wanted[manner]);
      });
    }

    if (format.carries.includes('matching')) {
      test('D-29 a sale and its payment, matched', async () => {
        const bytes = fileOf(format, MATCHED);
        golden(file('matched'), bytes);
        assert.equal(total(linesIn(await readAll(format, bytes))), 0n);
      });
    }

    test('S-222 D-29 amounts in currency and matching codes stand in its files where it says so, and nowhere else', async () => {
      for (const [what, entries] of [
        ['currency', [IN_DOLLARS]],
        ['matching', MATCHED],
      ] as const) {
        const said = saidBy(format, entries.map(fit));
        const lines = linesIn(await readAll(format, fileOf(format, entries.map(fit))));
        const found = lines.some(({ unread }) => unread.includes(what));
        assert.equal(found, format.carries.includes(what), what);
        const wanted = said.flatMap((entry) => entry.lines.map((line) => besideOf(format, entry, line)));
        assert.deepEqual(lines.map(besideRead), wanted);
      }
    });

    if (format.carries.includes('section')) {
      test('S-223 the sections of the sales lines, which add nothing to the entry as it is read back', async () => {
        const bytes = fileOf(format, [fit(IN_SECTIONS)]);
        golden(file('sections'), bytes);
        const amounts = linesIn(await readAll(format, bytes)).map(({ amountMinor }) => amountMinor);
        const parts = [30300n, 9000n, 1000n, 8060n];
        const rows = (of: readonly bigint[]) => of.flatMap((part) => [part, -part]);
        const wanted = {
          rows: rows(parts),
          lines: [48360n, ...parts.map((part) => -part)],
          gross: rows([36360n, 10800n, 1200n]),
          items: [36360n, -30300n, -6060n, 10800n, -9000n, -1800n, 1200n, -1000n, -200n],
        };
        assert.deepEqual(amounts, wanted[manner]);
      });
    }

    test('a payment', () => golden(file('payment'), fileOf(format, [fit(PAYMENT)])));

    test('D-04 entries come back line by line, however the bytes are cut', async () => {
      const entries = [SALE, CREDIT_NOTE, PAYMENT].map(fit);
      const bytes = fileOf(format, entries);
      const wanted = saidBy(format, entries).flatMap((entry) => entry.lines.map((line) => pick(expected(entry, line))));
      for (const chunk of [1, 7, 199, 1_000_000]) {
        assert.deepEqual(linesIn(await readAll(format, bytes, chunk)).map(pick), wanted, `chunks of ${chunk}`);
      }
    });

    for (const [name, text] of Object.entries(HOSTILE)) {
      test(`hostile text: ${name}`, async () => {
        const entry = fit(
          entryOf({
            ...SALE,
            lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00', '4457120 -80.60'],
            label: text,
            reference: text,
            piece: text.slice(0, 12),
            paymentMethod: text,
          }),
        );
        const payment = { ...fit(PAYMENT), number: 4 };
        const lines = linesIn(await readAll(format, fileOf(format, [entry, payment])));
        assert.deepEqual(lines.map(bare).sort(), saidBy(format, [entry, payment]).flatMap(bareLines).sort());
        for (const { label, piece, reference } of lines) assert.doesNotMatch(label + piece + reference, /\p{Cc}/u);
      });
    }

    test('an account of 17 characters is refused where it does not fit, never cut', async () => {
      const account = '41100000000000001';
      const short = fit(entryOf({ lines: [`411${one ? '' : '/WEB'} 10.00`, '707100 -10.00'], journal: 'V' }));
      const entry = { ...short, lines: short.lines.map((line, index) => (index === 0 ? { ...line, account } : line)) };
      const encoded = format.encode(entry, CONTEXT);
      if (format.limits.account === null || format.limits.account >= account.length) {
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
        const sale = fit(SALE);
        const [line = lineOf('1 0.01', '')] = sale.lines;
        const wrong = { ...line, account: code, thirdParty: one ? null : line.thirdParty };
        const encoded = format.encode({ ...sale, lines: [wrong, ...sale.lines.slice(1)] }, CONTEXT);
        assert.equal(encoded.state, 'refused');
        assert.deepEqual(
          encoded.state === 'refused' &&
            encoded.faults.map((fault) => fault.reason === 'unencodable' && [fault.field, fault.value]),
          [['account', code]],
        );
      });
    }

    test('an empty account is refused', () => {
      const encoded = format.encode(fit(entryOf({ lines: [one ? ' 1.00' : '/WEB 1.00', '707100 -1.00'] })), CONTEXT);
      assert.deepEqual(encoded.state === 'refused' && encoded.faults.map(({ reason }) => reason), ['missing']);
    });

    test('an entry that does not balance is refused', () => {
      const encoded = format.encode(
        fit(entryOf({ lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00', '4457120 -80.59'] })),
        CONTEXT,
      );
      assert.deepEqual(encoded, {
        state: 'refused',
        faults: [{ reason: 'unbalanced', debit: '483.60', credit: '483.59' }],
      });
    });

    test('999 999 999.99 on 29 February', async () => {
      const entry = fit(
        entryOf({
          lines: ['4110000/WEBFRANCE 999999999.99', '707100 -999999999.98', '4457120 -0.01'],
        }),
      );
      const lines = linesIn(await readAll(format, fileOf(format, [{ ...entry, date: day('2028-02-29') }])));
      assert.deepEqual(new Set(lines.map(({ date }) => date)), new Set(['2028-02-29']));
      assert.deepEqual(
        lines.map(({ amountMinor }) => amountMinor),
        manner === 'lines' ? [99999999999n, -99999999998n, -1n] : [99999999998n, -99999999998n, 1n, -1n],
      );
    });

    test('the same entries give the same bytes', () => {
      const entries = MANUAL.map(fit);
      assert.ok(fileOf(format, entries).equals(fileOf(format, structuredClone(entries))));
    });

    test('a damaged file is answered with a fault that names the line', async () => {
      const bytes = fileOf(format, [fit(SALE)]);
      const [first] = await readAll(format, bytes);
      const damaged = Buffer.from(bytes.toString('latin1').replace(/4([08]3)([.,]?)(?=[06]0)/, '4x$1$2'), 'latin1');
      const fault = (await readAll(format, damaged)).find(({ type }) => type === 'fault');
      assert.ok(fault);
      assert.equal(fault.lineNumber, first?.lineNumber);
    });

    roundTrip(format);
    if (samples !== undefined) {
      isSamples(format, samples);
      carriesWhatTheIndexSays(format, samples);
    }
  });

  function pick(line: LineRead): Partial<LineRead> {
    const { date, account, amountMinor } = line;
    const kept = Object.fromEntries(keeps.map((name) => [name, line[name]]));
    // A label may have been cut at a space.
    return {
      date,
      account,
      amountMinor,
      ...kept,
      ...(keeps.includes('label') ? { label: line.label.trimEnd() } : {}),
    };
  }

  function expected(entry: NumberedEntry, line: EntryLine): LineRead {
    const { journal, date, number, kind, piece, reference } = entry;
    const { label, taxCode, paymentMode, section, amount } = line;
    return {
      type: 'line',
      lineNumber: 0,
      journal: format.carries.includes('journal') ? journal : '',
      date,
      number: String(number),
      kind,
      ...codesOf(line),
      piece,
      reference,
      label: label.slice(0, format.limits.label ?? undefined).trimEnd(),
      taxCode,
      dueDate: line.thirdParty !== null && kind === 'sale' ? date : null,
      paymentMode,
      section,
      ...NOTHING_BESIDE,
      amountMinor: amount.minor,
    };
  }

  function bareLines({ journal, date, lines }: NumberedEntry): string[] {
    return lines.map((line) => {
      const { account, thirdParty } = codesOf(line);
      return `${journal} ${date} ${account}/${thirdParty ?? ''} ${line.amount.minor}`;
    });
  }
}

function bare({ journal, date, account, thirdParty, amountMinor }: LineRead): string {
  return `${journal} ${date} ${account}/${thirdParty ?? ''} ${amountMinor}`;
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
