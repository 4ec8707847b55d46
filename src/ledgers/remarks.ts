import type { DocumentSource } from '../core/document.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { type Problem, problem } from '../core/problem.ts';
import type { Format, FormatContext, FormatFault, FormatRemark } from '../formats/format.ts';

/**
 * Looks at entries in the order of a run: what would keep each out of the file, and what warns. Two different pieces
 * that are the same in the file hold the second. Only a cut piece can meet another, and it fills its field, so shorter
 * ones need not be remembered, unless digits alone are left of it. A code without a name in the chart is told once, with the first entry that has it.
 */
export function inspectorOf(format: Format, context: FormatContext): (entry: NumberedEntry) => Inspected {
  const width = format.limits.piece;
  const pieces = new Map<string, string>();
  const unnamed = new Set<string>();
  return (entry) => {
    const encoded = format.encode(entry, context);
    if (encoded.state === 'refused') return { bytes: null, problems: faultsAsProblems(entry, encoded.faults) };
    const faults = customerFaults(entry);
    if (faults.length > 0) return { bytes: null, problems: faultsAsProblems(entry, faults) };
    const { bytes, remarks } = encoded;
    const { piece } = entry;
    const changed = remarks.find(isOfPiece);
    if (changed !== undefined || (width !== null && piece.length >= width)) {
      const cut = changed?.cut ?? piece;
      const other = pieces.get(cut);
      if (other === undefined) pieces.set(cut, piece);
      else if (other !== piece)
        return { bytes: null, problems: [hold(entry, 'format.piece-clash', { piece, other, cut })] };
    }
    return { bytes, problems: remarks.filter(isNews).flatMap((remark) => remarkAsProblem(entry, remark) ?? []) };
  };

  /** What keeps the entry's customers out of the list beside it. */
  function customerFaults({ customers }: NumberedEntry): readonly FormatFault[] {
    if (customers.length === 0) return NOTHING;
    return customers.flatMap((customer) => {
      const encoded = format.customers?.lists(customer) ? format.customers.encode(customer, context) : null;
      return encoded?.state === 'refused' ? encoded.faults : [];
    });
  }

  function isNews(remark: FormatRemark): boolean {
    if (remark.reason !== 'unnamed') return true;
    const { size } = unnamed;
    return unnamed.add(`${remark.field} ${remark.code}`).size > size;
  }
}

const NOTHING: readonly never[] = [];

/** `bytes` null: kept out; the next entry overwrites them. */
export type Inspected = { readonly bytes: Buffer | null; readonly problems: readonly Problem[] };

/** Why the format refuses the entry: the document is held, or only its payment. */
function faultsAsProblems(entry: NumberedEntry, faults: readonly FormatFault[]): readonly Problem[] {
  return faults.map((fault) => faultAsProblem(entry, fault));
}

function faultAsProblem(entry: NumberedEntry, fault: FormatFault): Problem {
  switch (fault.reason) {
    case 'unbalanced':
      return hold(entry, 'entry.unbalanced', { debit: fault.debit, credit: fault.credit });
    case 'missing':
      return hold(entry, 'format.missing', { field: fault.field });
    case 'unencodable':
      return hold(entry, 'format.unencodable', { field: fault.field, value: fault.value });
    case 'no-text':
      return hold(entry, 'format.no-text', { value: fault.value });
    case 'not-taken':
      return hold(entry, 'format.not-taken', { field: fault.field, value: fault.value });
    case 'too-long':
      return hold(entry, 'format.too-long', { field: fault.field, value: fault.value, width: String(fault.width) });
  }
}

type PieceRemark = Extract<FormatRemark, { cut: string }>;

/** The piece as the file has it: the last of several changes. */
function isOfPiece(remark: FormatRemark): remark is PieceRemark {
  return remark.reason === 'piece-cut' || remark.reason === 'piece-digits';
}

/** What was done to make the entry fit, as a warning; null: nothing to tell. */
function remarkAsProblem(entry: NumberedEntry, remark: FormatRemark): Problem | null {
  if (remark.reason === 'piece-digits') return null;
  if (remark.reason === 'piece-cut') {
    const { value: piece, cut } = remark;
    return problem('format.piece-cut', 'warn', sourceOf(entry), { piece, cut }, partOf(entry));
  }
  const { field, code } = remark;
  return problem('format.unnamed', 'warn', sourceOf(entry), { field, code }, partOf(entry));
}

function hold(...[entry, code, values]: [NumberedEntry, ...HeldBy]): Problem {
  const severity = entry.kind === 'payment' ? 'part' : 'hold';
  return { code, severity, source: sourceOf(entry), part: partOf(entry), values };
}

type HeldBy =
  | ['entry.unbalanced', { debit: string; credit: string }]
  | ['format.missing', { field: string }]
  | ['format.no-text', { value: string }]
  | ['format.not-taken', { field: string; value: string }]
  | ['format.unencodable', { field: string; value: string }]
  | ['format.too-long', { field: string; value: string; width: string }]
  | ['format.piece-clash', { piece: string; other: string; cut: string }];

function sourceOf({ document, order }: NumberedEntry): DocumentSource {
  return { kind: document.startsWith('creditNote/') ? 'creditNote' : 'sale', key: document, number: order };
}

function partOf({ kind, part }: NumberedEntry): string | null {
  return kind === 'payment' ? part : null;
}
