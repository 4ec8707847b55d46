import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesIn, inFolder } from '../../test/command-kit.ts';
import { day } from '../core/calendar.ts';
import { decimal } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { problem } from '../core/problem.ts';
import type { RunDocument, RunOutcome } from '../runs/events.ts';
import type { Terminal } from './app.ts';
import { collector } from './collect.ts';
import { runJson } from './json.ts';
import { jsonOutput } from './json-output.ts';
import { speaker } from './say.ts';

const EUR = currencyOf('EUR');
const SAY = speaker('en');

const DOCUMENT: RunDocument = {
  kind: 'sale',
  key: 'sale/39',
  orderId: '39',
  orderNumber: '39',
  invoiceNumber: null,
  creditNoteNumber: null,
  date: '2026-08-31',
  currency: 'EUR',
  gross: '31.80',
  country: 'FR',
  state: 'written',
  reasons: [],
};

function line(account: string, minor: bigint, more: Partial<EntryLine> = {}): EntryLine {
  return {
    role: 'sales',
    account,
    thirdParty: null,
    label: '39',
    amount: { minor, currency: EUR },
    amountInCurrency: null,
    taxCode: null,
    taxRate: null,
    vatGrid: null,
    section: null,
    paymentMode: null,
    because: { mapping: 'sales', rule: null, tried: [], parts: [] },
    ...more,
  };
}

const ENTRY: NumberedEntry = {
  number: 1,
  kind: 'sale',
  document: 'sale/39',
  part: 'document',
  order: '39',
  journal: 'VTE',
  date: day('2026-08-31'),
  documentDate: day('2026-08-31'),
  piece: '39',
  reference: 'WEB39',
  label: '',
  currency: 'USD',
  ledgerCurrency: null,
  rate: decimal('1.0862'),
  country: 'FR',
  treatment: null,
  treatmentReason: null,
  paymentMethod: 'Stripe',
  customers: [],
  lines: [
    line('411000', 3180n, { role: 'customer', thirdParty: 'WEB' }),
    line('707100', -2650n, { taxCode: 'C20' }),
    line('445711', -530n, { role: 'vat', taxCode: 'C20', taxRate: decimal('20') }),
  ],
};

function outcome(state: RunOutcome['run']['state'], more: Partial<RunOutcome> = {}): RunOutcome {
  return {
    run: { id: 'r1', profile: 'demo', kind: 'sales', from: '2026-08-01', to: '2026-08-31', state },
    counts: {
      read: 1,
      ready: 1,
      held: 0,
      excluded: 0,
      alreadyTransferred: 0,
      written: 1,
      unticked: 0,
      entries: 1,
      lines: 3,
    },
    totals: { debit: '31.80', credit: '31.80' },
    troubles: [],
    control: null,
    reasonCounts: [],
    files: [{ path: '/tmp/VENTES.txt', format: 'sage-pnm', bytes: 900, sha256: 'ab', lines: 3 }],
    ...more,
  };
}

test('a run is one object of exactly the published shape, without what is absent', () => {
  assert.deepEqual(runJson(outcome('written'), { documents: [DOCUMENT], entries: [ENTRY] }, SAY), {
    run: { id: 'r1', profile: 'demo', kind: 'sales', from: '2026-08-01', to: '2026-08-31', state: 'written' },
    counts: { read: 1, ready: 1, held: 0, excluded: 0, alreadyTransferred: 0, written: 1 },
    documents: [
      {
        kind: 'sale',
        key: 'sale/39',
        orderId: '39',
        orderNumber: '39',
        date: '2026-08-31',
        currency: 'EUR',
        gross: '31.80',
        state: 'written',
        reasons: [],
      },
    ],
    entries: [
      {
        number: 1,
        kind: 'sale',
        document: 'sale/39',
        journal: 'VTE',
        date: '2026-08-31',
        piece: '39',
        reference: 'WEB39',
        currency: 'USD',
        rate: '1.0862',
        lines: [
          { account: '411000', thirdParty: 'WEB', label: '39', role: 'customer', debit: '31.80' },
          { account: '707100', label: '39', role: 'sales', taxCode: 'C20', credit: '26.50' },
          { account: '445711', label: '39', role: 'vat', taxCode: 'C20', taxRate: '20.00', credit: '5.30' },
        ],
      },
    ],
    totals: { debit: '31.80', credit: '31.80' },
    problems: [],
    files: [{ path: '/tmp/VENTES.txt', format: 'sage-pnm', bytes: 900, sha256: 'ab', lines: 3 }],
  });
});

/** [how the run ended, its state in the object] */
const states: [RunOutcome['run']['state'], string][] = [
  ['written', 'written'],
  ['preview', 'preview'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
];

for (const [state, expected] of states) {
  test(`a run that ended ${state} is ${expected}`, () => {
    assert.equal(runJson(outcome(state), { documents: [], entries: [] }, SAY).run.state, expected);
  });
}

test('a failed run lists its documents as ready, no entry, and its cause as a problem', () => {
  const troubles = [
    { code: 'shop.silent' as const, values: { timeoutSeconds: '30', tries: '3', url: 'https://shop.example' } },
  ];
  const object = runJson(outcome('failed', { troubles, files: [] }), { documents: [DOCUMENT], entries: [ENTRY] }, SAY);
  assert.equal(object.documents[0]?.state, 'ready');
  assert.deepEqual(object.entries, []);
  assert.deepEqual(
    object.problems.map(({ code }) => code),
    ['shop.silent'],
  );
  assert.deepEqual(object.files, []);
});

test('reasons come as code and message; a held document has no entry', () => {
  const reason = problem('document.totals-differ', 'hold', null, {
    stated: '24.91',
    lines: '24.60',
    difference: '0.31',
    tolerance: '0.05',
  });
  const held: RunDocument = { ...DOCUMENT, state: 'held', reasons: [reason] };
  const [document] = runJson(outcome('preview'), { documents: [held], entries: [] }, SAY).documents;
  assert.equal(document?.state, 'held');
  assert.equal(document?.reasons?.[0]?.code, 'document.totals-differ');
  assert.ok((document?.reasons?.[0]?.message ?? '').length > 0);
});

test('a table keeps the last word on a document, and no more than its limit of each state', () => {
  const at = '2026-11-24T00:00:00.000Z';
  const few = collector(2);
  few.take({ type: 'document', at, seq: 1, document: { ...DOCUMENT, state: 'ready' }, entries: [] });
  few.take({ type: 'document', at, seq: 1, document: DOCUMENT, entries: [ENTRY] });
  assert.deepEqual(few.collected(), [DOCUMENT]);
  for (const orderId of ['2', '3'])
    few.take({
      type: 'document',
      at,
      seq: Number(orderId),
      document: { ...DOCUMENT, key: `sale/${orderId}`, orderId },
      entries: [ENTRY],
    });
  few.take({ type: 'document', at, seq: 9, document: { ...DOCUMENT, key: 'sale/9', state: 'held' }, entries: [] });
  assert.deepEqual(
    few.collected().map(({ key }) => key),
    ['sale/39', 'sale/2', 'sale/9'],
  );
});

/** [what the run told: places of documents in the order they were told, how it ended] */
const streams: [string, number[], RunOutcome['run']['state']][] = [
  ['nothing', [], 'written'],
  ['one document', [1], 'preview'],
  ['documents told in another order than read', [3, 1, 2, 5, 4], 'written'],
  ['a document told again', [1, 2, 1, 3, 2], 'written'],
  [
    'thousands, beyond what is held in memory',
    Array.from({ length: 3000 }, (_, index) => ((index * 7) % 3000) + 1),
    'written',
  ],
  ['a run that failed', [2, 1, 3], 'failed'],
];

for (const [what, seqs, state] of streams) {
  test(`the object of a run is the same text as if it had been held in memory: ${what}`, async () => {
    await inFolder('output', async (folder) => {
      const document = (seq: number, told: number): RunDocument => ({
        ...DOCUMENT,
        key: `sale/${seq}`,
        orderNumber: `é"\n${told} "state": "written"`,
      });
      const output = jsonOutput(folder, SAY);
      const last = new Map<number, RunDocument>();
      for (const [told, seq] of seqs.entries()) {
        last.set(seq, document(seq, told));
        const entries = [{ ...ENTRY, number: seq, document: `sale/${seq}` }];
        output.take({ type: 'document', at: '', seq, document: document(seq, told), entries });
      }
      let text = '';
      const terminal = { out: (piece: string | Uint8Array) => (text += piece), flush: async () => {} };
      await output.print(outcome(state), terminal as unknown as Terminal); // nothing else of it is used
      output.close();
      const inOrder = [...last].sort(([a], [b]) => a - b);
      const entries = inOrder.map(([seq]) => ({ ...ENTRY, number: seq, document: `sale/${seq}` }));
      const documents = inOrder.map(([, one]) => one);
      assert.equal(text, `${JSON.stringify(runJson(outcome(state), { documents, entries }, SAY), null, 2)}\n`);
      assert.deepEqual(await filesIn(folder), []);
    });
  });
}
