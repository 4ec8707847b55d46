import type { CustomerList } from './customer-list.ts';
import { inCurrency, inCurrencyRead } from './extra-values.ts';
import { layoutFormat } from './layout.ts';
import type { Row } from './values.ts';

/**
 * Quadratus, Cegid Quadra: import ASCII. An `M` record of 231 columns per line, an `I` record of 39 with its analytic
 * share. Accounts of 8 columns: the third party stands there for its collective account. Amounts in cents. The journal
 * stands twice: its first two characters and all three.
 */
export const quadratusAscii = layoutFormat({
  id: 'quadratus-ascii',
  name: 'Quadratus ASCII',
  vendor: 'Cegid Quadra',
  extension: 'txt',
  confidence: 5,
  checkedAgainst: "five descriptions, one with a real line of another vendor's export",
  options: {},
  customers: customers,
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 231 },
    passed: /^[CNAR]/, // accounts, plans, sections, payments
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'type',            from:   1, width:  1, is: 'constant', text: 'M' },
        { name: 'compte',          from:   2, width:  8, is: 'anyAccount' },
        { name: 'code journal',    from:  10, width:  2, is: 'own', write: ({ entry }) => entry.journal.slice(0, 2) },
        { name: 'folio',           from:  12, width:  3, is: 'constant', text: '000' },
        { name: 'date',            from:  15, width:  6, is: 'date', pattern: 'JJMMAA' },
        { name: 'code libellé',    from:  21, width:  1, is: 'constant', text: '' },
        { name: 'libellé libre',   from:  22, width: 20, is: 'label' },
        { name: 'sens',            from:  42, width:  1, is: 'side', debit: 'D', credit: 'C' },
        { name: 'signe',           from:  43, width:  1, is: 'sign' },
        { name: 'montant',         from:  44, width: 12, is: 'amount', point: '', justify: 'right', padding: '0' },
        { name: 'échéance',        from:  64, width:  6, is: 'dueDate', pattern: 'JJMMAA', none: '000000' },
        { name: 'n° de pièce (5)', from:  75, width:  5, is: 'number', lastDigits: true },
        { name: 'n° de pièce (8)', from: 100, width:  8, is: 'number' },
        { name: 'devise',          from: 108, width:  3, is: 'currency' },
        { name: 'code journal (3)', from: 111, width: 3, is: 'journal' },
        { name: 'code de TVA',     from: 114, width:  3, is: 'constant', text: '' }, // the account's own setting
        { name: 'libellé (30)',    from: 117, width: 30, is: 'label' },
        { name: 'n° de pièce (10)', from: 149, width: 10, is: 'piece' },
        { name: 'montant en devise', from: 169, width: 13, is: 'own', write: signedInCurrency, read: inCurrencyRead },
      ],
    },
    // biome-ignore format: a table reads by its columns.
    section: {
      mark: /^I/,
      length: 39,
      fields: [
        { name: 'type',        from:  1, width:  1, is: 'constant', text: 'I' },
        { name: 'pourcentage', from:  2, width:  5, is: 'constant', text: '10000' },
        { name: 'signe',       from:  7, width:  1, is: 'sign' },
        { name: 'montant',     from:  8, width: 12, is: 'amount', point: '', justify: 'right', padding: '0' },
        { name: 'section',     from: 20, width: 10, is: 'section' },
        { name: 'plan',        from: 30, width: 10, is: 'constant', text: '' },
      ],
    },
  }),
});

/** The sign and twelve digits; the sign is always that of the side. */
function signedInCurrency({ line }: Row): string {
  const amount = inCurrency(line, '');
  return amount === '' ? '' : `+${amount.padStart(12, '0')}`;
}

/** `C` records: the account is created, or its name, address and collective account brought up to date. */
function customers(): CustomerList {
  return {
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'fixed', length: 453 },
    // biome-ignore format: a table reads by its columns.
    fields: [
    { name: 'type',             from:   1, width:  1, holds: 'C' },
    { name: 'compte',           from:   2, width:  8, holds: 'code' },
    { name: 'libellé',          from:  10, width: 30, holds: 'name' },
    { name: 'clé alpha',        from:  40, width:  7, holds: 'sortName' },
    { name: 'compte collectif', from:  99, width:  8, holds: 'account' },
    { name: 'adresse 1',        from: 107, width: 30, holds: 'address1' },
    { name: 'adresse 2',        from: 137, width: 30, holds: 'address2AndOn' },
    { name: 'code postal',      from: 167, width:  5, holds: 'shortPostcode' },
    { name: 'ville',            from: 172, width: 25, holds: 'cityWithLongPostcode' },
    { name: 'téléphone',        from: 197, width: 20, holds: 'phone' },
    { name: 'mise à jour',      from: 217, width:  1, holds: '2' }, // partial: of an account that is there already
    { name: 'type de compte',   from: 218, width:  1, holds: 'C' },
    { name: 'SIRET',            from: 334, width: 14, holds: 'registrationNumber' },
    { name: 'pays',             from: 379, width: 50, holds: 'countryName' },
  ],
  };
}
