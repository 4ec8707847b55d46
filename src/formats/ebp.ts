import type { CustomerList } from './customer-list.ts';
import { layoutFormat } from './layout.ts';
import { choice, integer } from './options.ts';
import type { Field } from './records.ts';
import type { Charset } from './text.ts';

/**
 * EBP, text import: commas, label and piece in quotes, no header; `>` lines with the analytic share of the line before.
 * One account column: the third party stands there for its collective account. V3 and V5 differ in the date and in the
 * code of the automatic label.
 */
export const ebpV3 = ebp('V3');
export const ebpV5 = ebp('V5');

function ebp(version: 'V3' | 'V5') {
  const isV3 = version === 'V3';
  const pattern = isV3 ? 'JJMMAA' : 'JJMMAAAA';
  const automaticLabel: Field = isV3
    ? { name: 'libellé automatique', is: 'kind', sale: 'FA', creditNote: 'AV', payment: '' }
    : { name: 'libellé automatique', is: 'constant', text: '' };
  return layoutFormat({
    id: isV3 ? 'ebp-v3' : 'ebp-v5',
    name: isV3 ? 'EBP V3' : 'EBP V5, 200X, Classic',
    vendor: 'EBP',
    extension: 'txt',
    confidence: 5,
    checkedAgainst: "another vendor's documentation of its import and its export, with examples, and four programs",
    options: { pieceLength: integer(10, 15, 10), charset: choice('windows-1252', 'cp850') },
    customers: ({ charset }) => comptes(charset),
    layout: ({ pieceLength, charset }) => ({
      charset,
      newline: '\r\n',
      shape: { is: 'table', separator: ',', quotes: 'marked' },
      passed: /^E\d/, // due dates of a line, several of them
      // biome-ignore format: a table reads by its columns.
      line: {
        fields: [
          { name: 'n° de ligne',       is: 'lineNumber' },
          { name: 'date',              is: 'date', pattern },
          { name: 'journal',           width:  4, is: 'journal' },
          { name: 'compte',            width: 15, is: 'anyAccount' },
          automaticLabel,
          { name: 'libellé',           width: 40, is: 'label', quoted: true },
          { name: 'n° de pièce',       width: pieceLength, is: 'piece', quoted: true },
          { name: 'montant',           is: 'amount', point: '.' },
          { name: 'sens',              is: 'side', debit: 'D', credit: 'C' },
          { name: 'échéance',          is: 'dueDate', pattern },
          { name: 'nature de TVA',     is: 'constant', text: '' }, // the account's own setting
          { name: 'mode de règlement', width:  8, is: 'paymentMode', on: 'thirdParty' },
          { name: 'devise',            width:  3, is: 'booksCurrency' },
        ],
      },
      section: {
        lead: '>',
        fields: [
          { name: 'section', width: 15, is: 'section' },
          { name: 'pourcentage', is: 'constant', text: '100.00' },
          { name: 'montant', is: 'amount', point: '.' },
        ],
      },
    }),
  });
}

/** COMPTES.TXT: accounts that EBP creates before it reads the entries. Nothing is quoted. */
function comptes(charset: Charset): CustomerList {
  return {
    charset,
    newline: '\r\n',
    shape: { is: 'table', separator: ',', quotes: 'none' },
    // biome-ignore format: a table reads by its columns.
    fields: [
      { name: 'numéro',         width:  15, holds: 'code' },
      { name: 'intitulé',       width:  60, holds: 'name' },
      { name: 'raison sociale', width:  30, holds: 'name' },
      { name: 'adresse',        width: 100, holds: 'address' },
      { name: 'code postal',    width:   5, holds: 'shortPostcode' },
      { name: 'ville',          width:  30, holds: 'cityWithLongPostcode' },
      { name: 'pays',           width:  35, holds: 'countryName' },
      { name: 'interlocuteur',  width:  35, holds: 'contact' },
      { name: 'téléphone',      width:  20, holds: 'phone' },
      { name: 'fax',            width:  20, holds: '' },
    ],
  };
}
