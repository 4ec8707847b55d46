import type { Mutant } from './mutate.ts';

/**
 * Faults that no test notices because they make no difference: why, and where. A place is a file of `src/core`, the line as it
 * stands or what many lines have in common, and the faults meant (`< → <=`); without any, all on that line that are left.
 */
type Explained = {
  readonly why: string;
  readonly at: readonly (readonly [file: string, line: string | RegExp, ...faults: string[]])[];
};

const ANY = '';

export const EXPLAINED: readonly Explained[] = [
  {
    why: 'Zero is its own negative, and zero is the only whole number between the two limits.',
    at: [
      [ANY, /(\b[\w.]+) < 0n \? (-\1|negate\(a\)) : /, '< → <=', '0n → 1n'],
      [ANY, 'const sign = total < 0n ? -1n : 1n;', '< → <=', '0n → 1n'],
      [ANY, 'const negative = numerator < 0n !== denominator < 0n;', '< → <=', '0n → 1n'],
      [ANY, 'return line.amount.minor > 0n ? line.amount.minor : 0n;', '> → >='],
      [ANY, 'return line.amount.minor < 0n ? -line.amount.minor : 0n;', '< → <='],
    ],
  },
  {
    why: 'Beyond the last there is nothing.',
    at: [[ANY, /^for \(let (\w+) = \d; \1 < [\w.]+\.length; \1 \+= \d\)/, '< → <=']],
  },
  {
    why: 'Of two that are equal, either is the one.',
    at: [
      ['sharing.ts', 'return a > b ? a : b;', '> → >='],
      ['grouping.ts', /^if \(entry\.\w+ > group\.\w+\)/, '> → >='],
      ['matching.ts', 'if (date > found.day) found.day = date;', '> → >='],
      ['checks/tolerance.ts', 'for (const value of values) if (value > most) most = value;', '> → >='],
      ['posting/deposit-vat.ts', 'const now = sum < gross ? sum : gross;', '< → <='],
      [
        'posting/lines.ts',
        'if (taker === null || magnitudeOf(draft.inCurrency) > magnitudeOf(taker.inCurrency)) taker = draft;',
        '> → >=',
      ],
      [
        'mapping.ts',
        'if (given(value) && (!given(other) || String(value) < String(other))) fields[field] = value;',
        '< → <=',
      ],
      ['tally.ts', /^if \(one\.day !== null && \(sum\.day === null \|\| one\.day < sum\.day\)\)/, '< → <='],
      [
        'tally.ts',
        'if (before === undefined || compare(taxRate, decimal(before)) > 0) rates.set(line, rate);',
        '> → >=',
      ],
    ],
  },
  {
    why: 'What is found again is what was kept; the limit only says how much is kept.',
    at: [
      [ANY, /^if \((answer|answers|found|all|circumstances|asks|prepared|place) === undefined\) \{$/],
      [ANY, /^if \(\w+\.size >= MAX_\w+\) \w+\.clear\(\);$/],
      [ANY, /^const MAX_(REMEMBERED|OFFSETS|PLACES|CIRCUMSTANCES|QUESTIONS) = /],
      ['calendar.ts', 'if (!clock) {'],
      ['mapping.ts', 'if (answers !== undefined && own === undefined) {', '=== → !=='],
      ['posting/question.ts', 'if (question === undefined || question.items.length !== items.length) {'],
    ],
  },
  {
    why: 'A short way for what the rest finds right as well.',
    at: [
      ['decimal.ts', 'if (text.length <= SHORT) return shortDecimal(text);'],
      [
        'decimal.ts',
        'if (scale <= minDecimals) return unitsText(rescale(value, minDecimals).units, minDecimals);',
        '<= → <',
      ],
      ['decimal.ts', /^return units < EXACT && units > -EXACT \? exactText/],
      ['decimal.ts', 'if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };'],
      ['decimal.ts', 'if (value.scale <= scale) return rescale(value, scale);', '<= → <'],
      ['decimal.ts', 'if (value.scale === scale) return value;'],
      ['decimal.ts', /^return scale >= 0 \? \{ units, scale \}/, '>= → >', '0 → 1'],
      ['decimal.ts', /^const POWERS: bigint\[\] = /],
      ['figures.ts', 'return a.scale === b.scale ? a.units === b.units : figure(a) === figure(b);'],
      ['matching.ts', 'return matching === undefined ? line : { ...line, ...matching };'],
      ['pattern.ts', /^return text\.length <= length \? text : /],
      ['pattern.ts', "if (literal !== '') tokens.push(textToken(literal));"],
      ['tally.ts', "if (line === 'rounding') continue;"],
      ['tally.ts', 'if (found !== null && rate !== found) return null;'],
      ['checks/check.ts', 'if (found.length > 0) problems.push(...found);'],
      ['checks/dates.ts', /^if \(invoiced !== null && invoiced < order\.date && /, '< → <='],
      ['checks/totals.ts', 'if (exact) return NONE;'],
      ['checks/totals.ts', 'stated.gross >= 0n &&'],
      [
        'posting/accounts.ts',
        'if (prepared.wrappingNames.size === 0) return false;',
        'prepared.wrappingNames.size === 0 → false',
      ],
      ['posting/currency.ts', 'const quotient = figure / divisor;'],
      ['posting/currency.ts', /^return quotient \* divisor === figure \? /],
      ['posting/document-lines.ts', 'if (conversion.rate !== null) {', 'conversion.rate !== null → true'],
      ['posting/lines.ts', 'if (foreign !== null) keepBalanceInCurrency(drafts);', 'foreign !== null → true'],
      ['posting/payment.ts', 'if (document.payments.length === 0) return { entries, heldParts };'],
      ['posting/payment.ts', /^if \(conversion\.rate !== null\) balanceConversion/, 'conversion.rate !== null → true'],
      ['posting/question.ts', 'if (!byLine) return questionOfItems(circumstances, items);'],
      ['posting/question.ts', /^items\.length === 1 \? \(items\[0\] \?\? ''\) : items\.length === 2 \?/],
    ],
  },
  {
    why: 'There always is one; the compiler cannot know.',
    at: [
      ['figures.ts', 'return { unit: UP[decimals] ?? 1n, lines, net, tax, groups, stated };', '1n → 2n'],
      ['money.ts', 'parts[index] = (parts[index] ?? 0n) + 1n;', '0n → 1n'],
      ['series.ts', /(\w+\[0\]|\w+\.at\(-1\)|\w+\[middle\])\?\.\w+ \?\? [01]/, '0 → 1', '1 → 2'],
      ['sharing.ts', 'const part = parts[index] ?? 0n;', '0n → 1n'],
      ['sharing.ts', /\(taxAmounts\[index\] \?\? 0n\)/, '0n → 1n'],
      ['sharing.ts', 'amount: { units: share.taxAmounts[index] ?? 0n, scale: decimals },', '0n → 1n'],
      ['posting/currency.ts', /\(?DIVISORS\[decimals\] \?\? 1n/, '1n → 2n'],
    ],
  },
  {
    why: 'The text only tells one from another: another word for *none* does too.',
    at: [
      ['grouping.ts', /^const currencies = \[amount\.currency\.code, /],
      ['grouping.ts', /^return JSON\.stringify\(\[amount\.minor > 0n, /, '> → >=', '> → <='],
      ['mapping.ts', /^for \(const key of used\) text \+= /],
      ['sharing.ts', /^const key = line\.taxes\.map\(/],
      ['tally.ts', "const key = `${day} ${about} ${currency} ${country ?? ''} ${item ?? ''}`;"],
    ],
  },
  {
    why: 'Only its sign is looked at.',
    at: [
      ['money.ts', 'return a < b ? -1 : a > b ? 1 : 0;', '1 → 2'],
      ['series.ts', /^const sorted = \[\.\.\.years\]\.sort\(/],
      ['sharing.ts', /^return left < right \? -1 : left > right \? 1 : a\.key < b\.key/],
    ],
  },
  {
    why: 'By one or minus one, to divide is to multiply.',
    at: [
      ['money.ts', 'const whole = total * sign;', '* → /'],
      ['money.ts', 'return parts.map((part) => part * sign);', '* → /'],
    ],
  },
  {
    why: 'Whether a sum is zero does not depend on its sign.',
    at: [
      ['posting/balance.ts', 'for (const { amount } of lines) sum += amount.minor;', '+= → -='],
      ['matching.ts', 'inBooks += amount.minor;', '+= → -='],
      ['matching.ts', 'inCurrency += amountInCurrency?.minor ?? 0n;', '+= → -='],
    ],
  },
  {
    why: 'A millionth of a unit moves no cent: no shop states one.',
    at: [
      ['checks/taxes.ts', /^const justified = document\.tolerance === null \? 0n/, '0n → 1n'],
      ['posting/deposit-vat.ts', 'if (gross <= 0n) return [];', '0n → 1n'],
      ['posting/deposit-vat.ts', 'let before = 0n;', '0n → 1n'],
      ['posting/document-lines.ts', /^const before = deposits === null \? 0n/, '0n → 1n'],
    ],
  },
  {
    why: 'Zero does not come here: a line of nothing needs no account, and no difference no booking.',
    at: [
      ['posting/accounts.ts', /line\.net\.units >= 0n\) \};$/, '>= → >', '0n → 1n'],
      ['posting/accounts.ts', /^const item = line\.net\.units < 0n/, '< → <=', '0n → 1n'],
      ['posting/document-lines.ts', /^const field = direction \* residue > 0n/, '> → >='],
      [
        'posting/document-lines.ts',
        /^const found = adjustmentAccount\(trade, direction \* difference > 0n\);/,
        '> → >=',
      ],
      ['posting/payment.ts', /^const field = rest > 0n/, '> → >='],
      ['posting/lines.ts', /^if \(draft\.amount === 0n \|\| draft\.amount > 0n !== lost\.inCurrency > 0n\)/, '> → >='],
      ['sharing.ts', /filter\(\(group\) => grossOf\(group\) > 0n\)/, '> → >='],
    ],
  },
  {
    why: 'No entry has both it and a line of the next place that came before it.',
    at: [
      ['posting/lines.ts', 'retention: 12,'],
      ['posting/lines.ts', 'adjustment: 13,'],
      ['posting/lines.ts', 'difference: 14,'],
      ['posting/lines.ts', 'bankFee: 16,'],
      ['posting/lines.ts', 'bank: 17,'],
      ['posting/lines.ts', 'storeCredit: 9,'],
      ['posting/lines.ts', /^for \(let index = 1; index < drafts\.length/, '1 → 2'],
    ],
  },
  {
    why: 'Keys are spread as well by one number as by the other, and the table grows a little sooner or later.',
    at: [
      ['seen-keys.ts', /^const FIRST_PLACES = |^let count = 0;$|^let \[one, two\] = /],
      ['seen-keys.ts', 'let table = new Uint32Array(2 * FIRST_PLACES);', '2 → 3'],
      ['seen-keys.ts', 'count += 1;', '1 → 2'],
      ['seen-keys.ts', 'if (4 * count > table.length) grow();', '> → >=', '4 → 5'],
      ['seen-keys.ts', 'const [high = 0, low = 0] = old.subarray(at, at + 2);', '0 → 1', '2 → 3'],
      ['seen-keys.ts', 'if (high !== 0) insert(table, high, low);', 'high !== 0 → true', '0 → 1'],
      ['seen-keys.ts', 'const mask = table.length - 1;', '1 → 2'],
      ['seen-keys.ts', 'for (let at = (low * 2) & mask; ; at = (at + 2) & mask) {', '+ → -'],
      ['seen-keys.ts', /^(one|two) = Math\.imul\(/],
      ['seen-keys.ts', 'return [mixed(one) || 1, mixed(two)];', '1 → 2'],
      ['seen-keys.ts', /^let value = bits|^value = Math\.imul|^value \^= |^return \(value \^ /],
    ],
  },
  {
    why: 'A whole number of that many digits is exact both ways, and none of them is written otherwise.',
    at: [
      ['decimal.ts', 'const SHORT = 15;'],
      ['decimal.ts', 'if (point < 0) return { units: BigInt(text), scale: 0 };', '< → <=', '0 → 1'],
      ['decimal.ts', /^const TEXTS = |^const lastScales = |^const place = units & /],
    ],
  },
  {
    why: 'An amount equal to the rest is the rest, which was asked before.',
    at: [['sharing.ts', 'const wholeGroups = isRest(balance, amount) || amount >= rest;', '>= → >']],
  },
  {
    why: 'All three are set when the entry has been read.',
    at: [['tally.ts', 'const ONCE = { entries: 1, entriesOfAbout: 0, entriesOfAll: 0 };']],
  },
  {
    why: 'Another number has what was kept added up anew.',
    at: [['tally.ts', /^export const TALLY_VERSION = /]],
  },
  {
    why: 'A millisecond a day is rounded off.',
    at: [['periods.ts', 'const DAY_MS = 86_400_000;']],
  },
  {
    why: 'No carrier begins with a colon.',
    at: [['posting/accounts.ts', 'return colon > 0 ? [id, id.slice(0, colon)] : [id];', '> → >=']],
  },
  {
    why: 'An entry has two lines or none.',
    at: [['posting/payment.ts', /^else if \(entry\.lines\.length > 0\) entries\.push\(entry\);/, '0 → 1']],
  },
  {
    why: 'The guard of every exit finds nothing to do, as the laws over random documents ask.',
    at: [
      [
        'posting/post.ts',
        /^if \(!isHeld\(trade\)\) for \(const one of entries\) assertBalanced/,
        '!isHeld(trade) → false',
      ],
    ],
  },
  {
    why: 'Every month is followed by a hyphen.',
    at: [['grouping.ts', "const period = by === 'day' ? entry.date : entry.date.slice(0, 7);"]],
  },
  {
    why: 'It is used only where the line has an amount in currency.',
    at: [['grouping.ts', 'const foreign = line.amountInCurrency?.minor ?? 0n;', '0n → 1n']],
  },
  {
    why: 'Nothing else is thrown for a name.',
    at: [['calendar.ts', 'if (error instanceof RangeError) return false;']],
  },
  {
    why: 'A clock does not jump twice within two days, and local times have no fraction of a second.',
    at: [
      ['calendar.ts', 'const offsets = [-1, 1].map((side) => {'],
      ['calendar.ts', /^if \(localTime\(timeZone, candidate\) === local\.slice\(0, 19\)\)/],
    ],
  },
];

/** Why it makes no difference; null: nobody has said. */
export function explanationOf(mutant: Mutant): string | null {
  return EXPLAINED.find(({ at }) => at.some((place) => isAt(mutant, place)))?.why ?? null;
}

/** Places that explain none of these: their reason has gone. */
export function needlessOf(mutants: readonly Mutant[]): readonly string[] {
  return EXPLAINED.flatMap(({ at }) => at)
    .filter((place) => !mutants.some((mutant) => isAt(mutant, place)))
    .map(([file, line]) => `${file} ${line}`);
}

function isAt(mutant: Mutant, [file, line, ...faults]: Explained['at'][number]): boolean {
  const { from, to, text } = mutant;
  return (
    (file === ANY || mutant.file === `src/core/${file}`) &&
    (typeof line === 'string' ? text === line : line.test(text)) &&
    (faults.length === 0 || faults.includes(`${from} → ${to}`))
  );
}
