import { decimalText } from '../../core/decimal.ts';
import { type SalesDocument, sourceOf } from '../../core/document.ts';
import type { CsvPreview, CsvPreviewDocument } from '../../schema/csv-preview.ts';
import type { ReadItem } from '../../shops/reader.ts';
import type { Bytes } from '../bytes.ts';
import { openCsv } from './open.ts';
import type { CsvTable } from './table.ts';
import { bare } from './values.ts';

const DOCUMENTS = 5;
const SAMPLES = 3;

/** A CSV as it would be read, with its first documents where no question is open. */
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
async function firstOf(bytes: Bytes, table: CsvTable, timeZone: string | null): Promise<readonly CsvPreviewDocument[]> {
  for await (const { items } of openCsv(bytes, table, timeZone).lots) {
    const looked = table.whole ? items : items.slice(0, -1);
    return [
      ...looked.filter(({ state }) => state === 'unreadable'),
      ...looked.filter(({ state }) => state === 'read'),
    ].map(shownOf);
  }
  return [];
}

function shownOf(item: ReadItem): CsvPreviewDocument {
  if (item.state === 'read') return shownDocument(item.document);
  const [problem] = item.problems;
  return {
    ...{ kind: item.kind, number: item.orderId, date: null, lines: 0, net: null, tax: null, gross: null },
    ...{ currency: null, paid: null, problem: problem ? { code: problem.code, values: problem.values } : null },
  };
}

function shownDocument(document: SalesDocument): CsvPreviewDocument {
  const { kind, lines, totals, currency, payments, creditNote, order } = document;
  const [first] = payments;
  return {
    ...{ kind, number: sourceOf(document).number, date: creditNote?.date ?? order.date, lines: lines.length },
    ...{ net: decimalText(totals.net, 2), tax: decimalText(totals.tax, 2), gross: decimalText(totals.gross, 2) },
    ...{ currency: currency.code, paid: first?.method.name ?? null, problem: null },
  };
}
