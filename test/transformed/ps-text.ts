import { type Decimal, decimal, decimalText } from '../../src/core/decimal.ts';
import { type PsRecords, psFields } from '../../src/demo/ps-records.ts';
import type { Chance } from './chance.ts';

/** Records of the Webservice as texts: fields read, and lists inside them written anew. */
export type Values = ReadonlyMap<string, string>;

export type SlipDetail = {
  readonly id: string;
  readonly detail: string;
  readonly quantity: string;
  readonly net: Decimal;
  readonly gross: Decimal;
};

const SLIP_DETAIL =
  /<order_slip_detail>\n\t<id><!\[CDATA\[(\d+)\]\]><\/id>\n\t<id_order_detail><!\[CDATA\[(\d+)\]\]><\/id_order_detail>\n\t<product_quantity><!\[CDATA\[(\d+)\]\]><\/product_quantity>\n\t<amount_tax_excl><!\[CDATA\[([\d.]+)\]\]><\/amount_tax_excl>\n\t<amount_tax_incl><!\[CDATA\[([\d.]+)\]\]><\/amount_tax_incl>\n\t<\/order_slip_detail>/g;

export function slipDetailsIn(record: string): readonly SlipDetail[] {
  return [...record.matchAll(SLIP_DETAIL)].map(([, id = '', detail = '', quantity = '', net = '0', gross = '0']) => ({
    id,
    detail,
    quantity,
    net: decimal(net),
    gross: decimal(gross),
  }));
}

export function withSlipDetails(record: string, details: readonly SlipDetail[]): string {
  let index = 0;
  return record.replace(SLIP_DETAIL, () => {
    const detail = details[index++];
    if (detail === undefined) throw new TypeError('A slip with more lines than before');
    const fields = {
      id: detail.id,
      id_order_detail: detail.detail,
      product_quantity: detail.quantity,
      ...texts({ amount_tax_excl: detail.net, amount_tax_incl: detail.gross }),
    };
    const lines = Object.entries(fields).map(([name, value]) => `\t<${name}><![CDATA[${value}]]></${name}>\n`);
    return `<order_slip_detail>\n${lines.join('')}\t</order_slip_detail>`;
  });
}

export function withTaxIds(record: string, chance: Chance): string {
  return record.replace(/(<tax [^>]*>\s*<id><!\[CDATA\[)(\d+)/g, (_, open: string, id: string) => open + chance.id(id));
}

export function rowsOf(records: PsRecords, resource: string) {
  return (records[resource]?.records ?? []).map((record) => ({ record, resource, values: valuesOf(record) }));
}

export function valuesOf(record: string): Values {
  return new Map(psFields(record).map(({ name, value }) => [name, value]));
}

export function text(values: Values, name: string): string {
  return values.get(name) ?? '';
}

export function amount(values: Values, name: string): Decimal {
  return decimal(text(values, name) || '0');
}

export function texts(amounts: Readonly<Record<string, Decimal>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, decimalText(value, 6)]));
}
