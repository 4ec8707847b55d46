import type { Field } from './records.ts';

/** Columns of DATEV's bookings that web sales leave empty, by the names of its interface guide (format version 9). */

/** 15 to 36: blocks, bank, receipts attached. */
export const BEFORE_COST_CENTRE: readonly Field[] = [
  ...numbers('Postensperre'),
  ...texts('Diverse Adressnummer'),
  ...numbers('Geschäftspartnerbank', 'Sachverhalt', 'Zinssperre'),
  ...texts('Beleglink', ...pairs('Beleginfo', 8)),
];

/** 38 to 116: second cost centre, EU VAT, further texts, deposits. */
export const BEFORE_DUE_DATE: readonly Field[] = [
  ...texts('KOST2 – Kostenstelle'),
  ...numbers('Kost Menge'),
  ...texts('EU-Land u. USt-IdNr.'),
  ...numbers('EU-Steuersatz'),
  ...texts('Abw. Versteuerungsart'),
  ...numbers(
    'Sachverhalt L+L',
    'Funktionsergänzung L+L',
    'BU 49 Hauptfunktionstyp',
    'BU 49 Hauptfunktionsnummer',
    'BU 49 Funktionsergänzung',
  ),
  ...texts(...pairs('Zusatzinformation', 20)),
  ...numbers('Stück', 'Gewicht', 'Zahlweise'),
  ...texts('Forderungsart'),
  ...numbers('Veranlagungsjahr', 'Zugeordnete Fälligkeit', 'Skontotyp'),
  ...texts('Auftragsnummer', 'Buchungstyp'),
  ...numbers('USt-Schlüssel (Anzahlungen)'),
  ...texts('EU-Mitgliedstaat (Anzahlungen)'),
  ...numbers('Sachverhalt L+L (Anzahlungen)', 'EU-Steuersatz (Anzahlungen)', 'Erlöskonto (Anzahlungen)'),
  ...texts('Herkunft-Kz', 'Leerfeld'),
  ...numbers('KOST-Datum'),
  ...texts('SEPA-Mandatsreferenz'),
  ...numbers('Skontosperre'),
  ...texts('Gesellschaftername'),
  ...numbers('Beteiligtennummer'),
  ...texts('Identifikationsnummer', 'Zeichnernummer'),
  ...numbers('Postensperre bis'),
  ...texts('Bezeichnung'),
  ...numbers('Kennzeichen', 'Festschreibung', 'Leistungsdatum', 'Datum Zuord.'),
];

/** 118 to 120. */
export const LAST: readonly Field[] = [...texts('Generalumkehr'), ...numbers('Steuersatz'), ...texts('Land')];

function pairs(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => [
    `${name} – Art ${index + 1}`,
    `${name} – Inhalt ${index + 1}`,
  ]).flat();
}

/** An empty text stands in quotes, an empty number is nothing. */
function texts(...names: readonly string[]): readonly Field[] {
  return names.map((name) => ({ name, is: 'constant', text: '', quoted: true }));
}

function numbers(...names: readonly string[]): readonly Field[] {
  return names.map((name) => ({ name, is: 'constant', text: '' }));
}
