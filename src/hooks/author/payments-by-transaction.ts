import type { Hook } from './comptoir-hook.d.ts';

/** Payment methods that somebody books by hand, from the carrier's statement. */
const BY_HAND = new Set(['cod']);

/**
 * A payment's reference is the provider's own number of it, so that it is found again on the bank statement. Payments
 * collected by the carrier are left out.
 */
export const hook: Hook = (document, entries) => {
  const payments = new Map((document.payments ?? []).map((payment) => [payment.id, payment]));
  return entries.filter((entry) => {
    if (entry.kind !== 'payment') return true;
    const payment = payments.get(entry.part.slice(entry.part.indexOf('/') + 1));
    if (payment?.transactionId) entry.reference = payment.transactionId;
    return !BY_HAND.has(payment?.method.id ?? '');
  });
};
