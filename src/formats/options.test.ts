import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choice, integer, optionFaults, optionValues, words } from './options.ts';

const SPECS = { sign: choice('.', ','), length: integer(8, 15, 10), file: words(5, 'A') };

describe('options of a format', () => {
  /** [given, values, faults as `name expected`] */
  const cases: [Record<string, unknown>, unknown[], string][] = [
    [{}, ['.', 10, 'A'], ''],
    [{ sign: ',', length: 15, file: '' }, [',', 15, ''], ''],
    [{ sign: ';' }, ['.', 10, 'A'], 'sign ".", ","'],
    [{ length: 16 }, ['.', 10, 'A'], 'length 8 … 15'],
    [{ length: 9.5 }, ['.', 10, 'A'], 'length 8 … 15'],
    [{ length: '9' }, ['.', 10, 'A'], 'length 8 … 15'],
    [{ file: 'toolong' }, ['.', 10, 'A'], 'file ≤ 5'],
    [{ file: 'a\tb' }, ['.', 10, 'A'], 'file ≤ 5'],
    [{ colour: 'red', constructor: 1 }, ['.', 10, 'A'], 'colour sign, length, file|constructor sign, length, file'],
  ];
  for (const [given, values, faults] of cases) {
    test(JSON.stringify(given), () => {
      assert.deepEqual(Object.values(optionValues(SPECS, given)), values);
      assert.equal(
        optionFaults(SPECS, given)
          .map(({ name, expected }) => `${name} ${expected}`)
          .join('|'),
        faults,
      );
    });
  }
});
