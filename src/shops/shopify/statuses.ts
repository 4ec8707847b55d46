/** `Order.displayFinancialStatus`, as the shop's own administration calls each. */
export const STATUSES: readonly (readonly [id: string, name: string])[] = [
  ['PENDING', 'Payment pending'],
  ['AUTHORIZED', 'Authorized'],
  ['EXPIRED', 'Expired'],
  ['PARTIALLY_PAID', 'Partially paid'],
  ['PAID', 'Paid'],
  ['PARTIALLY_REFUNDED', 'Partially refunded'],
  ['REFUNDED', 'Refunded'],
  ['VOIDED', 'Voided'],
];

/** Orders for which money came. */
export const DEFAULT_STATUSES: readonly string[] = ['PARTIALLY_PAID', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];
