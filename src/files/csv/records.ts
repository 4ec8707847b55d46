import { CsvError, type Options, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { Break } from '../sales-file.ts';
import type { Garbled } from './text.ts';

/** A row of the file and the line it begins on, counted from 1. */
export type Row = { readonly cells: readonly string[]; readonly line: number };

type Delimiter = CsvLayout['delimiter'];

/** Characters of a row: a quote that is never closed must not take the whole file into memory. */
const MAX_ROW = 1 << 20;
/** What a spreadsheet may write first to say which sign is between its columns. */
const SEP = /^\uFEFF?sep=(.)\r?\n/i;

/** The rows of a text, those of a chunk together; where it is broken comes last. */
export async function* rowsOf(
  text: AsyncIterable<string | Garbled>,
  delimiter: Delimiter,
): AsyncGenerator<{ readonly rows: readonly Row[]; readonly broken: Break | null }> {
  const gathered = gatherer();
  const parser = new Parser(optionsOf(delimiter, gathered.take));
  parser.on('error', () => {}); // whoever writes is told
  let first = true;
  for await (const piece of text) {
    if (typeof piece !== 'string') {
      return yield { rows: [], broken: { ...gathered.place(), reason: `garbled: ${piece.garbled}` } };
    }
    const sep = first ? SEP.exec(piece) : null;
    if (first && sep !== null) gathered.skip();
    first = false;
    const fault = await new Promise<Error | null | undefined>((done) => {
      parser.write(piece.slice(sep?.[0].length ?? 0), done);
    });
    if (fault) return yield { rows: gathered.given(), broken: broken(fault) };
    const rows = gathered.given();
    if (rows.length > 0) yield { rows, broken: null };
  }
  const fault = await new Promise<Error | null>((done) => {
    parser.once('finish', () => done(null)).once('error', done);
    parser.end();
  });
  yield { rows: gathered.given(), broken: fault && broken(fault) };

  function broken(fault: Error): Break {
    if (!(fault instanceof CsvError)) throw fault;
    return { ...gathered.place(), reason: reasonOf(fault) };
  }
}

/** The first rows of a text that may be cut off anywhere; the delimiter it says itself, if it does. */
export function firstRows(text: string, delimiter: Delimiter, max: number): readonly Row[] {
  const gathered = gatherer();
  const said = SEP.exec(text);
  if (said !== null) gathered.skip();
  try {
    parse(text.slice(said?.[0].length ?? 0), { ...optionsOf(delimiter, gathered.take), to: max });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error; // what stands before is looked at, and the fault told when the file is read
  }
  return gathered.given();
}

/** The sign a file says is between its columns (`sep=;`, which spreadsheets write and read). */
export function saidDelimiter(text: string): string | null {
  return SEP.exec(text)?.[1] ?? null;
}

function gatherer() {
  let rows: Row[] = [];
  let passed = 0; // lines before the text
  let end = 0; // the line the last row ends on
  return {
    take: (cells: string[], lines: number) => {
      rows.push({ cells, line: passed + end + 1 });
      end = lines;
    },
    skip: () => {
      passed = 1;
    },
    given: () => {
      const given = rows;
      rows = [];
      return given;
    },
    place: () => ({ line: passed + end + 1, column: 1 }),
  };
}

/** Rows are taken as they are met: what stands before a fault is not lost with it. */
function optionsOf(delimiter: Delimiter, take: (cells: string[], lines: number) => void): Options<string[]> {
  return {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record: (record: string[], { lines }) => {
      take(record, lines);
      return null;
    },
  } as Options<string[]>; // its types know on_record of objects alone
}

function reasonOf({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'quote-not-closed';
  return code === 'CSV_MAX_RECORD_SIZE' ? `too-large: ${MAX_ROW}` : code;
}
