import { decimal, decimalText } from '../../src/core/decimal.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import type { Chance } from './chance.ts';

/** A profile with its accounts of VAT at the other rates. */
export function atOtherRates(profile: Profile, chance: Chance): Profile {
  const { taxes } = profile.mappings;
  const exceptions = taxes.exceptions.map((row) => {
    if (row.item === null || !row.item.endsWith('%')) return row;
    return { ...row, item: `${decimalText(chance.rate(decimal(row.item.slice(0, -1))))}%` };
  });
  return { ...profile, mappings: { ...profile.mappings, taxes: { ...taxes, exceptions } } };
}
