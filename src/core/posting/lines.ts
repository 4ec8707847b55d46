import type { Decimal } from '../decimal.ts';
import type { Because, EntryLine, LineRole } from '../entry.ts';
import { sameRate } from '../figures.ts';
import type { Currency } from '../money.ts';
import type { Found } from './accounts.ts';

/**
 * Lines of an entry in the making. Within a role, what agrees on account, tax code and rate is one line. `amount` is in
 * the currency of the document, a plain integer, debit positive, in millionths until `roundDrafts`, in units of the
 * currency's last decimal after it, in those of the books after conversion.
 */
export type Draft = {
  readonly role: LineRole;
  readonly found: Found;
  readonly taxCode: string | null;
  readonly taxRate: Decimal | null;
  readonly parts: Part[];
  amount: bigint;
};

export type Part = Because['parts'][number];

/** An amount on its way to a line, with the account and the reason that choose it. */
export type Addition = {
  readonly role: LineRole;
  readonly found: Found;
  readonly taxCode: string | null;
  readonly taxRate: Decimal | null;
  readonly amount: bigint;
  readonly part: Part;
};

/** Adds an amount to the line it belongs to, or opens that line; returns it. */
export function addTo(drafts: Draft[], { role, found, taxCode, taxRate, amount, part }: Addition): Draft {
  for (const draft of drafts) {
    if (draft.role !== role || draft.found.account !== found.account || draft.taxCode !== taxCode) continue;
    if (!sameOptionalRate(draft.taxRate, taxRate)) continue;
    draft.amount += amount;
    draft.parts.push(part);
    return draft;
  }
  const draft: Draft = { role, found, taxCode, taxRate, parts: [part], amount };
  drafts.push(draft);
  return draft;
}

/** In minor units, debit positive. */
export function sumOf(drafts: readonly Draft[]): bigint {
  let total = 0n;
  for (const { amount } of drafts) total += amount;
  return total;
}

/** The finished lines, in the order of SPEC §5.3; what came to zero disappears. */
export function finish(drafts: Draft[], texts: LineTexts): EntryLine[] {
  drafts.sort((a, b) => PLACE[a.role] - PLACE[b.role]);
  const lines: EntryLine[] = [];
  for (const { role, found, taxCode, taxRate, parts, amount } of drafts) {
    if (amount === 0n) continue;
    lines.push({
      role,
      account: found.account,
      thirdParty: role === 'customer' ? texts.thirdParty : null,
      label: texts.label,
      amount: { minor: amount, currency: texts.currency },
      taxCode,
      taxRate,
      section: null, // Analytics are refused by the profile until they come with a plan.
      paymentMode: role === 'customer' || role === 'bank' ? texts.paymentMode : null,
      because: { mapping: found.mapping, rule: found.rule, tried: found.tried, parts },
    });
  }
  return lines;
}

/** What all lines of an entry share. */
export type LineTexts = {
  readonly label: string;
  readonly thirdParty: string | null;
  readonly paymentMode: string | null;
  readonly currency: Currency;
};

/**
 * Where a role stands among the lines; in one place, the order in which the document first calls for them. In a
 * payment the bank comes last, as accountants and some importers expect.
 */
const PLACE: Readonly<Record<LineRole, number>> = {
  customer: 0,
  sales: 1,
  discount: 2,
  ecotax: 3,
  shipping: 4,
  wrapping: 5,
  fee: 6,
  tip: 7,
  duty: 8,
  vat: 10,
  rounding: 11,
  retention: 12,
  goodwill: 12,
  adjustment: 13,
  difference: 14,
  currencyAdjustment: 15,
  bankFee: 16,
  bank: 17,
  giftCard: 9,
  storeCredit: 9,
};

function sameOptionalRate(a: Decimal | null, b: Decimal | null): boolean {
  return a === null || b === null ? a === b : sameRate(a, b);
}
