import { decimalText } from '../../core/decimal.ts';
import { type SalesDocument, sourceOf } from '../../core/document.ts';
import type { Problem } from '../../core/problem.ts';
import type { CsvField } from '../../schema/csv-fields.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { ReadItem } from '../../shops/reader.ts';
import type { Bytes } from '../bytes.ts';
import { openCsv } from './open.ts';
import type { Question } from './questions.ts';
import type { CsvTable } from './table.ts';
import { bare } from './values.ts';

const DOCUMENTS = 5;
const SAMPLES = 3;

/** What is shown of a CSV before it is read: how, from which columns, and its first documents. */
export type CsvPreview = {
  readonly fingerprint: string;
  /** The layout was kept or given; false: it is a guess. */
  readonly known: boolean;
  readonly headless: boolean;
  readonly layout: CsvLayout;
  /** The encoding found, where the layout leaves it to the file. */
  readonly encoding: string;
  readonly questions: readonly Question[];
  readonly columns: readonly {
    readonly header: string;
    readonly samples: readonly string[];
    readonly field: CsvField | null;
    readonly rate: string | null;
  }[];
  /** Empty while a question is open. */
  readonly documents: readonly PreviewDocument[];
  /** Of the documents looked at. */
  readonly held: number;
};

export type PreviewDocument = {
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

export async function previewOf(bytes: Bytes, table: CsvTable, timeZone: string | null): Promise<CsvPreview> {
  const { fingerprint, known, headless, layout, encoding, questions, sample } = table;
  const shown = questions.length > 0 || headless ? [] : await firstOf(bytes, table, timeZone);
  const columns = layout.columns.map(({ header, field, rate }, at) => {
    const values = sample.rows.map(({ cells }) => bare(cells[at] ?? '').slice(0, 60)).filter((cell) => cell !== '');
    return { header, samples: [...new Set(values)].slice(0, SAMPLES), field, rate: rate ?? null };
  });
  return {
    ...{ fingerprint, known, headless, layout, encoding, questions, columns },
    documents: shown.slice(0, DOCUMENTS),
    held: shown.filter(({ problem }) => problem !== null).length,
  };
}

/** The documents of the first lot, those that cannot be read first; the last one may be cut off with the file. */
async function firstOf(bytes: Bytes, table: CsvTable, timeZone: string | null): Promise<readonly PreviewDocument[]> {
  for await (const { items } of openCsv(bytes, table, timeZone).lots) {
    const looked = table.whole ? items : items.slice(0, -1);
    return [
      ...looked.filter(({ state }) => state === 'unreadable'),
      ...looked.filter(({ state }) => state === 'read'),
    ].map(shownOf);
  }
  return [];
}

function shownOf(item: ReadItem): PreviewDocument {
  if (item.state === 'read') return shownDocument(item.document);
  const [problem] = item.problems;
  return {
    ...{ kind: item.kind, number: item.orderId, date: null, lines: 0, net: null, tax: null, gross: null },
    ...{ currency: null, paid: null, problem: problem ? { code: problem.code, values: problem.values } : null },
  };
}

function shownDocument(document: SalesDocument): PreviewDocument {
  const { kind, lines, totals, currency, payments, creditNote, order } = document;
  const [first] = payments;
  return {
    ...{ kind, number: sourceOf(document).number, date: creditNote?.date ?? order.date, lines: lines.length },
    ...{ net: decimalText(totals.net, 2), tax: decimalText(totals.tax, 2), gross: decimalText(totals.gross, 2) },
    ...{ currency: currency.code, paid: first?.method.name ?? null, problem: null },
  };
}
