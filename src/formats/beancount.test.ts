import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { unitsText } from '../core/decimal.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { beancount } from './beancount.ts';
import { formatContract } from './contract.ts';
import { fileOf, fitting, readAll } from './contract-kit.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, IN_DOLLARS, IN_SECTIONS, MATCHED, PAYMENT, SALE } from './sample-entries.ts';

formatContract({ format: beancount, badCodes: ['411:000', '411_000', 'clients', '-411', '411 000', 'Été'] });

const program = spawnSync('bean-check', ['--version'], { encoding: 'utf8' });
const missing = program.error ? 'beancount is not installed on this machine' : false;

describe('beancount', () => {
  /** [account, its name] */
  const names = [
    ['101000', 'Equity:101000'],
    ['215000', 'Assets:215000'],
    ['411000', 'Assets:411000'],
    ['401000', 'Liabilities:401000'],
    ['512000', 'Assets:512000'],
    ['658000', 'Expenses:658000'],
    ['707100', 'Income:707100'],
    ['X1', 'Equity:X1'],
  ] as const;
  for (const [account, name] of names) {
    test(`${account} is ${name}`, () => {
      const { bytes } = fitting(beancount.encode(entryOf({ lines: [`${account} 1.00`, '707 -1.00'] }), CONTEXT));
      assert.match(bytes.toString(), new RegExp(`^  ${name} `, 'm'));
    });
  }

  test('books that open their accounts themselves get a file without the plugin', () => {
    const text = fileOf(beancount, [SALE], { opened: 'elsewhere' }).toString();
    assert.match(text, /^option "operating_currency" "EUR"\n\n2018-11-26 \*/);
  });

  test('quotes, backslashes and what no link may have come back as they were', async () => {
    const [line] = await readAll(beancount, fileOf(beancount, [{ ...SALE, piece: 'a"b\\c^é/1', reference: '"' }]));
    assert.deepEqual(line?.type === 'line' && [line.piece, line.reference], ['a"b\\c^é/1', '"']);
  });

  test('S-222 an amount that its fee has eaten up is said in the currency of the books', () => {
    const { bytes } = fitting(beancount.encode(entryOf({ lines: ['512 0.01 {USD -0.02}', '707100 -0.01'] }), CONTEXT));
    assert.match(bytes.toString(), /^ {2}Assets:512 +0\.01 EUR$/m);
  });

  test('a currency that has no name in beancount keeps its entry out', () => {
    const [line] = IN_DOLLARS.lines;
    assert.ok(line?.amountInCurrency);
    const coded = { ...line.amountInCurrency, currency: { code: '2', decimals: 2 } };
    const lines = IN_DOLLARS.lines.map((each) => (each === line ? { ...line, amountInCurrency: coded } : each));
    const encoded = beancount.encode({ ...IN_DOLLARS, lines }, CONTEXT);
    assert.deepEqual(encoded.state === 'refused' && encoded.faults, [
      { reason: 'unencodable', field: 'currency', value: '2', width: 0 },
    ]);
  });

  test('the program itself finds the file right and every account at the same balance', { skip: missing }, () => {
    const hostile = entryOf({
      number: 9,
      piece: '(x)"|\\',
      reference: 'a: "b" ; c',
      label: '" \\" \\n ; #tag ^link "x" 🎁',
      lines: ['4110000/WEBFRANCE 999999999.99', '707100 -999999999.99 C20'],
    });
    const entries = [SALE, CREDIT_NOTE, PAYMENT, ...MATCHED, IN_SECTIONS, IN_DOLLARS, hostile];
    const numbered = entries.map((entry, index) => ({ ...entry, number: index + 1 }));
    const folder = mkdtempSync(join(tmpdir(), 'beancount-'));
    const check = (text: string) => {
      const path = join(folder, 'books.beancount');
      writeFileSync(path, text);
      const { status, stdout, stderr } = spawnSync('bean-check', [path], { encoding: 'utf8' });
      return [status, stdout + stderr];
    };
    try {
      const books = fileOf(beancount, numbered).toString();
      const balances = balancesOf(numbered);
      assert.equal(balances.length, 9);
      assert.deepEqual(check(books + balances.map((line) => `${line}\n`).join('')), [0, '']);
      for (const balance of balances) {
        const [status, said] = check(
          `${books}${balance.replace(/\d (?=~)/, (cent) => `${(Number(cent) + 1) % 10} `)}\n`,
        );
        assert.deepEqual([status, String(said).includes('Balance failed')], [1, true], balance);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** What beancount has to find of each account and currency, as it is told to check it. */
function balancesOf(entries: readonly NumberedEntry[]): readonly string[] {
  const balances = new Map<string, bigint>();
  for (const { account, thirdParty, amount, amountInCurrency } of entries.flatMap(({ lines }) => lines)) {
    const { minor, currency } = amountInCurrency ?? amount;
    const name = `${[ROOTS[account.slice(0, 2)] ?? ROOTS[account[0] ?? ''], account, thirdParty].filter(Boolean).join(':')} ${currency.code}`;
    balances.set(name, (balances.get(name) ?? 0n) + minor);
  }
  return [...balances].map(([name, units]) => {
    const [account, currency] = name.split(' ');
    return `2050-01-01 balance ${account} ${unitsText(units, 2)} ~ 0.001 ${currency}`;
  });
}

const ROOTS: Readonly<Record<string, string>> = { 41: 'Assets', 4: 'Liabilities', 5: 'Assets', 7: 'Income' };
