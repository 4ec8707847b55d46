import { remembering } from '../encode.ts';
import { amountOf, dateOf } from './amounts.ts';
import type { Report } from './findings.ts';
import { type FecField, type FecHeader, FIELDS } from './header.ts';

/** What a line says that others are held against; an amount that cannot be read is null. */
export type FecRow = {
  readonly line: number;
  readonly journal: string;
  readonly journalName: string;
  readonly number: string;
  readonly date: string | null;
  readonly account: string;
  readonly accountName: string;
  readonly thirdParty: string;
  readonly thirdPartyName: string;
  readonly matching: string;
  readonly validated: string | null;
  readonly debit: bigint | null;
  readonly credit: bigint | null;
};

/** Blank on no line (A. 47 A-1, VII; the checker lists what is missing as "données absentes"). */
const NEVER_EMPTY: readonly FecField[] = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'ValidDate',
];
const DATES: readonly FecField[] = ['EcritureDate', 'PieceDate', 'DateLet', 'ValidDate'];

/** Looks at the cells of lines, each by itself; a line that has not the header's cells is told and left out: null. */
export function rowReader(
  { separator, width, at, trailing }: FecHeader,
  report: Report,
): (text: string, line: number) => FecRow | null {
  const days = new Map(DATES.map((field) => [field, remembering(dateOf)]));
  const texts = FIELDS.filter((field) => !DATES.includes(field) && !['Debit', 'Credit'].includes(field));

  let text = '';
  let line = 0;
  let cells: readonly string[] = [];
  return (given, lineNumber) => {
    text = given;
    line = lineNumber;
    cells = text.split(separator);
    if (trailing && cells.length === width + 1 && cells.at(-1) === '') cells = cells.slice(0, -1);
    if (text.trim() === '') {
      report('blank-line', { line });
      return null;
    }
    if (cells.length !== width) {
      const values = { wanted: String(width), found: String(cells.length) };
      report('field-count', { line, value: text, values });
      return null;
    }
    return rowOf();
  };

  function of(field: FecField): string {
    return cells[at[field]]?.trim() ?? '';
  }

  function told(code: Parameters<Report>[0], column: FecField, values: Readonly<Record<string, string>> = {}): void {
    report(code, { line, column, place: at[column] + 1, value: cells[at[column]] ?? '', values });
  }

  function rowOf(): FecRow {
    for (const field of NEVER_EMPTY) if (at[field] >= 0 && of(field) === '') told('empty', field);
    if (separator === '\t' && text.includes('|'))
      for (const field of texts) if (of(field).includes('|')) told('bar-in-text', field);
    if (text.includes('"')) for (const field of FIELDS) if (/^".*"$/.test(of(field))) told('quotes', field);
    const date = day('EcritureDate');
    day('PieceDate');
    const matchedOn = day('DateLet');
    const validated = day('ValidDate');
    const { debit, credit } = at.Montant >= 0 ? oneAmount() : twoAmounts();
    currency();
    const account = of('CompteNum');
    const thirdParty = of('CompAuxNum');
    const matching = of('EcritureLet');
    if (account !== '' && !/^\d{3}/.test(account)) told('account', 'CompteNum');
    if (thirdParty !== '') {
      if (of('CompAuxLib') === '') told('third-party-unnamed', 'CompAuxLib', { thirdParty });
      if (/^\d/.test(account) && !account.startsWith('4')) told('third-party-account', 'CompAuxNum', { account });
    } else if (of('CompAuxLib') !== '') told('third-party-no-code', 'CompAuxLib');
    if (matching !== '' && of('DateLet') === '') told('matching-no-date', 'DateLet', { matching });
    if (matching === '' && of('DateLet') !== '') told('matching-no-code', 'EcritureLet');
    if (matchedOn !== null && date !== null && matchedOn < date) told('matching-early', 'DateLet');
    if (validated !== null && date !== null && validated < date) told('validated-early', 'ValidDate');
    return {
      line,
      journal: of('JournalCode'),
      journalName: of('JournalLib'),
      number: of('EcritureNum'),
      date,
      account,
      accountName: of('CompteLib'),
      thirdParty,
      thirdPartyName: of('CompAuxLib'),
      matching,
      validated,
      debit,
      credit,
    };
  }

  /** Null: nothing there, or no date; what is empty and must not be was told. */
  function day(field: FecField): string | null {
    const written = of(field);
    if (written === '') return null;
    const read = days.get(field)?.(written) ?? 'date-form';
    if (read !== 'date-form' && read !== 'date-unknown') return read;
    told(read, field);
    return null;
  }

  function amount(field: FecField): bigint | null {
    const written = of(field);
    const read = amountOf(written);
    if (typeof read === 'bigint') return read;
    told(read, field);
    return null;
  }

  function twoAmounts(): { debit: bigint | null; credit: bigint | null } {
    const debit = amountOrNone('Debit');
    const credit = amountOrNone('Credit');
    if (debit !== null && credit !== null) {
      if (debit !== 0n && credit !== 0n) told('two-sides', 'Credit', { debit: of('Debit') });
      if (debit === 0n && credit === 0n) told('no-amount', 'Debit');
    }
    return { debit, credit };
  }

  function amountOrNone(field: 'Debit' | 'Credit'): bigint | null {
    if (of(field) !== '') return amount(field);
    if (at[field] >= 0) told('empty-amount', field);
    return 0n;
  }

  function oneAmount(): { debit: bigint | null; credit: bigint | null } {
    if (of('Montant') === '') told('empty-amount', 'Montant');
    const written = of('Montant') === '' ? 0n : amount('Montant');
    const side = of('Sens').toUpperCase();
    if (!['D', 'C', '+1', '-1'].includes(side)) {
      told('side', 'Sens');
      return { debit: null, credit: null };
    }
    if (written === 0n) told('no-amount', 'Montant');
    return side === 'D' || side === '+1' ? { debit: written, credit: 0n } : { debit: 0n, credit: written };
  }

  function currency(): void {
    const code = of('Idevise');
    if (of('Montantdevise') !== '') {
      amount('Montantdevise');
      if (code === '') told('currency-no-code', 'Idevise');
    } else if (code !== '') told('currency-no-amount', 'Montantdevise', { currency: code });
    if (code !== '' && !/^[A-Z]{3}$/.test(code)) told('currency-code', 'Idevise');
  }
}
