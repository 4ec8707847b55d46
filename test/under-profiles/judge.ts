import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import {
  compare,
  type Decimal,
  decimal,
  decimalText,
  divide,
  equal,
  magnitude,
  round,
  subtract,
  sum,
} from '../../src/core/decimal.ts';
import type { SalesDocument } from '../../src/core/document.ts';
import type { EntryLine, LineRole, NumberedEntry } from '../../src/core/entry.ts';
import { toDecimal } from '../../src/core/money.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import type { Stated } from '../reconcile/figures.ts';
import type { Books } from './books.ts';

/** hledger reads text as the locale says, whatever the file is. */
const UTF8 = { ...process.env, LC_ALL: 'C.UTF-8' };

/** §5.1: both currencies, no zero, no empty account. */
export function assertBalanced({ entries }: Books): void {
  assert.ok(entries.length > 20);
  for (const { lines, document, part } of entries) {
    const what = `${document} ${part}`;
    assert.equal(totalOf(lines), 0n, what);
    const own = lines.reduce((all, { amountInCurrency }) => all + (amountInCurrency?.minor ?? 0n), 0n);
    assert.equal(own, 0n, `${what} in currency`);
    for (const { amount, account } of lines) assert.ok(amount.minor !== 0n && account !== '', what);
  }
}

/**
 * Every document is written, but for those that hold nothing; what is held or left out is told. Where each customer has an
 * account of his own, a sale to nobody (cash at a till) is held, for that reason alone.
 */
export function assertAllThere({ told, documents }: Books, stated: readonly Stated[], profile: Profile): void {
  const ownCodes = [profile.customers.account, profile.customers.thirdParty].some(
    ({ mode }) => mode === 'onePerCustomer',
  );
  const nobody = new Set(
    documents
      .filter(({ customer }) => ownCodes && customer.id === null && customer.email === null)
      .map(({ key }) => key),
  );
  const isNobodys = ({ key, state, reasons }: Books['told'][number]) =>
    nobody.has(key) && state === 'held' && reasons[0]?.code === 'customer.unidentified';
  const waiting = told.filter((one) => one.state !== 'written' && !isNobodys(one));
  const reasons = waiting.map(
    ({ key, state, reasons: why }) => `${key} ${state}: ${why.map(({ code }) => code).join(' ')}`,
  );
  const empty = new Set(
    stated
      .filter(({ gross, payments, test }) => test === true || (gross.units === 0n && payments.length === 0))
      .map(({ key }) => key),
  );
  assert.deepEqual(
    reasons.filter((reason) => !empty.has(reason.split(' ')[0] ?? '')),
    [],
  );
  const wanted = stated.filter(({ accounted, key }) => accounted && !empty.has(key)).map(({ key }) => key);
  const written = new Set(told.map(({ key }) => key));
  assert.deepEqual(
    wanted.filter((key) => !written.has(key)),
    [],
  );
}

/**
 * What the customer owes and the VAT of each rate are the document's own, converted at its rate; `stated` is what the shop's
 * raw records say, reckoned without our readers. A profile that moves cents into VAT is held against the documents alone.
 */
export function assertFigures(
  { entries, documents }: Books,
  profile: Profile,
  stated: readonly Stated[] | null,
): number {
  const byKey = new Map(documents.map((document) => [document.key, document]));
  const saidOf = new Map(stated?.map((one) => [one.key, one]));
  let judged = 0;
  for (const entry of entries) {
    if (entry.part !== 'document') continue;
    const document = byKey.get(entry.document) ?? assert.fail(entry.document);
    judged += 1;
    const sign = document.kind === 'sale' ? 1n : -1n;
    const { decimals } = profile.reading;
    const converted = (amount: Decimal) => inBooks(document, amount, decimals);
    const owed = of(entry, sign, 'customer', 'deposit');
    const what = `${document.key} (${document.order.number})`;
    const foreign = document.currency.code !== profile.ledger.currency;
    // Deposits are converted one by one, as their own entries are.
    const gross = converted(document.totals.gross);
    assert.ok(
      compare(magnitude(subtract(owed, gross)), foreign ? decimal('0.01') : decimal('0')) <= 0,
      `${what} gross`,
    );
    const said = saidOf.get(document.key);
    if (said !== undefined) same(converted(said.gross), owed, `${what}: the shop states`);

    const booked = vatOf(entry, -sign);
    const rates = new Map<string, Decimal[]>();
    for (const { rate, amount } of document.lines.flatMap(({ taxes }) => taxes)) {
      const key = decimalText(rate);
      rates.set(key, [...(rates.get(key) ?? []), amount]);
    }
    if (profile.reading.roundingDifference === 'firstTax') {
      const all = converted(round(sum([...rates.values()].flat()), decimals));
      const gap = magnitude(subtract(sum(booked.values()), all));
      assert.ok(compare(gap, decimal('0.05')) <= 0, `${what}: VAT ${decimalText(gap)} apart`);
      continue;
    }
    for (const [rate, amounts] of rates) {
      const wanted = converted(round(sum(amounts), decimals));
      same(wanted, booked.get(rate) ?? decimal('0'), `${what}: VAT at ${rate} %`);
      if (said !== undefined)
        same(converted(said.vat.get(rate) ?? decimal('0')), wanted, `${what}: the shop's VAT at ${rate} %`);
    }
    assert.deepEqual(
      [...booked.keys()].filter((rate) => !rates.has(rate)),
      [],
      what,
    );
  }
  return judged;
}

/** Balances by account and third party, decimal text, those of zero left out. */
export function balancesOf({ entries }: Pick<Books, 'entries'>): ReadonlyMap<string, string> {
  const sums = new Map<string, Decimal[]>();
  for (const { account, thirdParty, amount } of entries.flatMap(({ lines }) => lines)) {
    const key = thirdParty === null ? account : `${account}:${thirdParty}`;
    sums.set(key, [...(sums.get(key) ?? []), toDecimal(amount)]);
  }
  return told([...sums].map(([key, amounts]) => [key, sum(amounts)]));
}

/** The same as hledger reads them from the files, at their cost in the books' currency. */
export function balancesByHledger(files: Books['files']): ReadonlyMap<string, string> {
  const input = [...files]
    .filter(([name]) => name.endsWith('.journal'))
    .map(([, text]) => text)
    .join('\n');
  const check = spawnSync('hledger', ['-f', '-', 'check'], { input, encoding: 'utf8', env: UTF8 });
  assert.equal(check.stderr, '');
  const { stdout } = spawnSync('hledger', ['-f', '-', 'balance', '--flat', '-N', '-B', '-O', 'csv'], {
    env: UTF8,
    input,
    encoding: 'utf8',
  });
  const rows = [...stdout.matchAll(/^"(\w+):([^"]+)","(-?[\d.]+) EUR"$/gm)];
  assert.equal(rows.length, stdout.trim().split('\n').length - 1, stdout);
  return told(rows.map(([, , account = '', amount = '']) => [account, decimal(amount)]));
}

function told(rows: readonly (readonly [string, Decimal])[]): ReadonlyMap<string, string> {
  const shown = rows
    .filter(([, amount]) => amount.units !== 0n)
    .map(([key, amount]) => [key, decimalText(amount)] as const);
  return new Map(shown.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function vatOf({ lines }: NumberedEntry, sign: bigint): ReadonlyMap<string, Decimal> {
  const rates = new Map<string, Decimal>();
  for (const { role, taxRate, amount } of lines) {
    if (role !== 'vat' || taxRate === null) continue;
    const key = decimalText(taxRate);
    const { units, scale } = toDecimal(amount);
    rates.set(key, sum([rates.get(key) ?? decimal('0'), { units: units * sign, scale }]));
  }
  return rates;
}

function of({ lines }: NumberedEntry, sign: bigint, ...roles: LineRole[]): Decimal {
  const found = lines.filter(({ role }) => roles.includes(role));
  return sum(found.map(({ amount }) => ({ ...toDecimal(amount), units: toDecimal(amount).units * sign })));
}

function inBooks({ currency }: SalesDocument, amount: Decimal, decimals: number): Decimal {
  return currency.rate === null ? amount : divide(amount, currency.rate, decimals, 'half-up');
}

function totalOf(lines: readonly EntryLine[]): bigint {
  return lines.reduce((all, { amount }) => all + amount.minor, 0n);
}

function same(wanted: Decimal, actual: Decimal, what: string): void {
  assert.ok(equal(wanted, actual), `${what} ${decimalText(wanted)}, booked ${decimalText(actual)}`);
}
