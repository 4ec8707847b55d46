import { plainDecimal, unitsText } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import type { Carried, Encoded, FormatFault, FormatRemark } from './format.ts';
import { type Charset, clean, encodeText, isWritable, type TextRules } from './text.ts';

/** What keeps an entry from fitting, and what was done to make it fit, gathered while its records are written. */
export type Notes = { readonly faults: FormatFault[]; readonly remarks: FormatRemark[] };

/**
 * How a value goes in. `code`: exactly as it is, or refused. `text`: cleaned, cut at the end. `piece`: cleaned, keeps
 * its end, since the digits matter. `whole`: cleaned, refused when too long. `digits`: its digits alone, and the end of
 * them. `own`: made by us of ASCII (amounts, dates, flags); refused when too long.
 */
export type Fit = 'code' | 'text' | 'piece' | 'whole' | 'digits' | 'own';

/** Encodes an entry's records in one go; refuses an entry that does not balance or whose codes do not fit. */
export function encodeEntry(
  entry: NumberedEntry,
  charset: Charset,
  write: (line: EntryLine, notes: Notes, index: number) => string,
): Encoded {
  return encodeRecords(entry, charset, (line, notes, index, out) => {
    out.text += write(line, notes, index);
  });
}

/** The same for records that may be made as bytes at once. */
export function encodeRecords(
  entry: NumberedEntry,
  charset: Charset,
  write: (line: EntryLine, notes: Notes, index: number, out: Gathered) => void,
): Encoded {
  scratch.size = 0;
  scratch.text = '';
  return encoded(
    entry,
    (line, notes, index) => write(line, notes, index, scratch),
    () => {
      if (scratch.text !== '') addText(scratch, scratch.text, charset);
      return scratch.bytes.subarray(0, scratch.size);
    },
  );
}

/** The records of an entry: bytes, `size` of them and room for more, or one text. */
export type Gathered = { bytes: Buffer; size: number; text: string };

/** For one entry after the other. */
const scratch: Gathered = { bytes: Buffer.alloc(1 << 14), size: 0, text: '' };

/** Adds the first `length` bytes of a record. */
export function addBytes(out: Gathered, record: Uint8Array, length: number): void {
  makeRoom(out, length);
  out.bytes.set(length === record.length ? record : record.subarray(0, length), out.size);
  out.size += length;
}

/** Adds text that went through `clean`. */
function addText(out: Gathered, text: string, charset: Charset): void {
  makeRoom(out, text.length * 3);
  const size = out.bytes.write(text, out.size, 'utf8');
  if (charset === 'utf-8' || size === text.length) out.size += size;
  else {
    const bytes = encodeText(text, charset);
    addBytes(out, bytes, bytes.length);
  }
}

function makeRoom(out: Gathered, length: number): void {
  if (out.size + length > out.bytes.length) {
    out.bytes = Buffer.concat([out.bytes, Buffer.alloc(out.bytes.length + length)]);
  }
}

function encoded(
  entry: NumberedEntry,
  write: (line: EntryLine, notes: Notes, index: number) => void,
  bytes: () => Buffer,
): Encoded {
  let debit = 0n;
  let credit = 0n;
  const notes: Notes = { faults: [], remarks: [] };
  const { lines } = entry;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) continue;
    const { minor } = line.amount;
    if (minor > 0n) debit += minor;
    else credit -= minor;
    write(line, notes, index);
  }
  if (debit !== credit) {
    const decimals = lines[0]?.amount.currency.decimals ?? 0;
    notes.faults.push({ reason: 'unbalanced', debit: unitsText(debit, decimals), credit: unitsText(credit, decimals) });
  }
  if (notes.faults.length > 0) return { state: 'refused', faults: distinct(notes.faults) };
  return { state: 'fits', bytes: bytes(), records: lines.length, remarks: distinct(notes.remarks) };
}

/** Encodes a record that is no entry: a customer. */
export function encodeRecord(charset: Charset, write: (notes: Notes) => string): Encoded {
  const notes: Notes = { faults: [], remarks: [] };
  const text = write(notes);
  if (notes.faults.length > 0) return { state: 'refused', faults: notes.faults };
  return { state: 'fits', bytes: encodeText(text, charset), records: 1, remarks: notes.remarks };
}

/** The value as it may stand in a field of `width` characters (null: any width). */
export function fitted(
  value: string,
  field: {
    readonly name: string;
    readonly fit: Fit;
    readonly width: number | null;
    readonly required?: boolean | undefined;
  },
  rules: TextRules,
  notes: Notes,
): string {
  const { name, fit, width, required = false } = field;
  const exact = fit === 'code' || fit === 'own';
  const text = exact ? value : fit === 'digits' ? value.replace(/\D/g, '') : clean(value, rules);
  if (fit === 'digits' && text !== value) notes.remarks.push({ reason: 'piece-digits', value, cut: text });
  if (required && text === '') {
    notes.faults.push({ reason: 'missing', field: name, value, width: width ?? 0 });
  } else if (fit === 'code' && !isWritable(value, rules)) {
    notes.faults.push({ reason: 'unencodable', field: name, value, width: width ?? 0 });
  } else if (width !== null && text.length > width) {
    if (exact || fit === 'whole') notes.faults.push({ reason: 'too-long', field: name, value, width });
    else if (fit === 'text') return text.slice(0, width);
    else {
      const cut = text.slice(-width);
      notes.remarks.push({ reason: 'piece-cut', value, cut });
      return cut;
    }
  }
  return text;
}

/** `483.60`: the amount without its sign, which formats show by a side. */
export function amountText({ amount }: EntryLine, point: '.' | ','): string {
  const text = unitsText(amount.minor < 0n ? -amount.minor : amount.minor, amount.currency.decimals);
  return point === '.' ? text : text.replace('.', point);
}

/** `-12.50`: the amount in the document's currency, signed, debit positive; empty when the line has none. */
export function inCurrencyText({ amountInCurrency }: EntryLine, point: '.' | ','): string {
  return amountInCurrency === null ? '' : moneyText(amountInCurrency).replace('.', point);
}

const AMOUNT = /^-?\d{1,30}(?:[.,]\d{1,4})?$/;

/**
 * Minor units of an amount as a file writes it; null when it is no amount. Without `decimals` all of the currency's
 * decimals are written (0, or 2 to 4 of them); with them, `403` is 403 whole units, and `403.5` is read too.
 */
export function minorOf(text: string, decimals: number | null = null): bigint | null {
  if (!AMOUNT.test(text)) return null;
  const { units, scale } = plainDecimal(text.includes(',') ? text.replace(',', '.') : text);
  if (decimals === null) return scale === 1 ? null : units;
  if (scale === decimals) return units;
  return scale > decimals ? null : units * 10n ** BigInt(decimals - scale);
}

const NOTHING: readonly Carried[] = [];
const CURRENCY: readonly Carried[] = ['currency'];
const MATCHING: readonly Carried[] = ['matching'];
const VAT_GRID: readonly Carried[] = ['vatGrid'];

/** What a line also has, and is left out of an entry that is made of it. */
export function unreadOf({
  inCurrency,
  matching,
  vatGrid = '',
}: Beside & { readonly vatGrid?: string }): readonly Carried[] {
  const currency = inCurrency === '' ? NOTHING : CURRENCY;
  if (matching === '' && vatGrid === '') return currency;
  return [...currency, ...(matching === '' ? [] : MATCHING), ...(vatGrid === '' ? [] : VAT_GRID)];
}

type Beside = { readonly inCurrency: string; readonly matching: string };

/** Of a line that has none of them. */
export const NOTHING_BESIDE = { inCurrency: '', currency: '', rate: '', matching: '', unread: NOTHING } as const;

/** The same answers, the last one kept: the lines of a file that follow each other mostly have the same date. */
export function remembering<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  let last: { readonly text: string; readonly answer: Answer } | null = null;
  return (text) => {
    if (last === null || last.text !== text) last = { text, answer: answer(text) };
    return last.answer;
  };
}

/** Every line of an entry repeats its codes, so its faults and remarks come several times. */
function distinct<Note>(notes: readonly Note[]): readonly Note[] {
  if (notes.length < 2) return notes;
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
