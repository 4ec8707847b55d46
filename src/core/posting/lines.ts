import type { Decimal } from '../decimal.ts';
import type { Because, EntryLine, LineRole } from '../entry.ts';
import { magnitudeOf, sameRate } from '../figures.ts';
import type { Currency } from '../money.ts';
import type { Found } from './accounts.ts';

/**
 * Lines of an entry in the making. Within a role, what agrees on account, tax code, rate, grid and section is one line. `amount` is
 * in the currency of the document, a plain integer, debit positive: first in millionths, then in units of the currency's
 * last decimal, and after conversion in those of the books.
 */
export type Draft = {
  readonly role: LineRole;
  readonly found: Found;
  readonly taxCode: string | null;
  readonly taxRate: Decimal | null;
  readonly vatGrid: string | null;
  readonly section: string | null;
  readonly parts: Part[];
  amount: bigint;
  /** What `amount` was before its conversion to the books, in units of the document's last decimal. */
  inCurrency: bigint;
};

export type Part = Because['parts'][number];

/** An amount on its way to a line, with the account and the reason that choose it. */
export type Addition = {
  readonly role: LineRole;
  readonly found: Found;
  readonly taxCode: string | null;
  readonly taxRate: Decimal | null;
  readonly amount: bigint;
  readonly inCurrency?: bigint;
  readonly vatGrid?: string | null;
  readonly section?: string | null;
  readonly part: Part;
};

/** Adds an amount to the line it belongs to, or opens that line; returns it. */
export function addTo(drafts: Draft[], addition: Addition): Draft {
  const { role, found, taxCode, taxRate, amount, inCurrency = 0n, vatGrid = null, section = null, part } = addition;
  for (const draft of drafts) {
    if (draft.role !== role || draft.found.account !== found.account || draft.taxCode !== taxCode) continue;
    if (draft.section !== section || draft.vatGrid !== vatGrid) continue;
    if (!sameOptionalRate(draft.taxRate, taxRate)) continue;
    draft.amount += amount;
    draft.inCurrency += inCurrency;
    draft.parts.push(part);
    return draft;
  }
  const draft: Draft = { role, found, taxCode, taxRate, vatGrid, section, parts: [part], amount, inCurrency };
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
  putInOrder(drafts);
  const { foreign } = texts;
  if (foreign !== null) keepBalanceInCurrency(drafts);
  const lines: EntryLine[] = [];
  for (const { role, found, taxCode, taxRate, vatGrid, section, parts, amount, inCurrency } of drafts) {
    if (amount === 0n) continue;
    lines.push({
      role,
      account: found.account,
      thirdParty: role === 'customer' ? texts.thirdParty : null,
      label: texts.label,
      amount: { minor: amount, currency: texts.currency },
      amountInCurrency: foreign === null || inCurrency === 0n ? null : { minor: inCurrency, currency: foreign },
      taxCode,
      taxRate,
      vatGrid,
      section,
      paymentMode: role === 'customer' || role === 'bank' ? texts.paymentMode : null,
      because: { mapping: found.mapping, rule: found.rule, tried: found.tried, parts },
    });
  }
  return lines;
}

/** By place, those of one place as they came: mostly they stand so already. */
function putInOrder(drafts: Draft[]): void {
  for (let index = 1; index < drafts.length; index += 1) {
    const draft = drafts[index];
    if (draft === undefined) continue;
    let at = index;
    for (
      let before = drafts[at - 1];
      before !== undefined && PLACE[before.role] > PLACE[draft.role];
      before = drafts[at - 1]
    ) {
      drafts[at] = before;
      at -= 1;
    }
    drafts[at] = draft;
  }
}

/** What all lines of an entry share. */
export type LineTexts = {
  readonly label: string;
  readonly thirdParty: string | null;
  readonly paymentMode: string | null;
  readonly currency: Currency;
  /** The document's currency under the ledger's code, when lines carry it too. */
  readonly foreign: Currency | null;
};

/**
 * Less than half a cent in the books is no line there, yet it is something in a currency of small units (1 VND): the
 * largest line of the same side of the books takes it, so that the entry balances in both. That may be the residue of the
 * conversion, when it is all that this side has left.
 */
function keepBalanceInCurrency(drafts: readonly Draft[]) {
  for (const lost of drafts) {
    if (lost.amount !== 0n || lost.inCurrency === 0n) continue;
    let taker: Draft | null = null;
    for (const draft of drafts) {
      if (draft.amount === 0n || draft.amount > 0n !== lost.inCurrency > 0n) continue;
      if (taker === null || magnitudeOf(draft.inCurrency) > magnitudeOf(taker.inCurrency)) taker = draft;
    }
    if (taker === null) continue;
    taker.inCurrency += lost.inCurrency;
  }
}

/**
 * Where a role stands among the lines; in one place, the order in which the document first calls for them. In a
 * payment the bank comes last, as accountants and some importers expect.
 */
const PLACE: Readonly<Record<LineRole, number>> = {
  customer: 0,
  deposit: 0,
  sales: 1,
  discount: 2,
  ecotax: 3,
  shipping: 4,
  wrapping: 5,
  fee: 6,
  tip: 7,
  duty: 8,
  vat: 10,
  depositVat: 10,
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
