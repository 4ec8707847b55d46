import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import en from '../../i18n/en.json' with { type: 'json' };
import fr from '../../i18n/fr.json' with { type: 'json' };
import { fileOf } from '../contract-kit.ts';
import { fec } from '../fec.ts';
import { CREDIT_NOTE, PAYMENT, SALE } from '../sample-entries.ts';
import { checkFec } from './check.ts';
import { FEC_RULES, type FecFinding, type FecPurpose, type FecSummary } from './findings.ts';

/** A good FEC of a year: two journals, one series of numbers, third parties, a matching, an entry in dollars. */
const NAME = '732829320FEC20261231.txt';
const HEAD =
  'JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise';
const ROWS = [
  'VTE;Ventes;1;20260105;411000;Clients;CLI001;Zoé Martin;FA1;20260105;Vente 1;120,00;0,00;AA;20260106;20260105;;',
  'VTE;Ventes;1;20260105;707100;Marchandises;;;FA1;20260105;Vente 1;0,00;100,00;;;20260105;;',
  'VTE;Ventes;1;20260105;445711;TVA collectée;;;FA1;20260105;Vente 1;0,00;20,00;;;20260105;;',
  'BNQ;Banque;2;20260106;512000;Banque;;;FA1;20260105;Carte 1;120,00;0,00;;;20260106;;',
  'BNQ;Banque;2;20260106;411000;Clients;CLI001;Zoé Martin;FA1;20260105;Carte 1;0,00;120,00;AA;20260106;20260106;;',
  'VTE;Ventes;3;20260107;411000;Clients;CLI002;Paul Durand;FA2;20260107;Vente 2;50,00;0,00;;;20260107;55,10;USD',
  'VTE;Ventes;3;20260107;707100;Marchandises;;;FA2;20260107;Vente 2;0,00;50,00;;;20260107;-55,10;USD',
];

type Cells = string[][];

/** The file with the cells changed; `at(n, 'Field')` is of line n of the file, the header being line 1. */
function damaged(change: (cells: Cells, at: (line: number, field: string, value?: string) => void) => void): Cells {
  const cells = [HEAD.split(' '), ...ROWS.map((row) => row.split(';'))];
  const names = HEAD.split(' ');
  change(cells, (line, field, value = '') => {
    const row = cells[line - 1] ?? assert.fail(`line ${line}`);
    row[names.indexOf(field)] = value;
  });
  return cells;
}

const text = (cells: Cells, separator = '\t', newline = '\r\n') =>
  cells.map((row) => row.join(separator) + newline).join('');
const cell = (line: number, field: string, value = '') => damaged((_, at) => at(line, field, value));
const only = (change: (file: string) => string | Buffer, cells = damaged(() => {})) => change(text(cells));
/** Does something to every line. */
function each(cells: Cells, change: (cells: string[], line: number) => unknown): void {
  for (const [line, one] of cells.entries()) change(one, line);
}

const swapped = (row: string[], a: number, b: number) => row.with(a, row[b] ?? '').with(b, row[a] ?? '');

/**
 * [damage, the file, everything that is found: `code line Field`, in the order it is told]. A code in capitals is only
 * pointed out. Nothing else may be found.
 */
const damages: [string, string | Buffer | Cells, string[]][] = [
  ['nothing in it', '', ['empty-file']],
  ['no entries', text([HEAD.split(' ')]), ['no-entries']],
  ['UTF-16', only((file) => Buffer.from(`\ufeff${file}`, 'utf16le')), ['encoding 1', 'empty-file']],
  [
    'Windows-1252',
    only((file) => Buffer.from(file.replace('Zoé', 'Zo\x80'), 'latin1')),
    ['encoding 2', 'THIRD-PARTY-NAMES 6 CompAuxLib'],
  ],
  [
    'two encodings',
    Buffer.concat([
      Buffer.from(text(cell(1, 'JournalCode', 'JournalCode')), 'utf8'),
      Buffer.from(row(9, 'Caf\xe9'), 'latin1'),
    ]),
    ['mixed-encoding 9', 'TWO-SIDES 9 Credit', 'ENTRY-SPLIT 9 EcritureNum', 'ORDER 9 ValidDate'],
  ],
  ['a lost character', cell(3, 'EcritureLib', 'Vente \ufffd'), ['LOST-CHARACTER 3']],
  ['a byte order mark', only((file) => `\ufeff${file}`), ['BOM 1']],
  ['a zero byte', cell(3, 'EcritureLib', 'Vente\x001'), ['control-character 3']],
  ['a carriage return in a text', cell(3, 'EcritureLib', 'Vente\r1'), ['control-character 3']],
  ['no line ends', Buffer.alloc(2_200_000, 'A'), ['line-too-long 1', 'empty-file']],
  [
    'two line ends',
    only((file) =>
      file.replace('Vente 1\t0,00\t100,00\t\t\t20260105\t\t\r\n', 'Vente 1\t0,00\t100,00\t\t\t20260105\t\t\n'),
    ),
    ['line-ends 3'],
  ],
  ['a blank line', damaged((cells) => cells.splice(4, 0, [])), ['blank-line 5']],
  ['no header', text(damaged(() => {}).slice(1)), ['no-header 1']],
  [
    'semicolons',
    text(
      damaged(() => {}),
      ';',
    ),
    ['separator 1'],
  ],
  [
    'commas',
    text(
      damaged((cells) => cells.splice(1)),
      ',',
    ),
    ['separator 1', 'no-entries'],
  ],
  ['a field left out', damaged((cells) => each(cells, (one) => one.splice(9, 1))), ['missing-column 1 PieceDate']],
  [
    'a field twice',
    damaged((cells) => each(cells, (one, line) => one.push(line === 0 ? 'PieceRef' : 'x'))),
    ['double-column 1 PieceRef'],
  ],
  [
    'fields out of order',
    damaged((cells) =>
      cells.forEach((one, line) => {
        cells[line] = swapped(one, 3, 2);
      }),
    ),
    ['column-order 1 EcritureNum'],
  ],
  [
    'a field of one’s own between those of the law',
    damaged((cells) => each(cells, (one, line) => one.splice(4, 0, line === 0 ? 'Axe' : 'x'))),
    ['column-order 1 CompteNum'],
  ],
  ['a name in capitals', cell(1, 'Idevise', 'IDEVISE'), ['COLUMN-NAME 1 Idevise']],
  ['a name with an accent', cell(1, 'Debit', 'Débit'), ['COLUMN-NAME 1 Debit']],
  ['separators at the ends', damaged((cells) => each(cells, (one) => one.push(''))), ['TRAILING-SEPARATOR 1']],
  ['a name in quotes', cell(1, 'CompteNum', '"CompteNum"'), ['quotes 1 CompteNum']],
  ['a text in quotes', cell(2, 'EcritureLib', '"Vente 1"'), ['quotes 2 EcritureLib']],
  ['a cell too many', damaged((cells) => cells[2]?.splice(10, 0, 'x')), ['field-count 3']],
  ['a cell too few', damaged((cells) => cells[7]?.splice(16, 1)), ['field-count 8']],
  [
    'a line broken by its text',
    damaged((_, at) => at(4, 'EcritureLib', 'Vente\r\n1')),
    ['field-count 4', 'field-count 5'],
  ],
  ['a bar in a text', cell(4, 'EcritureLib', 'Vente | 1'), ['bar-in-text 4 EcritureLib']],
  ...(
    [
      'JournalCode',
      'JournalLib',
      'EcritureNum',
      'EcritureDate',
      'CompteNum',
      'CompteLib',
      'PieceRef',
      'PieceDate',
      'EcritureLib',
      'ValidDate',
    ] as const
  ).map((field): [string, Cells, string[]] => [
    `${field} left empty`,
    damaged((_, at) => {
      for (const line of [7, 8]) at(line, field);
    }),
    [`empty 7 ${field}`, `empty 8 ${field}`],
  ]),
  ['a debit left empty', cell(3, 'Debit'), ['EMPTY-AMOUNT 3 Debit']],
  [
    'both sides left empty',
    damaged((cells) => cells.push(line9({ Debit: '', Credit: '' }))),
    ['EMPTY-AMOUNT 9 Debit', 'EMPTY-AMOUNT 9 Credit', 'NO-AMOUNT 9 Debit'],
  ],
  ['a date day first', cell(2, 'PieceDate', '05012026'), ['date-form 2 PieceDate']],
  ['a date with dashes', cell(2, 'PieceDate', '2026-01-05'), ['date-form 2 PieceDate']],
  ['a date of six digits', cell(2, 'ValidDate', '260105'), ['date-form 2 ValidDate']],
  ['the 30th of February', cell(2, 'PieceDate', '20260230'), ['date-unknown 2 PieceDate']],
  ['a month that is none', cell(6, 'DateLet', '20261306'), ['date-unknown 6 DateLet']],
  ['a year before 1900', cell(2, 'PieceDate', '18991231'), ['date-unknown 2 PieceDate']],
  ['a decimal point', cell(5, 'Debit', '120.00'), ['amount-point 5 Debit']],
  ['a point for thousands', cell(5, 'Debit', '1.120,00'), ['amount-point 5 Debit']],
  ['a space for thousands', cell(5, 'Debit', '1 120,00'), ['amount-spaces 5 Debit']],
  ['a no-break space for thousands', cell(5, 'Debit', '1\u202f120,00'), ['amount-spaces 5 Debit']],
  ['two signs', cell(5, 'Debit', '-120,00-'), ['amount 5 Debit']],
  ['an exponent', cell(5, 'Debit', '1,2E2'), ['amount 5 Debit']],
  ['a currency sign', cell(5, 'Debit', '120,00 €'), ['amount 5 Debit']],
  ['an amount in words', cell(7, 'Montantdevise', 'cent'), ['amount 7 Montantdevise']],
  [
    'a debit and a credit',
    damaged((_, at) => {
      at(2, 'Debit', '130,00');
      at(2, 'Credit', '10,00');
    }),
    ['TWO-SIDES 2 Credit'],
  ],
  ['neither debit nor credit', damaged((cells) => cells.push(line9({ Debit: '0,00' }))), ['NO-AMOUNT 9 Debit']],
  ['letters for an account', cell(5, 'CompteNum', 'BANK'), ['ACCOUNT 5 CompteNum']],
  ['an account of two digits', cell(5, 'CompteNum', '51'), ['ACCOUNT 5 CompteNum']],
  ['an account with two names', cell(8, 'CompteLib', 'Produits'), ['ACCOUNT-NAMES 8 CompteLib']],
  ['a journal with two names', cell(7, 'JournalLib', 'Achats'), ['JOURNAL-NAMES 7 JournalLib']],
  ['a third party with two names', cell(6, 'CompAuxLib', 'Zoé M.'), ['THIRD-PARTY-NAMES 6 CompAuxLib']],
  ['a third party without a name', cell(7, 'CompAuxLib'), ['THIRD-PARTY-UNNAMED 7 CompAuxLib']],
  ['a third party without a code', cell(7, 'CompAuxNum'), ['THIRD-PARTY-NO-CODE 7 CompAuxLib']],
  [
    'a third party on sales',
    damaged((_, at) => {
      at(8, 'CompAuxNum', 'CLI002');
      at(8, 'CompAuxLib', 'Paul Durand');
    }),
    ['THIRD-PARTY-ACCOUNT 8 CompAuxNum'],
  ],
  ['a matching without its date', cell(2, 'DateLet'), ['MATCHING-NO-DATE 2 DateLet']],
  ['a date of matching without its code', cell(3, 'DateLet', '20260106'), ['MATCHING-NO-CODE 3 EcritureLet']],
  ['matched before its entry', cell(6, 'DateLet', '20260105'), ['MATCHING-EARLY 6 DateLet']],
  [
    'a matching that lacks a line',
    damaged((_, at) => {
      at(6, 'EcritureLet');
      at(6, 'DateLet');
    }),
    ['MATCHING-OPEN 2 EcritureLet'],
  ],
  ['an amount in currency without a currency', cell(7, 'Idevise'), ['CURRENCY-NO-CODE 7 Idevise']],
  ['a currency without an amount', cell(7, 'Montantdevise'), ['CURRENCY-NO-AMOUNT 7 Montantdevise']],
  ['a currency by its sign', cell(7, 'Idevise', '$'), ['CURRENCY-CODE 7 Idevise']],
  ['an entry out by a cent', cell(3, 'Credit', '100,01'), ['entry-unbalanced 2 EcritureNum', 'file-unbalanced']],
  ['a line lost', damaged((cells) => cells.splice(3, 1)), ['entry-unbalanced 2 EcritureNum', 'file-unbalanced']],
  [
    'a line doubled',
    damaged((cells) => cells.splice(8, 0, cells[7] ?? [])),
    ['entry-unbalanced 7 EcritureNum', 'file-unbalanced'],
  ],
  [
    'two entries that make up for each other',
    damaged((_, at) => {
      at(3, 'Credit', '90,00');
      at(8, 'Credit', '60,00');
    }),
    ['entry-unbalanced 2 EcritureNum', 'entry-unbalanced 7 EcritureNum'],
  ],
  [
    'a line of another number',
    cell(4, 'EcritureNum', '2'),
    ['entry-unbalanced 2 EcritureNum', 'entry-unbalanced 4 EcritureNum', 'file-unbalanced'].slice(0, 2),
  ],
  ['an entry of two dates', damaged((_, at) => at(4, 'EcritureDate', '20260104')), ['ENTRY-DATES 4 EcritureDate']],
  [
    'an entry in two places',
    damaged((cells) => cells.push(...cells.splice(3, 1))),
    ['ENTRY-SPLIT 8 EcritureNum', 'ORDER 8 ValidDate'],
  ],
  [
    'a number left out',
    damaged((_, at) => {
      for (const line of [7, 8]) at(line, 'EcritureNum', '5');
    }),
    ['number-gap 7 EcritureNum'],
  ],
  [
    'numbers in words',
    damaged((_, at) => {
      for (const line of [7, 8]) at(line, 'EcritureNum', 'trois');
    }),
    ['NUMBER-FORM 7 EcritureNum'],
  ],
  ['validated before its date', cell(2, 'ValidDate', '20260104'), ['VALIDATED-EARLY 2 ValidDate']],
  ['entries out of order', damaged((cells) => cells.push(...cells.splice(4, 2))), ['ORDER 7 ValidDate']],
  [
    'an entry after the closing',
    damaged((_, at) => {
      for (const line of [7, 8]) for (const field of ['EcritureDate', 'ValidDate']) at(line, field, '20270101');
    }),
    ['AFTER-CLOSING 7 EcritureDate'],
  ],
  [
    'an entry of long ago',
    damaged((_, at) => {
      for (const line of [2, 3, 4]) for (const field of ['EcritureDate', 'ValidDate']) at(line, field, '20160105');
    }),
    ['BEFORE-YEAR 2 EcritureDate'],
  ],
];

/** `Montant` and `Sens` in the place of `Debit` and `Credit`. */
const signed = (sides: readonly string[]) =>
  damaged((cells) => {
    const [head, ...rows] = cells;
    head?.splice(11, 2, 'Montant', 'Sens');
    for (const [index, one] of rows.entries()) {
      const [debit = '', credit = ''] = one.slice(11, 13);
      one.splice(11, 2, debit === '0,00' ? credit : debit, sides[index] ?? (debit === '0,00' ? 'C' : 'D'));
    }
  });

function line9(changes: Readonly<Record<string, string>>): string[] {
  return HEAD.split(' ').map(
    (name, place) => changes[name] ?? ROWS[6]?.split(';').with(12, '0,00').with(16, '').with(17, '')[place] ?? '',
  );
}

/** A line as it stands in the file, balanced by nothing since it has no amount on a side. */
function row(line: number, label: string): string {
  const one = (ROWS[1] ?? '').split(';').with(10, label).with(11, '1,00').with(12, '1,00');
  assert.equal(line, ROWS.length + 2);
  return `${one.join('\t')}\r\n`;
}

describe('R-21 D-30 check of a FEC', () => {
  test('a good file has nothing to say, with tabs or bars, in either encoding, with any line end', async () => {
    const good = damaged(() => {});
    for (const file of [
      text(good),
      text(good, '|'),
      text(good, '\t', '\n'),
      text(good, '\t', '\r'),
      Buffer.from(text(good), 'latin1'),
      text(good).replace(/\r\n$/, ''),
      text(signed([])),
      text(signed(['+1', '-1', '-1', '+1', '-1', '+1', '-1'])),
      text(damaged((cells) => each(cells, (one, line) => one.push(line === 0 ? 'NumFacture' : 'x')))),
      text(cell(3, 'Credit', '100,00+')),
      text(
        damaged((_, at) => {
          at(3, 'Debit', '-100,00');
          at(3, 'Credit', '0,00');
        }),
      ),
    ]) {
      const { found, summary } = await checked(file);
      assert.deepEqual(found, [], JSON.stringify(file).slice(0, 200));
      assert.deepEqual([summary.entries, summary.lines], [3, 7]);
    }
    const { summary } = await checked(text(good));
    assert.deepEqual(summary, { entries: 3, lines: 7, debit: '290.00', credit: '290.00' });
  });

  test('one series for each journal is as good as one for all', async () => {
    const perJournal = damaged((_, at) => {
      for (const line of [5, 6]) at(line, 'EcritureNum', '1');
      for (const line of [7, 8]) at(line, 'EcritureNum', '2');
    });
    assert.deepEqual((await checked(text(perJournal))).found, []);
  });

  assert.ok(damages.length >= 50);
  for (const [damage, file, expected] of damages) {
    test(`refused or pointed out: ${damage}`, async () => {
      const { found } = await checked(Array.isArray(file) ? text(file) : file);
      assert.deepEqual(found.map(shown), expected);
    });
  }

  test('a side that is none', async () => {
    const { found } = await checked(text(signed(['X'])));
    assert.deepEqual(found.map(shown), ['side 2 Sens']);
  });

  test('more than a thousand gaps are told once', async () => {
    const numbers = Array.from({ length: 3000 }, (_, index) => 2 * index);
    const rows = numbers.flatMap((number) =>
      [ROWS[5], ROWS[6]].map((one) => (one ?? '').split(';').with(2, String(number + 1))),
    );
    const { found } = await checked(text([HEAD.split(' '), ...rows]));
    assert.deepEqual(
      found.map(({ code }) => code),
      ['number-scattered'],
    );
  });

  /** [name of the file, what is found] */
  const names: [string, string[]][] = [
    [NAME, []],
    ['732829320fec20261231_2.TXT', []],
    ['732829320FEC20261231', []],
    ['VENTES.txt', ['file-name']],
    ['73282932FEC20261231.txt', ['file-name']],
    ['732829320FEC31122026.txt', ['file-name-date']],
    ['732829321FEC20261231.txt', ['SIREN']],
  ];
  for (const [name, expected] of names) {
    test(`named ${name}`, async () => {
      assert.deepEqual((await checked(text(damaged(() => {})), { name })).found.map(shown), expected);
    });
  }

  test('what is found names the place, the value and what to do, in both languages', async () => {
    const { found } = await checked(text(cell(5, 'Debit', '120.00')));
    assert.deepEqual(found, [
      { code: 'amount-point', level: 'error', line: 5, column: 'Debit', place: 12, value: '120.00', values: {} },
    ]);
    for (const code of Object.keys(FEC_RULES))
      for (const sentences of [fr, en] as Readonly<Record<string, string>>[])
        for (const part of ['message', 'cure']) assert.ok(sentences[`fec.${code}.${part}`], `${code}.${part}`);
  });

  test('every rule is broken by a test', () => {
    const broken = [...damages.flatMap(([, , expected]) => expected), ...names.flatMap(([, expected]) => expected)];
    const codes = new Set([...broken.map((one) => one.split(' ')[0]?.toLowerCase()), 'side', 'number-scattered']);
    assert.deepEqual(
      Object.keys(FEC_RULES).filter((code) => !codes.has(code)),
      [],
    );
  });

  test('some entries for an import have a name, numbers, an order and a validation of their own', async () => {
    const file = text(
      damaged((cells, at) => {
        for (const line of [7, 8]) at(line, 'EcritureNum', '9');
        for (let line = 2; line <= 8; line += 1) at(line, 'ValidDate');
        cells.push(...cells.splice(4, 2));
      }),
    );
    assert.deepEqual((await checked(file, { name: 'VENTES.txt', purpose: 'import' })).found, []);
    const codes = new Set((await checked(file, { name: 'VENTES.txt' })).found.map(({ code }) => code));
    assert.deepEqual(
      [...codes],
      ['file-name', 'empty', 'order', 'number-gap'].toSorted(
        (a, b) => [...codes].indexOf(a as never) - [...codes].indexOf(b as never),
      ),
    );
  });

  test('our own entries pass', async () => {
    const file = fileOf(fec, [SALE, CREDIT_NOTE, PAYMENT]);
    assert.deepEqual((await checked(file, { name: '732829320FEC20191231.txt' })).found.map(shown), [
      'ORDER 8 ValidDate',
    ]);
    assert.deepEqual((await checked(file, { purpose: 'import' })).found, []);
  });

  test('chunks may end anywhere', async () => {
    const file = Buffer.from(text(cell(3, 'Credit', '100,01')));
    const whole = await checked(file);
    for (const size of [1, 7, 64]) assert.deepEqual(await checked(file, { size }), whole);
  });
});

async function checked(
  file: string | Buffer,
  { name = NAME, purpose = 'audit', size = 1 << 16 }: { name?: string; purpose?: FecPurpose; size?: number } = {},
): Promise<{ found: FecFinding[]; summary: FecSummary }> {
  const bytes = Buffer.from(file);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const walk = checkFec({ bytes: chunks, fileName: name, purpose });
  const found: FecFinding[] = [];
  for (;;) {
    const next = await walk.next();
    if (next.done) return { found, summary: next.value };
    found.push(...next.value);
  }
}

/** `code line Field`; the code in capitals when it is only pointed out. */
function shown({ code, level, line, column }: FecFinding): string {
  return [level === 'error' ? code : code.toUpperCase(), line, column].filter((part) => part !== null).join(' ');
}
