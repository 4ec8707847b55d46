import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasSentence, translate } from '../../i18n/translate.ts';
import { documentLook } from './state.ts';

test('the word of a state goes with its noun, in French', () => {
  const cases: [Parameters<typeof documentLook>[1], string, string][] = [
    ['sale', 'already', 'Vente : Déjà transférée'],
    ['creditNote', 'already', 'Avoir : Déjà transféré'],
    ['creditNote', 'excluded', 'Avoir : Écarté'],
    ['payment', 'held', 'Règlement : Retenu'],
    ['sale', 'held', 'Vente : Retenue'],
  ];
  for (const [kind, state, expected] of cases) {
    const word = translate('fr', documentLook(state, kind).sentence);
    assert.equal(`${translate('fr', `ui.kind.${kind}`)} : ${word}`, expected);
  }
});

test('each state has its word, whatever the noun', () => {
  for (const state of ['ready', 'held', 'unticked', 'excluded', 'already', 'transferred', 'written', 'changed']) {
    for (const kind of ['sale', 'creditNote', 'payment'] as const) {
      assert.ok(hasSentence('fr', documentLook(state, kind).sentence), `${kind} ${state}`);
    }
  }
});
