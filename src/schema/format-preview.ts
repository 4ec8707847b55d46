import type { Problem } from '../core/problem.ts';
import type { RECORDS } from './format-words.ts';

/** What a user's own format writes for some entries, line by line and column by column, and whether it can be read back. */
export type FormatPreview = {
  readonly lines: readonly PreviewLine[];
  /** Entries that stay out of the file, and why. */
  readonly held: readonly { readonly entry: number; readonly problems: readonly Problem[] }[];
  /** What a file says of an entry, and what it has no place for. */
  readonly carries: readonly string[];
  readonly lacks: readonly string[];
  readonly read: PreviewRead;
};

export type PreviewLine = {
  readonly text: string;
  /** Of the head, the names of the columns, the foot, or one of the records. */
  readonly record: 'head' | 'names' | 'foot' | (typeof RECORDS)[number];
  /** Of each column in its order: where it starts and ends in the text, from 0. */
  readonly cells: readonly { readonly start: number; readonly end: number }[];
};

/** Sums are decimal text. */
export type PreviewRead =
  | { readonly state: 'proven'; readonly lines: number; readonly debit: string; readonly credit: string }
  | {
      readonly state: 'fault';
      readonly line: number;
      readonly column: number | null;
      readonly expected: string;
      readonly found: string;
    }
  /** It can be read, and says something else than what was written: what, as counts. */
  | { readonly state: 'differs'; readonly what: string }
  | { readonly state: 'nothing' };
