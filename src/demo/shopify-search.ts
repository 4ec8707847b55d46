import type { Node } from './shopify-money.ts';

/** One condition of a search: `updated_at:>='2026-10-01T00:00:00Z'`. */
type Term = { readonly field: string; readonly operator: '' | '>' | '>=' | '<' | '<='; readonly value: string };

const TERM = /(\w+):(>=|<=|>|<)?(?:'([^']*)'|(\S+))/g;
const TIMES: Readonly<Record<string, string>> = {
  processed_at: 'processedAt',
  updated_at: 'updatedAt',
  created_at: 'createdAt',
};

/** The last search of each list: its pages are asked one after another. */
const last = new WeakMap<readonly Node[], { readonly question: string; readonly found: readonly Node[] }>();

function remembered(records: readonly Node[], question: string, search: () => readonly Node[]): readonly Node[] {
  const known = last.get(records);
  if (known?.question === question) return known.found;
  const found = search();
  last.set(records, { question, found });
  return found;
}

/** Orders that a search finds, in the order of its sort key and then of their ids. */
export function searchOrders(orders: readonly Node[], query: string, sortKey: string): readonly Node[] {
  const by = { UPDATED_AT: 'updatedAt', CREATED_AT: 'createdAt', ID: 'id' }[sortKey] ?? 'processedAt';
  return remembered(orders, `${sortKey} ${query}`, () =>
    searched(orders, query).toSorted((a, b) => compareText(String(a[by]), String(b[by])) || idOf(a) - idOf(b)),
  );
}

/** Rows of the balance of a time, or of a payout, by their time. */
export function searchBalance(rows: readonly Node[], query: string): readonly Node[] {
  return remembered(rows, query, () =>
    searched(rows, query)
      .map((row): Node => ({ ...row, processedAt: row.transactionDate }))
      .toSorted((a, b) => compareText(String(a.processedAt), String(b.processedAt)) || idOf(a) - idOf(b)),
  );
}

function searched(records: readonly Node[], query: string): readonly Node[] {
  const terms = termsOf(query);
  return records.filter((record) => terms.every((term) => meets(record, term)));
}

/** The shop takes an unquoted or local time for something else: such a search finds nothing here. */
function meets(order: Node, { field, operator, value }: Term): boolean {
  const time = TIMES[field];
  if (field === 'payments_transfer_id')
    return String((order.associatedPayout as Node | null)?.id).endsWith(`/${value}`);
  if (time === undefined) return field === 'test' ? String(order.test) === value : true;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value)) return false;
  const own = Date.parse(String(order[time] ?? order.transactionDate));
  const asked = Date.parse(value);
  switch (operator) {
    case '>':
      return own > asked;
    case '>=':
      return own >= asked;
    case '<':
      return own < asked;
    case '<=':
      return own <= asked;
    default:
      return own === asked;
  }
}

function termsOf(query: string): readonly Term[] {
  return [...query.matchAll(TERM)].map(([, field = '', operator = '', quoted, bare]) => ({
    field,
    operator: operator as Term['operator'],
    value: quoted ?? (field.endsWith('_at') ? 'unquoted' : (bare ?? '')),
  }));
}

function idOf({ id }: Node): number {
  return Number(String(id).split('/').at(-1));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
