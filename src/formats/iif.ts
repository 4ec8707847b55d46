import { layoutFormat } from './layout.ts';
import type { Field } from './records.ts';

/**
 * QuickBooks Desktop, IIF: an entry is a `TRNS` row, `SPL` rows, then `ENDTRNS`, with tabs, under three rows that name the
 * columns. Accounts and customers go by their names there: give them in `ledger.translate`. Amounts signed, debit
 * positive. No journal; QuickBooks takes one line of receivables in an entry.
 */
export const iif = layoutFormat({
  id: 'iif',
  name: 'QuickBooks Desktop (IIF)',
  vendor: 'Intuit',
  extension: 'iif',
  confidence: 4,
  checkedAgainst: "the vendor's reference and two published examples",
  order: 'number',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'none' },
    head: () => [headOf('TRNS'), headOf('SPL'), '!ENDTRNS'],
    passed: /^!/,
    first: { fields: row('TRNS') },
    line: { fields: row('SPL') },
    end: { fields: [{ name: 'type', is: 'constant', text: 'ENDTRNS' }] },
  }),
});

// biome-ignore format: a table reads by its columns.
function row(type: 'TRNS' | 'SPL'): readonly Field[] {
  return [
    { name: 'type',       is: 'constant', text: type },
    { name: `${type}ID`,  is: 'constant', text: '' },
    { name: 'TRNSTYPE',   is: 'constant', text: 'GENERAL JOURNAL' },
    { name: 'DATE',       is: 'date', pattern: 'MM/JJ/AAAA' },
    { name: 'ACCNT',      is: 'account' },
    { name: 'NAME',       is: 'thirdParty' },
    { name: 'CLASS',      is: 'section' },
    { name: 'AMOUNT',     is: 'signed', point: '.' },
    { name: 'DOCNUM',     is: 'piece' },
    { name: 'MEMO',       is: 'label' },
  ];
}

function headOf(type: 'TRNS' | 'SPL'): string {
  return ['!', ...row(type).slice(1)].map((field) => (typeof field === 'string' ? `!${type}` : field.name)).join('\t');
}
