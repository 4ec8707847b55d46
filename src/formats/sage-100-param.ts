import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import type { Field } from './records.ts';

/**
 * Sage 100, *format paramétrable*: Sage reads any layout that is described to it, so the same description has to be set
 * there. `sage`: eleven cells with tabs, as Sage's own example, `A` lines for sections, which stand where the third party
 * does. `gestimum`: those another program writes, with the piece. The mode of payment is the name Sage has for it.
 */
export const sage100Param = layoutFormat({
  id: 'sage-100-param',
  name: 'Sage 100 paramétrable',
  vendor: 'Sage',
  extension: 'txt',
  confidence: 4,
  checkedAgainst: "the vendor's published example and another vendor's description; the import is set up to match",
  options: { layout: choice('sage', 'gestimum') },
  layout: ({ layout }) => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'none' },
    ...(layout === 'sage'
      ? { line: { fields: sageLine('G') }, section: { lead: 'A\t', fields: sageLine('A').slice(1) } }
      : { line: { fields: GESTIMUM } }),
  }),
});

// biome-ignore format: a table reads by its columns.
function sageLine(type: 'G' | 'A'): readonly Field[] {
  const isLine = type === 'G';
  return [
    { name: 'type',           is: 'constant', text: type },
    { name: 'journal',        width:  6, is: 'journal' },
    { name: 'date',           is: 'date', pattern: 'JJMMAA' },
    { name: 'n° de pièce',    width: 13, is: 'number' },
    { name: 'compte général', width: 13, is: 'account' },
    isLine ? { name: 'tiers', width: 17, is: 'thirdParty' } : { name: 'section', width: 13, is: 'section' },
    { name: 'libellé',        width: 35, is: 'label' },
    isLine ? { name: 'règlement', width: 35, is: 'paymentMode', on: 'thirdParty' } : { name: 'règlement', is: 'constant', text: '' },
    isLine ? { name: 'échéance', is: 'dueDate', pattern: 'JJMMAA' } : { name: 'échéance', is: 'constant', text: '' },
    { name: 'débit',          is: 'debit', point: ',', zero: '0,00' },
    { name: 'crédit',         is: 'credit', point: ',', zero: '0,00' },
  ];
}

// biome-ignore format: a table reads by its columns.
const GESTIMUM: readonly Field[] = [
  { name: 'journal',           width: 10, is: 'journal' },
  { name: 'date',              is: 'date', pattern: 'JJ/MM/AA' },
  { name: 'compte',            width: 13, is: 'account' },
  { name: 'auxiliaire',        width: 10, is: 'thirdParty' },
  { name: 'référence',         is: 'constant', text: '' },
  { name: 'libellé',           width: 35, is: 'label' },
  { name: 'mode de règlement', width: 35, is: 'paymentMode', on: 'thirdParty' },
  { name: 'échéance',          is: 'dueDate', pattern: 'JJ/MM/AA' },
  { name: 'débit',             is: 'debit', point: ',', zero: '0,00' },
  { name: 'crédit',            is: 'credit', point: ',', zero: '0,00' },
  { name: 'n° de pièce',       width: 17, is: 'piece' },
];
