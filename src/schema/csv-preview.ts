import type { Problem } from '../core/problem.ts';
import type { CsvField } from './csv-fields.ts';
import type { CsvLayout } from './csv-layout.ts';

/** What a file does not say for certain and a person must. `values`: examples of what is in doubt, or what is to be sorted. */
export type CsvQuestion = {
  readonly id:
    | ('number' | 'date' | 'amount' | 'twice' | 'decimal' | 'dates' | 'currency' | 'vatRate' | 'shipping' | 'payments')
    | ('kind' | 'kinds' | 'statuses');
  readonly values: readonly string[];
};

/** What is shown of a CSV before it is read: how, from which columns, and its first documents. */
export type CsvPreview = {
  readonly fingerprint: string;
  /** The layout was kept or given; false: it is a guess. */
  readonly known: boolean;
  /** The row of names holds values: nothing is read of the file. */
  readonly headless: boolean;
  readonly layout: CsvLayout;
  /** The encoding found, where the layout leaves it to the file. */
  readonly encoding: string;
  readonly questions: readonly CsvQuestion[];
  readonly columns: readonly {
    readonly header: string;
    readonly samples: readonly string[];
    readonly field: CsvField | null;
    readonly rate: string | null;
  }[];
  /** Empty while a question is open. */
  readonly documents: readonly CsvPreviewDocument[];
  /** Of the documents looked at. */
  readonly held: number;
};

export type CsvPreviewDocument = {
  readonly kind: 'sale' | 'creditNote';
  readonly number: string;
  readonly date: string | null;
  readonly lines: number;
  readonly net: string | null;
  readonly tax: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly paid: string | null;
  readonly problem: { readonly code: Problem['code']; readonly values: Problem['values'] } | null;
};
