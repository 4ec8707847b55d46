import type { PhpParams, PhpValue } from './php.ts';
import type { PsRow } from './ps-records.ts';

export type PsError = { readonly code: number; readonly message: string };

export type PsTable = {
  readonly byId: ReadonlyMap<number, PsRow>;
  readonly rows: readonly PsRow[];
  /** Fields in the order of the records; a multilingual one and one with a getter are told apart. */
  readonly fields: readonly { readonly name: string; readonly multilingual: boolean; readonly filterable: boolean }[];
  /** Rows whose field equals a value, as the database compares. */
  equal(field: string, value: string): readonly PsRow[];
};

export function psTable(rows: readonly PsRow[], fields: PsTable['fields']): PsTable {
  const indexes = new Map<string, Map<string, PsRow[]>>();
  return { byId: new Map(rows.map((row) => [row.id, row])), rows, fields, equal };

  function equal(field: string, value: string): readonly PsRow[] {
    return indexOf(field).get(comparable(value)) ?? [];
  }

  function indexOf(field: string): Map<string, PsRow[]> {
    const known = indexes.get(field);
    if (known !== undefined) return known;
    const index = Map.groupBy(rows, (row) => comparable(row.value(field) ?? ''));
    indexes.set(field, index);
    return index;
  }
}

/**
 * The rows a request's `filter`, `sort` and `limit` want, or the shop's refusal, with the words of
 * classes/webservice/WebserviceRequest.php. `unsorted` orders the rows of a list that names no order.
 */
export function selectPs(
  table: PsTable,
  params: PhpParams,
  unsorted: (rows: readonly PsRow[], offset: number) => readonly PsRow[],
): readonly PsRow[] | PsError {
  const dated = !['', '0'].includes(textOf(params.get('date')));
  const names = table.fields.filter((field) => !field.multilingual).map((field) => field.name);
  const available = dated ? names : names.filter((name) => name !== 'date_add' && name !== 'date_upd');
  const multilingual = table.fields.filter((field) => field.multilingual).map((field) => field.name);

  let rows = table.rows;
  for (const [name, value] of filtersOf(params)) {
    const kept = filtered(rows, name, value);
    if ('code' in kept) return kept;
    rows = kept;
  }
  const limit = limitOf(params);
  if ('code' in limit) return limit;
  const sorted = sort();
  if ('code' in sorted) return sorted;
  return sorted.slice(limit.offset, limit.offset + limit.count);

  function filtered(from: readonly PsRow[], name: string, value: PhpValue): readonly PsRow[] | PsError {
    const text = typeof value === 'string' ? value : ([...value.values()][0] ?? '');
    if (!available.includes(name) && !multilingual.includes(name)) {
      if (typeof value !== 'string')
        return { code: 31, message: 'There is no existing linked table for this resource' };
      return { code: 32, message: didYouMean('This filter does not exist', name, available) };
    }
    if (text === '') return { code: 33, message: `The filter "${name}" is malformed.` };
    if (table.fields.some((field) => field.name === name && !field.filterable)) {
      const message = `The field "${name}" is dynamic. It is not possible to filter GET query with this field.`;
      return { code: 34, message };
    }
    return kept(table, from, name, text);
  }

  function sort(): readonly PsRow[] | PsError {
    const wanted = params.get('sort');
    if (wanted === undefined) return unsorted(rows, 'code' in limit ? 0 : limit.offset);
    const text = textOf(wanted);
    const keys: { name: string; sign: 1 | -1 }[] = [];
    for (const part of (/^\[(.*)\]$/.exec(text)?.[1] ?? text).split(',')) {
      const [, name = '', direction = ''] = /^(.*)_(ASC|DESC)$/i.exec(part) ?? [];
      if (name === '') return { code: 37, message: SORT_FORM };
      if (!available.includes(name) && !multilingual.includes(name)) {
        const i18n = `, for i18n fields:${multilingual.join(', ')}`;
        const message = `Unable to filter by this field. However, these are available: ${available.join(', ')}${i18n}`;
        return { code: 38, message };
      }
      keys.push({ name, sign: direction.toUpperCase() === 'ASC' ? 1 : -1 });
    }
    const keyed = rows.map((row) => ({ row, values: keys.map(({ name }) => sortable(row.value(name) ?? '')) }));
    keyed.sort((a, b) => {
      for (const [at, { sign }] of keys.entries()) {
        const [left, right] = [a.values[at], b.values[at]];
        const order = left === undefined || right === undefined ? 0 : compareSortable(left, right);
        if (order !== 0) return sign * order;
      }
      return a.row.id - b.row.id;
    });
    return keyed.map(({ row }) => row);
  }
}

const SORT_FORM =
  'The "sort" value has to be formed as this example: "field_ASC" or \'[field_1_DESC,field_2_ASC,field_3_ASC,...]\' ("field" has to be an available field)';

/** `Resource of type "x" does not exists. Did you mean: ...`: the nearest known word, the last of those as near. */
export function didYouMean(label: string, wrong: string, known: readonly string[]): string {
  let closest = '';
  let shortest = -1;
  for (const word of known) {
    const distance = levenshtein(wrong, word);
    if (distance > shortest && shortest >= 0) continue;
    closest = word;
    shortest = distance;
    if (distance === 0) break;
  }
  const list = known.length > 1 ? ` The full list is: "${known.join('", "')}"` : '';
  return `${label}. Did you mean: "${closest}"?${list}`;
}

export function textOf(value: PhpValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function filtersOf(params: PhpParams): [string, PhpValue][] {
  const filters = params.get('filter');
  return filters === undefined || typeof filters === 'string' ? [] : [...filters];
}

/** The filter language: `[a]`, `[a|b]`, `[a,b]` with both ends, `>[a]`, `<[a]`, `![a|b]`, `%[a]%`, `[a]%`, `%[a]`. */
function kept(table: PsTable, from: readonly PsRow[], name: string, filter: string): readonly PsRow[] {
  const [, before, inner = '', behind] = /^(.*)\[(.*)\](.*)$/.exec(filter) ?? [];
  if (before === undefined) return equalTo([filter]);
  if (before === '%' || behind === '%') {
    const wanted = inner.toLowerCase();
    return having((value) => {
      const text = value.toLowerCase();
      if (before === '%' && behind === '%') return text.includes(wanted);
      return before === '%' ? text.endsWith(wanted) : text.startsWith(wanted);
    });
  }
  const bound = sortable(inner);
  if (before === '>') return having((value) => compareSortable(sortable(value), bound) > 0);
  if (before === '<') return having((value) => compareSortable(sortable(value), bound) < 0);
  if (before === '!') return having((value) => inner.split('|').every((other) => compare(value, other) !== 0));
  if (before !== '' || behind !== '') return from;
  if (inner.indexOf('|') > 0) return equalTo(inner.split('|'));
  const bounds = /^([\d.:\-\s]+),([\d.:\-\s]+)$/.exec(inner);
  if (bounds === null) return equalTo([inner]);
  const [low = bound, high = bound] = bounds.slice(1).map(sortable).sort(compareSortable);
  return having((value) => {
    const held = sortable(value);
    return compareSortable(held, low) >= 0 && compareSortable(held, high) <= 0;
  });

  function having(test: (value: string) => boolean): PsRow[] {
    return from.filter((row) => test(row.value(name) ?? ''));
  }

  /** By index, in the order of the rows; the first filter of a list is usually a long list of ids. */
  function equalTo(values: readonly string[]): readonly PsRow[] {
    const found = new Set(values.flatMap((value) => table.equal(name, value)));
    return from === table.rows && found.size < 100 ? inTableOrder(found) : from.filter((row) => found.has(row));
  }

  function inTableOrder(found: ReadonlySet<PsRow>): readonly PsRow[] {
    return table.rows.length < 1000 ? table.rows.filter((row) => found.has(row)) : [...found];
  }
}

function limitOf(params: PhpParams): { offset: number; count: number } | PsError {
  const value = params.get('limit');
  if (value === undefined) return { offset: 0, count: Number.POSITIVE_INFINITY };
  const parts = textOf(value).split(',');
  if (parts.length > 2) {
    return { code: 39, message: 'The "limit" value has to be formed as this example: "5,25" or "10"' };
  }
  const [first = 0, second] = parts.map((part) => Number.parseInt(part, 10) || 0);
  return second === undefined ? { offset: 0, count: first } : { offset: first, count: second };
}

const PLAIN_ID = /^(?:0|[1-9]\d*)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2} [\d:]+$/;
const DECIMAL = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;

/** A value in the form in which equal ones are the same text: `5`, `5.000000` and `05`; a day is its midnight. */
function comparable(value: string): string {
  const decimal = DECIMAL.exec(value);
  if (decimal !== null) {
    const [, sign = '', whole = '', fraction = ''] = decimal;
    return sign + whole + (fraction === '' ? '' : `.${fraction}`);
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value} 00:00:00` : value.toLowerCase();
}

/** As the database does: numbers by size, days and instants in time, words whatever their case. */
function compare(a: string, b: string): number {
  return compareSortable(sortable(a), sortable(b));
}

/** A value read once for many comparisons; `whole` and `fraction` are those of a number. */
type Sortable = {
  readonly text: string;
  readonly number: { readonly whole: bigint; readonly fraction: string } | null;
};

function sortable(value: string): Sortable {
  // Ids and instants are most of what is compared: they need no second look.
  if (PLAIN_ID.test(value)) return { text: value, number: { whole: BigInt(value), fraction: '' } };
  if (INSTANT.test(value)) return { text: value, number: null };
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(value) ?? [];
  return { text: comparable(value), number: sign === undefined ? null : { whole: BigInt(sign + whole), fraction } };
}

function compareSortable(a: Sortable, b: Sortable): number {
  if (a.number !== null && b.number !== null) {
    const places = Math.max(a.number.fraction.length, b.number.fraction.length);
    const [x, y] = places === 0 ? [a.number.whole, b.number.whole] : [units(a, places), units(b, places)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

function units({ text }: Sortable, places: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
