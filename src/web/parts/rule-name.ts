import type { RuleKey } from '../../core/entry.ts';
import { REFINED_KEYS } from '../../core/mapping.ts';

/** A rule by what it is for: *France, item « 20% »*; the default by its name. */
export function ruleName(
  rule: RuleKey,
  say: (key: string, values?: Record<string, string>) => string,
  country: (code: string) => string,
): string {
  const refined = REFINED_KEYS.flatMap((key) => (rule[key] == null ? [] : [keyName(key, String(rule[key]), say)]));
  if (rule.country === null && rule.item === null) return refined.join(', ') || say('ui.why.default');
  const where = rule.country === null ? say('ui.why.all-countries') : country(rule.country);
  const named = say('ui.why.rule.of', {
    country: where,
    item: rule.item === null ? say('ui.why.all-items') : say('ui.why.item', { item: rule.item }),
  });
  return [...refined, named].join(', ');
}

function keyName(key: string, value: string, say: (key: string, values?: Record<string, string>) => string): string {
  if (key === 'businessCustomer') return say(`ui.why.key.businessCustomer.${value}`);
  return say(`ui.why.key.${key}`, { value: key === 'treatment' ? say(`treatment.${value}`) : value });
}
