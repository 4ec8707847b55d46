import { seenKeys } from '../../core/seen-keys.ts';
import { amountText } from './amounts.ts';
import type { FecRow } from './fields.ts';
import type { FecSummary, Report } from './findings.ts';
import { numbering } from './numbers.ts';

/** Entries that do not balance yet and may go on further down, names of codes, and open matchings kept at once. */
const MAX_OPEN = 100_000;

type Open = { debit: bigint; credit: bigint; readonly row: FecRow; sure: boolean };

/**
 * Holds lines against each other, with memory for what is open alone: entries balance, stand together and follow each
 * other, the file balances, a code has one name, what is matched comes to nothing, lines are in order.
 */
export function entryChecks(report: Report, year: { readonly from: string; readonly to: string } | null) {
  const open = new Map<string, Open>();
  const matchings = new Map<string, { sum: bigint; readonly row: FecRow }>();
  const names = {
    accounts: new Map<string, string>(),
    journals: new Map<string, string>(),
    third: new Map<string, string>(),
  };
  const seen = seenKeys();
  const numbers = numbering(report);
  let entries = 0;
  let debit = 0n;
  let credit = 0n;
  let sure = true;
  let current: { readonly key: string; readonly date: string | null } | null = null;
  let latest = '';
  const told = new Set<string>();
  return { take, unreadable, end };

  /** A line that says nothing: what it held is missing in the sums. */
  function unreadable(): void {
    sure = false;
    const last = current === null ? undefined : open.get(current.key);
    if (last !== undefined) last.sure = false;
  }

  function take(row: FecRow): void {
    const key = `${row.journal}\t${row.number}`;
    if (row.number !== '' && row.journal !== '') followEntry(key, row);
    addUp(key, row);
    sameName(names.accounts, row.account, row.accountName, 'account-names', 'CompteLib', row);
    sameName(names.journals, row.journal, row.journalName, 'journal-names', 'JournalLib', row);
    sameName(names.third, row.thirdParty, row.thirdPartyName, 'third-party-names', 'CompAuxLib', row);
    match(row);
    inOrder(row);
  }

  function followEntry(key: string, row: FecRow): void {
    const { line, date, number } = row;
    if (current?.key === key) {
      if (date !== null && current.date !== null && date !== current.date)
        report('entry-dates', {
          line,
          column: 'EcritureDate',
          value: written(date),
          values: { number, date: current.date },
        });
      return;
    }
    if (seen(key)) report('entry-split', { line, column: 'EcritureNum', value: number });
    else {
      entries += 1;
      numbers.add(row.journal, number, line);
    }
    if (current !== null) settle(current.key);
    current = { key, date };
  }

  function addUp(key: string, row: FecRow): void {
    const one = open.get(key) ?? { debit: 0n, credit: 0n, row, sure: true };
    one.debit += row.debit ?? 0n;
    one.credit += row.credit ?? 0n;
    if (row.debit === null || row.credit === null || row.number === '' || row.journal === '') one.sure = sure = false;
    open.set(key, one);
    debit += row.debit ?? 0n;
    credit += row.credit ?? 0n;
    if (open.size <= MAX_OPEN) return;
    const [oldest] = open;
    if (oldest !== undefined) judge(...oldest);
  }

  /** An entry that balances is not kept any longer; another may still go on. */
  function settle(key: string): void {
    const one = open.get(key);
    if (one?.sure && one.debit === one.credit) open.delete(key);
  }

  function judge(key: string, one: Open): void {
    open.delete(key);
    if (!one.sure || one.debit === one.credit) return;
    const { line, number } = one.row;
    report('entry-unbalanced', { line, column: 'EcritureNum', value: number, values: sidesOf(one.debit, one.credit) });
  }

  function sameName(
    known: Map<string, string>,
    code: string,
    name: string,
    fault: 'account-names' | 'journal-names' | 'third-party-names',
    column: string,
    { line }: FecRow,
  ): void {
    if (code === '' || name === '') return;
    const before = known.get(code);
    if (before === undefined) {
      if (known.size < MAX_OPEN) known.set(code, name);
    } else if (before !== name && once(`${fault} ${code}`)) {
      report(fault, { line, column, value: name, values: { code, before } });
    }
  }

  function match(row: FecRow): void {
    if (row.matching === '' || row.debit === null || row.credit === null) return;
    const key = `${row.account}\t${row.thirdParty}\t${row.matching}`;
    const one = matchings.get(key) ?? { sum: 0n, row };
    one.sum += row.debit - row.credit;
    if (one.sum === 0n) matchings.delete(key);
    else if (matchings.size < MAX_OPEN || matchings.has(key)) matchings.set(key, one);
  }

  function inOrder({ line, validated, date }: FecRow): void {
    const when = validated ?? date;
    if (when !== null) {
      if (when < latest && once('order'))
        report('order', { line, column: 'ValidDate', value: written(when), values: { latest } });
      if (when > latest) latest = when;
    }
    if (year === null || date === null || (date <= year.to && date > year.from)) return;
    const value = written(date);
    if (date > year.to && once('after-closing'))
      report('after-closing', { line, column: 'EcritureDate', value, values: { closing: year.to } });
    if (date <= year.from && once('before-year'))
      report('before-year', { line, column: 'EcritureDate', value, values: { closing: year.to } });
  }

  function once(what: string): boolean {
    if (told.has(what)) return false;
    if (told.size < MAX_OPEN) told.add(what);
    return true;
  }

  function end(): Omit<FecSummary, 'lines'> {
    for (const [key, one] of open) judge(key, one);
    // With a line that cannot be read, what it was matched with is open for that reason alone.
    for (const { sum, row } of sure ? matchings.values() : []) {
      const { line, matching: value } = row;
      report('matching-open', { line, column: 'EcritureLet', value, values: { difference: amountText(sum) } });
    }
    if (sure && debit !== credit) report('file-unbalanced', { line: null, values: sidesOf(debit, credit) });
    numbers.end();
    return { entries, debit: amountText(debit), credit: amountText(credit) };
  }
}

/** As the file has it. */
function written(date: string): string {
  return date.replaceAll('-', '');
}

function sidesOf(debit: bigint, credit: bigint): Readonly<Record<string, string>> {
  return { debit: amountText(debit), credit: amountText(credit), difference: amountText(debit - credit) };
}
