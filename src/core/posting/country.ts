import type { SalesDocument } from '../document.ts';
import type { BookSettings } from '../settings.ts';

/**
 * The country of every mapping: the one whose tax the shop charged; where the shop does not say, or the profile asks
 * so, that of the delivery or billing address, each standing in for the other; else the profile's default.
 */
export function countryOf(document: SalesDocument, settings: BookSettings): string | null {
  const { billing, delivery, taxCountry } = document;
  const delivered = delivery?.country || billing?.country || null;
  const billed = billing?.country || delivery?.country || null;
  const stated =
    settings.taxCountry === 'shop' ? taxCountry || delivered : settings.taxCountry === 'billing' ? billed : delivered;
  return stated ?? settings.defaultCountry;
}
