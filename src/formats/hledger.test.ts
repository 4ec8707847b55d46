import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileOf, fitting, formatContract } from './contract.ts';
import { hledger } from './hledger.ts';
import { CONTEXT, CREDIT_NOTE, entryOf, PAYMENT, SALE } from './sample-entries.ts';

formatContract({
  format: hledger,
  keeps: ['number', 'kind', 'thirdParty', 'piece', 'reference', 'label', 'taxCode'],
  badCodes: ['411:000', '411;000', '(411)', '[411]', '411  000'],
});

const program = spawnSync('hledger', ['--version'], { encoding: 'utf8' });
const missing = program.error ? 'hledger is not installed on this machine' : false;

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
    const hostile = entryOf({
      number: 4,
      piece: '(x);|',
      reference: 'a:b, date:2020-13-45 [x]',
      label: '; = "x" | date:2020-13-45 (y) 🎁',
      lines: ['4110000/WEBFRANCE 999999999.99', '707100 -999999999.99 C20'],
    });
    const input = fileOf(hledger, [SALE, CREDIT_NOTE, PAYMENT, hostile]);
    const check = spawnSync('hledger', ['-f', '-', 'check'], { input, encoding: 'utf8' });
    assert.equal(check.stderr, '');
    assert.equal(check.status, 0);
    const balance = spawnSync('hledger', ['-f', '-', 'balance', '--flat', '-N', '-O', 'csv'], {
      input,
      encoding: 'utf8',
    });
    assert.equal(
      balance.stdout,
      '"account","balance"\n"assets:4110000:WEBFRANCE","999999596.99 EUR"\n"assets:5125","483.60 EUR"\n"liabilities:4457120","-13.43 EUR"\n"revenues:707100","-1000000067.16 EUR"\n',
    );
  });
});
