import { layoutFormat } from './layout.ts';
import type { Field } from './records.ts';

/**
 * WinFic, eWinfic, WinSis Compta: fields of fixed width, each followed by `|`. Accounts have six characters, shorter ones
 * end in zeros. Lines are numbered through the file, which is one folio.
 */
export const winfic = layoutFormat({
  id: 'winfic',
  name: 'WinFic',
  vendor: 'WinFic, eWinfic, WinSis Compta',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'two published programs that write it',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 143 },
    forbidden: /\|/,
    line: {
      // biome-ignore format: a table reads by its columns.
      fields: piped([
        { name: 'journal',          width:  2, is: 'journal' },
        { name: 'date',             width:  8, is: 'date', pattern: 'JJMMAAAA' },
        { name: 'folio',            width:  6, is: 'constant', text: '1', justify: 'right' },
        { name: 'ligne',            width:  6, is: 'lineNumber', justify: 'right' },
        { name: "date d'écriture",  width:  6, is: 'date', pattern: 'JJMMAA' },
        { name: 'compte',           width:  6, is: 'anyAccount', padding: '0' },
        { name: 'débit',            width: 13, is: 'debit', point: ',', zero: '0,00', justify: 'right' },
        { name: 'crédit',           width: 13, is: 'credit', point: ',', zero: '0,00', justify: 'right' },
        { name: 'libellé',          width: 30, is: 'label' },
        { name: 'lettrage',         width:  2, is: 'constant', text: '' },
        { name: 'n° de pièce',      width:  5, is: 'number', lastDigits: true, justify: 'right' },
        { name: 'statistique',      width:  4, is: 'constant', text: '' },
        { name: 'échéance',         width:  8, is: 'dueDate', pattern: 'JJMMAAAA', everyLine: true, everyKind: true },
        { name: 'monnaie',          width:  1, is: 'constant', text: '1' },
        { name: 'réservé 1',        width:  1, is: 'constant', text: '' },
        { name: 'réservé 2',        width:  1, is: 'constant', text: '' },
        { name: 'quantité',         width: 11, is: 'constant', text: '0,000000000' },
        { name: 'pointage',         width:  2, is: 'constant', text: '' },
      ]),
    },
  }),
});

/** Puts fields side by side, each with its bar. */
function piped(fields: readonly Field[]): readonly Field[] {
  let from = 1;
  return fields.flatMap((field, index) => {
    const { width = 1 } = field;
    const bar: Field = { name: `barre ${index + 1}`, from: from + width, width: 1, is: 'constant', text: '|' };
    const placed: Field = { ...field, from };
    from += width + 1;
    return [placed, bar];
  });
}
