import type { MendRequest } from '../api/review.ts';
import { REFINED_KEYS } from '../core/mapping.ts';
import { getAt, setAt } from '../profiles/paths.ts';
import { Refusal } from './refusal.ts';

type Rule = { readonly country: string | null; readonly item: string | null };

/**
 * The profile's document with what a mend adds: one rule of one mapping, the others untouched. It is then validated
 * and saved like any other change.
 */
export function mended(document: unknown, request: MendRequest): unknown {
  switch (request.type) {
    case 'vat-account': {
      const { country, item, account, code } = request;
      const fields = code === null ? { account } : { account, code };
      return withRule(document, 'taxes', { country: country || null, item: item || null }, fields);
    }
    case 'payment': {
      const { method, journal, bank } = request;
      return withRule(document, 'payments', { country: null, item: method }, { create: true, journal, bank });
    }
    case 'account': {
      const { mapping, field, account, country, item } = request;
      if (mapping === 'customers') return withCustomerAccount(document, account);
      return withRule(document, mapping, { country, item }, { [field]: account });
    }
  }
}

/** A rule for all countries and all items is the default; one that exists takes the new fields. */
function withRule(
  document: unknown,
  mapping: string,
  { country, item }: Rule,
  fields: Readonly<Record<string, unknown>>,
): unknown {
  const place = ['mappings', mapping] as const;
  if (country === null && item === null) {
    const given = getAt(document, [...place, 'default']);
    return put(document, [...place, 'default'], { ...(isRecord(given) ? given : {}), ...fields });
  }
  const list = getAt(document, [...place, 'exceptions']);
  const rules: readonly unknown[] = Array.isArray(list) ? list : [];
  const found = rules.findIndex(
    (rule) => isRecord(rule) && (rule.country ?? null) === country && (rule.item ?? null) === item && !isRefined(rule),
  );
  const before = rules[found];
  const rule = { country, item, ...(isRecord(before) ? before : {}), ...fields };
  return put(document, [...place, 'exceptions'], found < 0 ? [...rules, rule] : rules.with(found, rule));
}

function withCustomerAccount(document: unknown, account: string): unknown {
  const given = getAt(document, ['customers', 'account']);
  if (isRecord(given) && given.mode === 'byPayment')
    return put(document, ['customers', 'account'], { ...given, default: account });
  return put(document, ['customers', 'account'], { mode: 'same', code: account });
}

function put(document: unknown, path: readonly string[], value: unknown): unknown {
  const changed = setAt(document, path, value);
  if (changed === undefined)
    throw new Refusal(422, 'profile.invalid', { path: path.join('.'), reason: 'nothing is there' });
  return changed;
}

/** A rule for one product, channel ... is not the one of its country and item. */
function isRefined(rule: Readonly<Record<string, unknown>>): boolean {
  return REFINED_KEYS.some((key) => rule[key] !== undefined && rule[key] !== null);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
