/**
 * Access scopes of the Admin API that reading goes by, and what each is for: Admin GraphQL 2026-10, `requiredAccess` of
 * the schema. A fragment of `queries/` that needs one says so above it, and is left out where the app was not given it.
 */
export const SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_products',
  'read_locations',
  'read_returns',
  'read_shopify_payments_payouts',
] as const;

export type Scope = (typeof SCOPES)[number];

/** One scope opens all of Shopify Payments; Shopify gives it in three parts, too. */
const WHOLE_PAYMENTS = 'read_shopify_payments';

/** Those of our scopes that an app has, by the handles it was given; who may write may read. */
export function scopesOf(handles: readonly string[]): ReadonlySet<Scope> {
  const given = new Set(handles);
  const names = (scope: Scope) => [
    scope,
    scope.replace('read_', 'write_'),
    ...(scope.startsWith(WHOLE_PAYMENTS) ? [WHOLE_PAYMENTS] : []),
  ];
  return new Set(SCOPES.filter((scope) => names(scope).some((name) => given.has(name))));
}
