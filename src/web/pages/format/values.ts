import type { FormatColumn } from '../../../schema/format-definition.ts';
import { DATE_PATTERNS, PLAIN_VALUES } from '../../../schema/format-words.ts';

/** What a column may hold, and what has to be said with it: the inspector is drawn from this table. */
export type Choice = {
  readonly is: FormatColumn['is'];
  /** Of the list: texts, codes, amounts, days, marks. */
  readonly group: 'entry' | 'line' | 'amount' | 'document' | 'mark';
  readonly says: readonly Saying[];
};

/** A field of the column: a text, one of some words, or on and off. `start` is what it is at first; null: left out. */
export type Saying =
  | { readonly name: string; readonly kind: 'text'; readonly start: string | null }
  | { readonly name: string; readonly kind: 'choice'; readonly values: readonly string[]; readonly start: string }
  | { readonly name: string; readonly kind: 'flag'; readonly value: string | true };

const text = (name: string, start: string | null = ''): Saying => ({ name, kind: 'text', start });
const flag = (name: string, value: string | true = true): Saying => ({ name, kind: 'flag', value });
const pattern: Saying = { name: 'pattern', kind: 'choice', values: DATE_PATTERNS, start: 'JJMMAAAA' };
const point: Saying = { name: 'point', kind: 'choice', values: ['.', ',', ''], start: ',' };
const rate: Saying = { name: 'point', kind: 'choice', values: ['.', ','], start: ',' };

export const CHOICES: readonly Choice[] = [
  { is: 'journal', group: 'entry', says: [] },
  { is: 'date', group: 'entry', says: [pattern] },
  { is: 'piece', group: 'entry', says: [flag('digits'), flag('never', 'empty')] },
  { is: 'reference', group: 'entry', says: [] },
  { is: 'number', group: 'entry', says: [flag('lastDigits')] },
  { is: 'kind', group: 'entry', says: [text('sale', 'FC'), text('creditNote', 'AC'), text('payment', 'RC')] },
  { is: 'entryLabel', group: 'entry', says: [] },
  { is: 'journalName', group: 'entry', says: [] },
  { is: 'entryLines', group: 'entry', says: [] },
  { is: 'entryDebit', group: 'entry', says: [point] },
  { is: 'entryCredit', group: 'entry', says: [point] },
  { is: 'label', group: 'line', says: [] },
  { is: 'account', group: 'line', says: [] },
  { is: 'thirdParty', group: 'line', says: [] },
  { is: 'anyAccount', group: 'line', says: [text('prefix', null)] },
  { is: 'accountName', group: 'line', says: [flag('collective')] },
  { is: 'taxCode', group: 'line', says: [] },
  { is: 'taxRate', group: 'line', says: [rate] },
  { is: 'vatGrid', group: 'line', says: [] },
  { is: 'section', group: 'line', says: [] },
  { is: 'paymentMode', group: 'line', says: [] },
  { is: 'matchingCode', group: 'line', says: [] },
  { is: 'dueDate', group: 'line', says: [pattern, text('none', null), flag('everyLine'), flag('everyKind')] },
  { is: 'lineNumber', group: 'line', says: [] },
  { is: 'lineKind', group: 'line', says: [text('thirdParty', 'T'), text('general', 'G'), text('vat', null)] },
  { is: 'debit', group: 'amount', says: [point, text('zero')] },
  { is: 'credit', group: 'amount', says: [point, text('zero')] },
  { is: 'amount', group: 'amount', says: [point] },
  { is: 'side', group: 'amount', says: [text('debit', 'D'), text('credit', 'C')] },
  { is: 'signed', group: 'amount', says: [point] },
  { is: 'sign', group: 'amount', says: [] },
  { is: 'currency', group: 'amount', says: [] },
  { is: 'booksCurrency', group: 'amount', says: [] },
  { is: 'foreignCurrency', group: 'amount', says: [text('none')] },
  { is: 'amountInCurrency', group: 'amount', says: [point, text('none', null), flag('signed')] },
  { is: 'debitAccount', group: 'amount', says: [text('none')] },
  { is: 'creditAccount', group: 'amount', says: [text('none')] },
  { is: 'counterAccount', group: 'amount', says: [] },
  { is: 'pattern', group: 'document', says: [text('text', '%IN')] },
  { is: 'order', group: 'document', says: [] },
  { is: 'documentDate', group: 'document', says: [pattern] },
  { is: 'country', group: 'document', says: [] },
  { is: 'paymentMethod', group: 'document', says: [] },
  { is: 'documentCurrency', group: 'document', says: [] },
  { is: 'rate', group: 'document', says: [rate] },
  { is: 'documentKey', group: 'document', says: [] },
  { is: 'companyName', group: 'document', says: [] },
  { is: 'constant', group: 'mark', says: [text('text')] },
];

export const GROUPS = ['entry', 'line', 'amount', 'document', 'mark'] as const;

export function choiceOf(is: FormatColumn['is']): Choice {
  const found = CHOICES.find((choice) => choice.is === is);
  if (found === undefined) throw new TypeError(`No choice for ${is}, of ${PLAIN_VALUES.length} plain ones`);
  return found;
}

/** The column with another value: its name, place and width stay, what the new value needs has its start. */
export function withValue(column: FormatColumn, is: FormatColumn['is']): FormatColumn {
  const { name, from, width, justify, padding, quoted, when } = column;
  const kept = Object.entries({ name, from, width, justify, padding, quoted, when }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...Object.fromEntries(kept), is, ...startOf(is) } as FormatColumn; // held against the schema by the trial
}

/** What a value says at first. */
export function startOf(is: FormatColumn['is']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    choiceOf(is).says.flatMap((saying) =>
      saying.kind === 'flag' || saying.start === null ? [] : [[saying.name, saying.start]],
    ),
  );
}
