import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { describe, test } from 'node:test';
import { formatContract } from './contract.ts';
import { fileOf, fitting, readAll } from './contract-kit.ts';
import { hledger } from './hledger.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, IN_DOLLARS, PAYMENT, SALE } from './sample-entries.ts';

formatContract({
  format: hledger,
  badCodes: ['411:000', '411;000', '(411)', '[411]', '411  000'],
});

/** hledger reads text as the locale says, whatever the file is. */
const UTF8 = { ...process.env, LC_ALL: 'C.UTF-8' };
const program = spawnSync('hledger', ['--version'], { encoding: 'utf8' });
const missing = program.error ? 'hledger is not installed on this machine' : false;
const ledger = spawnSync('ledger', ['--version'], { encoding: 'utf8' });
const ledgerMissing = ledger.error ? 'ledger is not installed on this machine' : false;
const hostile = entryOf({
  number: 4,
  piece: '(x);|',
  reference: 'a:b, date:2020-13-45 [x]',
  label: '; = "x" | date:2020-13-45 (y) 🎁',
  lines: ['4110000/WEBFRANCE 999999999.99', '707100 -999999999.99 C20'],
});

describe('hledger', () => {
  /** [account, its name in the journal] */
  const names = [
    ['101000', 'equity:101000'],
    ['215000', 'assets:215000'],
    ['411000', 'assets:411000'],
    ['401000', 'liabilities:401000'],
    ['445711', 'liabilities:445711'],
    ['512000', 'assets:512000'],
    ['658000', 'expenses:658000'],
    ['707100', 'revenues:707100'],
    ['X1', 'other:X1'],
  ] as const;
  for (const [account, name] of names) {
    test(`${account} is ${name}`, () => {
      const { bytes } = fitting(hledger.encode(entryOf({ lines: [`${account} 1.00`, '707 -1.00'] }), CONTEXT));
      assert.equal(bytes.toString().split('\n')[1]?.trim().split('  ')[0], name);
    });
  }

  test('the program itself finds the file right and every account at the same balance', { skip: missing }, () => {
    const input = fileOf(hledger, [SALE, CREDIT_NOTE, PAYMENT, hostile]);
    const check = spawnSync('hledger', ['-f', '-', 'check'], { input, encoding: 'utf8', env: UTF8 });
    assert.equal(check.stderr, '');
    assert.equal(check.status, 0);
    const balance = spawnSync('hledger', ['-f', '-', 'balance', '--flat', '-N', '-O', 'csv'], {
      env: UTF8,
      input,
      encoding: 'utf8',
    });
    assert.equal(
      balance.stdout,
      '"account","balance"\n"assets:4110000:WEBFRANCE","999999596.99 EUR"\n"assets:5125","483.60 EUR"\n"liabilities:4457120","-13.43 EUR"\n"revenues:707100","-1000000067.16 EUR"\n',
    );
  });

  test('ledger, which reads the same files, finds every account at the same balance', { skip: ledgerMissing }, () => {
    const input = fileOf(hledger, [SALE, CREDIT_NOTE, PAYMENT, hostile, { ...IN_DOLLARS, number: 5 }]);
    const shown = ['--flat', '--no-total', '--balance-format', '%(account) %(scrub(display_total))\\n'];
    const balance = spawnSync('ledger', ['-f', '-', 'balance', ...shown], { input, encoding: 'utf8' });
    assert.equal(balance.stderr, '');
    assert.deepEqual(balance.stdout.trim().split('\n'), [
      'assets:4110000:WEBFRANCE 999999596.99 EUR',
      '22.57 USD',
      'assets:5125 483.60 EUR',
      'liabilities:4457120 -13.43 EUR',
      '-2.55 USD',
      'revenues:707100 -1000000067.16 EUR',
      '-20.02 USD',
      'revenues:766000 -0.01 EUR',
    ]);
  });

  /** [line, its amount as written] */
  const amounts = [
    ['512 -9.09 {USD -10.00}', '-10.00 USD @@ 9.09 EUR'],
    ['512 0.01 {USD -0.02}', '0.01 EUR'], // a cost has no sign of its own
    ['512 9.09', '9.09 EUR'],
  ] as const;
  for (const [line, written] of amounts) {
    test(`S-222 ${line} is ${written}`, async () => {
      const rest = `-${line.split(' ')[1]}`.replace('--', '');
      const bytes = fileOf(hledger, [entryOf({ lines: [line, `707100 ${rest}`] })]);
      assert.equal(
        bytes
          .toString()
          .split('\n')[1]
          ?.trim()
          .replace(/^\S+ +/, ''),
        written,
      );
      assert.ok((await readAll(hledger, bytes)).every(({ type }) => type === 'line'));
    });
  }

  test('S-210 a ledger currency of other signs than letters stands in quotes', async () => {
    const francs = entryOf({ lines: ['411 20.00 {CHF 19.00}', '707100 -20.00 {CHF -19.00}'] });
    const own = { code: '2', decimals: 2 };
    const lines = francs.lines.map((line) => ({
      ...line,
      amountInCurrency: { minor: line.amount.minor, currency: own },
    }));
    const bytes = fileOf(hledger, [{ ...francs, lines }]);
    assert.match(bytes.toString(), / 20\.00 "2" @@ 20\.00 EUR\n/);
    assert.deepEqual(
      (await readAll(hledger, bytes)).map((line) => line.type === 'line' && line.amountMinor),
      [2000n, -2000n],
    );
  });
});
