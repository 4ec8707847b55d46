/** States of an order in Shopware's own state machine; being paid is a state of its transaction, not of the order. */
export const STATUSES = ['open', 'in_progress', 'completed', 'cancelled'];
/** Orders that somebody works on or has finished: sales, when the profile names no states. */
export const DEFAULT_STATUSES = ['in_progress', 'completed'];
