import type { Reason, RunSummary } from '../../api/api.ts';
import type { Speech } from '../language.tsx';

/** How a state looks: its tint (a class of `parts.css`), its icon's name, and the sentence that names it. */
export type StateLook = { readonly tint: string; readonly icon: StateIcon; readonly sentence: string };
export type StateIcon = 'check' | 'checks' | 'hand' | 'square' | 'ban' | 'changed' | 'warning' | 'failed' | 'running';

const DOCUMENT: Readonly<Record<string, Omit<StateLook, 'sentence'> & { readonly word: string }>> = {
  ready: { tint: 'ready', icon: 'check', word: 'ready' },
  held: { tint: 'held', icon: 'hand', word: 'held' },
  unticked: { tint: 'out', icon: 'square', word: 'unticked' },
  excluded: { tint: 'out', icon: 'ban', word: 'excluded' },
  already: { tint: 'transferred', icon: 'checks', word: 'already' },
  transferred: { tint: 'transferred', icon: 'checks', word: 'already' },
  written: { tint: 'transferred', icon: 'checks', word: 'written' },
  changed: { tint: 'changed', icon: 'changed', word: 'changed' },
  again: { tint: 'transferred', icon: 'checks', word: 'already' },
  reversal: { tint: 'changed', icon: 'changed', word: 'reversal' },
  replacement: { tint: 'changed', icon: 'changed', word: 'replacement' },
};

/** What a person must know of a document that is in the books already. */
const CHANGES: ReadonlySet<string> = new Set([
  'document.changed-after-transfer',
  'document.gone-after-transfer',
  'payment.changed-after-transfer',
  'correction.proposed',
  'correction.reversal',
]);

const RUN: Readonly<Record<string, StateLook>> = {
  reading: { tint: 'warning', icon: 'running', sentence: 'state.run.reading' },
  review: { tint: 'warning', icon: 'warning', sentence: 'state.run.review' },
  writing: { tint: 'warning', icon: 'running', sentence: 'state.run.writing' },
  delivering: { tint: 'warning', icon: 'running', sentence: 'state.run.writing' },
  written: { tint: 'transferred', icon: 'checks', sentence: 'state.run.written' },
  preview: { tint: 'out', icon: 'square', sentence: 'state.run.preview' },
  failed: { tint: 'held', icon: 'failed', sentence: 'state.run.failed' },
  cancelled: { tint: 'out', icon: 'ban', sentence: 'state.run.cancelled' },
  closed: { tint: 'out', icon: 'square', sentence: 'state.run.closed' },
  undone: { tint: 'out', icon: 'ban', sentence: 'state.run.undone' },
};

/** In French a sale is feminine, a credit note and a payment are masculine, and the word of their state goes with them. */
export function documentLook(state: string, kind: 'sale' | 'creditNote' | 'payment'): StateLook {
  const { tint, icon, word } = DOCUMENT[state] ?? { tint: 'out', icon: 'square', word: state };
  return { tint, icon, sentence: kind === 'sale' ? `state.${word}` : `state.masculine.${word}` };
}

export function runLook(state: string): StateLook {
  return RUN[state] ?? { tint: 'out', icon: 'square', sentence: `state.run.${state}` };
}

export type RunKind = 'sales' | 'creditNotes';

/** The word of a kind in addresses and in the keys of sentences. */
export function kindWord(kind: RunKind): 'sales' | 'credit-notes' {
  return kind === 'sales' ? 'sales' : 'credit-notes';
}

/** Which documents a run read: of which days, or of which file; nothing of one that failed before it knew. */
export function periodWords(
  { from, to, sourceFile }: Pick<RunSummary, 'from' | 'to' | 'sourceFile'>,
  { say, day }: Pick<Speech, 'say' | 'day'>,
): string {
  if (sourceFile !== null) return say('ui.file.of', { file: sourceFile });
  return from && to ? say('ui.from-to', { from: day(from), to: day(to) }) : '';
}

export function isRunning(state: string): boolean {
  return state === 'reading' || state === 'writing' || state === 'delivering';
}

/** How a reason looks beside the state of its document. */
export function reasonLook(reason: Reason): { tint: string; icon: StateIcon } {
  if (CHANGES.has(reason.code)) return { tint: 'changed', icon: 'changed' };
  if (reason.severity === 'hold' || reason.severity === 'part') return { tint: 'held', icon: 'hand' };
  if (reason.severity === 'exclude') return { tint: 'out', icon: 'ban' };
  return { tint: 'warning', icon: 'warning' };
}

/** A few words for a badge. */
export function shortReason(reason: Reason, { say, knows }: Pick<Speech, 'say' | 'knows'>): string {
  const key = `ui.short.${reason.code}`;
  return knows(key) ? say(key, reason.values) : say(`problem.${reason.code}.message`, reason.values);
}

/** The cause that several documents share, without what is of one of them alone. */
export function sayCause(reason: Reason, speech: Pick<Speech, 'say' | 'knows'>): { message: string; cure: string } {
  const key = `ui.cause.${reason.code}`;
  const { message, cure } = sayReason(reason, speech);
  return { message: speech.knows(key) ? speech.say(key, reason.values) : message, cure };
}

/** The whole sentence of a problem, and what to do about it. */
export function sayReason(
  reason: { code: string; values: Readonly<Record<string, string>> },
  { say, knows }: Pick<Speech, 'say' | 'knows'>,
) {
  const stems = [`problem.${reason.code}`, `failure.${reason.code}`, `ui.failure.${reason.code}`];
  const whole = stems.find(knows); // some failures say what happened and what to do in one sentence
  if (whole !== undefined) return { message: say(whole, reason.values), cure: '' };
  const stem = stems.find((key) => knows(`${key}.message`));
  if (stem === undefined) return { message: say('ui.failure.unknown', { code: reason.code }), cure: '' };
  return {
    message: say(`${stem}.message`, reason.values),
    cure: knows(`${stem}.cure`) ? say(`${stem}.cure`, reason.values) : '',
  };
}
