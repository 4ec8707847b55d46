import {
  add,
  compare,
  type Decimal,
  divide,
  decimal as exactly,
  isNegative,
  isPositive,
  isZero,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import type { Node } from '../../src/demo/shopify-money.ts';
import { byRate, type OwnCents, type Stated, type StatedPayment } from './figures.ts';

/** Which of the two amounts that Shopify states everywhere: its own money, or what the customer saw. */
type Reading = { readonly inCurrency: boolean };

/** A row of the ledger of an order: with its taxes, negative when it gives back. */
type Row = {
  readonly type: string;
  readonly gross: Decimal;
  readonly taxes: readonly (readonly [Decimal, Decimal])[];
};

type Part = {
  readonly kind: Stated['kind'];
  readonly key: string;
  readonly at: string;
  readonly rows: readonly Row[];
  readonly refund: string | null;
  readonly returned: string | null;
  /** What goods given back already pay of it. */
  readonly covered: Decimal;
};

/** Gross that remains in the VAT groups of an order, after what was given back before. */
type Groups = Map<string, { readonly rate: Decimal | null; left: Decimal }>;

const HUNDRED = exactly('100');
const SOLD = ['PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];
const PRODUCTS = ['ProductSale', 'GiftCardSale', 'AdjustmentSale', 'FeeSale'];
/** The shop does not state its rate of exchange: totals in both moneys do. */
const RATE_DECIMALS = 10;

/** What Shopify's records state of every order, edit, exchange, return and refund, without a line of the reader. */
export function shopifyFigures(orders: readonly Node[], reading: Reading): readonly Stated[] {
  return orders.flatMap((order) => ofOrder(order, reading));
}

function ofOrder(order: Node, reading: Reading): readonly Stated[] {
  const money = (bag: unknown) => {
    const { shopMoney, presentmentMoney } = bag as Record<string, { amount: string }>;
    return exactly(String((reading.inCurrency ? presentmentMoney : shopMoney)?.amount));
  };
  const parts = partsOf(order, money);
  const payments = paymentsOf(order, parts, money);
  const first = order.originalTotalPriceSet as Record<string, { amount: string; currencyCode: string }>;
  const code = reading.inCurrency ? String(order.presentmentCurrencyCode) : 'EUR';
  const [shown, own] = [exactly(String(first.presentmentMoney?.amount)), exactly(String(first.shopMoney?.amount))];
  const foreign = code !== 'EUR' && !isZero(own);
  const rate = foreign ? divide(shown, own, RATE_DECIMALS, 'half-up') : exactly('1');
  const groups: Groups = new Map();
  const counts = { sale: 0, creditNote: 0 };

  return parts.map((part): Stated => {
    const moved = payments.get(part) ?? [];
    const cash = sum(moved.map(({ rounding }) => rounding));
    const sign = part.kind === 'sale' ? exactly('1') : exactly('-1');
    const given = part.kind === 'creditNote' ? unstated(part, groups) : [];
    if (part.kind === 'sale') take(part, groups);
    const taxes = part.rows.flatMap((row) => row.taxes.map(([at, amount]) => [at, multiply(amount, sign)] as const));
    const vat = byRate([...taxes, ...given]);
    const total = part.key === `sale/${order.legacyResourceId}` ? money(first) : multiply(grossOf(part.rows), sign);
    const gross = add(total, cash);
    const shared = sum(given.map(([, amount]) => amount));
    const net = subtract(gross, add(sum(taxes.map(([, amount]) => amount)), shared));
    const of = (...types: string[]) => {
      const rows = part.rows.filter(({ type }) => types.includes(type));
      return multiply(subtract(grossOf(rows), sum(rows.flatMap((row) => row.taxes.map(([, amount]) => amount)))), sign);
    };
    counts[part.kind] += 1;
    const place = counts[part.kind];
    return {
      kind: part.kind,
      key: part.key,
      name: place === 1 ? String(order.name) : `${order.name}-${place}`,
      order: String(order.name),
      status: String(order.displayFinancialStatus),
      accounted: SOLD.includes(String(order.displayFinancialStatus)),
      test: order.test === true,
      currency: foreign ? code : 'EUR',
      perUnit: false,
      rate,
      gross,
      net,
      vat,
      parts: {
        products: subtract(of(...PRODUCTS), shared),
        shipping: of('ShippingLineSale'),
        wrapping: ZERO,
        fees: of('AdditionalFeeSale'),
      },
      payments: moved.map(({ payment }) => payment),
      own: isZero(shared) ? [] : [unstatedVat(shared)],
    };
  });
}

function unstatedVat(amount: Decimal): OwnCents {
  const cause =
    'an amount is given back without VAT of its own: shared over the VAT of its order (amountOnlyRefunds: share)';
  return { what: 'unstatedVat', amount, cause };
}

/** An agreement for each thing that happened; goods given back and taken in one are two documents. */
function partsOf(order: Node, money: (bag: unknown) => Decimal): readonly Part[] {
  const id = String(order.legacyResourceId);
  const bare = { refund: null, returned: null, covered: ZERO };
  const agreements = [...list(order.agreements)].sort((a, b) => (text(a.happenedAt) < text(b.happenedAt) ? -1 : 1));
  if (agreements.length === 0) return withoutLedger(order, money);
  return agreements.flatMap((one): readonly Part[] => {
    const n = numberIn(one.id);
    const at = text(one.happenedAt);
    const all = list(one.sales);
    const rows = all.map((row) => rowOf(row, money));
    switch (one.__typename) {
      case 'OrderAgreement':
        return [{ ...bare, kind: 'sale', key: `sale/${id}`, at, rows }];
      case 'OrderEditAgreement': {
        const kind = isNegative(grossOf(rows)) ? 'creditNote' : 'sale';
        return [{ ...bare, kind, key: `${kind}/${id}/${n}`, at, rows }];
      }
      case 'RefundAgreement': {
        const refund = String((one.refund as Node).id);
        if (rows.length === 0) return [];
        return [{ ...bare, kind: 'creditNote', key: `creditNote/${numberIn(refund)}`, at, rows, refund }];
      }
      default: {
        const isNew = (row: Node) => row.actionType === 'ORDER' && row.__typename !== 'FeeSale';
        const taken = all.filter(isNew).map((row) => rowOf(row, money));
        const back = all.filter((row) => !isNew(row)).map((row) => rowOf(row, money));
        const returned = String((one.return as Node).id);
        const covered = negate(grossOf(back));
        const key = `creditNote/return-${numberIn(returned)}`;
        const note: Part = { ...bare, kind: 'creditNote', key, at, rows: back, returned };
        const sale: Part = { ...bare, kind: 'sale', key: `sale/${id}/${n}`, at, rows: taken, covered };
        return [note, ...(taken.length > 0 ? [sale] : [])];
      }
    }
  });
}

/** What an old import states: the prices of its lines after their discounts, and refunds of lines and parcels. */
function withoutLedger(order: Node, money: (bag: unknown) => Decimal): readonly Part[] {
  const id = String(order.legacyResourceId);
  const off = (one: Node) => sum(list(one.discountAllocations).map((each) => money(each.allocatedAmountSet)));
  const taxes = (one: Node) => list(one.taxLines).map((tax) => [percent(tax.rate), money(tax.priceSet)] as const);
  const lines = list(order.lineItems);
  const rows = [
    ...lines.map((line) => {
      return { type: 'ProductSale', gross: subtract(money(line.originalTotalSet), off(line)), taxes: taxes(line) };
    }),
    ...list(order.shippingLines).map((one) => {
      return { type: 'ShippingLineSale', gross: money(one.discountedPriceSet), taxes: taxes(one) };
    }),
  ];
  const sale: Part = {
    kind: 'sale',
    key: `sale/${id}`,
    at: text(order.processedAt),
    rows,
    refund: null,
    returned: null,
    covered: ZERO,
  };
  const notes = list(order.refunds).map((refund): Part => {
    const back = list(refund.refundLineItems).map((one): Row => {
      const [tax] = list(lines.find((line) => line.id === (one.lineItem as Node).id)?.taxLines);
      const row = { type: 'ProductSale', gross: negate(money(one.subtotalSet)) };
      return { ...row, taxes: [[percent(tax?.rate), negate(money(one.totalTaxSet))]] };
    });
    const parcels = list(refund.refundShippingLines).map((one): Row => {
      const [tax] = list(list(order.shippingLines)[0]?.taxLines);
      const row = { type: 'ShippingLineSale', gross: negate(money(one.subtotalAmountSet)) };
      return { ...row, taxes: [[percent(tax?.rate), negate(money(one.taxAmountSet))]] };
    });
    const own = { key: `creditNote/${refund.legacyResourceId}`, at: text(refund.processedAt), refund: text(refund.id) };
    return { ...own, kind: 'creditNote', rows: [...back, ...parcels], returned: null, covered: ZERO };
  });
  return [sale, ...notes];
}

type Moved = { readonly payment: StatedPayment; readonly rounding: Decimal };

/** Money in pays the first sale not yet paid, money out the credit note of its refund, of its return, or of an edit. */
function paymentsOf(order: Node, parts: readonly Part[], money: (bag: unknown) => Decimal) {
  const found = new Map<Part, Moved[]>();
  const due = new Map(parts.map((part) => [part, subtract(grossOf(part.rows), part.covered)]));
  const done = list(order.transactions).filter(({ status, test }) => status === 'SUCCESS' && test !== true);
  const sorted = [...done].sort((a, b) => (text(a.processedAt) < text(b.processedAt) ? -1 : 1));
  for (const one of sorted) {
    if (one.kind !== 'SALE' && one.kind !== 'CAPTURE' && one.kind !== 'REFUND') continue;
    const rounding = one.amountRoundingSet == null ? ZERO : money(one.amountRoundingSet);
    const change = done.filter((other) => other.kind === 'CHANGE' && (other.parentTransaction as Node).id === one.id);
    const amount = sum([money(one.amountSet), rounding, ...change.map((each) => negate(money(each.amountSet)))]);
    const settled = (one.currencyExchangeAdjustment as { finalAmountSet: { amount: string } } | null)?.finalAmountSet;
    const payment: StatedPayment = {
      direction: one.kind === 'REFUND' ? 'out' : 'in',
      amount,
      fee: sum(list(one.fees).map((fee) => exactly(text((fee.amount as Node).amount)))),
      ...(settled === undefined ? {} : { settled: exactly(settled.amount) }),
    };
    const part = one.kind === 'REFUND' ? noteOf(one) : saleOf(text(one.processedAt));
    if (part === undefined) continue;
    found.set(part, [...(found.get(part) ?? []), { payment, rounding }]);
    due.set(part, subtract(due.get(part) ?? ZERO, subtract(amount, rounding)));
  }
  return found;

  function saleOf(at: string): Part | undefined {
    const sales = parts.filter((part) => part.kind === 'sale' && (part.at <= at || part === parts[0]));
    return sales.find((part) => isPositive(due.get(part) ?? ZERO)) ?? sales.at(-1);
  }

  function noteOf(one: Node): Part | undefined {
    const refund = list(order.refunds).find((each) => list(each.transactions).some(({ id }) => id === one.id));
    const back = (refund?.return ?? null) as Node | null;
    const notes = parts.filter(({ kind }) => kind === 'creditNote');
    return (
      notes.find((part) => part.refund === refund?.id) ??
      notes.find((part) => back !== null && part.returned === back.id) ??
      notes.find((part) => part.refund === null && !found.has(part))
    );
  }
}

function take({ rows }: Part, groups: Groups): void {
  for (const { type, gross, taxes } of rows) if (type !== 'AdjustmentSale') move(groups, taxes, gross);
}

/** VAT in amounts given back that state none: over what remains in the groups, after the rows beside them. */
function unstated({ rows }: Part, groups: Groups): readonly (readonly [Decimal, Decimal])[] {
  take({ rows } as Part, groups);
  const onTop = negate(
    sum(rows.filter(({ type, gross }) => type === 'AdjustmentSale' && isNegative(gross)).map(grossOfRow)),
  );
  if (isZero(onTop)) return [];
  const open = [...groups.values()].filter(({ left }) => isPositive(left));
  const all = sum(open.map(({ left }) => left));
  const shares = open.map((group) => {
    const exact = divide(multiply(onTop, group.left), all, 12, 'down');
    const part = round(exact, 2, 'down');
    return { group, part, rest: subtract(exact, part) };
  });
  const missing = subtract(onTop, sum(shares.map(({ part }) => part)));
  const byRest = [...shares].sort((a, b) => compare(b.rest, a.rest) || compare(b.group.left, a.group.left));
  for (let cent = 0; cent < Number(round(multiply(missing, HUNDRED), 0).units); cent += 1) {
    const share = byRest[cent % byRest.length];
    if (share !== undefined) share.part = add(share.part, exactly('0.01'));
  }
  return shares.flatMap(({ group, part }) => {
    group.left = subtract(group.left, part);
    if (group.rate === null) return [];
    return [[group.rate, divide(multiply(part, group.rate), add(HUNDRED, group.rate), 2, 'half-up')] as const];
  });
}

function move(groups: Groups, taxes: Row['taxes'], gross: Decimal): void {
  const [rate] = taxes[0] ?? [null];
  const key = rate === null ? 'none' : String(divide(rate, exactly('1'), 4, 'half-up').units);
  const group = groups.get(key) ?? { rate, left: ZERO };
  group.left = add(group.left, gross);
  groups.set(key, group);
}

function rowOf(row: Node, money: (bag: unknown) => Decimal): Row {
  const taxes = list(row.taxes).map((tax) => [percent((tax.taxLine as Node).rate), money(tax.amount)] as const);
  return { type: text(row.__typename), gross: money(row.totalAmount), taxes };
}

function grossOf(rows: readonly Row[]): Decimal {
  return sum(rows.map(grossOfRow));
}

function grossOfRow({ gross }: Row): Decimal {
  return gross;
}

function percent(rate: unknown): Decimal {
  return multiply(exactly(String(rate)), HUNDRED);
}

function numberIn(gid: unknown): string {
  return String(gid).split('/').at(-1) ?? '';
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

function text(value: unknown): string {
  return String(value);
}
