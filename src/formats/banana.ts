import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import type { Field } from './records.ts';

/**
 * Banana Accounting, rows with tabs under the names of their columns: a debit account or a credit account each, so an
 * entry of several lines is several rows. No journal. One account column: the third party stands there.
 */
export const banana = layoutFormat({
  id: 'banana',
  name: 'Banana Comptabilité',
  vendor: 'Banana.ch',
  extension: 'txt',
  confidence: 4,
  checkedAgainst: "two pages of the vendor's documentation of its import",
  order: 'number',
  /** Amounts in currency, for the accounting with foreign currencies. */
  options: { currency: choice('no', 'yes') },
  layout: ({ currency }) => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'none', header: true },
    line: {
      fields: [
        { name: 'Date', is: 'date', pattern: 'AAAA-MM-JJ' },
        { name: 'Doc', is: 'piece' },
        { name: 'Description', is: 'label' },
        { name: 'AccountDebit', is: 'debitAccount', none: '' },
        { name: 'AccountCredit', is: 'creditAccount', none: '' },
        { name: 'Amount', is: 'amount', point: '.' },
        ...(currency === 'yes' ? IN_CURRENCY : []),
      ],
    },
  }),
});

const IN_CURRENCY: readonly Field[] = [
  { name: 'ExchangeCurrency', is: 'foreignCurrency', none: '' },
  { name: 'AmountCurrency', is: 'amountInCurrency', point: '.' },
];
