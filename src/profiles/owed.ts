import { resolve } from '../core/mapping.ts';
import type { Profile } from './profile.ts';

/** What a payment method clears where no money moves: a gift card sold before, a credit or points of the shop's own. */
export type Owed = 'giftCard' | 'storeCredit' | 'points';

/** Clients créditeurs of the plan comptable général; no other chart has a usual place for them. */
const FRENCH_CUSTOMERS = '411';
const FRENCH_OWED: Readonly<Record<Owed, string>> = { giftCard: '4197', storeCredit: '4198', points: '4198' };

/** The account of what the shop owes its customers: the one the profile books it on, else the usual one; null: none is. */
export function owedAccount({ mappings, customers }: Profile, owed: Owed): string | null {
  const item = owed === 'giftCard' ? 'giftCard' : 'storeCredit'; // points are a store credit of another name
  const own = resolve(mappings.otherLines, 'withoutVat', { countries: [], items: [item] }).value;
  if (own !== null) return own;
  const beside = customers.account.mode === 'same' ? customers.account.code : null;
  if (beside === null || !beside.startsWith(FRENCH_CUSTOMERS)) return null;
  return FRENCH_OWED[owed].padEnd(beside.length, '0');
}
