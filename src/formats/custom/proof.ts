import type { FormatColumn, FormatDefinition, FormatRecord } from '../../schema/format-definition.ts';
import { type Fault, fault } from './fault.ts';

/**
 * What every line of a file must say so that the file can be read back and proven: its day, its account, its amount
 * with its side. They may stand in the line, or once before the lines of their entry.
 */
export function proofFaults({ records, pairs }: FormatDefinition): readonly Fault[] {
  const { entry, first, thirdParty, line } = records;
  const forms = [
    ['line', line],
    ['thirdParty', thirdParty],
    ['first', first],
  ] as const;
  return forms.flatMap(([name, record]) => {
    if (record === undefined) return [];
    const path = `records.${name}`;
    const told = [...certain(entry), ...certain(record)];
    return [
      ...conditionFaults(path, record),
      ...(told.some(({ is }) => is === 'date') ? [] : [fault(path, 'no-value', { value: 'date' })]),
      ...(pairs === true ? pairFaults(path, told) : lineFaults(path, told)),
    ];
  });
}

/** Columns that a reader finds on each line with their whole value. */
function certain(record: FormatRecord | undefined): readonly FormatColumn[] {
  return (record?.columns ?? []).filter(({ tooLong, when }) => {
    const cut = tooLong === 'keepStart' || tooLong === 'keepEnd';
    return !cut && (when === undefined || isOnFirst(when));
  });
}

function isOnFirst({ lines, kinds, side }: NonNullable<FormatColumn['when']>): boolean {
  return lines === 'first' && kinds === undefined && side === undefined;
}

const ALWAYS: readonly FormatColumn['is'][] = [
  'account',
  'anyAccount',
  'amount',
  'signed',
  'debit',
  'credit',
  'side',
  'sign',
  'debitAccount',
  'creditAccount',
  'counterAccount',
];
/** These may also stand on the first line of an entry alone. */
const ONCE: readonly FormatColumn['is'][] = ['journal', 'date', 'number'];

function conditionFaults(path: string, { columns }: FormatRecord): readonly Fault[] {
  return columns.flatMap(({ is, when }, index) => {
    if (when === undefined) return [];
    const at = `${path}.columns[${index}].when`;
    const wrong =
      ALWAYS.includes(is) ||
      (ONCE.includes(is) && !isOnFirst(when)) ||
      (is === 'thirdParty' && (when.lines !== 'thirdParty' || when.kinds !== undefined || when.side !== undefined));
    return wrong ? [fault(at, 'conditional', { value: is })] : [];
  });
}

function lineFaults(path: string, told: readonly FormatColumn[]): readonly Fault[] {
  const has = (is: FormatColumn['is']) => told.some((column) => column.is === is);
  const faults: Fault[] = [];
  if (!has('account') && !has('anyAccount')) faults.push(fault(path, 'no-value', { value: 'account, anyAccount' }));
  const pairsOnly = told.find(({ is }) => is === 'debitAccount' || is === 'creditAccount' || is === 'counterAccount');
  const either = has('debitAccount') && has('creditAccount') && has('amount');
  if (pairsOnly !== undefined && !either) faults.push(fault(path, 'pairs', { value: pairsOnly.is }));
  if (either) return faults.filter(({ values }) => values.value !== 'account, anyAccount');
  const ways = [has('signed'), has('debit') || has('credit'), has('amount') || has('side')].filter(Boolean).length;
  if (ways > 1) faults.push(fault(path, 'two-amounts', { value: amountsOf(told) }));
  if (ways === 0) faults.push(fault(path, 'no-value', { value: 'signed, debit, credit, amount, side' }));
  if (ways === 1 && !has('signed')) {
    if (has('debit') !== has('credit'))
      faults.push(fault(path, 'no-value', { value: has('debit') ? 'credit' : 'debit' }));
    if (has('amount') !== has('side'))
      faults.push(fault(path, 'no-value', { value: has('amount') ? 'side' : 'amount' }));
  }
  return faults;
}

/** Rows of two accounts: both, by their side or one against the other. */
function pairFaults(path: string, told: readonly FormatColumn[]): readonly Fault[] {
  const has = (is: FormatColumn['is']) => told.some((column) => column.is === is);
  const faults: Fault[] = [];
  const bySide = has('debitAccount') && has('creditAccount') && has('amount');
  const against =
    (has('anyAccount') || has('account')) && has('counterAccount') && (has('signed') || (has('amount') && has('side')));
  if (!bySide && !against) faults.push(fault(path, 'no-value', { value: 'debitAccount, creditAccount, amount' }));
  return faults;
}

function amountsOf(told: readonly FormatColumn[]): string {
  const amounts: readonly FormatColumn['is'][] = ['amount', 'signed', 'debit', 'credit', 'side'];
  return told.flatMap(({ is }) => (amounts.includes(is) ? [is] : [])).join(', ');
}
