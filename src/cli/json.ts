import { decimalText, unitsText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import type { RunControl, RunDocument, RunOutcome } from '../runs/events.ts';
import { type Say, whole } from './say.ts';

/** States of `--json`: what a run ends as, when nobody reviews it. */
const STATES: Readonly<Partial<Record<RunOutcome['run']['state'], 'preview' | 'written'>>> = {
  preview: 'preview',
  written: 'written',
};

/**
 * The one object of `--json`. Amounts and rates are decimal text, rates with two decimals at least; what is absent is
 * left out, the side of a line that is zero too.
 */
export function runJson(
  outcome: RunOutcome,
  collected: { readonly documents: readonly RunDocument[]; readonly entries: readonly NumberedEntry[] },
  say: Say,
) {
  const { run, counts, totals, troubles, files } = outcome;
  const state = stateOf(outcome);
  const failed = state === 'failed';
  return {
    run: present({ id: run.id, profile: run.profile, kind: run.kind, from: run.from, to: run.to, state }),
    counts: {
      read: counts.read,
      ready: counts.ready,
      held: counts.held,
      excluded: counts.excluded,
      alreadyTransferred: counts.alreadyTransferred,
      written: counts.written,
    },
    ...(outcome.control === null ? {} : { completeness: completenessJson(outcome.control, outcome) }),
    documents: collected.documents.map((document) => documentJson(document, failed, say)),
    // A failed run wrote nothing: its entries are nowhere.
    entries: failed ? [] : collected.entries.map(entryJson),
    totals: { debit: totals.debit, credit: totals.credit },
    problems: troubles.map(({ code, values }) => {
      const { message, cure } = say.trouble({ code, values });
      return present({ code, message, cure: cure === '' ? null : cure });
    }),
    files: files.map(({ path, format, bytes, sha256, lines }) => ({ path, format, bytes, sha256, lines })),
  };
}

export function stateOf({ run }: RunOutcome): 'preview' | 'written' | 'failed' {
  return STATES[run.state] ?? 'failed';
}

/** `source` = `records` + `leftOut`, and `read` = ready + held + excluded + already transferred, or something is missing. */
function completenessJson(
  { source, counted, records, leftOut, complete, series }: RunControl,
  { reasonCounts }: RunOutcome,
) {
  return present({
    source,
    counted,
    records,
    leftOut,
    complete,
    reasons: reasonCounts.map(({ state, code, count }) => ({ state, code, count })),
    series,
  });
}

export function documentJson(document: RunDocument, failed: boolean, say: Say) {
  return present({
    kind: document.kind,
    key: document.key,
    orderId: document.orderId,
    orderNumber: document.orderNumber,
    invoiceNumber: document.invoiceNumber,
    creditNoteNumber: document.creditNoteNumber,
    date: document.date,
    currency: document.currency,
    gross: document.gross,
    state: document.state === 'unticked' || (failed && document.state === 'written') ? 'ready' : document.state,
    reasons: document.reasons.map((reason) => ({ code: reason.code, message: whole(say.reason(reason)) })),
  });
}

export function entryJson(entry: NumberedEntry) {
  return present({
    number: entry.number,
    kind: entry.kind,
    document: entry.document,
    journal: entry.journal,
    date: entry.date,
    piece: entry.piece === '' ? null : entry.piece,
    reference: entry.reference === '' ? null : entry.reference,
    label: entry.label === '' ? null : entry.label,
    currency: entry.currency,
    rate: entry.rate && decimalText(entry.rate, 2),
    lines: entry.lines.map(lineJson),
  });
}

function lineJson(line: EntryLine) {
  const { decimals } = line.amount.currency;
  const [debit, credit] = [debitOf(line), creditOf(line)];
  return present({
    account: line.account,
    thirdParty: line.thirdParty,
    label: line.label,
    role: line.role,
    taxCode: line.taxCode,
    taxRate: line.taxRate && decimalText(line.taxRate, 2),
    vatGrid: line.vatGrid ?? null, // absent in entries kept before there were any
    section: line.section,
    paymentMode: line.paymentMode,
    matching: line.matchingCode ?? null,
    debit: debit === 0n ? null : unitsText(debit, decimals),
    credit: credit === 0n ? null : unitsText(credit, decimals),
    amountInCurrency: line.amountInCurrency && moneyText(line.amountInCurrency),
  });
}

/** The object without what is null. */
function present<Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> }; // nulls were just taken out
}
