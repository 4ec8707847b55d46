import type { ShopLists } from '../../../api/shop.ts';
import { KEYS, REFINED_KEYS, type RefinedKey } from '../../../core/mapping.ts';
import type { Mappings } from '../../../core/settings.ts';
import { TREATMENTS } from '../../../core/treatment.ts';

/** What a cell takes: text, or one of a few values; null stands for *not given*. */
export type Column = {
  readonly name: string;
  readonly key: boolean;
  readonly values: readonly (string | boolean)[] | null;
  /** Which list of the shop names its values. */
  readonly list: ListName | null;
};
type ListName = 'countries' | 'taxRules' | 'taxes' | 'carriers' | 'paymentMethods' | 'currencies' | 'subShops';

export type MappingKind = {
  readonly id: keyof Mappings;
  /** What its items are: a list of the shop; null: text, or no item at all. */
  readonly items: ListName | null;
  readonly hasItems: boolean;
  readonly fields: readonly string[];
};

const TAX_FIELDS = ['account', 'code', 'grid', 'creditGrid'];

/** The ten mappings, in the order of their list (S-115 and after). */
export const KINDS: readonly MappingKind[] = [
  { id: 'journals', items: null, hasItems: false, fields: ['sales', 'creditNotes'] },
  {
    id: 'sales',
    items: 'taxRules',
    hasItems: true,
    fields: ['withVat', 'withoutVat', 'discountWithVat', 'discountWithoutVat'],
  },
  {
    id: 'differences',
    items: null,
    hasItems: false,
    fields: ['adjustmentExpense', 'adjustmentIncome', 'differenceExpense', 'differenceIncome'],
  },
  { id: 'taxes', items: 'taxes', hasItems: true, fields: TAX_FIELDS },
  { id: 'otherTaxes', items: null, hasItems: true, fields: TAX_FIELDS },
  {
    id: 'payments',
    items: 'paymentMethods',
    hasItems: true,
    fields: ['create', 'paymentMode', 'journal', 'bank', 'fee', 'salesWithVat', 'salesWithoutVat'],
  },
  {
    id: 'carriers',
    items: 'carriers',
    hasItems: true,
    fields: ['shippingWithVat', 'shippingWithoutVat', 'wrappingWithVat', 'wrappingWithoutVat'],
  },
  { id: 'otherLines', items: null, hasItems: true, fields: ['withVat', 'withoutVat'] },
  {
    id: 'currencies',
    items: 'currencies',
    hasItems: true,
    fields: ['ledgerCurrency', 'rate', 'adjustmentExpense', 'adjustmentIncome'],
  },
  { id: 'analytics', items: 'taxRules', hasItems: true, fields: ['section'] },
];

/** Columns of a mapping: its keys (the refined ones that are shown), then what it gives. */
export function columnsOf(kind: MappingKind, refined: readonly RefinedKey[]): readonly Column[] {
  const keys = KEYS.filter((key) =>
    key === 'country' ? true : key === 'item' ? kind.hasItems : refined.includes(key as RefinedKey),
  );
  return [
    ...keys.toSorted((a, b) => placeOf(a) - placeOf(b)).map((name) => keyColumn(name, kind)),
    ...kind.fields.map((name) => ({ name, key: false, values: name === 'create' ? [true, false] : null, list: null })),
  ];
}

/** Country and item come first: they are the keys people know. */
function placeOf(key: string): number {
  return key === 'country' ? 0 : key === 'item' ? 1 : 2 + REFINED_KEYS.indexOf(key as RefinedKey);
}

function keyColumn(name: string, { items }: MappingKind): Column {
  const values = name === 'treatment' ? TREATMENTS : name === 'businessCustomer' ? [true, false] : null;
  const list = name === 'country' ? 'countries' : name === 'item' ? items : name === 'subShop' ? 'subShops' : null;
  return { name, key: true, values, list };
}

/** The values of a column that the shop knows, by id; countries are called as the reader calls them. */
export function namesOf(
  { list }: Column,
  lists: ShopLists | undefined,
  country: (code: string) => string,
): ReadonlyMap<string, string> {
  const values = list === null ? [] : (lists?.[list] ?? []);
  return new Map(values.map(({ id, name }) => [id, list === 'countries' ? country(id) : name]));
}
