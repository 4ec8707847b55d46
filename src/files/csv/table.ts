import { createHash } from 'node:crypto';
import type { DocumentKind } from '../../core/document.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { CsvQuestion } from '../../schema/csv-preview.ts';
import type { Bytes } from '../bytes.ts';
import { looksLikeDay } from './days.ts';
import { type Cutting, cuttingOf, guessed, type Sample, sampleOf } from './guess.ts';
import { fieldNamed, fold } from './names.ts';
import { questionsOf } from './questions.ts';
import { type Encoding, encodingOf, headText } from './text.ts';

/** What is known of a CSV before it is read. */
export type CsvContext = {
  readonly kind: DocumentKind;
  /** A layout given for this reading, whatever is kept. */
  readonly layout?: CsvLayout | null;
  /** The layout kept for files with these names of columns. */
  readonly kept?: (fingerprint: string) => Promise<CsvLayout | null>;
};

/** A CSV of sales looked at: how it would be read, and what must be answered before. */
export type CsvTable = {
  readonly fingerprint: string;
  /** The layout was given or kept; false: it is a guess. */
  readonly known: boolean;
  readonly layout: CsvLayout;
  readonly encoding: Encoding;
  readonly sample: Sample;
  readonly questions: readonly CsvQuestion[];
  /** The row of names holds values: the file has no names, and its first row would be lost. */
  readonly headless: boolean;
  /** The file was looked at to its end. */
  readonly whole: boolean;
};

/** Looks at a file as a CSV; null when it is no table. */
export async function tableOf(bytes: Bytes, context: CsvContext): Promise<CsvTable | null> {
  const found = await encodingOf(bytes);
  const text = headText(bytes, found);
  const cutting = cuttingOf(text);
  if (cutting === null) return null;
  const whole = bytes.head.length < WHOLE;
  const fingerprint = fingerprintOf(sampleOf(text, cutting, whole).header);
  const given = context.layout ?? (await context.kept?.(fingerprint)) ?? null;
  const encoding = given === null || given.encoding === 'auto' ? found : given.encoding;
  const read = encoding === found ? text : headText(bytes, encoding);
  const sample = sampleOf(read, given ?? cutting, whole);
  const fits = given !== null && sameNames(given, sample.header);
  const layout = fits ? ofKind(given, sample, context) : recut(sample, given ?? cutting, given, context.kind);
  return {
    ...{ fingerprint, known: fits, layout, encoding, sample, questions: questionsOf(layout, sample) },
    whole,
    headless: sample.header.every((name) => fieldNamed(name) === null) && sample.header.some(isValue),
  };
}

/** Bytes from which the beginning of a file is not all of it (`bytes.ts` reads so many). */
const WHOLE = 1 << 18;

/** Names of columns, however they are written, as one short text. */
function fingerprintOf(header: readonly string[]): string {
  return createHash('sha256').update(header.map(fold).join('\n')).digest('hex').slice(0, 24);
}

function sameNames({ columns }: CsvLayout, header: readonly string[]): boolean {
  return (
    columns.length === header.length && columns.every(({ header: name }, at) => fold(name) === fold(header[at] ?? ''))
  );
}

/**
 * A layout kept for sales does not make sales of a file of credit notes, nor the other way round, where no column says
 * which they are: they are told by their sign, or it is asked.
 */
function ofKind(layout: CsvLayout, sample: Sample, { kind, layout: given }: CsvContext): CsvLayout {
  if (given) return layout;
  const found = guessed(sample, layout.delimiter, kind).kind;
  if (kind === 'sale' && layout.kind === 'creditNote') return { ...layout, kind: found };
  return kind === 'creditNote' && layout.kind === 'bySign' ? { ...layout, kind: found } : layout;
}

/** The layout of a file whose cells somebody cut another way: its columns are guessed anew, its encoding is theirs. */
function recut(sample: Sample, { delimiter }: Cutting, given: CsvLayout | null, kind: DocumentKind): CsvLayout {
  const layout = guessed(sample, delimiter, kind);
  return given === null ? layout : { ...layout, encoding: given.encoding };
}

function isValue(cell: string): boolean {
  return looksLikeDay(cell) || /^-?\d+[.,]\d{2}$/.test(cell.trim());
}
