import { type CustomerCodeKind, codeOfNote, customerKey } from '../customer-codes.ts';
import { type CustomerRecord, customerRecord } from '../customer-record.ts';
import type { CustomerCode } from '../settings.ts';
import type { Found } from './accounts.ts';
import { note, placeName, type Trade } from './trade.ts';

/** Account and third party of the customer, the same for every part of an order. */
export type CustomerAccount = {
  readonly found: Found;
  readonly thirdParty: string | null;
  /** As entries carry them: one when a list of customers is wanted and he has a code of his own. */
  readonly records: readonly CustomerRecord[];
};

/**
 * The customer's account: the one the shop dictates, else that of the customer's note when the profile wants it, else
 * that of guests when the profile has one, else by the mode of the profile: the same for all, by the method of the
 * order's first payment, or his own. Null when there is none, which is noted. The third party is found in the same way;
 * without one, the account stands alone.
 */
export function customerAccount(trade: Trade): CustomerAccount | null {
  const { method } = trade;
  const { account: setting } = trade.settings.customers;
  const account = customerCode(trade, 'account');
  const thirdParty = customerCode(trade, 'thirdParty');
  if (account.code === null)
    note(trade, 'mapping.no-account', 'hold', {
      mapping: 'customers.account',
      country: placeName(trade),
      item: method ?? '',
    });
  if (!account.code || thirdParty.code === undefined) return null;
  return {
    found: { account: account.code, mapping: 'customers', ...reason(setting, method) },
    thirdParty: thirdParty.code,
    records: recordsOf(trade, account, thirdParty),
  };
}

/** A code, and whether it is of this customer alone. Null: the profile gives none. Undefined: it should, and why it cannot is noted. */
type Code = { readonly code: string | null | undefined; readonly own: boolean };

function recordsOf({ document, settings }: Trade, account: Code, thirdParty: Code): readonly CustomerRecord[] {
  const { records } = settings.customers;
  const own = thirdParty.own ? thirdParty.code : account.own ? account.code : null;
  if (records === null || !own) return [];
  const codes = { code: own, account: account.code ?? '', thirdParty: thirdParty.code ?? '' };
  return [customerRecord(document, codes, records)];
}

function customerCode(trade: Trade, kind: CustomerCodeKind): Code {
  const { customer } = trade.document;
  const { guest, fromNote } = trade.settings.customers;
  const dictated = kind === 'account' ? customer.account : customer.thirdPartyAccount;
  if (dictated) return { code: dictated, own: true };
  const noted = fromNote[kind] ? codeOfNote(customer.note) : null;
  if (noted === undefined) note(trade, 'customer.note-no-code', 'hold', { setting: `shop.notes.${NOTE_FIELDS[kind]}` });
  if (noted !== null) return { code: noted, own: true };
  const isGuest = customer.guest || customerKey(customer) === null;
  if (isGuest && guest[kind]) return { code: guest[kind], own: false };
  const own = trade.settings.customers[kind].mode === 'onePerCustomer';
  return { code: codeByMode(trade, kind), own };
}

const NOTE_FIELDS: Readonly<Record<CustomerCodeKind, string>> = { account: 'account', thirdParty: 'thirdPartyAccount' };

function codeByMode(trade: Trade, kind: CustomerCodeKind): string | null | undefined {
  const { method, ownCode, document } = trade;
  const setting = trade.settings.customers[kind];
  switch (setting.mode) {
    case 'same':
      return setting.code || null;
    case 'byPayment':
      return (method !== null && codeOfMethod(setting.byMethod, method)) || setting.default || null;
    case 'onePerCustomer': {
      const key = customerKey(document.customer);
      const code = key === null ? null : ownCode(kind, key);
      const values = { setting: `customers.${kind}` };
      if (key === null) note(trade, 'customer.unidentified', 'hold', values);
      else if (code === null) {
        const { prefix, length } = setting;
        note(trade, 'customer.numbers-used-up', 'hold', { ...values, prefix, length: String(length) });
      }
      return code ?? undefined;
    }
  }
}

function reason(setting: CustomerCode, method: string | null): Pick<Found, 'rule' | 'tried'> {
  if (setting.mode !== 'byPayment' || method === null) return BY_DEFAULT;
  const row = { country: null, item: method };
  if (codeOfMethod(setting.byMethod, method)) return { rule: row, tried: [row] };
  return { rule: null, tried: [row, DEFAULT] };
}

const DEFAULT = { country: null, item: null };
const BY_DEFAULT = { rule: null, tried: [DEFAULT] };

/** A method named `constructor` is not one of the object's own words. */
function codeOfMethod(byMethod: Readonly<Record<string, string>>, method: string): string | null {
  return (Object.hasOwn(byMethod, method) && byMethod[method]) || null;
}
