import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Problem, problem } from '../core/problem.ts';
import type { DocumentState, RunCounts, RunDocument, RunEvent } from '../runs/events.ts';
import { isKept, logOf } from './log.ts';
import { logText, sentence } from './log-text.ts';

const COUNTS: RunCounts = {
  read: 11,
  ready: 7,
  held: 3,
  excluded: 1,
  alreadyTransferred: 0,
  written: 7,
  unticked: 0,
  entries: 10,
  lines: 31,
};

function at(second: number): string {
  return new Date(Date.UTC(2026, 10, 24, 8, 14, second)).toISOString();
}

function begin(): RunEvent {
  return {
    type: 'begin',
    at: at(2),
    run: { id: 'r', profile: 'p', kind: 'sales', from: '2026-11-01', to: '2026-11-30', state: 'reading' },
  };
}

function step(name: 'start' | 'read' | 'analyse' | 'write', state: 'begin' | 'ok' | 'failed', second = 3): RunEvent {
  const trouble =
    state === 'failed'
      ? ({ code: 'shop.silent', values: { timeoutSeconds: '30', tries: '3', url: 'https://a' } } as const)
      : null;
  return { type: 'step', at: at(second), step: name, state, counts: COUNTS, trouble };
}

function document(order: string, state: DocumentState, reasons: readonly Problem[]): RunEvent {
  const one: RunDocument = {
    kind: 'sale',
    key: `sale/${order}`,
    orderId: order,
    orderNumber: order,
    invoiceNumber: null,
    creditNoteNumber: null,
    date: null,
    currency: 'EUR',
    gross: '12.00',
    country: 'BE',
    state,
    reasons,
  };
  return { type: 'document', at: at(3), seq: 1, document: one, entries: [] };
}

function source(order: string) {
  return { kind: 'sale', key: `sale/${order}`, number: order } as const;
}

const noAccount = (order: string) =>
  problem('mapping.no-vat-account', 'hold', source(order), {
    country: 'BE',
    tax: 'BTW',
    rate: '21%',
    code: `BE-${order}`,
  });

function told(events: readonly RunEvent[]): string[] {
  return logOf(events).map(({ step: name, level, event, values }) => {
    const shown = ['orders', 'count', 'done', 'total', 'page'].flatMap((one) =>
      values[one] === undefined ? [] : `${one}=${values[one]}`,
    );
    return [name, level, event, ...shown].join(' ');
  });
}

const IMPORT = [
  begin(),
  step('start', 'begin'),
  step('start', 'ok'),
  step('read', 'begin'),
  document('4', 'held', [noAccount('4')]),
  document('6', 'held', [problem('document.negative-total', 'hold', source('6'), { gross: '-1.00' })]),
  document('7', 'held', [noAccount('7')]),
  document('8', 'ready', [
    problem(
      'mapping.unknown-payment',
      'part',
      source('8'),
      { method: 'alma', name: 'Alma 3x', amount: '299.00' },
      'payment/1',
    ),
  ]),
  document('11', 'excluded', [problem('document.test-order', 'exclude', source('11'), {})]),
  { type: 'page', at: at(4), page: 1, records: 11, total: 11 } as const,
  step('read', 'ok'),
  step('analyse', 'begin'),
  step('analyse', 'ok'),
];

test('S-044 the log tells start, reading and analysis, one line for each cause however many orders it stops', () => {
  assert.deepEqual(told(IMPORT), [
    'start head begin-sales',
    'start ok start-done',
    'read head read-sales',
    'read ok page-of-total total=11 page=1',
    'read ok read-done',
    'analyse head analyse-sales',
    'analyse held held-sale orders=4, 7 count=2',
    'analyse held held-sale orders=6 count=1',
    'analyse held waiting-sale orders=8 count=1',
    'analyse info excluded-sale orders=11 count=1',
    'analyse ok analyse-done',
  ]);
});

test('S-044 the creation counts n/total with the order, its piece and its amount', () => {
  const progress = (done: number): RunEvent => ({
    type: 'progress',
    at: at(5),
    step: 'write',
    done,
    total: 7,
    label: String(done),
    piece: `#FA00000${done}`,
    amount: '483.60',
  });
  const lines = logOf([...IMPORT, step('write', 'begin'), progress(1), progress(2), step('write', 'ok')]).slice(11);
  assert.deepEqual(
    lines.map((line) => [line.event, line.values.done ?? line.values.entries, line.detail, line.amount]),
    [
      ['write-sales', undefined, null, null],
      ['entry-written', '1', '#FA000001', '483.60'],
      ['entry-written', '2', '#FA000002', '483.60'],
      ['write-done', '10', null, null],
    ],
  );
  assert.deepEqual(
    lines.slice(1, 3).map((line) => sentence(line, 'fr')),
    ['1/7 - commande 1', '2/7 - commande 2'],
  );
});

test('later, when progress is gone, the documents written take its place', () => {
  const file: RunEvent = {
    type: 'file',
    at: at(6),
    file: { path: '/data/VENTES.csv', format: 'csv', bytes: 900, sha256: 'x', lines: 31 },
  };
  const lines = logOf([begin(), step('write', 'begin'), file], [{ order: '1', piece: '#FA000001', amount: '483.60' }]);
  assert.deepEqual(
    lines.slice(2).map(({ event, values, detail }) => [event, values.order ?? values.name, detail]),
    [
      ['entry-written', '1', '#FA000001'],
      ['file', 'VENTES.csv', null],
    ],
  );
});

test('what goes well is counted when there is much of it', () => {
  const pages: RunEvent[] = Array.from({ length: 1000 }, (_, index) => ({
    type: 'page',
    at: at(4),
    page: index + 1,
    records: 100,
    total: null,
  }));
  assert.equal(logOf(pages).length, 25); // 20, then pages 40, 80, 160, 320, 640
  const writes: RunEvent[] = Array.from({ length: 100_000 }, (_, index) => ({
    type: 'progress',
    at: at(5),
    step: 'write',
    done: index + 1,
    total: 100_000,
    label: '1',
    piece: null,
    amount: null,
  }));
  assert.deepEqual(
    logOf(writes)
      .map(({ values }) => values.done)
      .slice(-2),
    ['95000', '100000'],
  );
  assert.equal(logOf(writes).length, 20);
});

test('a cause of 1 500 orders is one line that names the first', () => {
  const events = Array.from({ length: 1500 }, (_, index) =>
    document(String(index + 1), 'held', [noAccount(String(index + 1))]),
  );
  const [line] = logOf([...events, step('analyse', 'ok')]);
  assert.equal(line?.values.count, '1500');
  assert.equal(line?.values.orders, '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …');
});

test('a failure is told with its cause, once, and says that nothing was written', () => {
  const trouble: RunEvent = {
    type: 'trouble',
    at: at(4),
    trouble: { code: 'shop.silent', values: { timeoutSeconds: '30', tries: '3', url: 'https://a' } },
  };
  const lines = logOf([begin(), step('read', 'begin'), step('read', 'failed'), trouble]);
  assert.deepEqual(
    lines.map(({ event, reason }) => [event, reason?.code ?? null]),
    [
      ['begin-sales', null],
      ['read-sales', null],
      ['failed', 'shop.silent'],
      ['nothing-written', null],
    ],
  );
});

test('lines keep their numbers when the events that are not kept are gone', () => {
  const progress: RunEvent = {
    type: 'progress',
    at: at(5),
    step: 'write',
    done: 1,
    total: 7,
    label: '1',
    piece: null,
    amount: null,
  };
  const fine = document('1', 'ready', []);
  const all = [fine, ...IMPORT, step('write', 'begin'), progress, step('write', 'ok')];
  const numbers = (events: readonly RunEvent[]) => logOf(events).map(({ seq, event }) => `${seq} ${event}`);
  const kept = numbers(all.filter(isKept));
  assert.deepEqual(
    numbers(all).filter((line) => !line.endsWith('entry-written')),
    kept,
  );
  assert.equal(new Set(kept.map((line) => line.split(' ')[0])).size, kept.length);
});

test('the log as a file reads like the page, in both languages, on the clock of the shop', () => {
  const lines = logOf(IMPORT);
  const french = logText(lines, 'fr', 'Europe/Paris').split('\r\n');
  assert.equal(french[0], '09:14:02  Début de l’import des ventes');
  assert.match(french.join('\n'), /09:14:03 {2}! Commandes 4, 7 retenues\u00a0: \p{Ll}/u);
  assert.match(logText(lines, 'en', null), /08:14:03 {2}! Order 6 held: the total is negative/);
});
