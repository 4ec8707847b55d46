import type { CustomerCodeKind } from '../core/customer-codes.ts';
import type { Profile } from './profile.ts';

/**
 * Codes that are somebody else's in the accounting software, as far as the profile knows: its chart, and every account
 * it names itself. No customer is given one of them.
 */
export function takenCodes(profile: Profile, kind: CustomerCodeKind): ReadonlySet<string> {
  const { chart, reading, customers } = profile;
  if (kind === 'thirdParty') {
    return new Set([...Object.keys(chart.thirdParties), ...textsIn([customers.thirdParty, reading.guestThirdParty])]);
  }
  return new Set([
    ...Object.keys(chart.accounts),
    ...textsIn([profile.mappings, customers.account, reading.guestAccount]),
  ]);
}

/** Every text anywhere in a value: one too many costs a number, one too few an account. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
