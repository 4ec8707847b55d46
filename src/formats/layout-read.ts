import { unreadOf } from './encode.ts';
import type { LineRead } from './entries.ts';
import type { ReadBack } from './format.ts';
import type { Layout } from './layout.ts';
import type { Written } from './records.ts';
import { linesOf, type TextLine } from './text.ts';
import type { Draft } from './values.ts';

/** The line of names, as it is written and as readers know it; none: the file has no such line. */
export type Names = readonly { readonly written: string; readonly bare: string }[];

/** The records of a layout, by what they are of an entry. */
export type Records = {
  readonly entry: Written | undefined;
  readonly line: Written;
  /** In its place. */
  readonly first: Written | undefined;
  readonly thirdParty: Written | undefined;
  /** Details of the line before them. */
  readonly dueDate: Written | undefined;
  readonly section: Written | undefined;
  readonly end: Written | undefined;
};

/** Reads a file back, a batch at a time; faults come as an answer with line and column. */
export async function* read(
  layout: Layout,
  { records, header: [header] }: { readonly records: Records; readonly header: Names },
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  decimals: number,
): AsyncGenerator<readonly ReadBack[]> {
  const { line, entry, first, thirdParty, dueDate, section, end } = records;
  const lines = [first, thirdParty, line].filter((one) => one !== undefined);
  const details = [dueDate, section].filter((one) => one !== undefined);
  const marked = [entry, end, ...details, first, thirdParty].filter((one) => one !== undefined);
  const goesOn = layout.line.fields.some(({ on }) => on === 'firstLine');
  let named = header === undefined;
  let shared = emptyDraft(decimals);
  let open: { readonly draft: Draft; readonly number: number } | null = null; // a detail of it may follow
  for await (const batch of recordsIn(layout, bytes)) yield batch.flatMap(({ text, number }) => take(text, number));
  yield close();

  /** What is certain once this record is known. */
  function take(text: string, lineNumber: number): readonly ReadBack[] {
    if (!named && header !== undefined) {
      named = true;
      if (bareNames(text) === header.bare) return [];
      const expected = 'the names of the columns';
      return [{ type: 'fault', lineNumber, column: null, expected, found: text.slice(0, SHOWN) }];
    }
    const record = marked.find((one) => isMarked(one, text)) ?? line;
    const draft: Draft = lines.includes(record) ? { ...shared } : emptyDraft(decimals);
    if (record === end) return close();
    const fault = record.read(text, draft);
    if (fault !== null) return [...close(), { type: 'fault', lineNumber, ...fault }];
    if (details.includes(record)) {
      detailed(record, draft);
      return [];
    }
    const closed = close();
    if (record === entry) shared = draft;
    else {
      open = { draft, number: lineNumber };
      if (goesOn) shared = { ...emptyDraft(decimals), ...headOf(draft) };
    }
    return closed;
  }

  function detailed(record: Written, detail: Draft): void {
    if (open === null || !isWhole(record, open.draft, detail)) return;
    open.draft.dueDate ??= detail.dueDate;
    open.draft.section ??= detail.section;
  }

  function close(): readonly ReadBack[] {
    const closed = open;
    open = null;
    return closed === null ? [] : linesOfRow(closed.draft, closed.number);
  }
}

/** What the first line of an entry says for all of them. */
function headOf({ journal, date, number, kind, piece, reference }: Draft): Partial<Draft> {
  return { journal, date, number, kind, piece, reference };
}

/** Whether a detail is about all of its line: parts have no place in a line. Its amount may stand there without a side. */
function isWhole({ fields }: Written, line: Draft, share: Draft): boolean {
  return (
    !fields.some(({ is }) => is === 'amount' || is === 'debit') ||
    share.amount === line.amount ||
    share.amount === -line.amount
  );
}

function isMarked({ spec: { mark, lead, tag }, isOwn }: Written, text: string): boolean {
  if (tag !== undefined) return text.startsWith(`${tag}\n`);
  if (lead !== undefined) return text.startsWith(lead);
  return mark === undefined ? isOwn(text) : mark.test(text);
}

/** Importers and exporters vary in case and quotes. */
export function bareNames(names: string): string {
  return names.replaceAll('"', '').toLowerCase();
}

/** The records of a file, a batch at a time: a line, or for tagged ones the tag and its lines. */
async function* recordsIn(
  { shape, charset, passed, skipped = 0, line, entry, first, thirdParty, dueDate, section, end }: Layout,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<readonly TextLine[]> {
  if (shape.is !== 'tagged') {
    for await (const lines of linesOf(bytes, charset)) {
      yield lines.filter(({ text, number }) => text !== '' && number > skipped && passed?.test(text) !== true);
    }
    return;
  }
  const specs = [line, entry, first, thirdParty, dueDate, section, end];
  const tags = new Set(specs.flatMap((spec) => (spec?.tag === undefined ? [] : [spec.tag])));
  let open: { readonly number: number; readonly lines: string[] } | null = null;
  for await (const lines of linesOf(bytes, charset)) {
    const closed: TextLine[] = [];
    for (const { text, number } of lines) {
      if (TAG.test(text)) {
        if (open !== null) closed.push(joined(open));
        open = tags.has(text) ? { number, lines: [text] } : null;
      } else if (open !== null && open.lines.length < MAX_LINES) open.lines.push(text);
    }
    yield closed;
  }
  if (open !== null) yield [joined(open)];
}

function joined({ number, lines }: { readonly number: number; readonly lines: readonly string[] }): TextLine {
  return { number, text: lines.join('\n') };
}

const TAG = /^#[A-Z0-9]{3,12}$/;
const SHOWN = 80;
/** Lines of a tagged record: foreign files are not trusted to have tags. */
const MAX_LINES = 1000;

/** A row of two accounts is two lines. */
function linesOfRow(draft: Draft, lineNumber: number): readonly ReadBack[] {
  const { against } = draft;
  const line = lineOf(draft, lineNumber);
  return against === '' ? [line] : [line, { ...line, account: against, amountMinor: -line.amountMinor }];
}

/** A line that was read, its signs put together. */
export function lineOf(draft: Draft, lineNumber: number): LineRead {
  const { decimals: _, against: __, amount, side, sign, inCurrency, matching, ...values } = draft;
  return {
    type: 'line',
    lineNumber,
    ...values,
    unread: unreadOf(inCurrency, matching),
    amountMinor: amount * side * sign,
  };
}

/** A line of which nothing is read yet. */
export function emptyDraft(decimals: number): Draft {
  return {
    decimals,
    journal: '',
    date: '',
    number: '',
    kind: null,
    account: '',
    against: '',
    thirdParty: null,
    piece: '',
    reference: '',
    label: '',
    taxCode: null,
    dueDate: null,
    paymentMode: null,
    section: null,
    inCurrency: '',
    matching: '',
    amount: 0n,
    side: 1n,
    sign: 1n,
  };
}
