import { layoutFormat } from './layout.ts';
import { words } from './options.ts';

/**
 * Xero, manual journals: rows with commas under the template's own names, amounts signed, debit positive. Rows of one
 * narration and date are one journal there. The tax rate is that of every line: Xero would else add its own VAT to amounts
 * that have theirs in a line. Accounts receivable and banks cannot be used there; the accounts are the organisation's.
 */
export const xeroMj = layoutFormat({
  id: 'xero-mj',
  name: 'Xero, manual journals',
  vendor: 'Xero',
  extension: 'csv',
  confidence: 4,
  checkedAgainst: "the vendor's help page of its import, with the template's columns",
  order: 'number',
  options: {
    /** Display name, in the organisation, of the rate that adds nothing. */
    taxRate: words(50, 'Tax Exempt'),
    /** Tracking category that sections are options of. */
    tracking: words(100, 'Region'),
  },
  layout: ({ taxRate, tracking }) => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'table', separator: ',', quotes: 'needed', header: true },
    line: {
      fields: [
        { name: '*Narration', is: 'piece', never: 'empty' },
        { name: '*Date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'Description', is: 'label' },
        { name: '*AccountCode', is: 'anyAccount' },
        { name: '*TaxRate', is: 'constant', text: taxRate },
        { name: '*Amount', is: 'signed', point: '.' },
        { name: 'TrackingName1', is: 'own', write: ({ line }) => (line.section === null ? '' : tracking) },
        { name: 'TrackingOption1', is: 'section' },
        { name: 'TrackingName2', is: 'constant', text: '' },
        { name: 'TrackingOption2', is: 'constant', text: '' },
      ],
    },
  }),
});
