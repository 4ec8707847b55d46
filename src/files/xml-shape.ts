export const NAMESPACE = 'urn:comptoir:sales:1';

/** What an element of `comptoir-sales` may hold, in its order, and the field of the JSON spelling that each becomes. */
export type Shape = {
  readonly attributes: ReadonlyMap<string, Kind>;
  readonly children: ReadonlyMap<string, Child>;
  /** The field its own text becomes; null: it has none. */
  readonly text: string | null;
};

type Kind = 'text' | 'flag';

/** `many`: a list. A shape that is null is the text of the element; `around`: the list stands in an element of its own. */
export type Child = {
  readonly field: string;
  readonly many: boolean;
  readonly around: boolean;
  readonly shape: Shape | null;
};

/** Names separated by spaces; `!` behind a name: true or false. */
function attributes(names: string): ReadonlyMap<string, Kind> {
  return new Map(
    names
      .split(' ')
      .filter(Boolean)
      .map((name) => (name.endsWith('!') ? [name.slice(0, -1), 'flag'] : [name, 'text'])),
  );
}

function shape(names: string, children: Readonly<Record<string, Child>> = {}, text: string | null = null): Shape {
  return { attributes: attributes(names), children: new Map(Object.entries(children)), text };
}

function one(field: string, inner: Shape | null = null): Child {
  return { field, many: false, around: false, shape: inner };
}

function many(field: string, inner: Shape | null): Child {
  return { field, many: true, around: false, shape: inner };
}

/** `<lines><line/><line/></lines>`: the element around gives the list its name. */
function around(field: string, item: string, inner: Shape): Child {
  return { field, many: false, around: true, shape: shape('', { [item]: many(field, inner) }) };
}

/** Elements that are nothing but text, each the field of its own name. */
function texts(names: string): Record<string, Child> {
  return Object.fromEntries(names.split(' ').map((name) => [name, one(name)]));
}

const named = shape('id name');
const tax = shape('code name rate base amount treatment');
const address = shape('', {
  ...texts('company firstName lastName'),
  line: many('lines', null),
  ...texts('postcode city region country phone'),
});
const customer = shape('id guest!', {
  ...texts('firstName lastName company email phone'),
  vatNumber: one('vatNumber', shape('valid!', {}, 'value')),
  ...texts('registrationNumber'),
  group: many('groups', named),
  ...texts('note thirdPartyAccount account'),
});
const line = shape('id kind of', {
  ...texts('label'),
  product: one('product', shape('id sku type category')),
  carrier: one('carrier', named),
  taxRule: one('taxRule', named),
  ...texts('quantity netBeforeDiscount net'),
  tax: many('taxes', tax),
  ...texts('gross'),
});
const payment = shape('id direction type', {
  method: one('method', named),
  ...texts('date amount'),
  inCurrency: one('inCurrency', shape('code amount rate')),
  fee: one('fee', shape('currency tax', {}, 'amount')),
  ...texts('transactionId payoutId'),
});
const reading = shape('taxCountry tolerance', {
  wholeOrder: one('wholeOrder', shape('saleParts sales creditNotes paidIn paidOut firstMethod')),
  remark: many('remarks', shape('code severity part', { value: many('values', shape('name', {}, 'value')) })),
});

export const SHOP = shape('id name currency timeZone country');

/** The element `document`, its parts in the order of docs/comptoir-sales-1.xsd, which says the same to other programs. */
export const DOCUMENT = shape('kind key test! pricesIncludeTax!', {
  order: one('order', shape('id number date')),
  invoice: one('invoice', shape('id number date')),
  creditNote: one('creditNote', shape('id number date reason')),
  ...texts('updated'),
  status: one('status', shape('code label')),
  subShop: one('subShop', named),
  channel: one('channel', named),
  customer: one('customer', customer),
  billing: one('billing', address),
  delivery: one('delivery', address),
  currency: one('currency', shape('code base rate')),
  lines: around('lines', 'line', line),
  discounts: around('discounts', 'discount', shape('code label net gross')),
  payments: around('payments', 'payment', payment),
  totals: one('totals', shape('net tax gross', { tax: many('taxes', tax) })),
  ...texts('note'),
  reading: one('reading', reading),
});
