import type { Customer } from './document.ts';
import type { CodeScheme } from './settings.ts';

/** Which of a customer's two codes: his general account, or his third-party account. */
export type CustomerCodeKind = 'account' | 'thirdParty';

/**
 * The code of a customer who has one of his own, by the key `customerKey` gives; null when the numbers are used up.
 * Who answers keeps the codes for ever: the engine only asks.
 */
export type OwnCode = (kind: CustomerCodeKind, key: string) => string | null;

/** For profiles that give no customer a code of his own. */
export const NO_OWN_CODES: OwnCode = () => null;

/**
 * What tells a customer of the shop from every other, for ever: his id, or for a guest his e-mail, which is all that a
 * guest's orders share (PrestaShop gives each a new id). Spelling does not matter in an e-mail. Null: nobody in particular.
 */
export function customerKey({ id, guest, email }: Pick<Customer, 'id' | 'guest' | 'email'>): string | null {
  const byId = id ? `id:${id}` : null;
  const address = email?.normalize('NFC').trim().toLowerCase();
  const byEmail = address ? `email:${address}` : null;
  return guest ? (byEmail ?? byId) : (byId ?? byEmail);
}

/** `411W` of 6 characters and the number 1 is `411W01`; null beyond the last one, `411W99`. */
export function numberedCode({ prefix, length }: CodeScheme, number: number): string | null {
  const digits = String(number);
  const room = length - prefix.length;
  return digits.length > room ? null : prefix + digits.padStart(room, '0');
}

/** No ledger takes longer codes; how many it takes is checked when the entry is fitted to it. */
const LONGEST_CODE = 60;

/**
 * The code a customer's note gives: its first line. Null without a note; undefined when the line is no code but words,
 * since a remark about a customer must not become an account.
 */
export function codeOfNote(note: string | null): string | null | undefined {
  const line = note
    ?.trim()
    .split(/\r\n|\n|\r/)[0]
    ?.trim();
  if (!line) return null;
  return line.length <= LONGEST_CODE && !/[\s\p{C}]/u.test(line) ? line : undefined;
}
