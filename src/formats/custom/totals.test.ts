import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FormatDefinition, formatDefinition } from '../../schema/format-definition.ts';
import { fileOf, readAll } from '../contract-kit.ts';
import { roundTrip } from '../contract-round-trip.ts';
import { MANUAL } from '../sample-entries.ts';
import { customFormat } from './custom.ts';
import { definitionFaults } from './faults.ts';

/** Nothing but totals of the file in its head and foot, and of each entry before its lines and after them. */
const DEFINITION = {
  name: 'Totaux',
  charset: 'utf-8',
  newline: 'lf',
  shape: { is: 'separated', separator: ';', quotes: 'none' },
  head: ['DEBUT {company:6} {lines} {debit:,}'],
  foot: ['FIN', 'TOTAL;{lines:06};{debit:,};{credit:.12};{credit:cents012}'],
  records: {
    entry: {
      columns: [
        { name: 'type', is: 'constant', text: 'E' },
        { name: 'jour', is: 'date', pattern: 'JJMMAAAA' },
        { name: 'journal', is: 'journal' },
        { name: 'lignes', is: 'entryLines' },
        { name: 'débits', is: 'entryDebit', point: ',' },
      ],
    },
    line: {
      columns: [
        { name: 'type', is: 'constant', text: 'L' },
        { name: 'compte', is: 'account' },
        { name: 'tiers', is: 'thirdParty' },
        { name: 'montant', is: 'signed', point: '.' },
      ],
    },
    end: {
      columns: [
        { name: 'type', is: 'constant', text: 'F' },
        { name: 'crédits', is: 'entryCredit', point: '' },
      ],
    },
  },
};

const FILE = [
  'DEBUT MA BOU 10 994,12',
  'E;26112018;BEU;2;483,60',
  'L;4110000;WEBFRANCE;-483.60',
  'L;5125;;483.60',
  'F;48360',
  'E;26112018;VTE;3;483,60',
  'L;4110000;WEBFRANCE;483.60',
  'L;707100;;-403.00',
  'L;4457120;;-80.60',
  'F;48360',
];
const FOOT = ['FIN', 'TOTAL;000010;994,12;      994.12;000000099412'];

describe('S-145 totals of a file and of its entries', () => {
  const format = customFormat(described(DEFINITION));
  const bytes = fileOf(format, MANUAL);
  const lines = bytes.toString('utf8').split('\n').slice(0, -1);

  test('are written', () => {
    assert.deepEqual(definitionFaults(described(DEFINITION)), []);
    assert.deepEqual([lines[0], ...lines.slice(-2)], [FILE[0], ...FOOT]);
    for (const line of FILE) assert.ok(lines.includes(line), line);
    assert.equal(format.appends, false);
  });

  roundTrip(format);

  /** [what stands there, what is put instead, the fault] */
  const wrong: [string, string, string][] = [
    ['DEBUT MA BOU 10', 'DEBUT MA BOU 11', '1 lines: 10, found 11'],
    ['10 994,12', '10 994,13', '1 debit: 99412, found 994,13'],
    ['TOTAL;000010', 'TOTAL;000009', 'lines: 10, found 000009'],
    ['      994.12', '      994.11', 'credit: 99412, found 994.11'],
    ['000000099412', '000000099413', 'credit: 99412, found 000000099413'],
    ['E;26112018;VTE;3;483,60', 'E;26112018;VTE;2;483,60', 'lines: 3, found 2'],
    ['E;26112018;BEU;2;483,60', 'E;26112018;BEU;2;483,6x', 'debit: 48360, found 483,6x'],
    ['F;48360', 'F;48361', 'credit: 48360, found 48361'],
  ];
  for (const [from, to, fault] of wrong) {
    test(`are held against what is read: ${to}`, async () => {
      const read = await readAll(format, Buffer.from(bytes.toString('utf8').replace(from, to)));
      const faults = read.flatMap((line) =>
        line.type === 'fault' ? [`${line.lineNumber} ${line.expected}, found ${line.found}`] : [],
      );
      assert.equal(faults.length, 1);
      assert.ok(faults[0]?.endsWith(fault), faults[0]);
    });
  }

  test('a line that is missing is told by the totals of its entry and of the file', async () => {
    const short = bytes.toString('utf8').replace('L;707100;;-403.00\n', '');
    const faults = (await readAll(format, Buffer.from(short))).filter(({ type }) => type === 'fault');
    assert.equal(faults.length, 6); // lines and credits of the entry; lines of the head; lines and both credits of the foot
  });

  test('totals with positions may follow each other, and one that is longer stands there whole', async () => {
    const foot = ['T{lines:06}{debit:cents012}{credit:.9}', 'S{lines:1}|'];
    const packed = customFormat(described({ ...DEFINITION, foot }));
    const written = fileOf(packed, MANUAL);
    assert.deepEqual(written.toString('utf8').split('\n').slice(-3), ['T000010000000099412   994.12', 'S10|', '']);
    assert.ok((await readAll(packed, written)).every(({ type }) => type === 'line'));
    const wrong = Buffer.from(written.toString('utf8').replace('T000010', 'T000011'));
    assert.equal((await readAll(packed, wrong)).filter(({ type }) => type === 'fault').length, 1);
  });

  /** [what the definition says otherwise, where it is wrong, and of what] */
  const refused: [object, string, string][] = [
    [{ head: ['{debit}'] }, 'head[0]', 'definition.unknown-hole'],
    [{ foot: ['T {credit:;}'] }, 'foot[0]', 'definition.unknown-hole'],
    [{ foot: ['T {lines:00}'] }, 'foot[0]', 'definition.unknown-hole'],
    [{ foot: ['{lines}'] }, 'foot[0]', 'definition.unmarked'],
    [
      { records: { line: { columns: [...DEFINITION.records.line.columns, { name: 'n', is: 'entryLines' }] } } },
      'records.line.columns[4].is',
      'definition.not-here',
    ],
  ];
  for (const [changes, path, code] of refused) {
    test(`are refused where they cannot be: ${JSON.stringify(changes).slice(0, 60)}`, () => {
      const faults = definitionFaults(described({ ...DEFINITION, ...changes }));
      assert.ok(
        faults.some((fault) => fault.path === path && fault.code === code),
        JSON.stringify(faults),
      );
    });
  }
});

function described(input: object): FormatDefinition {
  return formatDefinition.parse(input);
}
