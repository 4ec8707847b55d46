import { type Problem, problem } from '../core/problem.ts';
import { periodPolicy } from '../profiles/settings.ts';
import type { PartRow } from '../store/store.ts';
import type { Analysed, AnalysedEntry } from './analyse.ts';
import { corrected, standing, writtenParts } from './corrections.ts';
import type { RunDocument } from './events.ts';
import type { Source } from './read.ts';
import { documentOf } from './stored.ts';
import type { Work } from './work.ts';

/** Documents looked at together. */
const LOT = 200;

/**
 * Documents of the period that were written and that the shop did not hand over this time: it is asked what they are now. An
 * order that was deleted, or whose status is none of those the profile reads, is no sale any more, and a credit note that was
 * deleted gives nothing back: their entries are to be reversed.
 */
export async function* goneDocuments(
  work: Work,
  source: Source,
  seen: (key: string) => boolean,
): AsyncGenerator<readonly Analysed[]> {
  const { deps, request, stored } = work;
  const { period } = request;
  if ((request.corrections ?? 'tell') === 'tell' || period.type !== 'days') return;
  const goneOf = request.kind === 'sales' ? goneSales(source) : goneCreditNotes(source);
  if (goneOf === null) return;
  const kind = request.kind === 'sales' ? 'sale' : 'creditNote';
  let after = '';
  for (;;) {
    const within = { kind, from: period.from, to: period.to, after, limit: LOT } as const;
    const rows = await deps.store.written.standing(stored.id, within);
    if (rows.length === 0) return;
    after = rows.at(-1)?.document ?? after;
    const unread = rows.filter(({ document }) => !seen(document));
    if (unread.length === 0) continue;
    const gone = await goneOf(unread);
    const known = await deps.store.parts.of(
      stored.id,
      gone.map(({ document }) => document),
    );
    const lot: Analysed[] = [];
    for (const { document, status } of gone) {
      const one = await reversed(work, known.get(document) ?? [], status);
      if (one !== null) lot.push(one);
    }
    if (lot.length > 0) yield lot;
  }
}

type Written = { readonly document: string; readonly orderId: string };
/** Those of written documents that are no more, with the status the shop says they have. */
type GoneOf = (
  unread: readonly Written[],
) => Promise<readonly { readonly document: string; readonly status: string }[]>;

function goneSales({ standing: ask }: Source): GoneOf | null {
  if (ask === null) return null;
  return async (unread) => {
    const states = await ask(unread.map(({ orderId }) => orderId));
    const gone = unread.filter(({ orderId }) => !(states.get(orderId)?.wanted ?? false));
    return gone.map(({ document, orderId }) => ({ document, status: states.get(orderId)?.status ?? '' }));
  };
}

function goneCreditNotes({ creditNotesLeft: ask }: Source): GoneOf | null {
  if (ask === null) return null;
  return async (unread) => {
    const notes = unread.map(({ document, orderId }) => ({
      document,
      id: document.slice('creditNote/'.length),
      orderId,
    }));
    const left = await ask(notes);
    if (left === null) return [];
    return notes.filter(({ id }) => !left.has(id)).map(({ document }) => ({ document, status: '' }));
  };
}

/** Every standing part of the document, reversed; null when its entries were written by a version that kept none. */
async function reversed(
  { deps, stored, request }: Work,
  known: readonly PartRow[],
  status: string,
): Promise<Analysed | null> {
  const [row] = standing(known).values();
  const before = row?.run ? (await deps.store.runs.documentsByKey(row.run, [row.document]))[0] : undefined;
  if (before === undefined) return null;
  const summary = documentOf(before);
  const source = { kind: summary.kind, key: summary.key, number: summary.orderNumber ?? summary.orderId };
  const entries: AnalysedEntry[] = [];
  const reasons: Problem[] = [
    summary.kind === 'sale'
      ? problem('document.gone-after-transfer', 'warn', source, { status })
      : problem('document.credit-note-gone', 'warn', source, {}),
  ];
  let fault: Problem | null = null;
  for (const written of (await writtenParts(deps.store, known)).values()) {
    const period = periodPolicy(stored.profile, request.late ?? null);
    const made = corrected({ written, now: null, hash: '', period, source });
    entries.push(...made.entries);
    reasons.push(...made.reasons);
    fault ??= made.fault;
  }
  if (entries.length === 0 && fault === null) return null;
  const told: RunDocument = { ...summary, state: fault === null ? 'ready' : 'held', reasons };
  const held = fault === null ? [] : [{ part: 'document', hash: '', reason: fault.code }];
  return { document: null, summary: told, entries: fault === null ? entries : [], held };
}
