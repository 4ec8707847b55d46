import { keyText, REFINED_KEYS } from '../core/mapping.ts';
import type { MappingKey, Mappings } from '../core/settings.ts';
import { isPlaceCode, TERRITORIES } from '../core/territories.ts';
import { type FieldError, fault } from './fault.ts';
import type { Profile } from './profile.ts';

/** Mappings asked of a document or payment as a whole: what names a product there would never match. */
const OF_DOCUMENTS = new Set<keyof Mappings>(['journals', 'differences', 'payments', 'carriers', 'currencies']);
/** Mappings asked by country alone: an item there would never match. */
const WITHOUT_ITEM = new Set<keyof Mappings>(['journals', 'differences']);

/**
 * What is wrong with the exceptions of a profile. The order of specificity (core/mapping.ts) is total, so two rules can
 * be equally specific for one thing only when their keys are the same: that is a fault, which names both rows.
 */
export function exceptionFaults(profile: Profile): FieldError[] {
  const names = Object.keys(profile.mappings) as (keyof Mappings)[]; // the keys of the schema
  return names.flatMap((name) => faultsOf(name, profile));
}

function faultsOf(name: keyof Mappings, { mappings, advanced }: Profile): FieldError[] {
  const faults: FieldError[] = [];
  const seen = new Map<string, number>();
  for (const [place, exception] of mappings[name].exceptions.entries()) {
    const path = `mappings.${name}.exceptions[${place}]`;
    const key = keyText(exception);
    const first = seen.get(key);
    if (key.trim() === '') faults.push(fault(path, 'exception-for-all'));
    else if (first !== undefined) {
      const values = { ...wordsOf(exception), row: String(place + 1), first: String(first + 1) };
      faults.push(fault(path, 'duplicate-exception', values));
    }
    faults.push(...faultsOfKeys(name, path, exception));
    if (exception.treatment && advanced.country === null) {
      faults.push(fault('advanced.country', 'treatment-without-country', { at: `${path}.treatment` }));
    }
    seen.set(key, first ?? place);
  }
  return faults;
}

/** Keys that this mapping is never asked with, and places that nobody knows. */
function faultsOfKeys(name: keyof Mappings, path: string, exception: MappingKey): FieldError[] {
  const { country, item } = exception;
  const faults: FieldError[] = [];
  if (country !== null && !isPlaceCode(country)) {
    faults.push(fault(`${path}.country`, 'unknown-territory', { value: country, known: PLACES }));
  }
  if (item !== null && WITHOUT_ITEM.has(name))
    faults.push(fault(`${path}.item`, 'item-never-matches', { value: item }));
  for (const key of ['product', 'category'] as const) {
    const value = exception[key];
    if (value && OF_DOCUMENTS.has(name)) faults.push(fault(`${path}.${key}`, 'key-never-matches', { value }));
  }
  return faults;
}

/** Territories as a sentence lists them. */
export const PLACES = [...new Set(TERRITORIES.map(({ code }) => code))].join(', ');

/** Country and item as ever, then the refined keys that are given: `treatment oss, product MUG-1`. */
function wordsOf(exception: MappingKey): Record<string, string> {
  const given = REFINED_KEYS.filter((key) => exception[key] !== undefined && exception[key] !== null);
  const more = given.map((key) => `, ${key} ${exception[key]}`).join('');
  return { country: exception.country ?? '*', item: `${exception.item ?? '*'}${more}` };
}
