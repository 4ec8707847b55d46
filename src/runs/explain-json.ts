import { decimalText, unitsText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine } from '../core/entry.ts';
import type { Problem } from '../core/problem.ts';
import { keyOf, partsOf, rulesOf } from '../core/reason.ts';
import type { Explained, ExplainedEntry } from './explain.ts';

/** What `explain` answers to programs, over the API and with `--json`; amounts and rates are decimal text. */
export function explanationJson<Told>(
  { key, document, parts, history, entries }: Explained,
  tell: (reason: Problem) => Told,
) {
  const { reasons = [], ...facts } = document ?? {};
  return {
    key,
    ...facts,
    parts: parts.map(({ part, state, run, at, number, reason }) => ({ part, state, run, at, number, reason })),
    history: history.map(({ part, action, run, at, number, reason, user }) => ({
      ...{ part, action, run, at, number, reason, user },
    })),
    entries: entries.map(entryJson),
    problems: reasons.map(tell),
  };
}

function entryJson({ source, run, entry }: ExplainedEntry) {
  const { number, kind, part, journal, date, piece, reference, label, currency, rate, lines } = entry;
  const { treatment = null, treatmentReason = null } = entry; // absent in entries kept by a version that knew none
  return {
    source,
    run,
    ...{ number, kind, part, journal, date, piece, reference, label, currency, treatment, treatmentReason },
    rate: rate && decimalText(rate, 2),
    lines: lines.map(lineJson),
  };
}

function lineJson(line: EntryLine) {
  const { role, account, thirdParty, taxCode, taxRate, section, paymentMode, because } = line;
  const { decimals } = line.amount.currency;
  return {
    ...{ role, account, thirdParty, taxCode },
    taxRate: taxRate && decimalText(taxRate, 2),
    ...{ section, paymentMode },
    debit: unitsText(debitOf(line), decimals),
    credit: unitsText(creditOf(line), decimals),
    mapping: because.mapping,
    /** Empty: the default of the mapping. */
    rule: Object.fromEntries(keyOf(because.rule)),
    tried: rulesOf(because),
    sum: partsOf(because),
  };
}
