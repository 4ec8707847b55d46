import type { CustomerRecord } from './customer-record.ts';
import { decimalText } from './decimal.ts';
import type { EntryLine, NumberedEntry } from './entry.ts';
import type { Money } from './money.ts';

/**
 * One entry for many: those of a day, or of a month, that agree on journal, kind, country, payment method, currency and
 * rate. It is a view: the entries of documents are made, kept and marked as ever, and their ledger receives the sum. Lines
 * merge when they agree on all but amount, label and reason (account, third party, tax code and rate, section, matching
 * code, side), so that every balance is what it was, and debits and credits stay apart.
 *
 * Memory holds the groups, not the documents: a day's group has as many lines as its accounts, except for lines
 * that nothing can merge (a third party or a matching code of each customer).
 */
export type Grouping = 'day' | 'month';

/** The number and piece of the group an entry went into. */
export type Membership = { readonly number: number; readonly piece: string };

export type Grouper = {
  readonly add: (entry: NumberedEntry) => Membership;
  /** Numbered on from the first entry, in the order in which they were opened. */
  readonly entries: () => Generator<NumberedEntry>;
};

type Group = {
  readonly number: number;
  readonly piece: string;
  readonly head: NumberedEntry;
  readonly lines: Map<string, { line: EntryLine; minor: bigint; foreign: bigint }>;
  last: NumberedEntry;
  /** The latest date: a month's entry is dated by its last document. */
  date: NumberedEntry['date'];
  documentDate: NumberedEntry['documentDate'];
  count: number;
  /** Those that all its documents say alike; the others are empty. */
  columns: NumberedEntry['columns'];
  /** By code: those of all its documents, each once. */
  readonly customers: Map<string, CustomerRecord>;
};

export function grouper(by: Grouping): Grouper {
  const groups = new Map<string, Group>();
  let next: number | null = null;
  return { add, entries };

  function add(entry: NumberedEntry): Membership {
    const period = by === 'day' ? entry.date : entry.date.slice(0, 7);
    const key = JSON.stringify([
      period,
      entry.journal,
      entry.kind,
      entry.country,
      entry.paymentMethod,
      entry.currency,
      entry.ledgerCurrency,
      entry.rate && decimalText(entry.rate),
    ]);
    next ??= entry.number;
    let group = groups.get(key);
    if (group === undefined) {
      const piece = `${period.replaceAll('-', '')}-${next}`;
      const { date, documentDate } = entry;
      group = {
        number: next,
        piece,
        head: entry,
        lines: new Map(),
        last: entry,
        date,
        documentDate,
        count: 0,
        columns: entry.columns,
        customers: new Map(),
      };
      groups.set(key, group);
      next += 1;
    }
    for (const line of entry.lines) addLine(group, line);
    for (const customer of entry.customers) group.customers.set(customer.code, customer);
    if (group.columns !== undefined) group.columns = alike(group.columns, entry.columns ?? {});
    group.last = entry;
    group.count += 1;
    if (entry.date > group.date) group.date = entry.date;
    if (entry.documentDate > group.documentDate) group.documentDate = entry.documentDate;
    return { number: group.number, piece: group.piece };
  }

  function* entries(): Generator<NumberedEntry> {
    for (const group of groups.values()) yield entryOf(group);
  }
}

function addLine({ lines }: Group, line: EntryLine): void {
  const key = lineKey(line);
  const known = lines.get(key);
  const { minor } = line.amount;
  const foreign = line.amountInCurrency?.minor ?? 0n;
  if (known === undefined) lines.set(key, { line, minor, foreign });
  else {
    known.minor += minor;
    known.foreign += foreign;
  }
}

/** All that two lines must share to be one, whatever fields a line has: everything but its amounts, label and reason. */
function lineKey({ amount, amountInCurrency, label: _, because: __, taxRate, ...rest }: EntryLine): string {
  const currencies = [amount.currency.code, amountInCurrency?.currency.code ?? null];
  return JSON.stringify([amount.minor > 0n, currencies, taxRate && decimalText(taxRate), rest]);
}

function alike(columns: NonNullable<NumberedEntry['columns']>, others: NonNullable<NumberedEntry['columns']>) {
  return Object.fromEntries(
    Object.entries(columns).map(([pattern, text]) => [pattern, text === others[pattern] ? text : '']),
  );
}

function entryOf({
  number,
  piece,
  head,
  last,
  lines,
  count,
  date,
  documentDate,
  columns,
  customers,
}: Group): NumberedEntry {
  const label = `${head.piece} - ${last.piece} (${count})`;
  const reference = [head.country, head.paymentMethod].filter((word) => word !== null).join(' ');
  return {
    ...head,
    ...{ number, piece, reference, label, date, documentDate },
    document: `group/${piece}`,
    part: 'group',
    order: piece,
    ...(columns === undefined ? {} : { columns }),
    customers: [...customers.values()],
    lines: [...lines.values()].map(({ line, minor, foreign }) => ({
      ...line,
      label,
      amount: withMinor(line.amount, minor),
      amountInCurrency: line.amountInCurrency && withMinor(line.amountInCurrency, foreign),
      because: { ...line.because, parts: [] },
    })),
  };
}

function withMinor({ currency }: Money, minor: bigint): Money {
  return { minor, currency };
}
