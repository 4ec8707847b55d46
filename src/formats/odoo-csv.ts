import { layoutFormat } from './layout.ts';

/**
 * Odoo, generic import of `account.move`: quoted cells with commas below a header of technical names; the first line of an
 * entry says its day, journal and reference, the others leave them empty. Odoo looks journals and partners up by name or
 * code; where it shall find them by name, `ledger.translate` gives the names.
 */
export const odooCsv = layoutFormat({
  id: 'odoo-csv',
  name: 'Odoo CSV',
  vendor: 'Odoo',
  extension: 'csv',
  confidence: 3,
  checkedAgainst: "the vendor's documentation of its import",
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\n',
    shape: { is: 'table', separator: ',', quotes: 'marked', header: true },
    line: {
      fields: [
        { name: 'date', quoted: true, is: 'date', pattern: 'AAAA-MM-JJ', on: 'firstLine' },
        { name: 'journal_id', quoted: true, is: 'journal', on: 'firstLine' },
        { name: 'ref', quoted: true, is: 'piece', on: 'firstLine' },
        { name: 'line_ids/account_id', quoted: true, is: 'account' },
        { name: 'line_ids/partner_id', quoted: true, is: 'thirdParty' },
        { name: 'line_ids/name', quoted: true, is: 'label' },
        { name: 'line_ids/debit', quoted: true, is: 'debit', point: '.', zero: '0.00' },
        { name: 'line_ids/credit', quoted: true, is: 'credit', point: '.', zero: '0.00' },
      ],
    },
  }),
});
