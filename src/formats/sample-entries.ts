import { day } from '../core/calendar.ts';
import { decimal } from '../core/decimal.ts';
import type { EntryLine, LineRole, NumberedEntry } from '../core/entry.ts';
import { currencyOf, money } from '../core/money.ts';
import type { FormatContext } from './format.ts';

/** Entries for tests, and for a look at a format: the figures of the manual, and a short way to write others. */

export const CONTEXT: FormatContext = {
  companyName: 'MA BOUTIQUE',
  booksCurrency: 'EUR',
  chart: {
    accounts: {
      '4110000': 'Collectif clients',
      '707100': 'Ventes de marchandises',
      '4457120': 'TVA collectee 20 %',
      '5125': 'Banque Paypal',
    },
    journals: { VTE: 'Journal des ventes', VT: 'Journal des ventes', BEU: 'Banque', BE: 'Banque' },
    thirdParties: { WEBFRANCE: 'Client Web France' },
  },
  translate: { accounts: {}, journals: {}, thirdParties: {} },
  options: {},
};

export const EUR = currencyOf('EUR');

const IN_CURRENCY = /^(.*) \{([A-Z]{3}) (-?[\d.]+)\}$/;

/** `account[/thirdParty] amount [taxCode [rate]] [#section] [{USD 12.00}]`, amounts signed, debit positive. */
export function lineOf(sketch: string, label: string): EntryLine {
  const [, words = sketch, currency = '', inCurrency = ''] = IN_CURRENCY.exec(sketch) ?? [];
  const section = /#(\S+)/.exec(words)?.[1] ?? null;
  const [codes = '', amount = '', taxCode = null, rate = null] = words.replace(/ #\S+/, '').split(' ');
  const [account = '', thirdParty = null] = codes.split('/');
  const role: LineRole = thirdParty !== null ? 'customer' : rate !== null ? 'vat' : taxCode !== null ? 'sales' : 'bank';
  return {
    role,
    account,
    thirdParty,
    label,
    amount: money(decimal(amount), EUR, 'half-up'),
    amountInCurrency: inCurrency === '' ? null : money(decimal(inCurrency), currencyOf(currency), 'half-up'),
    taxCode,
    taxRate: rate === null ? null : decimal(rate),
    vatGrid: null,
    section,
    paymentMode: null,
    because: { mapping: 'sales', rule: null, tried: [], parts: [] },
  };
}

export type Sketch = Partial<Omit<NumberedEntry, 'lines' | 'date'>> & {
  readonly date?: string;
  readonly lines: readonly string[];
};

export function entryOf({ lines, date = '2018-11-26', ...rest }: Sketch): NumberedEntry {
  const label = rest.label ?? 'Paul DURAND - FA000001 - 1';
  return {
    number: 1,
    kind: 'sale',
    document: 'sale/1',
    part: 'document',
    order: '1',
    journal: 'VTE',
    date: day(date),
    documentDate: day(date),
    piece: 'FA000001',
    reference: 'WEB1',
    label,
    currency: 'EUR',
    rate: null,
    ledgerCurrency: null,
    country: 'FR',
    treatment: null,
    treatmentReason: null,
    paymentMethod: 'Carte bancaire',
    customers: [],
    ...rest,
    lines: lines.map((line) => lineOf(line, label)),
  };
}

export const SALE = entryOf({ lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00 C20', '4457120 -80.60 C20 20.00'] });

export const CREDIT_NOTE = entryOf({
  number: 2,
  kind: 'creditNote',
  document: 'creditNote/1',
  date: '2019-01-20',
  piece: '000001',
  label: 'Avoir 000001 - Paul DURAND',
  lines: ['4110000/WEBFRANCE -403.00', '707100 335.83 C20', '4457120 67.17 C20 20.00'],
});

/** The net of two sections of the analytic plan, and a line without. */
export const IN_SECTIONS = entryOf({
  lines: [
    '4110000/WEBFRANCE 483.60',
    '707100 -303.00 C20 #953WEB',
    '707100 -90.00 C20 #953BEL',
    '708500 -10.00 C20',
    '4457120 -80.60 C20 20.00',
  ],
});

/** In the books and in the ledger's dollars; the last line is a residue of the conversion, which only the books have. */
export const IN_DOLLARS = entryOf({
  document: 'sale/7',
  order: '7',
  currency: 'USD',
  rate: decimal('1.1'),
  ledgerCurrency: 'USD',
  lines: [
    '4110000/WEBFRANCE 20.52 {USD 22.57}',
    '707100 -18.20 C20 {USD -20.02}',
    '4457120 -2.31 C20 20.00 {USD -2.55}',
    '766000 -0.01',
  ],
});

export const PAYMENT = entryOf({
  number: 3,
  kind: 'payment',
  part: 'payment/1',
  journal: 'BEU',
  label: 'Paiement 1 du 26/11/2018',
  lines: ['4110000/WEBFRANCE -483.60', '5125 483.60'],
});

/** The same three with what some formats also carry: a payment mode on the customer's line, a section on the sales. */
export const SAMPLES: Readonly<Record<'vente' | 'avoir' | 'paiement', NumberedEntry>> = {
  vente: detailed(SALE),
  avoir: detailed(CREDIT_NOTE),
  paiement: detailed(PAYMENT),
};

function detailed(entry: NumberedEntry): NumberedEntry {
  const lines = entry.lines.map((line) => ({
    ...line,
    paymentMode: line.thirdParty === null ? null : 'CB',
    section: line.account === '707100' ? '953WEB' : null,
  }));
  return { ...entry, lines };
}

/** The manual's list of entries: two sales and their payments, 994.12 on both sides, 4 entries, 10 lines. */
export const MANUAL: readonly NumberedEntry[] = [
  entryOf({
    piece: '#FA000001',
    label: '#FA000001 - 1',
    lines: ['4110000/WEBFRANCE 483.60', '707100 -403.00 C20', '4457120 -80.60 C20 20.00'],
  }),
  entryOf({
    number: 2,
    kind: 'payment',
    part: 'payment/1',
    journal: 'BEU',
    piece: '#FA000001',
    label: 'Payment 1 of 26/11/2018',
    lines: ['4110000/WEBFRANCE -483.60', '5125 483.60'],
  }),
  entryOf({
    number: 3,
    document: 'sale/2',
    order: '2',
    date: '2018-12-20',
    piece: '#FA000002',
    reference: 'WEB2',
    label: '#FA000002 - 2',
    lines: ['4110000/WEBFRANCE 13.46', '707100 -11.22 C20', '4457120 -2.24 C20 20.00'],
  }),
  entryOf({
    number: 4,
    kind: 'payment',
    document: 'sale/2',
    order: '2',
    part: 'payment/2',
    journal: 'BEU',
    date: '2018-12-20',
    piece: '#FA000002',
    reference: 'WEB2',
    label: 'Payment 2 of 20/12/2018',
    lines: ['4110000/WEBFRANCE -13.46', '5125 13.46'],
  }),
];

/** A sale and its payment, matched. */
export const MATCHED: readonly NumberedEntry[] = [SALE, { ...PAYMENT, number: 2 }].map((entry) => ({
  ...entry,
  lines: entry.lines.map((line) => {
    return line.role === 'customer' ? { ...line, matchingCode: 'AAA', matchingDay: day('2018-11-27') } : line;
  }),
}));
