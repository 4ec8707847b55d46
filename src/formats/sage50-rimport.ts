import type { CustomerList } from './customer-list.ts';
import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import type { Field } from './records.ts';

/**
 * Ciel, Sage 50: RImport.txt, sections of lines with tabs, texts in quotes; entries are the section `Mvt`. What stands
 * after the piece is told in two ways, which differ on the field of the due date (12 or 13): `details` says which, and
 * then sections are written too; without it lines end with the piece.
 */
export const sage50Rimport = layoutFormat({
  id: 'sage50-rimport',
  name: 'Sage 50 RImport',
  vendor: 'Sage, Ciel',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'two published programs that write it, which differ on the fields after the piece',
  options: { details: choice('none', 'dueDate12', 'dueDate13') },
  customers: thirdParties,
  layout: ({ details }) => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'marked' },
    head: ({ booksCurrency }) => ['##Transfert', '##Section\tDos', booksCurrency, '##Section\tMvt'],
    passed: /^##|^[A-Z]{3}$|^[^\t]*(?:\t[^\t]*){2,3}$/, // other sections: their lines have one, three or four cells
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'n° de mouvement',    quoted: true, is: 'number' },
        { name: 'journal',            quoted: true, width:  8, is: 'journal' },
        { name: 'date',               quoted: true, is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'compte',             quoted: true, width: 13, is: 'anyAccount' },
        { name: 'intitulé du compte', quoted: true, width: 40, is: 'accountName' },
        { name: 'montant',            quoted: true, is: 'amount', point: '.' },
        { name: 'sens',               is: 'side', debit: 'D', credit: 'C' },
        { name: 'statut',             is: 'constant', text: 'B' }, // the draft, where it can be looked at
        { name: 'libellé',            quoted: true, width: 50, is: 'label' },
        { name: 'n° de pièce',        quoted: true, width: 15, is: 'piece' },
        ...detailed(details),
      ],
    },
  }),
});

function detailed(details: 'none' | 'dueDate12' | 'dueDate13'): readonly Field[] {
  const type: Field = { name: 'type', is: 'constant', text: '' };
  const mode: Field = { name: 'mode de paiement', is: 'paymentMode', on: 'thirdParty' };
  const dueDate: Field = { name: 'échéance', is: 'dueDate', pattern: 'JJ/MM/AAAA' };
  const section: readonly Field[] = [
    { name: 'code analytique', is: 'section' },
    { name: 'libellé analytique', is: 'constant', text: '' },
  ];
  if (details === 'none') return [];
  return details === 'dueDate12' ? [type, dueDate, mode, ...section] : [type, mode, dueDate, ...section];
}

/** The section `Tiers`. */
function thirdParties(): CustomerList {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: '\t', quotes: 'marked' },
    head: ({ booksCurrency }) => ['##Transfert', '##Section\tDos', booksCurrency, '##Section\tTiers'],
    passed: /^##|^[A-Z]{3}$/,
    fields: [
      { name: 'compte', quoted: true, width: 13, holds: 'code' },
      { name: 'nom', quoted: true, width: 40, holds: 'name' },
      { name: 'type', quoted: true, holds: 'SR' },
    ],
  };
}
