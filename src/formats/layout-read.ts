import { unreadOf } from './encode.ts';
import type { LineRead } from './entries.ts';
import type { ReadBack } from './format.ts';
import type { Layout } from './layout.ts';
import type { RecordText, Written } from './records.ts';
import { textsOf } from './text.ts';
import { totalsHeld } from './totals.ts';
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
  /** Where it only marks the end, nothing of it is read. */
  const endTells = end?.fields.some(({ is }) => TOTALS.includes(is)) === true;
  const goesOn = layout.line.fields.some(({ on }) => on === 'firstLine');
  let named = header === undefined;
  let shared = emptyDraft(decimals);
  let open: { readonly draft: Draft; readonly number: number } | null = null; // a detail of it may follow
  const totals = totalsHeld(layout, decimals);
  for await (const batch of recordsIn(layout, bytes, totals.passed)) {
    const known: ReadBack[] = [];
    for (const one of batch) take(one, known);
    yield known;
  }
  const rest: ReadBack[] = [];
  close(rest);
  totals.end(rest);
  yield rest;

  /** Adds what is certain once this record is known. */
  function take(text: RecordText, known: ReadBack[]): void {
    const lineNumber = text.number;
    if (!named && header !== undefined) {
      named = true;
      if (bareNames(text.text) === header.bare) return;
      const expected = 'the names of the columns';
      known.push({ type: 'fault', lineNumber, column: null, expected, found: text.text.slice(0, SHOWN) });
      return;
    }
    const record = marked.find((one) => isMarked(one, text)) ?? line;
    if (record === end) {
      const draft = emptyDraft(decimals);
      const fault = endTells ? record.read(text, draft) : null;
      close(known);
      if (fault !== null) known.push({ type: 'fault', lineNumber, ...fault });
      totals.entryEnds(draft, lineNumber, known);
      return;
    }
    const draft: Draft = lines.includes(record) ? { ...shared } : emptyDraft(decimals);
    const fault = record.read(text, draft);
    if (fault !== null) {
      close(known);
      known.push({ type: 'fault', lineNumber, ...fault });
    } else if (details.includes(record)) detailed(record, draft);
    else {
      close(known);
      if (record === entry) {
        totals.entryBegins(draft, lineNumber, known);
        shared = draft;
      } else {
        open = { draft, number: lineNumber };
        if (goesOn) shared = { ...emptyDraft(decimals), ...headOf(draft) };
      }
    }
  }

  function detailed(record: Written, detail: Draft): void {
    if (open === null || !isWhole(record, open.draft, detail)) return;
    open.draft.dueDate ??= detail.dueDate;
    open.draft.section ??= detail.section;
  }

  function close(known: ReadBack[]): void {
    if (open === null) return;
    const { draft, number } = open;
    open = null;
    const first = lineOf(draft, number);
    known.push(first);
    totals.add(first.amountMinor, draft.against !== '');
    // A row of two accounts is two lines.
    if (draft.against !== '') known.push({ ...first, account: draft.against, amountMinor: -first.amountMinor });
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

function isMarked({ spec: { mark, lead, tag }, isOwn }: Written, record: RecordText): boolean {
  const { text } = record;
  if (tag !== undefined) return text === tag;
  if (lead !== undefined) return text.startsWith(lead);
  return mark === undefined ? isOwn(record) : mark.test(text);
}

/** Importers and exporters vary in case and quotes. */
export function bareNames(names: string): string {
  return names.replaceAll('"', '').toLowerCase();
}

/** The records of a file, a batch at a time: a line, or for tagged ones the tag and its lines. */
async function* recordsIn(
  { shape, charset, passed, skipped = 0, line, entry, first, thirdParty, dueDate, section, end }: Layout,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  passedOver: (text: string, lineNumber: number) => void,
): AsyncGenerator<readonly RecordText[]> {
  if (shape.is !== 'tagged') {
    for await (const { texts, first: number } of textsOf(bytes, charset)) {
      const records: RecordText[] = [];
      for (let index = 0; index < texts.length; index += 1) {
        const text = texts[index] ?? '';
        if (text === '') continue;
        if (number + index <= skipped || passed?.test(text) === true) passedOver(text, number + index);
        else records.push({ text, number: number + index, below: NONE });
      }
      yield records;
    }
    return;
  }
  const specs = [line, entry, first, thirdParty, dueDate, section, end];
  const tags = new Set(specs.flatMap((spec) => (spec?.tag === undefined ? [] : [spec.tag])));
  let open: (RecordText & { readonly below: string[] }) | null = null;
  for await (const { texts, first: number } of textsOf(bytes, charset)) {
    const closed: RecordText[] = [];
    for (let index = 0; index < texts.length; index += 1) {
      const text = texts[index] ?? '';
      if (text.startsWith('#') && TAG.test(text)) {
        if (open !== null) closed.push(open);
        open = tags.has(text) ? { text, number: number + index, below: [] } : null;
      } else if (open !== null && open.below.length < MAX_LINES) open.below.push(text);
    }
    yield closed;
  }
  if (open !== null) yield [open];
}

const NONE: readonly string[] = [];
const TOTALS: readonly string[] = ['entryLines', 'entryDebit', 'entryCredit'];
const TAG = /^#[A-Z0-9]{3,12}$/;
const SHOWN = 80;
/** Lines of a tagged record: foreign files are not trusted to have tags. */
const MAX_LINES = 1000;

/** A line that was read, its signs put together. */
export function lineOf(draft: Draft, lineNumber: number): LineRead {
  const { amount, side, sign, inCurrency, matching } = draft;
  // Field by field, which takes a tenth of the time of copying what is left.
  return {
    type: 'line',
    lineNumber,
    journal: draft.journal,
    date: draft.date,
    number: draft.number,
    kind: draft.kind,
    account: draft.account,
    thirdParty: draft.thirdParty,
    piece: draft.piece,
    reference: draft.reference,
    label: draft.label,
    taxCode: draft.taxCode,
    dueDate: draft.dueDate,
    paymentMode: draft.paymentMode,
    section: draft.section,
    inCurrency,
    currency: draft.currency,
    rate: draft.rate,
    matching,
    unread: unreadOf(draft),
    amountMinor: side === sign ? amount : -amount,
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
    currency: '',
    rate: '',
    matching: '',
    amount: 0n,
    side: 1n,
    sign: 1n,
  };
}
