import { showAmount, showDay, showMoney } from '../i18n/show.ts';
import type { RunDocument, RunOutcome } from '../runs/events.ts';
import type { Terminal } from './app.ts';
import { type Say, whole } from './say.ts';
import { table } from './table.ts';

/** Documents of each state that a table shows; the counts below it tell the rest. */
export const TABLE_LIMIT = 100;

/** Held ones first: they wait for somebody. */
const ORDER: readonly RunDocument['state'][] = ['held', 'excluded', 'ready', 'unticked', 'written', 'already'];

/** The documents of a run as a table: state, number, piece, date, amount, reasons. */
export function documentsTable(documents: readonly RunDocument[], say: Say, columns: number | null): string {
  if (documents.length === 0) return '';
  const head = ['state', 'order', 'piece', 'date', 'gross', 'reasons'].map((column) => say.text(`cli.table.${column}`));
  const sorted = [...documents].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return table(head, sorted.map(row), columns);

  function row(document: RunDocument): string[] {
    const { state, orderNumber, orderId, invoiceNumber, creditNoteNumber, date, gross, currency, reasons } = document;
    return [
      say.text(`cli.state.${state}`),
      orderNumber ?? orderId,
      creditNoteNumber ?? invoiceNumber ?? '',
      date === null ? '' : showDay(date, say.language),
      gross === null
        ? ''
        : currency === null
          ? showAmount(gross, say.language)
          : showMoney(gross, currency, say.language),
      reasons.map((reason) => whole(say.reason(reason))).join(' '),
    ];
  }
}

/** Counts, totals, file and troubles of a run, one a line. */
export function summaryLines(outcome: RunOutcome, say: Say): readonly string[] {
  const { run, counts, totals, files, troubles } = outcome;
  const lines = [
    say.text('cli.counts', {
      read: counts.read,
      ready: counts.ready,
      held: counts.held,
      excluded: counts.excluded,
      already: counts.alreadyTransferred,
      written: counts.written,
    }),
    say.text('cli.totals', { debit: totals.debit, credit: totals.credit }),
  ];
  lines.push(...controlLines(outcome, say));
  for (const trouble of troubles) lines.push(whole(say.trouble(trouble)));
  for (const { path, lines: written } of files) lines.push(say.text('cli.file', { path, lines: written }));
  if (run.state === 'written' && files.length === 0) lines.push(say.text('cli.nothing-to-write'));
  if (run.state === 'preview') lines.push(say.text('cli.preview'));
  if (run.state === 'failed' || run.state === 'cancelled') lines.push(say.text('cli.failed'));
  if (counts.held > 0) lines.push(say.text('cli.held', { held: counts.held }));
  return lines;
}

/** What the source counts against what became of it, the reasons of what is not ready, and where the series stand. */
function controlLines({ control, counts, reasonCounts }: RunOutcome, say: Say): readonly string[] {
  if (control === null) return [];
  const { source, counted, records, leftOut, complete, series } = control;
  const kept = reasonCounts.map((one) => say.text('control.reason', { count: one.count, reason: shortOf(one, say) }));
  const state = complete === null ? 'uncounted' : complete ? counted : 'differs';
  const values = { source: source ?? 0, records, leftOut: leftOut === 0 ? '' : String(leftOut), read: counts.read };
  const lines = [say.text(`control.${state}`, values)];
  if (kept.length > 0) lines.push(say.text('control.reasons', { reasons: kept.join('; ') }).replace(/…\.$/, '…'));
  for (const { name, first, last, count } of series)
    lines.push(say.text('control.series', { name, first, last, count }));
  return lines;
}

/** A reason for many documents: what differs between them is left open. */
function shortOf({ code, values }: RunOutcome['reasonCounts'][number], say: Say): string {
  return say.text(`ui.short.${code}`, values ?? {}).replace(/\{[^}]*\}/g, '…');
}

export function printRun(
  outcome: RunOutcome,
  documents: readonly RunDocument[],
  { out, columns }: Terminal,
  say: Say,
): void {
  out(documentsTable(documents, say, columns));
  for (const line of summaryLines(outcome, say)) out(`${line}\n`);
}
