import type { SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';

/** Where something stands in a file; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** Where a file stops being readable, and why (the key of a word, with a detail after a colon). */
export type Break = Place & { readonly reason: string };

/** Documents handed on together; `broken`: nothing comes after them. */
export type FileLot = { readonly items: readonly ReadItem[]; readonly broken: Break | null };

/** A file of sales that stands in for a shop. */
export type SalesFile = {
  readonly format: FileFormat;
  readonly header: SalesFileHeader;
  readonly lots: AsyncIterable<FileLot>;
  /** Documents met so far, readable or not. */
  readonly documents: () => number;
};

export type FileFormat = 'json-lines' | 'json' | 'xml' | 'invoice' | 'csv' | 'several';

/** Documents of a lot. */
export const LOT = 200;
/** Bytes of a document, in whatever spelling: one of thousands of lines stays far below. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;
