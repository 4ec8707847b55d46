import type { Because, RuleKey } from './entry.ts';

/** Why a line has its account, for people and programs: the rules looked at, from most precise to default. */
export function rulesOf({ tried, rule }: Because): readonly (RuleKey & { readonly hit: boolean })[] {
  return tried.map((key) => ({ ...key, hit: sameRule(key, rule) }));
}

/** What a line sums: lines of the document with the part of each, decimal text in the document's currency. */
export function partsOf({ parts }: Because): Because['parts'] {
  return parts.map(({ line, label, amount }) => ({ line, label, amount }));
}

/** The names and values of a rule's key, without those that stand for *all*; empty for the default. */
export function keyOf(rule: RuleKey | null): readonly (readonly [string, string])[] {
  if (rule === null) return [];
  return Object.entries(rule).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const]));
}

function sameRule(key: RuleKey, rule: RuleKey | null): boolean {
  return JSON.stringify(keyOf(key)) === JSON.stringify(keyOf(rule));
}
