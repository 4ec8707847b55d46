/** What a column of a CSV of sales may mean, in the order people are shown. */
export const CSV_FIELDS = [
  // The document.
  ...['kind', 'key', 'orderId', 'orderNumber', 'orderDate', 'date', 'documentNumber', 'invoiceNumber', 'invoiceDate'],
  ...['creditNoteNumber', 'creditNoteDate', 'status', 'channel', 'subShop', 'currency'],
  // The customer.
  ...['customerId', 'customerName', 'firstName', 'lastName', 'company', 'email', 'phone', 'vatNumber', 'country'],
  ...['deliveryCountry'],
  // A line, or a whole order whose VAT is of one rate.
  ...['lineKind', 'label', 'sku', 'quantity', 'unitNet', 'unitGross', 'net', 'vatRate', 'vat', 'gross', 'taxRule'],
  // Columns of one rate each, which the layout says, and what bears no VAT.
  ...['netOfRate', 'vatOfRate', 'grossOfRate', 'untaxed'],
  // Carriage.
  ...['carrier', 'shippingNet', 'shippingVatRate', 'shippingVat', 'shippingGross'],
  // What the document says in all.
  ...['totalNet', 'totalVat', 'totalGross'],
  // Its payment.
  ...['paymentId', 'paymentMethod', 'paymentDate', 'paymentAmount', 'fee', 'transactionId'],
] as const;

export type CsvField = (typeof CSV_FIELDS)[number];

/** Fields that several columns may have, each with a rate of its own. */
export const OF_RATE: ReadonlySet<CsvField> = new Set<CsvField>(['netOfRate', 'vatOfRate', 'grossOfRate']);

/** Fields that hold an amount of money. */
export const AMOUNTS: ReadonlySet<CsvField> = new Set<CsvField>([
  ...(['unitNet', 'unitGross', 'net', 'vat', 'gross', 'netOfRate', 'vatOfRate', 'grossOfRate', 'untaxed'] as const),
  ...(['shippingNet', 'shippingVat', 'shippingGross', 'totalNet', 'totalVat', 'totalGross', 'paymentAmount'] as const),
  'fee',
]);

/** Fields that hold a day, or a day and a time. */
export const DAYS: ReadonlySet<CsvField> = new Set<CsvField>([
  ...(['orderDate', 'date', 'invoiceDate', 'creditNoteDate', 'paymentDate'] as const),
]);

export const CSV_ENCODINGS = [
  'auto',
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'macintosh',
  'utf-16le',
  'utf-16be',
] as const;
export const CSV_DELIMITERS = [';', ',', '\t', '|'] as const;
export const CSV_DATES = ['dmy', 'mdy', 'ymd'] as const;
