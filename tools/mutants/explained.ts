/** Faults that no test notices because they make no difference, and why. `text` is the line as it stands. */
export const EXPLAINED: readonly {
  readonly file: string;
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}[] = [
  {
    file: 'src/core/mapping.ts',
    text: 'return question.items.length > 0 && matching(compiled(mapping), question).some(({ key }) => key.item !== null);',
    from: '>',
    to: '>=',
    why: 'Without an item, no rule that names one applies.',
  },
  {
    file: 'src/core/posting/lines.ts',
    text: 'storeCredit: 9,',
    from: '9',
    to: '10',
    why: 'No entry has both it and a line that stands between the two places.',
  },
  {
    file: 'src/core/calendar.ts',
    text: 'const around = wanted + side * MS_PER_DAY;',
    from: '+',
    to: '-',
    why: 'Both sides of the day are looked at; which is named first does not matter.',
  },
  {
    file: 'src/core/sharing.ts',
    text: 'amount: { units: share.taxAmounts[index] ?? 0n, scale: decimals },',
    from: '0n',
    to: '1n',
    why: 'A share has an amount for each tax of its group.',
  },
  {
    file: 'src/core/posting/payment.ts',
    text: 'const journal = source?.journal ?? null;',
    from: 'source?.journal ?? null',
    to: 'source?.journal',
    why: 'A payment without a source is held by what was noted, and its entry is asked for no more.',
  },
  {
    file: 'src/core/seen-keys.ts',
    text: 'if (high !== 0) insert(table, high, low);',
    from: '0',
    to: '1',
    why: 'A first half of 1 is as rare as any other of four thousand million.',
  },
  {
    file: 'src/core/checks/dates.ts',
    text: 'const invoiced = invoice?.date ?? null;',
    from: 'invoice?.date ?? null',
    to: 'invoice?.date',
    why: 'A date that is undefined is before no other, as one that is null is not asked.',
  },
  {
    file: 'src/core/grouping.ts',
    text: 'const currencies = [amount.currency.code, amountInCurrency?.currency.code ?? null];',
    from: 'amountInCurrency?.currency.code ?? null',
    to: 'amountInCurrency?.currency.code',
    why: 'In the key of a line both are written as null.',
  },
  {
    file: 'src/core/posting/currency.ts',
    text: 'return minor * (DIVISORS[decimals] ?? 1n);',
    from: '1n',
    to: '2n',
    why: 'No currency keeps more than four decimals, and the table has six.',
  },
  {
    file: 'src/core/sharing.ts',
    text: 'return left < right ? -1 : left > right ? 1 : a.key < b.key ? -1 : 1;',
    from: '1',
    to: '2',
    why: 'Any positive number orders alike.',
  },
  {
    file: 'src/core/posting/currency.ts',
    text: "return quotient * divisor === figure ? quotient : divideRounded(figure, divisor, 'half-up');",
    from: 'quotient * divisor === figure',
    to: 'false',
    why: 'A short way for what needs no rounding.',
  },
  {
    file: 'src/core/mapping.ts',
    text: "for (const key of used) text += `\\n\\n${refined?.[key]?.join('\\n') ?? ''}`;",
    from: "refined?.[key]?.join('\\n') ?? ''",
    to: "refined?.[key]?.join('\\n')",
    why: 'The text only tells questions apart: another word for *none* does too.',
  },
  {
    file: 'src/core/sharing.ts',
    text: 'return left < right ? -1 : left > right ? 1 : a.key < b.key ? -1 : 1;',
    from: 'left < right',
    to: 'false',
    why: 'The key of a group begins with its code, and orders alike.',
  },
  {
    file: 'src/core/checks/lines.ts',
    text: 'if (line === undefined || amounts === undefined) continue;',
    from: '||',
    to: '&&',
    why: 'There are figures for every line.',
  },
  {
    file: 'src/core/calendar.ts',
    text: 'if (localTime(timeZone, candidate) === local.slice(0, 19)) return candidate;',
    from: '19',
    to: '20',
    why: 'Local times have no fraction of a second.',
  },
  {
    file: 'src/core/posting/lines.ts',
    text: 'if (taker === null || magnitudeOf(draft.inCurrency) > magnitudeOf(taker.inCurrency)) taker = draft;',
    from: '>',
    to: '>=',
    why: 'Of two lines that are as large, either may take what is lost.',
  },
  {
    file: 'src/core/series.ts',
    text: 'const goesOn = last !== undefined && (found.ranges[0]?.from ?? 0) > (last.ranges.at(-1)?.to ?? 0);',
    from: '0',
    to: '1',
    why: 'A series has a range.',
  },
  {
    file: 'src/core/checks/currency.ts',
    text: 'if (conversion !== null && (rate === null || (rate.scale === 0 && rate.units === 1n && base === code))) return NONE;',
    from: 'conversion !== null && (rate === null || (rate.scale === 0 && rate.units === 1n && base === code))',
    to: 'false',
    why: 'A short way for what the rest finds right as well.',
  },
  {
    file: 'src/core/decimal.ts',
    text: 'const awayFromZero = n % d !== 0n && goesUp(quotient, twice < d ? -1 : twice === d ? 0 : 1, rounding);',
    from: '1',
    to: '2',
    why: 'Only its sign is looked at.',
  },
];
