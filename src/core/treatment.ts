import type { Tax, TaxTreatment } from './document.ts';
import { isInUnion, type Place, stateOf, vatAreaOf } from './territories.ts';
import { stateOfVatNumber } from './vat-number.ts';

/**
 * What a sale is for VAT. `foreign` is VAT charged on what leaves the Union: a registration abroad, which is neither an
 * export without VAT nor VAT of home.
 */
export const TREATMENTS = [
  'domestic',
  'oss',
  'intraCommunity',
  'export',
  'overseas',
  'notSubject',
  'marketplace',
  'foreign',
] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** Why a sale is what it is: sentences `treatment.because.<reason>`. */
export const TREATMENT_REASONS = [
  'stated',
  'taxed-at-home',
  'untaxed-at-home',
  'overseas',
  'taxed-at-arrival',
  'taxed-below-threshold',
  'business-elsewhere',
  'untaxed-in-union',
  'leaves-union',
  'leaves-home',
  'taxed-abroad',
] as const;
export type TreatmentReason = (typeof TREATMENT_REASONS)[number];

/** The treatment with the reason for it, which *why this account* shows. */
export type VatTreatment = { readonly treatment: Treatment; readonly reason: TreatmentReason };

/** All that decides the treatment of a sale. */
export type TreatmentFacts = {
  /** Where the seller is established. */
  readonly home: Place;
  /** How taxed sales to consumers of other member states are declared: where they arrive (OSS), or at home (below 10,000 €). */
  readonly distanceSales: 'oss' | 'home';
  /** Where the goods go; null when nobody knows. */
  readonly place: Place | null;
  /** Taxes of the lines. One of rate zero is a tax: a zero rate is not the absence of VAT. */
  readonly taxes: readonly Pick<Tax, 'rate' | 'treatment'>[];
  readonly vatNumber: { readonly value: string; readonly valid: boolean | null } | null;
  /** ISO 3166-1 country of the customer, for a VAT number written without its prefix. */
  readonly customerCountry: string | null;
};

/**
 * The treatment of a sale: what the shop states, else what follows from where the goods go, what was taxed and who
 * buys. Null when neither says it. A VAT number the shop did not check counts by its shape; one it found wrong does not.
 */
export function treatmentOf(facts: TreatmentFacts): VatTreatment | null {
  const stated = statedTreatment(facts.taxes);
  const agreed = facts.taxes.every((tax) => statedTreatment([tax]) === stated);
  if (stated !== null && agreed) return { treatment: stated, reason: 'stated' };
  const { home, place, taxes } = facts;
  if (place === null) return null;
  const charged = taxes.some(({ rate }) => rate.units > 0n);
  const own = vatAreaOf(home);
  const area = vatAreaOf(place);
  if (area === own || isWithinKingdom(own, area)) {
    if (taxes.length > 0) return { treatment: 'domestic', reason: 'taxed-at-home' };
    return { treatment: 'notSubject', reason: 'untaxed-at-home' };
  }
  if (stateOf(place) === stateOf(home)) return { treatment: 'overseas', reason: 'overseas' };
  if (!isInUnion(area)) {
    if (charged) return { treatment: 'foreign', reason: 'taxed-abroad' };
    return { treatment: 'export', reason: isInUnion(own) ? 'leaves-union' : 'leaves-home' };
  }
  if (charged) {
    if (facts.distanceSales === 'oss') return { treatment: 'oss', reason: 'taxed-at-arrival' };
    return { treatment: 'domestic', reason: 'taxed-below-threshold' };
  }
  if (!isInUnion(own)) return { treatment: 'export', reason: 'leaves-home' };
  if (isOfAnotherState(facts, own)) return { treatment: 'intraCommunity', reason: 'business-elsewhere' };
  return { treatment: 'notSubject', reason: 'untaxed-in-union' };
}

/** The treatment that the first tax to say one states; null when the shop leaves it to us. */
export function statedTreatment(taxes: TreatmentFacts['taxes']): Treatment | null {
  for (const { treatment } of taxes) {
    const stated = treatment === null ? undefined : STATED[treatment];
    if (stated !== undefined) return stated;
  }
  return null;
}

/** A customer with a VAT number that the shop found valid, or that has the shape of one and was not checked. */
export function isBusiness(vatNumber: TreatmentFacts['vatNumber'], customerCountry: string | null): boolean {
  if (vatNumber === null || vatNumber.valid === false) return false;
  return vatNumber.valid === true || stateOfVatNumber(vatNumber.value, customerCountry) !== null;
}

/** What is not here (standard, zero, margin, a reverse charge) says nothing of where the sale goes. */
const STATED: Partial<Record<TaxTreatment, Treatment>> = {
  marketplace: 'marketplace',
  oss: 'oss',
  ioss: 'oss',
  intraCommunity: 'intraCommunity',
  export: 'export',
  exempt: 'notSubject',
  outOfScope: 'notSubject',
};

/** From Great Britain, Northern Ireland is home, whatever the Union's rules for goods say there. */
function isWithinKingdom(own: string, area: string): boolean {
  return (own === 'GB' && area === 'XI') || (own === 'XI' && area === 'GB');
}

/** Directive 2006/112, article 138: the number may be of any member state but the one the goods leave. */
function isOfAnotherState({ vatNumber, customerCountry }: TreatmentFacts, own: string): boolean {
  if (vatNumber === null || vatNumber.valid === false) return false;
  const state = stateOfVatNumber(vatNumber.value, customerCountry);
  return state !== null && state !== own;
}
