import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '../../../api/api.ts';
import { showAmount, showDuration } from '../../../i18n/show.ts';
import { hasSentence, translate } from '../../../i18n/translate.ts';
import { countProblems, logAsText, logDetail, logText } from './log-text.ts';

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
  const problem = (event: string, code: string, values = {}) =>
    logText(
      line({
        event,
        values: { orders: '41', count: '1' },
        reason: { code, values, severity: 'hold', part: null, document: null },
      }),
      speech,
    );
  assert.equal(
    problem('excluded-sale', 'document.nothing-to-write').replaceAll('\u00a0', ' '),
    'Commande 41 écartée : il n’y a rien à écrire (tous les montants sont nuls, ou aucun règlement n’est à créer)',
  );
  assert.match(problem('remarked-sale', 'document.printed-tax-differs', { version: '9' }), /: PrestaShop /);
  assert.match(problem('failed', 'shop.address-unknown', { host: 'a.example' }), /^(?:«|\p{Lu})/u); // a whole line is a sentence
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
