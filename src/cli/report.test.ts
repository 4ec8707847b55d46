import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunOutcome } from '../runs/events.ts';
import { summaryLines } from './report.ts';
import { speaker } from './say.ts';

/** [language, documents of each kind, the line that counts them] */
const cases: ['fr' | 'en', number, string][] = [
  ['fr', 0, '0 document lu : 0 prêt, 0 retenu, 0 écarté, 0 déjà transféré ; 0 écrit.'],
  ['fr', 1, '1 document lu : 1 prêt, 1 retenu, 1 écarté, 1 déjà transféré ; 1 écrit.'],
  ['fr', 2, '2 documents lus : 2 prêts, 2 retenus, 2 écartés, 2 déjà transférés ; 2 écrits.'],
  ['en', 0, '0 documents read: 0 ready, 0 held, 0 left out, 0 already transferred; 0 written.'],
  ['en', 1, '1 document read: 1 ready, 1 held, 1 left out, 1 already transferred; 1 written.'],
  [
    'en',
    1200,
    '1,200 documents read: 1,200 ready, 1,200 held, 1,200 left out, 1,200 already transferred; 1,200 written.',
  ],
];

for (const [language, count, expected] of cases) {
  test(`S-041 ${count} of each, in ${language}, agree with their words`, () => {
    const [line = ''] = summaryLines(outcome(count), speaker(language));
    assert.equal(line.replaceAll('\u00a0', ' '), expected);
  });
}

/** [what the documents of a reason have in common, the line that says why they are held] */
const reasons: [RunOutcome['reasonCounts'], string][] = [
  [[reason(1, { difference: '0.05' })], 'Held or left out: 1 × Off by 0.05.'],
  [[reason(2, null)], 'Held or left out: 2 × Off by …'],
  [
    [reason(2, null), { ...reason(1, null), code: 'document.no-country' }],
    'Held or left out: 2 × Off by …; 1 × No country.',
  ],
];
for (const [counted, expected] of reasons) {
  test(`a reason of ${counted[0]?.count} says its value where there is one: ${expected}`, () => {
    const control = { source: 2, counted: 'shop', records: 2, leftOut: 0, complete: true, series: [] } as const;
    const lines = summaryLines({ ...outcome(2), control, reasonCounts: counted }, speaker('en'));
    assert.ok(lines.includes(expected), lines.join('\n'));
  });
}

function reason(count: number, values: Readonly<Record<string, string>> | null): RunOutcome['reasonCounts'][number] {
  return { state: 'held', code: 'document.totals-differ', count, values };
}

function outcome(count: number): RunOutcome {
  const each = { read: count, ready: count, held: count, excluded: count, alreadyTransferred: count, written: count };
  return {
    run: { id: 'r', profile: 'p', kind: 'sales', from: null, to: null, state: 'written' },
    counts: { ...each, unticked: 0, entries: 0, lines: 0 },
    totals: { debit: '0.00', credit: '0.00' },
    troubles: [],
    files: [],
    control: null,
    reasonCounts: [],
  };
}
