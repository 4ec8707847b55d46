import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import { defaultDays } from './periods.ts';
import { profileSchema } from './profile.ts';

test('S-038 the default period of a profile is its own days when it is custom', () => {
  const base = { name: 'A', shop: { type: 'x' } };
  const dated = profileSchema.parse({
    ...base,
    import: { defaultPeriod: 'custom', from: '2026-08-01', to: '2026-11-30' },
  });
  assert.deepEqual(defaultDays(dated, day('2026-12-24')), { from: '2026-08-01', to: '2026-11-30' });
  const undated = profileSchema.parse({ ...base, import: { defaultPeriod: 'custom' } });
  assert.equal(defaultDays(undated, day('2026-12-24')), null);
  const usual = profileSchema.parse(base);
  assert.deepEqual(defaultDays(usual, day('2026-12-24')), { from: '2026-11-01', to: '2026-11-30' });
});
