import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decimal } from '../core/decimal.ts';
import { formatContract } from './contract.ts';
import { fileOf, fitting, readAll } from './contract-kit.ts';
import { csv } from './csv.ts';
import { CONTEXT, entryOf, SALE } from './sample-entries.ts';

formatContract({
  format: csv,
  badCodes: [],
});

describe('csv', () => {
  test('S-075 the columns are those of the list, then what came later; BOM, semicolons, CRLF', () => {
    const [head] = fileOf(csv, [SALE]).toString().split('\r\n');
    assert.equal(
      head,
      '\uFEFFJournal;Date;Numéro;Numéro de facture;Référence;Numéro de compte;Compte Client;Nom;Code Taxe;Taux de Taxe;Débit;Crédit;Paiement;Devise;Taux de la devise;Montant en devise;Document;Section;Lettrage;Date de lettrage;Grille de TVA',
    );
  });

  /** [text, its cell] */
  const formulas = [
    ['=1+1', "'=1+1"],
    ['+33 6', "'+33 6"],
    ['-12', "'-12"],
    ['@x', "'@x"],
    ["'=1", "''=1"],
    ["'quoted", "'quoted"],
    ['a=1', 'a=1'],
    ['=1;"2"', '"\'=1;""2"""'],
  ] as const;
  for (const [text, cell] of formulas) {
    test(`${text} is written ${cell} and read back as it was`, async () => {
      const entry = entryOf({ label: text, lines: ['411/W -1.00', '707 1.00'] });
      assert.ok(rowOf(entry).includes(`;${cell};`), rowOf(entry));
      const [line] = await readAll(csv, fileOf(csv, [entry]));
      assert.equal(line?.type === 'line' && line.label, text);
    });
  }

  test('amounts are never touched, debit and credit stand apart', () => {
    assert.match(rowOf(entryOf({ lines: ['411/W -1.00', '707 1.00'] })), /;;1,00;Carte bancaire;;;;sale\/1;;;;$/);
  });

  test('S-194 a VAT line carries its grid', () => {
    const lines = SALE.lines.map((line) => ({ ...line, vatGrid: line.role === 'vat' ? '54' : null }));
    const rows = fileOf(csv, [{ ...SALE, lines }])
      .toString()
      .trimEnd()
      .split('\r\n')
      .slice(1);
    assert.deepEqual(
      rows.map((row) => row.split(';').at(-1)),
      ['', '', '54'],
    );
  });

  test('a foreign document shows its currency and rate', () => {
    const entry = { ...SALE, currency: 'USD', rate: decimal('1.0875') };
    assert.match(rowOf(entry), /;Carte bancaire;USD;1,0875;;sale\/1;;;;$/);
  });
});

function rowOf(entry: typeof SALE): string {
  return fitting(csv.encode(entry, CONTEXT)).bytes.toString().split('\r\n')[0] ?? '';
}
