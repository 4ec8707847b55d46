import { type Decimal, decimalText } from '../../core/decimal.ts';
import type { DocumentLine, SalesDocument } from '../../core/document.ts';
import { HTTP } from '../read.test-kit.ts';
import type { Shop, ShopConnection } from '../reader.ts';
import { prestashop } from './index.ts';

export { documentsOf, eventsOf, OPTIONS, requestOf } from '../read.test-kit.ts';

/** Requests and short forms of documents for the tests of this folder. */

/** What a key needs for every field a document may have, that on products left out. */
export const RIGHTS = [
  'addresses',
  'carriers',
  'cart_rules',
  'configurations',
  'countries',
  'currencies',
  'customers',
  'order_cart_rules',
  'order_details',
  'order_histories',
  'order_invoices',
  'order_payments',
  'order_slip',
  'order_states',
  'orders',
  'shops',
  'states',
  'tax_rule_groups',
  'tax_rules',
  'taxes',
  'translated_configurations',
];

export function shopAt(
  at: { readonly url: string; readonly credentials: Readonly<Record<string, string>> },
  changes: Partial<ShopConnection['http']> = {},
): Shop {
  return prestashop.open({
    ...at,
    http: { ...HTTP, tries: 2, ...changes },
    now: Date.now,
    sleep: async () => {},
  });
}

/** `product 20.75 +20% 4.15 | shipping 5.75 +20% 1.15`, as tables of tests write lines. */
export function linesText(lines: readonly DocumentLine[]): string {
  return lines
    .map((line) =>
      [
        `${line.kind} ${amount(line.net)}`,
        ...line.taxes.map((tax) => `+${decimalText(tax.rate)}% ${amount(tax.amount)}`),
      ].join(' '),
    )
    .join(' | ');
}

/** `stripe_official 31.80 2026-09-01`, money out with a minus. */
export function paymentsText({ payments }: SalesDocument): string {
  return payments
    .map(
      ({ id, direction, method, amount: paid, date }) =>
        `${id}: ${method.id} ${direction === 'out' ? '-' : ''}${amount(paid)} ${date}`,
    )
    .join(' | ');
}

export function remarksText({ remarks }: SalesDocument): string {
  return remarks.map(({ severity, code }) => `${severity} ${code}`).join(', ');
}

export function amount(value: Decimal): string {
  return decimalText(value, 2);
}

/** The records of a demo shop: by resource, each record as the text of its element. */
type Records = {
  readonly [resource: string]: {
    readonly records: readonly string[];
    readonly element: string;
    readonly listElement: string;
  };
};

/** The shop's records with fields of one changed. */
export function changed(
  records: Records,
  resource: string,
  id: string,
  fields: Readonly<Record<string, string>>,
): Records {
  return onRecords(records, resource, (record) => (hasId(record, id) ? withFields(record, fields) : record));
}

/** The shop's records with one more: a copy of a record with its fields changed, its id too. */
export function added(
  records: Records,
  resource: string,
  id: string,
  fields: Readonly<Record<string, string>>,
): Records {
  const known = resourceOf(records, resource);
  const source = known.records.find((record) => hasId(record, id));
  if (source === undefined) throw new TypeError(`No ${resource} ${id}`);
  return { ...records, [resource]: { ...known, records: [...known.records, withFields(source, fields)] } };
}

export function without(records: Records, resource: string, ids: readonly string[]): Records {
  const known = resourceOf(records, resource);
  return {
    ...records,
    [resource]: { ...known, records: known.records.filter((record) => !ids.some((id) => hasId(record, id))) },
  };
}

/** A record with the text of its associations changed. */
export function rewritten(records: Records, resource: string, id: string, change: (record: string) => string): Records {
  return onRecords(records, resource, (record) => (hasId(record, id) ? change(record) : record));
}

function onRecords(records: Records, resource: string, change: (record: string) => string): Records {
  const known = resourceOf(records, resource);
  return { ...records, [resource]: { ...known, records: known.records.map(change) } };
}

function resourceOf(records: Records, resource: string): Records[string] {
  const known = records[resource];
  if (known === undefined) throw new TypeError(`No resource ${resource}`);
  return known;
}

function hasId(record: string, id: string): boolean {
  return (
    record.includes(`\n\t<id><![CDATA[${id}]]></id>\n`) &&
    record.indexOf('<id>') === record.indexOf(`<id><![CDATA[${id}]]>`)
  );
}

function withFields(record: string, fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).reduce((text, [field, value]) => {
    const pattern = new RegExp(`(\\n\\t<${field}(?: [^>]*)?>)(?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)?(</${field}>)`);
    if (!pattern.test(text)) throw new TypeError(`No field ${field}`);
    return text.replace(pattern, (_, open: string, close: string) => `${open}<![CDATA[${value}]]>${close}`);
  }, record);
}
