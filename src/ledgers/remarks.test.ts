import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fec } from '../formats/fec.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { CONTEXT, entryOf } from '../formats/sample-entries.ts';
import { inspectorOf } from './remarks.ts';

test('format.unnamed: a code without a name in the chart is told once, where the file wants one', () => {
  const first = entryOf({ journal: 'ACH', lines: ['411/W 12.00', '707100 -10.00', '4457 -2.00'] });
  const second = entryOf({ journal: 'ACH', lines: ['411/W 5.00', '7085 -5.00'] });
  const inspect = inspectorOf(fec, CONTEXT);
  const told = (entry: typeof first) =>
    inspect(entry).problems.map(({ code, severity, values }) => `${severity} ${code} ${values.field} ${values.code}`);
  assert.deepEqual(told(first), [
    'warn format.unnamed journal ACH',
    'warn format.unnamed account 411',
    'warn format.unnamed account 4457',
  ]);
  assert.deepEqual(told(second), ['warn format.unnamed account 7085']);
  assert.deepEqual(told(second), []);
  assert.deepEqual(inspectorOf(sagePnm, CONTEXT)(first).problems, []);
});
