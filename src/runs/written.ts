import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type Decimal, decimal, decimalText } from '../core/decimal.ts';
import type { Because, Entry, EntryLine, NumberedEntry, RuleKey } from '../core/entry.ts';
import type { Money } from '../core/money.ts';
import { adder } from '../core/tally.ts';
import type { Store, WrittenLot } from '../store/store.ts';

/**
 * Entries as they were written, kept with the parts they wrote: a later change is reversed from them to the cent, and
 * they go on explaining themselves. A lot is one list of plain values, the names of the fields said once, compressed:
 * about 100 bytes a document, and 7 microseconds. What is left out of a reason are the rules that did not win.
 */
type Packed = {
  /** Names of the fields, for each form an entry or a line has in this lot. */
  readonly shapes: string[];
  readonly entries: Plain[][];
};
type Plain = string | number | boolean | null | readonly (string | number)[];

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Packs entries as they come, so that a lot of them need not stand in memory. */
export type LotPacker = {
  readonly add: (entry: NumberedEntry) => void;
  /** The lot of what was added since the one before; null when nothing was. */
  readonly pack: () => WrittenLot | null;
};

export function lotPacker(): LotPacker {
  /** As a text, one sign beyond Latin-1 would double all of it. The bytes serve one lot after the other. */
  let bytes = Buffer.alloc(FIRST_BYTES);
  let size = 0;
  let firstNumber: number | null = null;
  let shapes: Shape[] = [];
  let sums = adder();
  let entries = 0;
  const out: Plain[] = [];
  return { add, pack };

  function add(entry: NumberedEntry): void {
    out.length = 0;
    packFields(shapes, out, entry);
    for (const line of entry.lines) {
      packFields(shapes, out, line);
      packReason(out, line.because);
    }
    put(firstNumber === null ? '{"entries":[' : ',');
    put(JSON.stringify(out));
    firstNumber ??= entry.number;
    sums.add(entry);
    entries += 1;
  }

  function pack(): WrittenLot | null {
    if (firstNumber === null) return null;
    const names = shapes.map((shape) => shape.filter((name) => !APART.has(name)).join(' '));
    put(`],"shapes":${JSON.stringify(names)}}`);
    const body = zstdCompressSync(bytes.subarray(0, size), FAST);
    const lot = { firstNumber, body, entries, tally: sums.tally() };
    sums = adder();
    entries = 0;
    size = 0;
    firstNumber = null;
    shapes = [];
    return lot;
  }

  function put(text: string): void {
    const needed = size + text.length * MAX_BYTES_A_UNIT;
    if (needed > bytes.length) bytes = Buffer.concat([bytes.subarray(0, size), Buffer.alloc(needed)]);
    size += bytes.write(text, size);
  }
}

const FIRST_BYTES = 1 << 18;
const MAX_BYTES_A_UNIT = 3;

export function unpackEntries(body: Uint8Array): readonly NumberedEntry[] {
  const packed = JSON.parse(zstdDecompressSync(body).toString('utf8')) as Packed; // written by lotPacker, in this product's own file
  const shapes = packed.shapes.map((shape) => shape.split(' '));
  const rules = new Map<string, RuleKey>();
  return packed.entries.map((values) => {
    const reader = { values, at: 0 };
    const entry = fieldsOf(shapes, reader);
    const lines: EntryLine[] = [];
    while (reader.at < values.length) {
      const line = fieldsOf(shapes, reader);
      line.because = reasonOf(reader, rules);
      lines.push(line as unknown as EntryLine); // its fields were those of a line
    }
    return { ...entry, customers: [], lines } as unknown as NumberedEntry; // its fields were those of an entry
  });
}

/** The entry that a run wrote under a number; null when it was written by a version that did not keep it. */
export async function writtenEntry(
  { written }: Pick<Store, 'written'>,
  at: { readonly run: string | null; readonly number: number | null },
): Promise<NumberedEntry | null> {
  if (at.run === null || at.number === null) return null;
  const body = await written.lot(at.run, at.number);
  return (body && unpackEntries(body).find(({ number }) => number === at.number)) ?? null;
}

/** Fields that are packed in their own way, and customers, whose names and addresses are not kept. */
const APART = new Set(['lines', 'because', 'customers']);

/** The place of the form that the object has; a new one is noted. */
function placeIn(shapes: Shape[], fields: Entry | EntryLine): number {
  for (let place = 0; place < shapes.length; place += 1) if (isOf(shapes[place] ?? [], fields)) return place;
  return shapes.push(Object.keys(fields)) - 1;
}

function packFields(shapes: Shape[], out: Plain[], fields: Entry | EntryLine): void {
  out.push(placeIn(shapes, fields));
  for (const name in fields) if (!APART.has(name)) out.push(plain(fields[name as keyof typeof fields])); // a name that the object has
}

/** Names of the fields of an entry or a line, in its order. */
type Shape = readonly string[];

/** Whether these are the object's fields, in this order; a list of its names need not be made for that. */
function isOf(shape: Shape, fields: Entry | EntryLine): boolean {
  let place = 0;
  for (const name in fields) {
    if (shape[place] !== name) return false;
    place += 1;
  }
  return place === shape.length;
}

/** Text and nothing as they are; an amount is its units, currency and decimals, a rate its text. */
function plain(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value as Plain;
  if ('minor' in value) {
    const { minor, currency } = value as Money;
    return [String(minor), currency.code, currency.decimals];
  }
  if ('units' in value) return [decimalText(value as Decimal)];
  if (Object.values(value).every((text) => typeof text === 'string')) return [JSON.stringify(value), TEXTS];
  throw new TypeError(`A field of an entry that is not kept: ${JSON.stringify(Object.keys(value))}`);
}

/** Marks texts by name, which are kept as JSON. */
const TEXTS = 'texts';

function packReason(out: Plain[], { mapping, rule, parts }: Because): void {
  out.push(mapping, rule && keyText(rule), parts.length);
  for (const { line, label, amount } of parts) out.push(line, label, amount);
}

/** Rules are a few objects for a whole run. */
const keyTexts = new WeakMap<RuleKey, string>();

function keyText(rule: RuleKey): string {
  let text = keyTexts.get(rule);
  if (text === undefined) {
    text = JSON.stringify(rule);
    keyTexts.set(rule, text);
  }
  return text;
}

const DEFAULT: RuleKey = { country: null, item: null };

type Reader = { readonly values: readonly Plain[]; at: number };

function next(reader: Reader): Plain {
  const value = reader.values[reader.at];
  reader.at += 1;
  return value ?? null;
}

function fieldsOf(shapes: readonly Shape[], reader: Reader): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of shapes[Number(next(reader))] ?? []) fields[name] = unpacked(next(reader));
  return fields;
}

function unpacked(value: Plain): unknown {
  if (value === null || typeof value !== 'object') return value;
  const [text = '', code, decimals] = value;
  if (code === undefined) return decimal(String(text));
  if (decimals === undefined) return JSON.parse(String(text)); // texts by their pattern
  return { minor: BigInt(text), currency: { code: String(code), decimals: Number(decimals) } };
}

/** Rules are a few for a whole lot: each is read once. */
function reasonOf(reader: Reader, rules: Map<string, RuleKey>): Because {
  const mapping = String(next(reader));
  const text = next(reader);
  const rule = text === null ? null : ruleOf(String(text), rules);
  const parts = Array.from({ length: Number(next(reader)) }, () => ({
    line: String(next(reader)),
    label: String(next(reader)),
    amount: String(next(reader)),
  }));
  return { mapping, rule, tried: [rule ?? DEFAULT], parts };
}

function ruleOf(text: string, rules: Map<string, RuleKey>): RuleKey {
  const known = rules.get(text);
  if (known !== undefined) return known;
  const rule = JSON.parse(text) as RuleKey; // written by keyText
  rules.set(text, rule);
  return rule;
}
