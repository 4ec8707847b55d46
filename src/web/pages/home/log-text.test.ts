import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '../../../api/api.ts';
import { showAmount, showDuration } from '../../../i18n/show.ts';
import { hasSentence, translate } from '../../../i18n/translate.ts';
import { clauseOf, countProblems, logAsText, logDetail, logText } from './log-text.ts';

const speech = {
  say: (key: string, values = {}) => translate('fr', key, values),
  knows: (key: string) => hasSentence('fr', key),
  duration: (ms: number) => showDuration(ms, 'fr'),
  amount: (text: string) => showAmount(text, 'fr'),
  time: () => '09:14:05',
};

function line(part: Partial<LogLine>): LogLine {
  return {
    seq: 1,
    at: '2026-11-24T08:14:05Z',
    step: 'write',
    event: 'entry-written',
    level: 'ok',
    values: {},
    detail: null,
    amount: null,
    reason: null,
    ...part,
  };
}

test('S-044 an entry written reads « n/total - commande id », with its piece and amount in the copy', () => {
  const written = line({ values: { done: '3', total: '7', order: '3' }, detail: '#FA000003', amount: '76.80' });
  assert.equal(logText(written, speech), '3/7 - commande 3');
  assert.equal(logAsText([written], speech), '09:14:05\t3/7 - commande 3\t#FA000003\t76,80');
});

test('a step says how long it took when nothing else stands at its right', () => {
  assert.equal(logDetail(line({ values: { durationMs: '1100' } }), speech).replace('\u00a0', ' '), '1,1 s');
  assert.equal(logDetail(line({}), speech), '');
});

test('a problem goes on after its orders as a clause, names keeping their capital', () => {
  assert.equal(clauseOf('La TVA à 21 % n’a pas de compte.'), 'la TVA à 21 % n’a pas de compte');
  assert.equal(clauseOf('PrestaShop 9 imprime autrement. Voyez-le.'), 'PrestaShop 9 imprime autrement. Voyez-le.');
  assert.equal(clauseOf('L’écriture attend.'), 'l’écriture attend');
});

test('held, failed and remarked lines are problems; the others are not', () => {
  assert.equal(
    countProblems([
      line({}),
      line({ level: 'held' }),
      line({ level: 'failed' }),
      line({ level: 'info' }),
      line({ level: 'warn' }),
    ]),
    3,
  );
});
