import type { CheckAnswer } from '../../../api/shop.ts';
import type { Speech } from '../../language.tsx';
import { sayReason } from '../../parts/state.ts';

export type CheckLine = {
  readonly id: string;
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly title: string;
  readonly text: string;
};
type Words = Pick<Speech, 'say' | 'knows'>;

/** Each thing tested, by its own sentences; the ledger is the last line. */
export function checkLines({ checks, ledger }: CheckAnswer, speech: Words): readonly CheckLine[] {
  const shop = checks.map(({ id, result, values }) => ({
    id,
    result,
    title: titleOf(id, speech),
    // A check that failed names its failure, whose sentences say the cure.
    text: textOf(`check.${id}.${result}`, values, speech) || textOf(values.code ?? '', values, speech),
  }));
  const told = ledger.code === null ? '' : textOf(ledger.code, ledger.values, speech);
  return [
    ...shop,
    {
      id: 'ledger',
      result: ledger.ok ? 'ok' : 'failed',
      title: speech.say('ui.check.ledger'),
      text: told || (ledger.ok ? speech.say('ui.check.ledger.ok') : ''),
    },
  ];
}

/** The two lines of the state panel: can the shop be read, can the file be written. */
export function checkSummary(answer: CheckAnswer, speech: Words) {
  const lines = checkLines(answer, speech);
  const failed = lines.find(({ id, result }) => id !== 'ledger' && result === 'failed');
  const ledger = lines.at(-1);
  return {
    shop: {
      ok: failed === undefined,
      text: failed ? `${failed.title}. ${failed.text}` : speech.say('ui.check.shop.ok'),
    },
    ledger: { ok: answer.ledger.ok, text: answer.ledger.ok ? speech.say('ui.check.ledger.ok') : (ledger?.text ?? '') },
  };
}

function titleOf(id: string, { say, knows }: Words): string {
  return knows(`ui.check.${id}`) ? say(`ui.check.${id}`) : id;
}

function textOf(key: string, values: Readonly<Record<string, string>>, speech: Words): string {
  if (speech.knows(key)) return speech.say(key, values);
  const { message, cure } = sayReason({ code: key, values }, speech);
  return speech.knows(`failure.${key}.message`) ? `${message} ${cure}`.trim() : '';
}
