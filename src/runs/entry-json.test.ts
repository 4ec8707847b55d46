import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IN_DOLLARS, MANUAL } from '../formats/sample-entries.ts';
import { entryFromJson, entryToJson } from './entry-json.ts';

test('S-222 an entry comes back from the store as it was, in both currencies', () => {
  for (const entry of [...MANUAL, IN_DOLLARS]) {
    const back = entryFromJson(entryToJson(entry), entry.number);
    assert.equal(entryToJson(back), entryToJson(entry));
    assert.deepEqual(
      back.lines.map((line) => [line.amount, line.amountInCurrency]),
      entry.lines.map((line) => [line.amount, line.amountInCurrency]),
    );
  }
});

test('an entry of a review kept before entries could be in currency is in the books’ alone', () => {
  const { ledgerCurrency: _, foreign: __, ...kept } = JSON.parse(entryToJson(IN_DOLLARS));
  for (const line of kept.lines) delete line.amountInCurrency;
  const entry = entryFromJson(JSON.stringify(kept), 1);
  assert.equal(entry.ledgerCurrency, null);
  assert.ok(entry.lines.every(({ amountInCurrency }) => amountInCurrency === null));
});
