import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerKey, numberedCode, type OwnCode } from '../customer-codes.ts';
import type { Customer } from '../document.ts';
import type { BookSettings } from '../settings.ts';
import { manualSettings, sketch, told, toldInFull } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const EACH: BookSettings['customers'] = {
  account: { mode: 'onePerCustomer', prefix: '411W', length: 6 },
  thirdParty: { mode: 'onePerCustomer', prefix: 'CLIWE', length: 8 },
  guest: { account: null, thirdParty: null },
  fromNote: { account: false, thirdParty: false },
  records: null,
};

/** `411/id:12`: what was asked for, so that a test sees which customer it was asked of. */
const asked: OwnCode = (kind, key) => `${kind === 'account' ? '411' : 'CLI'}/${key}`;
const none: OwnCode = () => null;

function customerOf(changes: Partial<Customer>): Customer {
  return { ...sketch('sale FR').customer, ...changes };
}

/** Account and third party of the first line, or what holds the document with its values. */
function line(changes: Partial<Customer>, customers: Partial<BookSettings['customers']> = {}, ownCode = asked) {
  const settings = manualSettings({ customers: { ...EACH, ...customers } });
  const document = sketch('sale FR; product 10; paid card 10', { customer: customerOf(changes) });
  const posted = postDocument(document, settings, ownCode);
  if (posted.state !== 'ready') return posted.problems.map(({ code, values }) => `${code} ${JSON.stringify(values)}`);
  const lines = posted.entries.map((entry) => entry.lines.find(({ role }) => role === 'customer'));
  assert.equal(
    new Set(lines.map((one) => `${one?.account} ${one?.thirdParty}`)).size,
    1,
    'a payment has the same codes',
  );
  return `${lines[0]?.account} ${lines[0]?.thirdParty}`;
}

const GUEST = { id: '77', guest: true, email: ' Anne@Example.TEST ' };

test('S-154 S-161 S-267 S-268 one code per customer: by id, a guest by e-mail, beside what the shop and the profile dictate', () => {
  assert.equal(line({}), '411/id:12 CLI/id:12');
  assert.equal(line(GUEST), '411/email:anne@example.test CLI/email:anne@example.test');
  assert.equal(line({ account: '411VIP' }), '411VIP CLI/id:12');
  assert.equal(line({ thirdPartyAccount: 'VIP' }), '411/id:12 VIP');
  const guest = { account: '411900', thirdParty: null };
  assert.equal(line(GUEST, { guest }), '411900 CLI/email:anne@example.test');
  assert.equal(line({}, { guest }), '411/id:12 CLI/id:12', 'who is no guest keeps his own');
  assert.equal(line({}, { account: { mode: 'same', code: '411000' } }), '411000 CLI/id:12');
  const byMethod = { mode: 'byPayment', default: null, byMethod: { card: 'CB' } } as const;
  assert.equal(line({}, { thirdParty: byMethod }), '411/id:12 CB');
});

test('a customer without id and e-mail is nobody in particular: an account of guests takes him, else the document waits', () => {
  const nobody = { id: null, email: '  ' };
  assert.deepEqual(line(nobody), [
    'customer.unidentified {"setting":"customers.account"}',
    'customer.unidentified {"setting":"customers.thirdParty"}',
  ]);
  assert.equal(line(nobody, { guest: { account: '411900', thirdParty: 'GUEST' } }), '411900 GUEST');
});

test('when the numbers have run out the document waits, and is told which setting to widen', () => {
  assert.deepEqual(line({}, {}, none), [
    'customer.numbers-used-up {"setting":"customers.account","prefix":"411W","length":"6"}',
    'customer.numbers-used-up {"setting":"customers.thirdParty","prefix":"CLIWE","length":"8"}',
  ]);
  assert.deepEqual(line({}, { thirdParty: { mode: 'same', code: null } }, none), [
    'customer.numbers-used-up {"setting":"customers.account","prefix":"411W","length":"6"}',
  ]);
});

test('a credit note is asked for with the key of its sale', () => {
  const settings = manualSettings({ customers: EACH });
  const [sale, creditNote] = ['sale FR; product 10', 'creditNote FR; product 10'].map((text) => {
    const posted = postDocument(sketch(text), settings, asked);
    return posted.state === 'ready'
      ? posted.entries
          .map(toldInFull)
          .join()
          .match(/411\/\S+/)?.[0]
      : told(posted);
  });
  assert.equal(sale, '411/id:12/CLI/id:12');
  assert.equal(creditNote, sale);
});

test('S-155 S-161 numbers are padded to the whole length, and end with it', () => {
  const general = { prefix: '411W', length: 6 };
  assert.deepEqual(
    [1, 9, 10, 99, 100].map((number) => numberedCode(general, number)),
    ['411W01', '411W09', '411W10', '411W99', null],
  );
  assert.equal(numberedCode({ prefix: 'CLIWE', length: 8 }, 1), 'CLIWE001');
  assert.equal(numberedCode({ prefix: '', length: 3 }, 7), '007');
  assert.equal(numberedCode({ prefix: '411WEB', length: 6 }, 1), null);
});

test('keys of an id and of an e-mail never meet, however strange they are', () => {
  const key = (changes: Partial<Customer>) => customerKey(customerOf(changes));
  assert.notEqual(key({ id: 'a@b.example', guest: false }), key({ id: null, guest: true, email: 'a@b.example' }));
  assert.equal(key({ id: '7', guest: true, email: null }), 'id:7', 'a guest the shop numbers but does not write to');
  assert.equal(key({ id: null, guest: false, email: 'É@b.example' }), key({ guest: true, email: 'E\u0301@B.EXAMPLE' }));
  assert.equal(key({ id: '', guest: false, email: null }), null);
});

test('S-131 S-132 the customer’s note in the shop gives his account, his third party, or both, before guests and modes', () => {
  const both = { fromNote: { account: true, thirdParty: true }, guest: { account: '411900', thirdParty: 'GUEST' } };
  assert.equal(line({ note: ' 411DUPONT \nPrefers mornings' }, both), '411DUPONT 411DUPONT');
  assert.equal(line({ ...GUEST, note: 'C0042' }, both), 'C0042 C0042');
  assert.equal(line({ note: 'C0042' }, { fromNote: { account: false, thirdParty: true } }), '411/id:12 C0042');
  assert.equal(line({ note: 'C0042' }, { fromNote: { account: true, thirdParty: false } }), 'C0042 CLI/id:12');
  assert.equal(line({ note: 'C0042' }), '411/id:12 CLI/id:12', 'nobody asked for it');
  for (const empty of [null, '', ' \n ']) assert.equal(line({ note: empty }, both), '411/id:12 CLI/id:12');
  assert.equal(line({ note: 'C0042', account: '411VIP' }, both), '411VIP C0042', 'what the shop dictates comes first');
});

test('a note that is words, not a code, holds the document and is not repeated', () => {
  const fromNote = { account: true, thirdParty: true };
  for (const note of ['Rings twice', 'a'.repeat(61), '411\u0000', 'C\u200b42']) {
    assert.deepEqual(line({ note }, { fromNote }), [
      'customer.note-no-code {"setting":"shop.notes.account"}',
      'customer.note-no-code {"setting":"shop.notes.thirdPartyAccount"}',
    ]);
  }
});

test('S-163 a customer has a record where a code is theirs alone: dictated, noted or numbered', () => {
  const records = { stripAccents: false, upperCaseName: false, upperCaseAddress: false };
  const same = { mode: 'same', code: '411000' } as const;
  const all: Partial<BookSettings['customers']> = { records, account: same, thirdParty: same };
  const codes = (changes: Partial<Customer>, customers: Partial<BookSettings['customers']>) => {
    const settings = manualSettings({ customers: { ...EACH, ...all, ...customers } });
    const posted = postDocument(sketch('sale FR; product 10', { customer: customerOf(changes) }), settings, asked);
    assert.ok(posted.state === 'ready');
    return posted.entries[0]?.customers.map(({ code, account, thirdParty }) => [code, account, thirdParty].join(' '));
  };
  assert.deepEqual(codes({}, {}), []);
  assert.deepEqual(codes({}, { records: null, account: EACH.account }), []);
  assert.deepEqual(codes({}, { account: EACH.account }), ['411/id:12 411/id:12 411000']);
  assert.deepEqual(codes({}, { thirdParty: EACH.thirdParty }), ['CLI/id:12 411000 CLI/id:12']);
  assert.deepEqual(codes({}, { account: EACH.account, thirdParty: EACH.thirdParty }), [
    'CLI/id:12 411/id:12 CLI/id:12',
  ]);
  assert.deepEqual(codes({ account: '411VIP' }, {}), ['411VIP 411VIP 411000']);
  const fromNote = { account: false, thirdParty: true };
  assert.deepEqual(codes({ note: 'C0042' }, { fromNote }), ['C0042 411000 C0042']);
  assert.equal(line({ note: 'C'.repeat(60) }, { fromNote }), `411/id:12 ${'C'.repeat(60)}`, 'the longest code');
});
