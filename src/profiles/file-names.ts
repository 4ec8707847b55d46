import { addDays, type Day, day, daysIn } from '../core/calendar.ts';
import { type Pattern, parseCodes, renderPattern } from '../core/pattern.ts';
import type { Profile } from './profile.ts';

/**
 * Names of files, written with codes: `%KI-%JO-%MO`, `%SIFEC%FC`. What a code leaves empty goes with its separator, as in
 * the texts of entries (core/pattern.ts). Codes of a part of a delivery say nothing in the name of the whole.
 */
const NAME_CODES = ['SI', 'FC', 'PN', 'KI', 'FR', 'TO', 'RD', 'RT', 'JO', 'MO', 'FY'] as const;
type NameCode = (typeof NAME_CODES)[number];

/** What a code of a part needs: one of these splits. */
const OF_PART: Readonly<Partial<Record<NameCode, readonly Split[]>>> = {
  JO: ['journal', 'journalAndMonth'],
  MO: ['month', 'journalAndMonth'],
  FY: ['fiscalYear'],
};

type Split = Profile['ledger']['split'];

/** What is known of a run when its files are named. */
type NamedRun = {
  /** Id of the profile. */
  readonly profile: string;
  readonly kind: 'sales' | 'creditNotes';
  readonly from: string | null;
  readonly to: string | null;
  /** `YYYYMMDD-HHMMSS`. */
  readonly stamp: string;
};

/** A part of a delivery: what all its entries have in common; `ordinal` counts the files from 1. */
type NamedPart = {
  readonly journal: string | null;
  readonly month: string | null;
  readonly fiscalYear: Day | null;
  readonly ordinal: number;
};

type Choice = { readonly format: string; readonly extension: string };

const WHOLE: NamedPart = { journal: null, month: null, fiscalYear: null, ordinal: 1 };

/** Names of the files of a run: the file of entries, or each of its parts, and the archive around them. */
export function fileNames({ ledger }: Profile, run: NamedRun, { format, extension }: Choice) {
  const written = run.kind === 'sales' ? ledger.salesFile : ledger.creditNotesFile;
  const official = format === 'fec' && ledger.siren !== null && ledger.closingDate !== null && !written.includes('%');
  const { base, end } = inTwo(official ? officialPattern(ledger) : written, extension);
  const ofPart = official ? base : withPartCodes(base, ledger.split);
  const nth = official && ledger.split !== 'fiscalYear'; // the checker's notice: parts of one FEC end with _1, _2
  const whole = rendered(base, ledger, run, WHOLE);
  return {
    fileName: whole + end,
    nameOf: (part: NamedPart) => `${rendered(ofPart, ledger, run, part)}${nth ? `_${part.ordinal}` : ''}${end}`,
    zipName: `${whole}.zip`,
  };
}

/** Name of the file of customers beside it; null when the profile wants none. */
export function customersFileName({ ledger }: Profile, run: NamedRun, { extension }: Choice): string | null {
  if (ledger.customersFile === null) return null;
  const { base, end } = inTwo(ledger.customersFile, extension);
  return rendered(base, ledger, run, WHOLE) + end;
}

/** A name and its end: its own extension, or that of the format. */
function inTwo(name: string, extension: string): { readonly base: string; readonly end: string } {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { base: name, end: `.${extension}` } : { base: name.slice(0, dot), end: name.slice(dot) };
}

/** The closing day of the fiscal year that a day is in: years close as the profile's, else with the calendar's. */
export function fiscalYearOf({ closingDate, fiscalYearStart }: Profile['ledger'], date: Day): Day {
  const close = closingDate ?? (fiscalYearStart === null ? '2000-12-31' : addDays(day(fiscalYearStart), -1));
  const month = Number(close.slice(5, 7));
  const last = Number(close.slice(8));
  const year = Number(date.slice(0, 4));
  const closing = closingIn(year);
  return date <= closing ? closing : closingIn(year + 1);

  /** Years that close at the end of February do so whatever its length. */
  function closingIn(one: number): Day {
    const end = daysIn(one, month);
    const at = last >= daysIn(Number(close.slice(0, 4)), month) ? end : Math.min(last, end);
    return day(`${one}-${String(month).padStart(2, '0')}-${String(at).padStart(2, '0')}`);
  }
}

/** A code that a name may not have, or that would say nothing; null: it may. */
export function nameFault(
  text: string,
  { siren, closingDate, split, policy }: Profile['ledger'],
  ofParts: boolean,
): { readonly code: string; readonly values: Readonly<Record<string, string>> } | null {
  const pattern = parseCodes(text, NAME_CODES);
  const known = NAME_CODES.map((code) => `%${code}`).join(' ');
  if ('unknown' in pattern) return { code: 'unknown-name-code', values: { value: pattern.unknown, known } };
  const codes = codesOf(pattern);
  if (codes.includes('SI') && siren === null) return { code: 'name-without-siren', values: {} };
  if (codes.includes('FC') && closingDate === null) return { code: 'name-without-closing', values: {} };
  if (codes.includes('RT') && policy === 'append') return { code: 'name-with-time', values: {} };
  const alien = codes.find((code) => OF_PART[code] !== undefined && !(ofParts && OF_PART[code]?.includes(split)));
  return alien === undefined ? null : { code: 'name-of-part', values: { value: `%${alien}` } };
}

/** The name as it could be, to see whether it is a plain one. */
export function exampleName(text: string): string {
  const pattern = parseCodes(text, NAME_CODES);
  return 'unknown' in pattern ? text : renderPattern(pattern, () => '1');
}

function codesOf<Code extends string>({ tokens }: Pattern<Code>): readonly Code[] {
  return tokens.flatMap((token) => (token.kind === 'code' ? [token.code] : []));
}

/** SIREN, `FEC`, the day the year closes: the name of the law (LPF article A. 47 A-1, X). */
function officialPattern({ split }: Profile['ledger']): string {
  return split === 'fiscalYear' ? '%SIFEC%FY' : '%SIFEC%FC';
}

/** A name that does not tell the parts apart gets the codes that do. */
function withPartCodes(text: string, split: Split): string {
  const present = codesOf(parsed(text));
  const missing = NAME_CODES.filter((code) => OF_PART[code]?.includes(split) && !present.includes(code));
  return text + missing.map((code) => `-%${code}`).join('');
}

/** A profile is checked before it is obeyed. */
function parsed(text: string): Pattern<NameCode> {
  const pattern = parseCodes(text, NAME_CODES);
  if ('unknown' in pattern) throw new TypeError(`Not a name of files: ${text}`);
  return pattern;
}

function rendered(text: string, { siren, closingDate }: Profile['ledger'], run: NamedRun, part: NamedPart): string {
  const values: Readonly<Record<NameCode, string>> = {
    SI: siren ?? '',
    FC: compact(closingDate),
    PN: run.profile,
    KI: run.kind === 'sales' ? 'VENTES' : 'AVOIRS',
    FR: compact(run.from),
    TO: compact(run.to),
    RD: run.stamp.slice(0, 8),
    RT: run.stamp.slice(9),
    JO: plain(part.journal ?? ''),
    MO: part.month ?? '',
    FY: compact(part.fiscalYear ?? closingDate),
  };
  return renderPattern(parsed(text), (code) => values[code]);
}

/** Without what no name of a file may hold; two journals that become one are told apart by who makes the files. */
function plain(code: string): string {
  return code.replace(/[/\\:*?"<>|.\p{Cc}]/gu, '-');
}

function compact(date: string | null): string {
  return date === null ? '' : date.replaceAll('-', '');
}
