/** Statuses of orders that are sales: what is read when the profile names none. */
export const DEFAULT_STATUSES = ['processing', 'completed', 'refunded'];
