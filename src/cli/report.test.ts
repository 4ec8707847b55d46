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
