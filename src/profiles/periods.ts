import { type Day, day } from '../core/calendar.ts';
import { type Days, periodDays } from '../core/periods.ts';
import type { Profile } from './profile.ts';

/** The days the profile opens on; null for *since the last import* and for a custom period without days. */
export function defaultDays(profile: Profile, today: Day): Days | null {
  const { defaultPeriod } = profile.import;
  return defaultPeriod === 'custom' ? customDays(profile) : periodDays(defaultPeriod, today);
}

/** The profile's own days, when it has both. */
export function customDays({ import: { from, to } }: Profile): Days | null {
  return from === null || to === null ? null : { from: day(from), to: day(to) };
}
