import { dayMonthYear } from '../core/calendar.ts';
import { unitsText } from '../core/decimal.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { type PatternCode, parsePattern, renderPattern } from '../core/pattern.ts';
import { contentsAt, noteContents } from '../formats/contents.ts';
import { customFormat } from '../formats/custom/custom.ts';
import { spansIn } from '../formats/custom/spans.ts';
import type { Carried, Format, FormatContext } from '../formats/format.ts';
import { linesOf } from '../formats/text.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import type { FormatPreview, PreviewRead } from '../schema/format-preview.ts';
import { inspectorOf } from './remarks.ts';
import { addToTally, difference, emptyTally } from './tally.ts';
import { translation } from './translate.ts';

/**
 * A delivery in memory, of a few entries: what a user's own format, free of faults, writes for them, and what a reader
 * makes of it, counted as deliveries are.
 */
export async function previewOf(
  definition: FormatDefinition,
  entries: readonly NumberedEntry[],
  given: FormatContext,
): Promise<FormatPreview> {
  const { context, translate } = translation(given);
  const format = customFormat(definition);
  const inspect = inspectorOf(format, context);
  const contents = contentsAt(PREVIEW_STAMP);
  const added = emptyTally();
  const held: { entry: number; problems: FormatPreview['held'][number]['problems'] }[] = [];
  const blocks: { readonly journal: string; readonly bytes: Buffer }[] = [];
  for (const entry of entries.map((one) => withTexts(translate(one), format.patterns))) {
    const { bytes, problems } = inspect(entry);
    if (bytes === null) held.push({ entry: entry.number, problems });
    if (bytes === null) continue;
    blocks.push({ journal: format.order === 'journal' ? entry.journal : '', bytes: Buffer.from(bytes) });
    noteContents(contents, entry);
    for (const { journal, date, lines } of format.restated?.(entry) ?? [entry]) {
      for (const line of lines)
        addToTally(added, { journal, date, ...format.codesOf(line), amountMinor: line.amount.minor });
    }
  }
  const state = { records: 0 };
  const ordered = blocks.toSorted((a, b) => (a.journal < b.journal ? -1 : a.journal > b.journal ? 1 : 0));
  const body = ordered.map(({ bytes }) => format.stamp(bytes, state));
  const file = blocks.length === 0 ? [] : [format.head(context, contents), ...body, format.foot(context, contents)];
  const texts: string[] = [];
  for await (const lines of linesOf(file, definition.charset)) texts.push(...lines.map(({ text }) => text));
  return {
    lines: spansIn(definition, texts),
    held,
    carries: [...ALWAYS, ...format.carries],
    lacks: CARRIED.filter((name) => !format.carries.includes(name)),
    read: await readBack(format, { file, added }, currencyOf(context.booksCurrency).decimals),
  };
}

const ALWAYS = ['date', 'account', 'amount'];
const CARRIED: readonly Carried[] = [
  'journal',
  'number',
  'kind',
  'thirdParty',
  'piece',
  'reference',
  'label',
  'taxCode',
  'currency',
  'dueDate',
  'paymentMode',
  'section',
  'matching',
];

/** Same input, same bytes: what a head calls today is the day of the examples. */
const PREVIEW_STAMP = '20260101-120000';

async function readBack(
  format: Format,
  { file, added }: { readonly file: readonly Buffer[]; readonly added: ReturnType<typeof emptyTally> },
  decimals: number,
): Promise<PreviewRead> {
  if (file.length === 0) return { state: 'nothing' };
  const found = emptyTally();
  for await (const lines of format.read(file, decimals)) {
    for (const line of lines) {
      if (line.type === 'fault') {
        const { lineNumber, column, expected, found: text } = line;
        return { state: 'fault', line: lineNumber, column, expected, found: text };
      }
      addToTally(found, line);
    }
  }
  const what = difference(found, added);
  if (what !== null) return { state: 'differs', what };
  const { lines, debitMinor, creditMinor } = found;
  return { state: 'proven', lines, debit: unitsText(debitMinor, decimals), credit: unitsText(creditMinor, decimals) };
}

/** What an entry was not posted with is told by its own fields, and by examples where it has none. */
function withTexts(entry: NumberedEntry, patterns: readonly string[]): NumberedEntry {
  if (patterns.length === 0) return entry;
  const texts = patterns.map((text) => {
    const pattern = parsePattern(text);
    return [
      text,
      entry.columns?.[text] ?? ('unknown' in pattern ? '' : renderPattern(pattern, (code) => exampleOf(code, entry))),
    ];
  });
  return { ...entry, columns: Object.fromEntries(texts) };
}

function exampleOf(
  code: PatternCode,
  { order, piece, kind, documentDate, date, paymentMethod, country }: NumberedEntry,
): string {
  switch (code) {
    case 'OI':
    case 'ON':
      return order;
    case 'IN':
      return kind === 'creditNote' ? '' : piece;
    case 'CN':
      return kind === 'creditNote' ? piece : '';
    case 'OD':
    case 'ID':
      return dayMonthYear(documentDate);
    case 'CD':
      return kind === 'creditNote' ? dayMonthYear(documentDate) : '';
    case 'PD':
      return dayMonthYear(date);
    case 'PM':
      return paymentMethod ?? '';
    case 'CO':
      return country ?? '';
    default:
      return EXAMPLES[code];
  }
}

const EXAMPLES = {
  CF: 'Paul',
  CL: 'Durand',
  CC: 'Durand SARL',
  CE: 'paul@example.test',
  CI: '42',
  PT: 'ch_3Q',
  SN: 'Boutique',
} as const;
