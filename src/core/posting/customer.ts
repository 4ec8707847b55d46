import type { CustomerCode } from '../settings.ts';
import type { Found } from './accounts.ts';
import { note, type Trade } from './trade.ts';

/** Account and third party of the customer, the same for every part of an order. */
export type CustomerAccount = { readonly found: Found; readonly thirdParty: string | null };

/**
 * The customer's account: the one the shop dictates, else that of guests when the profile has one, else the same for
 * all or by the method of the order's first payment. Null when the profile gives none, which is noted.
 */
export function customerAccount(trade: Trade): CustomerAccount | null {
  const { document, method, country } = trade;
  const { customer } = document;
  const { guest, ...settings } = trade.settings.customers;
  const account = customer.account || (customer.guest && guest.account) || codeFor(settings.account, method);
  if (!account) {
    note(trade, 'mapping.no-account', 'hold', {
      mapping: 'customers.account',
      country: country ?? '',
      item: method ?? '',
    });
    return null;
  }
  const thirdParty =
    customer.thirdPartyAccount || (customer.guest && guest.thirdParty) || codeFor(settings.thirdParty, method);
  return {
    found: { account, mapping: 'customers', ...reason(settings.account, method) },
    thirdParty: thirdParty || null,
  };
}

function codeFor(setting: CustomerCode, method: string | null): string | null {
  if (setting.mode === 'same') return setting.code || null;
  return (method !== null && ownCode(setting.byMethod, method)) || setting.default || null;
}

function reason(setting: CustomerCode, method: string | null): Pick<Found, 'rule' | 'tried'> {
  if (setting.mode === 'same' || method === null) return BY_DEFAULT;
  const row = { country: null, item: method };
  if (ownCode(setting.byMethod, method)) return { rule: row, tried: [row] };
  return { rule: null, tried: [row, DEFAULT] };
}

const DEFAULT = { country: null, item: null };
const BY_DEFAULT = { rule: null, tried: [DEFAULT] };

/** A method named `constructor` is not one of the object's own words. */
function ownCode(byMethod: Readonly<Record<string, string>>, method: string): string | null {
  return (Object.hasOwn(byMethod, method) && byMethod[method]) || null;
}
