import { layoutFormat } from './layout.ts';
import type { Row } from './values.ts';

/**
 * Sage 50 Switzerland, TAF: 20 cells with commas under the names of the columns. `GKto` is `div` on the first line of an
 * entry, then the account of that line; `MTyp` tells a pair (1) from more lines (2). `Grp` is the first letter of the
 * journal, which is not read back. One account column: the third party stands there.
 */
export const sage50ChTaf = layoutFormat({
  id: 'sage50-ch-taf',
  name: 'Sage 50 Suisse (TAF)',
  vendor: 'Sage (Suisse)',
  extension: 'csv',
  confidence: 3,
  checkedAgainst: 'one published program, which quotes the specification',
  order: 'number',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ',', quotes: 'marked', header: 'bare' },
    line: {
      // biome-ignore format: a table reads by its columns.
      fields: [
        { name: 'Blg',       is: 'number' },
        { name: 'Datum',     is: 'date', pattern: 'JJ.MM.AAAA' },
        { name: 'Kto',       is: 'anyAccount' },
        { name: 'S/H',       is: 'side', debit: 'S', credit: 'H' },
        { name: 'Grp',       is: 'own', write: ({ entry: { journal } }) => /^[A-Za-z0-9]/.exec(journal)?.[0] ?? '' },
        { name: 'GKto',      is: 'own', write: counterAccount },
        { name: 'SId',       is: 'constant', text: '' },
        { name: 'SIdx',      is: 'constant', text: '0' },
        { name: 'KIdx',      is: 'constant', text: '0' },
        { name: 'BTyp',      is: 'constant', text: '0' },
        { name: 'MTyp',      is: 'own', write: ({ entry }) => (entry.lines.length > 2 ? '2' : '1') },
        { name: 'Code',      is: 'constant', text: '', quoted: true },
        { name: 'Netto',     is: 'amount', point: '.' },
        { name: 'Steuer',    is: 'constant', text: '0.00' },
        { name: 'FW-Betrag', is: 'amountInCurrency', point: '.', none: '0.00' },
        { name: 'Tx1',       width: 29, is: 'label', quoted: true },
        { name: 'Tx2',       width: 29, is: 'piece', quoted: true },
        { name: 'PkKey',     is: 'constant', text: '0' },
        { name: 'OpId',      is: 'constant', text: '' },
        { name: 'Flag',      is: 'constant', text: '0' },
      ],
    },
  }),
});

function counterAccount({ entry: { lines }, line }: Row): string {
  const [first] = lines;
  return first === undefined || first === line ? 'div' : (first.thirdParty ?? first.account);
}
