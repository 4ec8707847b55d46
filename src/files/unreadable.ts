import type { DocumentSource } from '../core/document.ts';
import { type Problem, problem } from '../core/problem.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Break, Place } from './sales-file.ts';

/** A key is short enough for an id of every shop. */
const MAX_KEY = 200;

export type Fault = { readonly field: string; readonly reason: string };

/** A line that is no document: held by its number, or by its own key where it has one. */
export function unreadableLine(json: unknown, line: number, fault: Fault): ReadItem {
  return unreadable(json, line, (source) =>
    problem('file.line-unreadable', 'hold', source, { line: String(line), ...fault }),
  );
}

/** The same of a document that is no line by itself. */
export function unreadableDocument(json: unknown, { line, column }: Place, fault: Fault): ReadItem {
  return unreadable(json, line, (source) =>
    problem('file.document-unreadable', 'hold', source, { line: String(line), column: String(column), ...fault }),
  );
}

/** The same of rows of a CSV, by the cell that is wrong first. */
export function unreadableRows(
  json: unknown,
  { line, column, value, reason }: { line: number; column: string; value: string; reason: string },
): ReadItem {
  return unreadable(json, line, (source) =>
    problem('file.cell-unreadable', 'hold', source, { line: String(line), column, value, reason }),
  );
}

/** One of several files that cannot be read: held by its name. */
export function unreadableFile(
  file: string,
  at: number,
  { reason, kind }: { readonly reason: string; readonly kind: 'sale' | 'creditNote' },
): ReadItem {
  return unreadable({ kind, key: `file/${file}`.slice(0, MAX_KEY) }, at, (source) =>
    problem('file.part-unreadable', 'hold', source, { file, reason }),
  );
}

/** What stands in for all that a broken file does not tell any more: held, so that nobody takes the run for whole. */
export function brokenRest({ line, column, reason }: Break, kind: 'sale' | 'creditNote'): ReadItem {
  const item = unreadable({ kind }, line, (source) =>
    problem('file.broken', 'hold', source, { line: String(line), column: String(column), reason }),
  );
  return item;
}

function unreadable(json: unknown, line: number, why: (source: DocumentSource) => Problem): ReadItem {
  const given = (typeof json === 'object' && json !== null ? json : {}) as {
    key?: unknown;
    kind?: unknown;
    order?: { id?: unknown };
  }; // only to name it: each value is checked below
  const key = typeof given.key === 'string' && given.key.length <= MAX_KEY ? given.key : `line/${line}`;
  const kind = given.kind === 'creditNote' ? 'creditNote' : 'sale';
  const order = given.order?.id;
  const orderId = typeof order === 'string' && order.length <= MAX_KEY ? order : String(line);
  return { state: 'unreadable', kind, key, orderId, problems: [why({ kind, key, number: key })], raw: null };
}
