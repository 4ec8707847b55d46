/**
 * Texts of entries, written with codes: `WEB%OI`, `%IN - %ON`, `%IN:8`. A code without value gives nothing, and the
 * separators it leaves alone at an end, or doubled, go with it: `%IN - %ON` without invoice is `39`. Separators that
 * the merchant typed, and those inside values, are never touched.
 */
export const PATTERN_CODES = [
  'OI',
  'ON',
  'OD',
  'IN',
  'ID',
  'CN',
  'CD',
  'CF',
  'CL',
  'CC',
  'CE',
  'CI',
  'PM',
  'PD',
  'PT',
  'SN',
  'CO',
] as const;

export type PatternCode = (typeof PATTERN_CODES)[number];

/** A parsed text pattern, to be rendered many times. */
export type Pattern<Code extends string = PatternCode> = { readonly tokens: readonly Token<Code>[] };

type Token<Code extends string> =
  | { readonly kind: 'code'; readonly code: Code; readonly length: number | null }
  /** Separators, then text, then separators; `core` is empty when there is nothing but separators. */
  | { readonly kind: 'text'; readonly before: string; readonly core: string; readonly after: string };

const TOKEN = /%(?:%|([A-Z]{2})(?::(\d{1,3}))?|.{0,2})/gsu;
const TEXT = /^([\s\-–—/,;:|.·_+&]*)(.*?)([\s\-–—/,;:|.·_+&]*)$/su;

/** The pattern a text of an entry spells, or the first code that does not exist, as written (`%XX`, `%`). */
export function parsePattern(text: string): Pattern | { readonly unknown: string } {
  return parseCodes(text, PATTERN_CODES);
}

/** The same for any list of codes. */
export function parseCodes<Code extends string>(
  text: string,
  codes: readonly Code[],
): Pattern<Code> | { readonly unknown: string } {
  const tokens: Token<Code>[] = [];
  let literal = '';
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    literal += text.slice(end, match.index);
    end = match.index + match[0].length;
    const [written, name, length] = match;
    if (written === '%%') {
      literal += '%';
      continue;
    }
    const code = codes.find((known) => known === name);
    if (code === undefined || Number(length) === 0) return { unknown: written };
    if (literal !== '') tokens.push(textToken(literal));
    literal = '';
    tokens.push({ kind: 'code', code, length: length === undefined ? null : Number(length) });
  }
  literal += text.slice(end);
  if (literal !== '') tokens.push(textToken(literal));
  return { tokens };
}

/** The text of a pattern; `textFor` gives a code's value, empty when there is none. */
export function renderPattern<Code extends string>(pattern: Pattern<Code>, textFor: (code: Code) => string): string {
  let out = '';
  let separator = ''; // waits for what comes after it
  let gap = false; // a code without value stands since the last content
  for (const token of pattern.tokens) {
    if (token.kind === 'code') {
      const value = textFor(token.code);
      if (value === '') {
        gap = true;
        continue;
      }
      out += separator + (token.length === null ? value : cut(value, token.length));
      separator = '';
      gap = false;
      continue;
    }
    if (!gap) separator += token.before;
    else if (out !== '') separator = stronger(separator, token.before);
    if (token.core === '') continue;
    out += separator + token.core;
    separator = token.after;
    gap = false;
  }
  return gap ? out.trim() : (out + separator).trim();
}

function textToken(text: string): Token<never> {
  const [, before = '', core = '', after = ''] = TEXT.exec(text) ?? [];
  return { kind: 'text', before, core, after };
}

/** Of two separators around a missing value, the one that says more: ` - ` rather than a space; the first of equals. */
function stronger(first: string, second: string): string {
  if (first === '') return second;
  return first.trim() === '' && second.trim() !== '' ? second : first;
}

/** The first characters of a text, never half of one. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join('');
}
