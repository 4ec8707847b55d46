/**
 * What can be wrong with a FEC, and how much it matters. `error`: the text of the law or the administration's own checker
 * refuses it. `warning`: they take it, and a person should look. Codes are permanent: `--json` names them.
 * Sources: LPF article A. 47 A-1; BOI-CF-IOR-60-40-20; the notice of the administration's Test-Compta-Demat (2021).
 */
export const FEC_RULES = {
  'empty-file': 'error',
  'no-entries': 'error',
  'file-name': 'error',
  'file-name-date': 'error',
  siren: 'warning',
  encoding: 'error',
  'mixed-encoding': 'error',
  'lost-character': 'warning',
  bom: 'warning',
  'control-character': 'error',
  'line-too-long': 'error',
  'line-ends': 'error',
  'blank-line': 'error',
  'no-header': 'error',
  separator: 'error',
  'missing-column': 'error',
  'double-column': 'error',
  'column-order': 'error',
  'column-name': 'warning',
  'trailing-separator': 'warning',
  quotes: 'error',
  'field-count': 'error',
  'bar-in-text': 'error',
  empty: 'error',
  'empty-amount': 'warning',
  'date-form': 'error',
  'date-unknown': 'error',
  amount: 'error',
  'amount-point': 'error',
  'amount-spaces': 'error',
  side: 'error',
  'two-sides': 'warning',
  'no-amount': 'warning',
  account: 'warning',
  'account-names': 'warning',
  'journal-names': 'warning',
  'third-party-names': 'warning',
  'third-party-unnamed': 'warning',
  'third-party-no-code': 'warning',
  'third-party-account': 'warning',
  'matching-no-date': 'warning',
  'matching-no-code': 'warning',
  'matching-early': 'warning',
  'matching-open': 'warning',
  'currency-no-code': 'warning',
  'currency-no-amount': 'warning',
  'currency-code': 'warning',
  'entry-unbalanced': 'error',
  'file-unbalanced': 'error',
  'entry-dates': 'warning',
  'entry-split': 'warning',
  'number-gap': 'error',
  'number-scattered': 'error',
  'number-form': 'warning',
  'validated-early': 'warning',
  order: 'warning',
  'after-closing': 'warning',
  'before-year': 'warning',
} as const satisfies Readonly<Record<string, 'error' | 'warning'>>;

export type FecCode = keyof typeof FEC_RULES;

/** One thing found. A line is counted from 1, the header included; null: it is about the file. */
export type FecFinding = {
  readonly code: FecCode;
  readonly level: 'error' | 'warning';
  readonly line: number | null;
  /** Name of the field, and its place in the line, from 1. */
  readonly column: string | null;
  readonly place: number | null;
  /** What stands there, cut where it is long. */
  readonly value: string;
  /** For the sentence. */
  readonly values: Readonly<Record<string, string>>;
};

/** `audit`: the file of a year as the law wants it. `import`: some entries, whose importer gives numbers and validates. */
export type FecPurpose = 'audit' | 'import';

/** What a file was found to hold: lines of entries, entries, and sums with a decimal point. */
export type FecSummary = {
  readonly lines: number;
  readonly entries: number;
  readonly debit: string;
  readonly credit: string;
};

/** What is not asked of some entries for an import. */
const FREE_FOR_IMPORT: ReadonlySet<FecCode> = new Set([
  'file-name',
  'file-name-date',
  'siren',
  'number-gap',
  'number-scattered',
  'number-form',
  'order',
  'after-closing',
  'before-year',
]);

export type Report = (
  code: FecCode,
  at: {
    readonly line: number | null;
    readonly column?: string | null;
    readonly place?: number | null;
    readonly value?: string;
    readonly values?: Readonly<Record<string, string>>;
  },
) => void;

const SHOWN = 80;

/** A list of findings and the way into it. */
export function findingsFor(purpose: FecPurpose): { readonly report: Report; readonly take: () => FecFinding[] } {
  let found: FecFinding[] = [];
  return {
    report(code, { line, column = null, place = null, value = '', values = {} }) {
      if (purpose === 'import' && FREE_FOR_IMPORT.has(code)) return;
      if (purpose === 'import' && code === 'empty' && column === 'ValidDate') return;
      const cut = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
      found.push({ code, level: FEC_RULES[code], line, column, place, value: cut, values });
    },
    take() {
      const taken = found;
      found = [];
      return taken;
    },
  };
}
