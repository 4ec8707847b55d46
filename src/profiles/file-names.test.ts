import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import { customersFileName, fileNames, fiscalYearOf } from './file-names.ts';
import { profileSchema } from './profile.ts';

const RUN = {
  profile: 'lavande',
  kind: 'sales',
  from: '2026-08-01',
  to: '2026-08-31',
  stamp: '20261124-044100',
} as const;
const PART = { journal: 'VTE', month: '2026-08', fiscalYear: day('2026-12-31'), ordinal: 1 };
const FEC = { siren: '732829320', closingDate: '2026-12-31' };

/** [settings of the ledger, format, name of the file, of the part above, of the archive] */
const names: [object, string, string, string, string][] = [
  [{}, 'sage-pnm', 'VENTES.pnm', 'VENTES.pnm', 'VENTES.zip'],
  [{ salesFile: 'V.TXT' }, 'sage-pnm', 'V.TXT', 'V.TXT', 'V.zip'],
  [
    { salesFile: '%KI %PN %FR-%TO %RD-%RT' },
    'csv',
    'VENTES lavande 20260801-20260831 20261124-044100.csv',
    '=',
    'VENTES lavande 20260801-20260831 20261124-044100.zip',
  ],
  [{ salesFile: '100%% %KI' }, 'csv', '100% VENTES.csv', '=', '100% VENTES.zip'],
  [{ split: 'journal' }, 'csv', 'VENTES.csv', 'VENTES-VTE.csv', 'VENTES.zip'],
  [{ split: 'month', salesFile: 'V.TXT' }, 'csv', 'V.TXT', 'V-2026-08.TXT', 'V.zip'],
  [{ split: 'journalAndMonth' }, 'csv', 'VENTES.csv', 'VENTES-VTE-2026-08.csv', 'VENTES.zip'],
  [{ split: 'journalAndMonth', salesFile: '%MO %KI' }, 'csv', 'VENTES.csv', '2026-08 VENTES-VTE.csv', 'VENTES.zip'],
  [{ split: 'journal', salesFile: '%JO-%FR' }, 'csv', '20260801.csv', 'VTE-20260801.csv', '20260801.zip'],
  [{ split: 'fiscalYear' }, 'csv', 'VENTES.csv', 'VENTES-20261231.csv', 'VENTES.zip'],
  [FEC, 'fec', '732829320FEC20261231.txt', '=', '732829320FEC20261231.zip'],
  [FEC, 'csv', 'VENTES.csv', '=', 'VENTES.zip'],
  [{ ...FEC, salesFile: '%SI-%FC-%KI' }, 'fec', '732829320-20261231-VENTES.txt', '=', '732829320-20261231-VENTES.zip'],
  [
    { ...FEC, split: 'journal' },
    'fec',
    '732829320FEC20261231.txt',
    '732829320FEC20261231_1.txt',
    '732829320FEC20261231.zip',
  ],
  [
    { ...FEC, split: 'fiscalYear' },
    'fec',
    '732829320FEC20261231.txt',
    '732829320FEC20261231.txt',
    '732829320FEC20261231.zip',
  ],
];
for (const [ledger, format, whole, part, zip] of names) {
  test(`S-147 files of ${format} named by ${JSON.stringify(ledger)}`, () => {
    const extension = { 'sage-pnm': 'pnm', csv: 'csv', fec: 'txt' }[format] ?? '';
    const { fileName, nameOf, zipName } = fileNames(profileOf(ledger), RUN, { format, extension });
    const split = 'split' in ledger;
    const own = {
      ...PART,
      ...(ledger && 'split' in ledger && ledger.split !== 'fiscalYear' ? { fiscalYear: null } : {}),
    };
    assert.deepEqual([fileName, split ? nameOf(own) : fileName, zipName], [whole, split ? part : whole, zip]);
  });
}

test('S-148 S-149 credit notes and customers have names of their own; a journal cannot leave the folder', () => {
  const profile = profileOf({
    creditNotesFile: 'AV-%RD',
    customersFile: 'CLIENTS-%KI',
    split: 'journal',
    salesFile: '%JO',
  });
  const back = { ...RUN, kind: 'creditNotes' } as const;
  const choice = { format: 'csv', extension: 'csv' };
  assert.equal(fileNames(profile, back, choice).fileName, 'AV-20261124.csv');
  assert.equal(customersFileName(profile, back, choice), 'CLIENTS-AVOIRS.csv');
  assert.equal(customersFileName(profileOf({}), back, choice), null);
  const named = fileNames(profile, RUN, choice).nameOf({ ...PART, journal: '../A:B' });
  assert.equal(named, '---A-B.csv');
});

test('a part of the period that is not known goes with its separator', () => {
  const { fileName } = fileNames(
    profileOf({ salesFile: '%KI-%FR-%TO' }),
    { ...RUN, from: null, to: null },
    { format: 'csv', extension: 'csv' },
  );
  assert.equal(fileName, 'VENTES.csv');
});

/** [closing date, start, day, closing day of its year] */
const years: [string | null, string | null, string, string][] = [
  [null, null, '2026-08-01', '2026-12-31'],
  [null, null, '2026-12-31', '2026-12-31'],
  ['2026-06-30', null, '2026-06-30', '2026-06-30'],
  ['2026-06-30', null, '2026-07-01', '2027-06-30'],
  [null, '2026-04-01', '2026-03-31', '2026-03-31'],
  [null, '2026-04-01', '2026-04-01', '2027-03-31'],
  ['2026-02-28', null, '2028-02-29', '2028-02-29'],
  ['2024-02-29', null, '2026-03-01', '2027-02-28'],
];
for (const [closingDate, fiscalYearStart, date, closing] of years) {
  test(`${date} is in the year that closes on ${closing}`, () => {
    const { ledger } = profileOf({ closingDate, fiscalYearStart, siren: '732829320' });
    assert.equal(fiscalYearOf(ledger, day(date)), closing);
  });
}

function profileOf(ledger: object) {
  return profileSchema.parse({ name: 'x', shop: { type: 'woocommerce' }, customers: {}, ledger });
}
