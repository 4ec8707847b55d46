import type { FieldHelp } from './schema-help.ts';
import { isObject, type Json, type JsonObject } from './tabs.ts';

/** A part of a tab's form; a field that no group names stands in the last one, so that none is ever out of reach. */
export type Group = { readonly title: string; readonly fields: readonly FieldHelp[] };

/** Which fields stand together, by the beginning of their paths; the first group that fits takes a field. */
const GROUPS: Readonly<Record<string, readonly (readonly [title: string, ...paths: string[]])[]>> = {
  profile: [['profile', 'name']],
  shop: [
    ['shop', 'shop.type', 'shop.url'],
    ['notes', 'shop.notes'],
    ['http', 'shop.http'],
  ],
  ledger: [
    ['ledger', 'ledger.type', 'ledger.currency', 'ledger.companyName', 'ledger.siren'],
    [
      'files',
      ...['ledger.folder', 'ledger.salesFile', 'ledger.creditNotesFile', 'ledger.customersFile'],
      ...['ledger.policy', 'ledger.split', 'ledger.zip'],
    ],
    ['year', 'ledger.fiscalYearStart', 'ledger.closingDate'],
    ['format', 'ledger.recordLength', 'ledger.validDate', 'ledger.analyticPlan', 'ledger.options', 'ledger.database'],
    ['translate', 'ledger.translate'],
    ['chart', 'chart'],
  ],
  customers: [
    ['account', 'customers.account'],
    ['third-party', 'customers.thirdParty'],
    ['records', 'customers'],
  ],
  entries: [
    ['sales', 'entries.sales'],
    ['credit-notes', 'entries.creditNotes'],
    ['payments', 'entries.payments'],
    ['entries', 'entries'],
  ],
  import: [['import', 'import']],
  reading: [
    ['reading', 'reading.findBy', 'reading.salesSource', 'reading.creditNotes', 'reading.mergeEdits'],
    ['taxes', 'reading.taxCountry', 'reading.defaultCountry', 'reading.separateEcotax'],
    ['rounding', 'reading.decimals', 'reading.rounding'],
    ['refunds', 'reading.amountOnlyRefunds', 'reading.retentions'],
    ['guests', 'reading.guest'],
    ['names', 'reading.extraPaymentMethods', 'reading.wrappingNames', 'reading.invoiceNumberKeys'],
    ['fee', 'reading.unexplainedFee'],
  ],
  advanced: [
    ['vat', 'advanced.country', 'advanced.distanceSales'],
    ['periods', 'advanced.closedTo', 'advanced.lateDocuments', 'advanced.timeZone'],
    ['grouping', 'advanced.grouping'],
    ['tolerances', 'advanced.tolerances'],
  ],
};

/** The groups of a tab, each with its fields in the order of the schema. */
export function groupsOf(tab: string, fields: readonly FieldHelp[]): readonly Group[] {
  const declared = GROUPS[tab] ?? [];
  const groups = [...declared.map(([title]) => title), 'more'];
  const fitting = (path: string) =>
    declared.find(([, ...paths]) =>
      paths.some((known) => path === known || path.startsWith(`${known}.`) || isStem(known, path)),
    )?.[0] ?? 'more';
  return groups
    .map((title) => ({ title, fields: fields.filter(({ path }) => fitting(path) === title) }))
    .filter((group) => group.fields.length > 0);
}

/** `reading.guest` stands for all that begins so. */
function isStem(known: string, path: string): boolean {
  return known === 'reading.guest' ? path.startsWith(known) : known === 'reading.rounding' && path.startsWith(known);
}

/** How a field is filled in. */
export type Control =
  | 'switch'
  | 'choice'
  | 'number'
  | 'day'
  | 'text'
  | 'pattern'
  | 'lines'
  | 'long'
  | 'pairs'
  | 'customer-code'
  | 'shop-values'
  | 'ledger'
  | 'fixed'
  | 'none';

const SPECIAL: Readonly<Record<string, Control>> = {
  'shop.type': 'fixed',
  'ledger.type': 'ledger',
  'shop.http.moduleMethod': 'none', // refused while no module of a shop is called
  'shop.http.certificate': 'long',
  'import.statuses': 'shop-values',
  'import.subShops': 'shop-values',
  'customers.account': 'customer-code',
  'customers.thirdParty': 'customer-code',
};
const DAYS = new Set(['ledger.closingDate', 'ledger.fiscalYearStart', 'import.from', 'import.to', 'advanced.closedTo']);

export function controlOf({ path, type, values }: FieldHelp): Control {
  const special = SPECIAL[path];
  if (special) return special;
  if (/^customers\.(account|thirdParty)\./.test(path)) return 'none'; // drawn by the code they belong to
  if (/^entries\.\w+\.(reference|label)$/.test(path)) return 'pattern';
  if (DAYS.has(path)) return 'day';
  if (type === 'boolean') return 'switch';
  if (values.length > 0) return 'choice';
  if (type.startsWith('object')) return 'pairs';
  if (type.includes('[]')) return 'lines';
  return type.startsWith('integer') || type.startsWith('number') ? 'number' : 'text';
}

/** The value at a path of the tab's sections; undefined when it is not given. */
export function at(value: JsonObject, path: string): Json | undefined {
  let here: Json | undefined = value;
  for (const name of path.split('.')) here = isObject(here) ? here[name] : undefined;
  return here;
}

/** The same with another value at the path; objects on the way are made. */
export function put(value: JsonObject, path: string, next: Json): JsonObject {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...value, [name]: next };
  const child = value[name];
  return { ...value, [name]: put(isObject(child) ? child : {}, rest.join('.'), next) };
}

/** What a text typed in a field means: its number where the field is one, null when it is empty and may be. */
export function read({ type, standard }: FieldHelp, text: string): Json {
  if (text === '')
    return type.includes('null') ? null : type.includes('string') ? '' : standard === null ? '' : JSON.parse(standard);
  const isNumber = type.startsWith('integer') || type.startsWith('number');
  return isNumber && /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** The value of a choice as the schema writes it: `199` is a number there, `1.2` a text. */
export function chosen({ type }: FieldHelp, text: string): Json {
  if (text === '') return null;
  return !type.includes('string') && /^\d+$/.test(text) ? Number(text) : text;
}
