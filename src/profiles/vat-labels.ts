import { type Decimal, decimalText, equal, parseDecimal } from '../core/decimal.ts';
import type { Gap, ShopValue } from './gaps.ts';
import type { Profile } from './profile.ts';

/** A rate in a label: `TVA collectée 20,60 %`. */
const RATE = /(\d{1,2}(?:[.,]\d{1,4})?)\s*%/g;

/**
 * VAT accounts whose label, in the profile's chart, tells another rate than the tax they are given to (T-06): 20.60 % on what is
 * booked at 20 %. A label without a rate says nothing, one with several is right when it tells one of them.
 */
export function vatLabelGaps({ mappings, chart }: Profile, taxes: readonly ShopValue[]): readonly Gap[] {
  const rates = new Map(taxes.map(({ id, rate }) => [id, rate ?? null]));
  return (['taxes', 'otherTaxes'] as const).flatMap((which) =>
    mappings[which].exceptions.flatMap(({ country, item, account }, place) => {
      const rate = parseDecimal(rates.get(item ?? '') ?? (item?.endsWith('%') ? item.slice(0, -1) : ''));
      const label = account === null ? undefined : chart.accounts[account];
      if (account === null || label === undefined || rate === null) return [];
      const told = ratesIn(label);
      if (told.length === 0 || told.some((one) => equal(one, rate))) return [];
      const path = `mappings.${which}.exceptions[${place}].account`;
      return [
        { kind: 'vatRate', item: account, name: label, country, rate: decimalText(rate), owed: null, path } as const,
      ];
    }),
  );
}

function ratesIn(label: string): readonly Decimal[] {
  return [...label.matchAll(RATE)].flatMap(([, rate = '']) => parseDecimal(rate.replace(',', '.')) ?? []);
}
