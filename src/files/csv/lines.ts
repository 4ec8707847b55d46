import { decimal, isZero } from '../../core/decimal.ts';
import { currencyOf } from '../../core/money.ts';
import { lineAmounts, type Stated, timesQuantity } from './amounts.ts';
import { amountAt, type Columns, cellOf, faultAt, read, readAt } from './document-rows.ts';
import type { Row } from './records.ts';
import { amountIn, CellFault, rateIn } from './values.ts';
import { lineKindIn } from './words.ts';

type Line = Readonly<Record<string, unknown>>;

/** The lines that the rows of a document spell, in the JSON of `comptoir-sales`. */
export function linesOf(columns: Columns, rows: readonly Row[], currency: string): readonly Line[] {
  const { layout } = columns;
  const { decimals } = currencyOf(currency);
  const lines: Line[] = [];
  let shipped = false;
  for (const row of rows) {
    for (const { stated, fields } of statedOf(columns, row)) push(row, stated, fields);
    const shipping = shippingOf(columns, row);
    if (shipping === null || (shipped && layout.shipping === 'document')) continue;
    shipped = true;
    const carrier = cellOf(columns, row, 'carrier');
    push(row, shipping, { kind: 'shipping', ...(carrier !== '' && { carrier: { id: carrier, name: carrier } }) });
  }
  return lines;

  function push(row: Row, stated: Stated, fields: Line): void {
    const id = String(lines.length + 1);
    try {
      const { taxes, ...amounts } = lineAmounts(stated, decimals);
      lines.push({ id, ...fields, ...amounts, ...(taxes.length > 0 && { taxes }) });
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      throw faultAt(row, '', '', error.reason);
    }
  }
}

/** Amounts a row states: of one line, of each rate that has columns of its own, and of what bears no VAT. */
function statedOf(columns: Columns, row: Row): { readonly stated: Stated; readonly fields: Line }[] {
  const { layout, byRate } = columns;
  const quantity = amountAt(columns, row, 'quantity');
  const amount = (field: Parameters<typeof amountAt>[2]) => amountAt(columns, row, field);
  const [net, vat, gross] = [amount('net'), amount('vat'), amount('gross')];
  const bare = net === null && gross === null;
  const line: Stated = {
    net: bare ? timesQuantity(quantity, amount('unitNet')) : net,
    vat,
    gross: bare ? timesQuantity(quantity, amount('unitGross')) : gross,
    rate: rateAt(columns, row, 'vatRate', vat),
  };
  const found: { stated: Stated; fields: Line }[] = [];
  if (line.net !== null || line.gross !== null || !isNothing(vat)) {
    found.push({ stated: line, fields: { ...fieldsOf(columns, row), ...(quantity !== null && { quantity }) } });
  }
  for (const [rate, at] of byRate) {
    const of = (index: number | undefined) =>
      index === undefined ? null : readAt(columns, row, index, (cell) => amountIn(cell, layout.decimal));
    const stated = { net: of(at.netOfRate), vat: of(at.vatOfRate), gross: of(at.grossOfRate), rate };
    if ([stated.net, stated.vat, stated.gross].every(isNothing)) continue;
    found.push({ stated, fields: fieldsOf(columns, row) });
  }
  const untaxed = amount('untaxed');
  if (!isNothing(untaxed)) {
    found.push({ stated: { net: untaxed, vat: null, gross: null, rate: 'none' }, fields: fieldsOf(columns, row) });
  }
  return found;
}

function shippingOf(columns: Columns, row: Row): Stated | null {
  const [net, vat, gross] = (['shippingNet', 'shippingVat', 'shippingGross'] as const).map((field) =>
    amountAt(columns, row, field),
  );
  if ([net, vat, gross].every((amount) => isNothing(amount ?? null))) return null;
  return {
    net: net ?? null,
    vat: vat ?? null,
    gross: gross ?? null,
    rate: rateAt(columns, row, 'shippingVatRate', vat ?? null),
  };
}

/** The rate a row states, else that of the layout; a VAT of zero without a rate beside it is no VAT. */
function rateAt(columns: Columns, row: Row, field: 'vatRate' | 'shippingVatRate', vat: string | null): string | null {
  const { layout } = columns;
  const stated = read(columns, row, field, (cell) => rateIn(cell, layout.rates));
  if (stated !== null) return stated;
  if (field === 'shippingVatRate') return rateAt(columns, row, 'vatRate', vat);
  return vat !== null && isNothing(vat) ? 'none' : layout.vatRate;
}

function fieldsOf(columns: Columns, row: Row): Line {
  const [label, sku, rule] = (['label', 'sku', 'taxRule'] as const).map((field) => cellOf(columns, row, field));
  const kind = read(columns, row, 'lineKind', (cell) => {
    if (cell.trim() === '') return 'product';
    const known = lineKindIn(cell);
    if (known === null) throw new CellFault('csv-line-kind');
    return known;
  });
  return {
    kind: kind ?? 'product',
    ...(label && { label }),
    ...(sku && { product: { sku } }),
    ...(rule && { taxRule: { id: rule, name: rule } }),
  };
}

function isNothing(amount: string | null): boolean {
  return amount === null || isZero(decimal(amount));
}
