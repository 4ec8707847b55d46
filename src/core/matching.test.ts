import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from './calendar.ts';
import type { Entry, EntryLine, NumberedEntry } from './entry.ts';
import { isCustomers, isLeftOpen, matched, matchingCode, withOpenCodes } from './matching.ts';
import { postDocument } from './posting/post.ts';
import type { BookSettings } from './settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, withMappings } from './testing/sketch.ts';

test('D-29 codes follow each other, three letters at least', () => {
  const codes = [0, 1, 25, 26, 17_575, 17_576, 17_577, 17_576 + 456_975, 17_576 + 456_976].map(matchingCode);
  assert.deepEqual(codes, ['AAA', 'AAB', 'AAZ', 'ABA', 'ZZZ', 'AAAA', 'AAAB', 'ZZZZ', 'AAAAA']);
  assert.equal(new Set(Array.from({ length: 20_000 }, (_, n) => matchingCode(n))).size, 20_000);
});

/** The customer's lines of each document with their codes: `12.00 AAA 2018-11-26`. */
function codes(texts: readonly string[], settings: BookSettings = manualSettings(), without: readonly string[] = []) {
  let number = 0;
  const documents = texts.map((text) => {
    const posted = postDocument(sketch(text), settings);
    assert.ok(posted.state === 'ready');
    return posted.entries.filter(({ part }) => !without.includes(part)).map(numbered);
  });
  let given = 0;
  const out = matched(documents, () => matchingCode(given++));
  return out.map((entries) =>
    entries
      .flatMap(({ lines }) => lines)
      .filter(({ role }) => role === 'customer')
      .map(({ amount, matchingCode: code, matchingDay }) => [amount.minor, code, matchingDay].filter(Boolean).join(' '))
      .join(' | '),
  );

  function numbered(entry: Entry): NumberedEntry {
    number += 1;
    return { ...entry, number };
  }
}

const byDate = manualSettings({ payments: { ...manualSettings().payments, date: 'payment' } });

test('D-29 a sale and its payments that balance have one code, dated by the last of them', () => {
  assert.deepEqual(
    codes(['sale FR; product 10 20% 2; paid card 5 on 2018-11-26; paid cheque 7 on 2018-12-04'], byDate),
    ['1200 AAA 2018-12-04 | -500 AAA 2018-12-04 | -700 AAA 2018-12-04'],
  );
});

test('D-29 a small rest that the last payment books closes the match; a larger one leaves all without', () => {
  assert.deepEqual(codes(['sale FR; product 10 20% 2; paid card 11.50']), [
    '1200 AAA 2018-11-26 | -1200 AAA 2018-11-26',
  ]);
  assert.deepEqual(codes(['sale FR; product 10 20% 2; paid card 9']), ['1200 | -900']);
  assert.deepEqual(codes(['sale FR; product 10 20% 2']), ['1200']);
});

test('D-29 a payment that is not written, now or ever, leaves its sale without', () => {
  const twice = 'sale FR; product 10 20% 2; paid card 5; paid card 7';
  assert.deepEqual(codes([twice], manualSettings(), ['payment/2']), ['1200 | -500']);
  assert.deepEqual(codes([twice], manualSettings(), ['document']), ['-500 | -700']);
  assert.deepEqual(codes(['sale FR; product 10 20% 2; paid cash 12']), ['1200']);
});

test('D-29 a credit note and its refund have one code', () => {
  assert.deepEqual(codes(['creditNote FR; product 10 20% 2; refunded card 12']), [
    '-1200 AAA 2019-01-20 | 1200 AAA 2019-01-20',
  ]);
});

test('D-29 documents of one order balance together when they do not alone; each that does has its own code', () => {
  // An exchange: what the credit note does not pay back pays the new goods.
  assert.deepEqual(codes(['sale FR; product 15 20% 3; paid card 8', 'creditNote FR; product 10']), [
    '1800 AAA 2019-01-20 | -800 AAA 2019-01-20',
    '-1000 AAA 2019-01-20',
  ]);
  const paid = 'sale FR; product 10 20% 2; paid card 12';
  assert.deepEqual(codes([paid, paid]), [
    '1200 AAA 2018-11-26 | -1200 AAA 2018-11-26',
    '1200 AAB 2018-11-26 | -1200 AAB 2018-11-26',
  ]);
  assert.deepEqual(codes([paid, 'creditNote FR; product 10']), ['1200 AAA 2018-11-26 | -1200 AAA 2018-11-26', '-1000']);
});

test('D-29 in currency, both amounts must balance', () => {
  const currencies = mapping(MAPPINGS.currencies.default, [{ item: 'USD', ledgerCurrency: 'USD' }]);
  const settings = withMappings({ currencies }, { inCurrency: true });
  const text = 'sale FR USD@1.1; product 10.00; paid card 5.00; paid card 5.00';
  assert.deepEqual(codes([text], settings), ['909 AAA 2018-11-26 | -455 AAA 2018-11-26 | -454 AAA 2018-11-26']);
});

test('D-29 what stays open may have a code of its own, and what closes it later the same', () => {
  const entriesOf = (text: string, part: string | null = null): NumberedEntry[] => {
    const posted = postDocument(sketch(text), manualSettings());
    assert.ok(posted.state === 'ready');
    return posted.entries
      .filter((one) => part === null || one.part === part)
      .map((one, at) => ({ ...one, number: at + 1 }));
  };
  let given = 0;
  const next = () => matchingCode(given++);
  const customers = (documents: readonly (readonly NumberedEntry[])[]) =>
    documents.flat().flatMap(({ lines }) => lines.filter(isCustomers));
  const sale = 'sale FR; product 10 20% 2';
  const open = withOpenCodes(matched([entriesOf(sale)], next), [], next);
  assert.deepEqual(
    customers(open).map(({ matchingCode: code }) => code),
    ['AAA'],
  );

  const half = withOpenCodes([entriesOf(`${sale}; paid card 5`, 'payment/1')], customers(open), next);
  assert.deepEqual(
    customers(half).map(({ matchingCode: code }) => code),
    ['AAA'],
  );
  const written = [...customers(open), ...customers(half)];
  const rest = withOpenCodes([entriesOf(`${sale}; paid card 7`, 'payment/1')], written, next);
  assert.deepEqual(
    customers(rest).map(({ matchingCode: code }) => code),
    ['AAA'],
  );
  const late = withOpenCodes([entriesOf(`${sale}; paid card 1`, 'payment/1')], [...written, ...customers(rest)], next);
  assert.deepEqual(
    customers(late).map(({ matchingCode: code }) => code),
    ['AAB'],
    'AAA is closed',
  );
  assert.equal(isLeftOpen(open), false);
  assert.equal(isLeftOpen([entriesOf(sale)]), true);
});

test('D-29 of two open codes, the one that the new lines close is theirs', () => {
  const line = (minor: bigint, code: string): EntryLine => {
    const posted = postDocument(sketch('sale FR; product 10'), manualSettings());
    const [own] = posted.state === 'ready' ? (posted.entries[0]?.lines ?? []) : [];
    return {
      ...(own ?? assert.fail('no line')),
      amount: { minor, currency: { code: 'EUR', decimals: 2 } },
      matchingCode: code,
    };
  };
  const posted = postDocument(sketch('sale FR; product 10; paid card 10'), manualSettings());
  assert.ok(posted.state === 'ready');
  const payment = posted.entries.slice(1).map((one) => ({ ...one, number: 1 }));
  const code = (...earlier: EntryLine[]) =>
    withOpenCodes([payment], earlier, () => 'NEW')[0]?.[0]?.lines.find(isCustomers)?.matchingCode;
  assert.equal(code(line(500n, 'AAA'), line(1000n, 'AAB')), 'AAB');
  assert.equal(code(line(500n, 'AAA'), line(700n, 'AAB')), 'AAA');
  assert.equal(code({ ...line(1000n, 'AAA'), account: '411999' }), 'NEW');
  assert.equal(code(line(500n, 'AAA'), line(-500n, 'AAA')), 'NEW');
});

test('D-29 open lines of two accounts have one new code; each account the day of its last line', () => {
  const posted = postDocument(sketch('sale FR; product 10 20% 2'), manualSettings());
  assert.ok(posted.state === 'ready');
  const [sale = assert.fail('no entry')] = posted.entries;
  const entry = (date: string, account: string): NumberedEntry => ({
    ...sale,
    number: 1,
    date: day(date),
    lines: sale.lines.map((line) => (isCustomers(line) ? { ...line, account } : line)),
  });
  let given = 0;
  const entries = [entry('2018-12-04', '411'), entry('2018-11-26', '411'), entry('2018-11-27', '4110001')];
  const open = withOpenCodes([entries], [], () => matchingCode(given++));
  const told = open.flat().flatMap(({ lines }) => lines.filter(isCustomers));
  assert.deepEqual(
    told.map(({ account, matchingCode: code, matchingDay }) => `${account} ${code} ${matchingDay}`),
    ['411 AAA 2018-12-04', '411 AAA 2018-12-04', '4110001 AAA 2018-11-27'],
  );
});

test('D-29 what nothing matches comes back as it is; a document whose deposit alone balances has one code', () => {
  const posted = postDocument(sketch('sale FR; product 10 20% 2'), manualSettings());
  assert.ok(posted.state === 'ready');
  const open = [posted.entries.map((one) => ({ ...one, number: 1 }))];
  assert.equal(
    matched(open, () => 'NEW'),
    open,
  );
  const payment = open.map((entries) =>
    entries.map((one) => ({ ...one, lines: one.lines.filter((line) => !isCustomers(line)) })),
  );
  assert.equal(
    withOpenCodes(payment, [], () => 'NEW'),
    payment,
  );

  const otherLines = mapping(MAPPINGS.otherLines.default, [{ item: 'deposit', withoutVat: '419100' }]);
  const settings = withMappings({ otherLines }, { deposits: true, payments: byDate.payments });
  const part = postDocument(sketch('sale FR; product 10 20% 2; paid card 4 on 2018-11-20'), settings);
  assert.ok(part.state === 'ready');
  let given = 0;
  const out = matched([part.entries.map((one) => ({ ...one, number: 1 }))], () => matchingCode(given++));
  const lines = out.flat().flatMap((entry) => entry.lines.filter(isCustomers));
  assert.deepEqual(
    lines.map(({ account, matchingCode: code }) => `${account} ${code}`),
    ['4110000 undefined', '419100 AAA', '419100 AAA'],
  );
});

test('D-29 an open code goes on its own account; what is new of an order shares one code of its own', () => {
  const posted = postDocument(sketch('sale FR; product 10'), manualSettings());
  assert.ok(posted.state === 'ready');
  const [sale = assert.fail()] = posted.entries;
  const [customer = assert.fail()] = sale.lines;
  const entry = (account: string): NumberedEntry => ({ ...sale, number: 1, lines: [{ ...customer, account }] });
  const codesOf = (earlier: readonly EntryLine[], ...accounts: string[]) => {
    let given = 0;
    const documents = [accounts.map(entry)];
    return withOpenCodes(documents, earlier, () => `NEW${given++}`)
      .flat()
      .map(({ lines }) => lines[0]?.matchingCode);
  };
  const known = (account: string, code: string): EntryLine => ({ ...customer, account, matchingCode: code });
  assert.deepEqual(codesOf([known('411A', 'AAA')], '411A', '411B'), ['AAA', 'NEW0']);
  assert.deepEqual(codesOf([known('411A', 'AAA')], '411B', '411C'), ['NEW0', 'NEW0']);
});
