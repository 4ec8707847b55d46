import { inCurrency } from './extra-values.ts';
import { layoutFormat } from './layout.ts';
import { type Draft, pointed } from './values.ts';

/**
 * ACD DiaCompta: records of 221 columns, amounts in cents. The amount in currency of a line in the books' currency is its
 * amount again.
 */
export const diacompta = layoutFormat({
  id: 'diacompta',
  name: 'DiaCompta',
  vendor: 'ACD',
  extension: 'txt',
  confidence: 2,
  checkedAgainst: 'one published program that writes it; which side codes are padded on is not said',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 221 },
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'journal',             from:   1, width:  3, is: 'journal' },
        { name: 'n° de lot',           from:   4, width: 10, is: 'number', justify: 'right' },
        { name: 'compte',              from:  14, width: 10, is: 'anyAccount' },
        { name: 'sens',                from:  24, width:  1, is: 'side', debit: 'D', credit: 'C' },
        { name: 'montant',             from:  25, width: 15, is: 'amount', point: '', justify: 'right' },
        { name: 'code libellé',        from:  40, width:  1, is: 'kind', sale: 'F', creditNote: 'A', payment: '' },
        { name: 'libellé',             from:  41, width: 50, is: 'label' },
        { name: 'date',                from:  91, width:  8, is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'lettrage',            from:  99, width:  2, is: 'constant', text: '' },
        { name: 'échéance',            from: 101, width:  8, is: 'dueDate', pattern: 'AAAAMMJJ' },
        { name: 'n° de pièce',         from: 109, width: 16, is: 'piece' },
        { name: 'quantité',            from: 125, width: 15, is: 'constant', text: '' },
        { name: 'mode de règlement',   from: 140, width:  3, is: 'constant', text: '' },
        { name: 'intitulé du compte',  from: 143, width: 40, is: 'constant', text: '' },
        { name: 'compte collectif',    from: 183, width: 10, is: 'constant', text: '' },
        { name: 'compte de regroupement', from: 193, width: 10, is: 'constant', text: '' },
        { name: 'devise',              from: 203, width:  3, is: 'currency' },
        { name: 'montant en devise',   from: 206, width: 15, is: 'own', write: ({ line }) => inCurrency(line, '') || pointed(line, ''), read: otherAmount, justify: 'right' },
        { name: 'code de TVA',         from: 221, width:  1, is: 'constant', text: '' },
      ],
    },
  }),
});

/** One in another currency, where it is not the amount again. */
function otherAmount(found: string, draft: Draft): null {
  if (/[1-9]/.test(found) && found.replace(/^0+/, '') !== String(draft.amount)) draft.inCurrency = found;
  return null;
}
