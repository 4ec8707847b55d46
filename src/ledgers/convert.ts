import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { day } from '../core/calendar.ts';
import type { EntryKind, EntryLine, LineRole, NumberedEntry } from '../core/entry.ts';
import { type Currency, currencyOf } from '../core/money.ts';
import { Failure } from '../core/problem.ts';
import { type EntryRead, entriesOf, type LineRead } from '../formats/entries.ts';
import type { Format, FormatContext } from '../formats/format.ts';
import { chunksOf, isSystemError } from './disk.ts';
import { fileLedger } from './file.ts';
import type { ConvertEvent, ConvertLoss } from './ledger.ts';
import { place } from './place.ts';

/**
 * A file of one program made into a file of another, entry by entry, so that a file of any size can be converted. What the
 * new format cannot hold is told with its line and left out; the others are delivered like those of an import: sealed,
 * read back, added up again, and never written over a file that is there.
 */
export async function* convert(conversion: Conversion): AsyncGenerator<ConvertEvent> {
  const { source, target, context, stamp } = conversion;
  const from = conversion.from.configured(context.options);
  const to = conversion.to.configured(context.options);
  const books = currencyOf(context.booksCurrency);
  const scratch = await mkdtemp(join(tmpdir(), 'comptoir-convert-'));
  const file = { folder: dirname(target), fileName: basename(target) };
  const delivery = {
    ...file,
    runId: `convert-${process.pid}`,
    copyPath: join(scratch, 'copy'),
    policy: 'newName',
    stamp,
    customers: null,
    split: null,
    zip: null,
  } as const;
  const nothing =
    to.patterns.length === 0 ? {} : { columns: Object.fromEntries(to.patterns.map((text) => [text, ''])) };
  const losses = new Map<ConvertLoss, { entries: number; line: number }>();
  let entries = 0;
  try {
    const preparation = await fileLedger(to, context).prepare(delivery);
    try {
      for await (const found of entriesOf(from, onSource(from.read(chunksOf(source), books.decimals), source))) {
        if (found.type === 'fault') {
          const { lineNumber: line, column, expected, found: text } = found;
          yield { type: 'fault', line, column, expected, found: text };
          continue;
        }
        const made = entryOf(withJournal(found.entry, conversion.journal), entries + 1, books);
        const entry = { ...made, ...nothing };
        const { added, problems } = preparation.add(entry);
        if (added) {
          entries += 1;
          for (const loss of lossesOf(found.entry, entry, from, to)) noted(loss, found.entry.lineNumber);
        } else yield { type: 'held', line: found.entry.lineNumber, piece: entry.piece, problems };
      }
      for (const [loss, where] of losses) yield { type: 'loss', loss, ...where };
      const sealed = await preparation.seal();
      const path = sealed && (await place(sealed));
      const { lines = 0, debitMinor = 0n, creditMinor = 0n } = sealed ?? {};
      yield { type: 'done', path, entries, lines, debitMinor, creditMinor };
    } finally {
      await preparation.discard();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }

  function noted(loss: ConvertLoss, line: number): void {
    const known = losses.get(loss);
    if (known === undefined) losses.set(loss, { entries: 1, line });
    else known.entries += 1;
  }
}

export type Conversion = {
  /** Absolute paths of the file that is read and of the one that is written. */
  readonly source: string;
  readonly target: string;
  readonly from: Format;
  readonly to: Format;
  /** Of the books the new file goes to; its options are for both formats, each takes those it knows. */
  readonly context: FormatContext;
  /** Journal of the entries whose file has none. */
  readonly journal: string;
  /** `YYYYMMDD-HHMMSS`, for a name that is taken. */
  readonly stamp: string;
};

/** What the operating system refuses while the file is read names that file. */
async function* onSource<Batch>(read: AsyncIterable<Batch>, path: string): AsyncGenerator<Batch> {
  const batches = read[Symbol.asyncIterator]();
  for (;;) {
    const next = await batches.next().catch((error: unknown) => unreadable(error, path));
    if (next.done) return;
    yield next.value;
  }
}

function unreadable(error: unknown, path: string): never {
  if (!isSystemError(error)) throw error;
  throw new Failure('file.unreadable', { path, reason: error.code }, { cause: error });
}

function withJournal(read: EntryRead, journal: string): EntryRead {
  return read.journal === '' ? { ...read, journal } : read;
}

/** An entry of a file as the formats take them; what a file does not say of its document stays empty. */
function entryOf(read: EntryRead, number: number, books: Currency): NumberedEntry {
  const kind = read.kind ?? kindOf(read.lines);
  const date = day(read.date);
  const key = read.number || read.piece || String(number);
  return {
    number,
    kind,
    document: `${kind === 'creditNote' ? kind : 'sale'}/${key}`,
    part: kind === 'payment' ? `payment/${key}` : 'document',
    order: read.piece || key,
    journal: read.journal,
    date,
    documentDate: date,
    piece: read.piece,
    reference: read.reference,
    label: read.lines[0]?.label ?? '',
    currency: books.code,
    rate: null,
    ledgerCurrency: null,
    country: null,
    treatment: null,
    treatmentReason: null,
    paymentMethod: null,
    customers: [],
    lines: read.lines.map((line) => lineOf(line, books)),
  };
}

function lineOf(line: LineRead, books: Currency): EntryLine {
  const { account, thirdParty, label, taxCode, section, paymentMode, amountMinor } = line;
  return {
    role: roleOf(line),
    account,
    thirdParty,
    label,
    amount: { minor: amountMinor, currency: books },
    amountInCurrency: null,
    taxCode,
    taxRate: null,
    vatGrid: null,
    section,
    paymentMode,
    because: { mapping: '', rule: null, tried: [], parts: [] },
  };
}

/** By the first digits of the French and Belgian charts: 5 money, 445 and 451 VAT, 41 and 40 customers. */
function roleOf({ account, thirdParty }: LineRead): LineRole {
  if (isCustomers({ account, thirdParty })) return 'customer';
  if (account.startsWith('5')) return 'bank';
  return /^4(?:45|51)/.test(account) ? 'vat' : 'sales';
}

function isCustomers({ account, thirdParty }: Pick<LineRead, 'account' | 'thirdParty'>): boolean {
  return thirdParty !== null || /^4[01]/.test(account);
}

/** For files that do not say: money makes a payment, a customer who is credited a credit note. */
function kindOf(lines: readonly LineRead[]): EntryKind {
  if (lines.some(({ account }) => account.startsWith('5'))) return 'payment';
  const customer = lines.find(isCustomers);
  const sales = lines.find(({ account }) => account.startsWith('7'));
  if (customer !== undefined) return customer.amountMinor < 0n ? 'creditNote' : 'sale';
  return sales !== undefined && sales.amountMinor > 0n ? 'creditNote' : 'sale';
}

function lossesOf(read: EntryRead, entry: NumberedEntry, from: Format, to: Format): readonly ConvertLoss[] {
  const losses: ConvertLoss[] = [];
  const lost = (loss: ConvertLoss, isLost: boolean) => void (isLost && losses.push(loss));
  const any = (has: (line: LineRead) => boolean) => read.lines.some(has);
  const lacks = (name: Format['carries'][number]) => !to.carries.includes(name);
  const { label: width } = to.limits;
  lost('journal', lacks('journal') && read.journal !== '');
  lost('collective', to.accounts === 'one' && any(({ thirdParty }) => thirdParty !== null));
  lost('thirdParty', from.accounts === 'one' && to.accounts === 'both');
  lost('noThirdParty', lacks('thirdParty') && any(({ thirdParty }) => thirdParty !== null));
  lost('pattern', entry.columns !== undefined);
  lost('kind', read.kind === null && !lacks('kind'));
  lost('number', from.carries.includes('number') && !lacks('number') && read.number !== String(entry.number));
  lost('reference', lacks('reference') && read.reference !== '');
  lost('label', width !== null && any(({ label }) => label.length > width));
  for (const name of ['taxCode', 'dueDate', 'paymentMode', 'section'] as const) {
    // A due date that is the entry's own says nothing more.
    const says = (line: LineRead) => line[name] !== null && (name !== 'dueDate' || line.dueDate !== read.date);
    lost(name, (lacks(name) || name === 'dueDate') && any(says));
  }
  for (const name of ['currency', 'vatGrid', 'matching'] as const)
    lost(
      name,
      any(({ unread }) => unread.includes(name)),
    );
  return losses;
}
