import type { ReviewQuery } from '../../../api/review.ts';

/** What the list shows, as it stands in the address: a link sent to a colleague shows the same thing. */
export type ListQuery = Omit<ReviewQuery, 'offset' | 'limit'>;

/** `foldedAtFirst`: a long list starts folded, unless the address says otherwise. */
export function queryOf(params: URLSearchParams, foldedAtFirst: boolean): ListQuery {
  const filters: Record<string, string> = {};
  for (const [name, value] of params) if (name.startsWith('f.') && value !== '') filters[name.slice(2)] = value;
  const folded = params.get('folded');
  return {
    tab: params.get('tab') ?? 'all',
    q: params.get('q') ?? '',
    filters,
    sort: params.get('sort') ?? '',
    flat: params.get('flat') === '1',
    folded: folded === null ? foldedAtFirst : folded === '1',
  };
}

export function addressOf(query: ListQuery, foldedAtFirst: boolean): string {
  const params = new URLSearchParams();
  if (query.tab !== 'all') params.set('tab', query.tab);
  if (query.q !== '') params.set('q', query.q);
  for (const [key, value] of Object.entries(query.filters)) if (value !== '') params.set(`f.${key}`, value);
  if (query.sort !== '') params.set('sort', query.sort);
  if (query.flat) params.set('flat', '1');
  if (query.folded !== foldedAtFirst) params.set('folded', query.folded ? '1' : '0');
  return params.toString();
}

/** The address of a window of rows at the server. */
export function rowsPath(run: string, query: ListQuery, offset: number, limit: number): string {
  const params = asked(query);
  params.set('offset', String(offset));
  params.set('limit', String(limit));
  if (query.flat) params.set('flat', '1');
  if (query.folded && !query.flat) params.set('folded', '1');
  return `/api/reviews/${run}/rows?${params}`;
}

/** The address of the sub-totals of a query, by journal, account, day or payment. */
export function groupsPath(run: string, query: ListQuery, by: string): string {
  const params = asked(query);
  params.set('by', by);
  return `/api/reviews/${run}/groups?${params}`;
}

export function isFiltered({ q, filters }: ListQuery): boolean {
  return q.trim() !== '' || Object.keys(filters).length > 0;
}

/** The address of all entries of a query, as a file for a spreadsheet. */
export function exportPath(run: string, query: ListQuery, language: string, extension: 'csv' | 'xlsx'): string {
  const params = asked(query);
  params.set('lang', language);
  return `/api/reviews/${run}/entries.${extension}?${params}`;
}

function asked({ tab, q, filters, sort }: ListQuery): URLSearchParams {
  const params = new URLSearchParams({ tab });
  if (q !== '') params.set('q', q);
  for (const [key, value] of Object.entries(filters)) params.set(`f.${key}`, value);
  if (sort !== '') params.set('sort', sort);
  return params;
}
