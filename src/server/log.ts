import { basename } from 'node:path';
import type { LogLine, Reason } from '../api/api.ts';
import type { RunDocument, RunEvent, RunStep, RunTrouble } from '../runs/events.ts';
import { causeOf, reasonOf, tellsMore } from './causes.ts';

/**
 * The log of a run, as lines: a pure function of its events, so that it reads the same live and years later. One cause
 * is one line, however many documents it stops; what went well is counted once there is more of it than a person reads.
 *
 * A line's number is the place of the last kept event × 1000, plus its place behind it: events that are not kept
 * (progress) give lines too while a run lives, and the others keep their numbers when these are gone.
 */
export type LogWriter = (event: RunEvent) => readonly LogLine[];

/** Beyond these, lines of one kind are counted. */
const MAX_PAGES = 20;
export const MAX_WRITTEN = 300;
const MAX_CAUSES = 200;
const MAX_RETRIES = 50;
const MAX_TROUBLES = 100;
const COUNTING_LINES = 20;
const MAX_ORDERS_NAMED = 12;
/** As many documents as the run keeps in its log (`runs/recorder.ts`). */
const MAX_KEPT_DOCUMENTS = 2000;

type Group = { reason: Reason; readonly kind: RunDocument['kind']; readonly orders: string[]; count: number };

/** A document that was written, for the log of a run whose progress nobody kept. */
export type WrittenDocument = { readonly order: string; readonly piece: string | null; readonly amount: string | null };

export function logWriter(before: readonly WrittenDocument[] = []): LogWriter {
  const groups = new Map<string, Group>();
  const told = new Set<string>();
  let [place, behind] = [0, 0];
  let step: RunStep = 'start';
  let kind: 'sales' | 'creditNotes' = 'sales';
  let previousAt = '';
  let stepAt = '';
  let [pages, nextPage, retries, ungrouped] = [0, MAX_PAGES, 0, 0];
  let [delivered, counted, documents] = [false, 0, 0];

  return (event) => {
    if (event.type === 'document' && isKept(event)) documents += 1;
    if (isKept(event) && documents <= MAX_KEPT_DOCUMENTS) [place, behind] = [place + 1, 0];
    const lines = linesOf(event);
    previousAt = event.at;
    return lines;
  };

  function linesOf(event: RunEvent): readonly LogLine[] {
    const { at } = event;
    switch (event.type) {
      case 'begin':
        if (place > 1) return []; // a review that is written goes on in the same log
        kind = event.run.kind;
        step = 'start';
        return [line(at, `begin-${kind}`, 'head', { from: event.run.from ?? '', to: event.run.to ?? '' })];
      case 'step':
        return stepLines(event);
      case 'page':
        return pageLines(event);
      case 'resumed': {
        const { page, documents: kept, startedAt } = event;
        return [line(at, 'resumed', 'ok', { page: String(page), documents: String(kept), started: startedAt })];
      }
      case 'retry':
        retries += 1;
        if (retries > MAX_RETRIES) return [];
        return [
          line(at, 'retry', 'warn', {
            attempt: String(event.attempt),
            waitMs: String(event.waitMs),
            reason: event.reason,
          }),
        ];
      case 'document':
        gather(event.document);
        return [];
      case 'progress':
        return event.step === 'write' ? writtenLines(event) : [];
      case 'trouble':
        return troubleLines(at, event.trouble, 'warn');
      case 'file': {
        delivered = true;
        const { file } = event;
        return [
          ...linesBefore(at),
          ...groupLines(at),
          line(at, 'file', 'ok', { name: basename(file.path), lines: String(file.lines), bytes: String(file.bytes) }),
        ];
      }
    }
  }

  function stepLines({ at, step: name, state, counts, trouble }: Extract<RunEvent, { type: 'step' }>): LogLine[] {
    const duration = { durationMs: String(Math.max(0, Date.parse(at) - Date.parse(stepAt || at))) };
    if (state === 'begin') {
      stepAt = at;
      step = name;
      return name === 'start' ? [] : [line(at, `${name}-${kind}`, 'head', {})];
    }
    const found = name === 'analyse' || name === 'write' || state === 'failed' ? groupLines(at) : [];
    step = name;
    if (state === 'failed') {
      const cause = trouble === null ? [line(at, 'step-failed', 'failed', {})] : troubleLines(at, trouble, 'failed');
      return [...found, ...cause, ...(delivered ? [] : [line(at, 'nothing-written', 'info', {})])];
    }
    const values = {
      ...duration,
      read: String(counts.read),
      ready: String(counts.ready),
      held: String(counts.held),
      excluded: String(counts.excluded),
      already: String(counts.alreadyTransferred),
      written: String(counts.written),
      entries: String(counts.entries),
      lines: String(counts.lines),
    };
    return [...found, line(at, `${name}-done`, 'ok', values)];
  }

  function pageLines({ at, page, records, total }: Extract<RunEvent, { type: 'page' }>): LogLine[] {
    pages += 1;
    if (pages > MAX_PAGES && pages < nextPage * 2) return [];
    if (pages > MAX_PAGES) nextPage *= 2; // Pages 40, 80, 160 ...: a few lines for a million orders.
    const durationMs = String(Math.max(0, Date.parse(at) - Date.parse(previousAt || at)));
    const values = { page: String(page), records: String(records), durationMs };
    return [
      line(
        at,
        total === null ? 'page' : 'page-of-total',
        'ok',
        total === null ? values : { ...values, total: String(total) },
      ),
    ];
  }

  function writtenLines(event: Extract<RunEvent, { type: 'progress' }>): LogLine[] {
    const { at, done, total, label, piece, amount } = event;
    const values = { done: String(done), total: String(total ?? done), order: label };
    if ((total ?? Infinity) <= MAX_WRITTEN) {
      counted = done;
      return [{ ...line(at, writtenEvent(), 'ok', values), detail: piece, amount }];
    }
    const stride = total === null ? MAX_WRITTEN * COUNTING_LINES : Math.ceil(total / COUNTING_LINES);
    const passed = Math.floor(done / stride) > Math.floor(counted / stride);
    counted = done;
    return passed || done === total ? [line(at, 'entries-written', 'ok', values)] : [];
  }

  /** Entries of credit notes are counted by the order they take back. */
  function writtenEvent(): string {
    return kind === 'sales' ? 'entry-written' : 'entry-written-creditNote';
  }

  /** Progress is not kept: later, the documents written say the same. */
  function linesBefore(at: string): LogLine[] {
    if (counted > 0 || before.length > MAX_WRITTEN) return [];
    return before.map(({ order, piece, amount }, index) => {
      const values = { done: String(index + 1), total: String(before.length), order };
      return { ...line(at, writtenEvent(), 'ok', values), detail: piece, amount };
    });
  }

  function troubleLines(at: string, { code, values }: RunTrouble, level: 'warn' | 'failed'): LogLine[] {
    const key = JSON.stringify([code, values]);
    if (told.has(key) || told.size >= MAX_TROUBLES) return [];
    told.add(key);
    const reason: Reason = { code, values, severity: level === 'failed' ? 'hold' : 'warn', part: null, document: null };
    return [{ ...line(at, level === 'failed' ? 'failed' : 'trouble', level, {}), reason }];
  }

  function gather(document: RunDocument): void {
    const order = document.creditNoteNumber ?? document.orderNumber ?? document.orderId;
    for (const problem of document.reasons) {
      const cause = causeOf(problem);
      const group = groups.get(cause);
      if (group !== undefined) {
        if (tellsMore(problem, group.reason)) group.reason = reasonOf(problem);
        if (group.orders.at(-1) === order) continue;
        group.count += 1;
        if (group.orders.length < MAX_ORDERS_NAMED) group.orders.push(order);
      } else if (groups.size < MAX_CAUSES) {
        groups.set(cause, { reason: reasonOf(problem), kind: document.kind, orders: [order], count: 1 });
      } else ungrouped += 1;
    }
  }

  /** Held first, then what waits, is left out, or is only remarked. */
  function groupLines(at: string): LogLine[] {
    const order = { hold: 0, part: 1, exclude: 2, warn: 3 };
    const sorted = [...groups.values()].sort((a, b) => order[a.reason.severity] - order[b.reason.severity]);
    const lines = sorted.map((group) => groupLine(at, group));
    if (ungrouped > 0) lines.push(line(at, 'more-problems', 'warn', { count: String(ungrouped) }));
    groups.clear();
    ungrouped = 0;
    return lines;
  }

  function groupLine(at: string, { reason, kind: document, orders, count }: Group): LogLine {
    const named = count > orders.length ? `${orders.join(', ')} …` : orders.join(', ');
    const values = { orders: named, count: String(count) };
    return {
      ...line(at, `${GROUPS[reason.severity].event}-${document}`, GROUPS[reason.severity].level, values),
      reason,
    };
  }

  function line(at: string, event: string, level: LogLine['level'], values: LogLine['values']): LogLine {
    const seq = place * 1000 + Math.min(behind, 999);
    behind += 1;
    return { seq, at, step, event, level, values, detail: null, amount: null, reason: null };
  }
}

const GROUPS = {
  hold: { event: 'held', level: 'held' },
  part: { event: 'waiting', level: 'held' },
  exclude: { event: 'excluded', level: 'info' },
  warn: { event: 'remarked', level: 'warn' },
} as const;

/** Whether the run keeps the event with its log; the others live as long as the run. */
export function isKept(event: RunEvent): boolean {
  if (event.type === 'progress') return false;
  return event.type !== 'document' || event.document.reasons.length > 0;
}

/** The whole log of the events kept of a run. */
export function logOf(events: Iterable<RunEvent>, written: readonly WrittenDocument[] = []): LogLine[] {
  const write = logWriter(written);
  const lines: LogLine[] = [];
  for (const event of events) lines.push(...write(event));
  return lines;
}
