import type { Day } from '../core/calendar.ts';
import { day } from '../core/calendar.ts';
import { fieldsOf } from '../core/mapping.ts';
import type { Profile } from './profile.ts';
import type { TemplateName } from './templates.ts';

/**
 * Charts of accounts by law, as far as our templates meet a difference: a fiscal year follows the chart in force on the
 * day it opens, for all its days.
 *
 * France: ANC 2015-05 gave trade debts their own exchange accounts, 656 and 756, for years opened from 2017 (666 and 766
 * stay for loans and banks); ANC 2022-06 took 791, 796 and 797 away and moved disposals from 675 and 775 to 657 and 757
 * for years opened from 2025. Belgium: minimum chart of the royal decree of 21 October 2018, whose numbers used here are
 * those of the decree of 1983 too. Luxembourg: grand-ducal regulation of 12 September 2019, for years opened from 2020.
 */
export type Chart = { readonly law: string; readonly since: Day | null };

const CHARTS: Readonly<Record<TemplateName, readonly Chart[]>> = {
  france: [
    { law: 'PCG, ANC 2022-06', since: day('2025-01-01') },
    { law: 'PCG, ANC 2014-03, ANC 2015-05', since: day('2017-01-01') },
    { law: 'PCG, ANC 2014-03', since: null },
  ],
  belgium: [{ law: 'PCMN/MAR, 2018-10-21', since: null }],
  luxembourg: [{ law: 'PCN, 2019-09-12', since: day('2020-01-01') }],
  blank: [{ law: '', since: null }],
};

/** The chart of a fiscal year by the day it opens, null standing for now; null when no template has it. */
export function chartOf(template: TemplateName, opened: Day | null): Chart | null {
  return CHARTS[template].find(({ since }) => opened === null || since === null || opened >= since) ?? null;
}

/** Accounts that a chart took away: an entry on one would be refused, or corrected by the accountant. */
const GONE = { country: 'FR', since: day('2025-01-01'), prefixes: ['791', '796', '797', '675', '775'] } as const;

/** The accounts of the mappings that no longer exist in the fiscal year the profile is for, with their places. */
export function goneAccounts(profile: Profile): readonly { readonly account: string; readonly path: string }[] {
  const { ledger, advanced, mappings } = profile;
  const opened = ledger.fiscalYearStart;
  if (opened === null || opened < GONE.since || advanced.country !== GONE.country) return [];
  const found: { account: string; path: string }[] = [];
  for (const [name, mapping] of Object.entries(mappings)) {
    look(`mappings.${name}.default`, mapping.default);
    for (const [place, row] of mapping.exceptions.entries())
      look(`mappings.${name}.exceptions[${place}]`, fieldsOf(row));
  }
  return found;

  function look(path: string, fields: Readonly<Record<string, unknown>>): void {
    for (const [field, value] of Object.entries(fields)) {
      if (
        typeof value === 'string' &&
        /^\d{6,}$/.test(value) &&
        GONE.prefixes.some((prefix) => value.startsWith(prefix))
      )
        found.push({ account: value, path: `${path}.${field}` });
    }
  }
}
