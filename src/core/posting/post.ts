import { checkDocument } from '../checks/check.ts';
import { NO_OWN_CODES, type OwnCode } from '../customer-codes.ts';
import { unitsText } from '../decimal.ts';
import { type SalesDocument, sourceOf } from '../document.ts';
import type { Entry } from '../entry.ts';
import { type Problem, problem } from '../problem.ts';
import type { BookSettings } from '../settings.ts';
import { imbalanceOf } from './balance.ts';
import { postCreditNote } from './credit-note.ts';
import { customerAccount } from './customer.ts';
import { postPayments } from './payment.ts';
import { postSale } from './sale.ts';
import { isHeld, note, type Trade, tradeOf } from './trade.ts';
import { noteVatDoubts } from './vat-doubts.ts';

/** What becomes of a document. The same document and settings give the same answer, for ever. */
export type Posted =
  /** The sale or credit note first, then its payments. `problems` are warnings, and what holds the parts named. */
  | {
      readonly state: 'ready';
      readonly entries: readonly Entry[];
      readonly problems: readonly Problem[];
      readonly heldParts: readonly string[];
    }
  | { readonly state: 'held'; readonly problems: readonly Problem[] }
  | { readonly state: 'excluded'; readonly problems: readonly Problem[] };

/**
 * Checks a document and makes its entries. A document that cannot be posted comes back held, with every reason at once.
 * `ownCode` answers for profiles that give each customer a code of his own. `counted` are the payments that the sale, already
 * written, holds for deposits; null when it is not written, and all that came before it are.
 */
export function postDocument(
  document: SalesDocument,
  settings: BookSettings,
  ownCode: OwnCode = NO_OWN_CODES,
  counted: ReadonlySet<string> | null = null,
): Posted {
  if (document.test) return excluded(problem('document.test-order', 'exclude', sourceOf(document), {}));
  if (isEmpty(document, settings)) return excluded(nothing(document));
  if (document.remarks.some(isExclusion)) return { state: 'excluded', problems: document.remarks };

  const { problems: checked, figures, conversion } = checkDocument(document, settings);
  if (figures === null || conversion === null || checked.some(({ code }) => code === 'document.no-country')) {
    return { state: 'held', problems: checked };
  }
  const trade = tradeOf(document, { settings, figures, conversion, ownCode, counted });
  noteVatDoubts(trade);
  const customer = customerAccount(trade);
  const entry =
    customer === null ? null : document.kind === 'sale' ? postSale(trade, customer) : postCreditNote(trade, customer);
  const payments = customer === null ? null : postPayments(trade, customer);
  const entries = [...(entry === null ? [] : [entry]), ...(payments?.entries ?? [])];
  // A document that is held has its residues left open: what is not written has no balance to promise.
  if (!isHeld(trade)) for (const one of entries) assertBalanced(trade, one);

  const problems = [...checked, ...trade.problems];
  if (problems.some(isHold)) return { state: 'held', problems };
  const heldParts = payments?.heldParts ?? [];
  if (entries.length === 0 && heldParts.length === 0) return excluded(nothing(document), problems);
  return { state: 'ready', entries, problems, heldParts };
}

/** Total 0 and all lines 0, nothing paid; with discount lines on, a price wholly discounted is still something to write. */
function isEmpty({ totals, lines, payments }: SalesDocument, { discountLines }: BookSettings): boolean {
  if (totals.gross.units !== 0n || payments.some(({ amount }) => amount.units !== 0n)) return false;
  return lines.every(({ net, taxes, netBeforeDiscount }) => {
    const before = discountLines ? (netBeforeDiscount?.units ?? 0n) : 0n;
    return net.units === 0n && before === 0n && taxes.every(({ amount }) => amount.units === 0n);
  });
}

function nothing(document: SalesDocument): Problem {
  return problem('document.nothing-to-write', 'exclude', sourceOf(document), {});
}

function excluded(reason: Problem, others: readonly Problem[] = []): Posted {
  return { state: 'excluded', problems: [reason, ...others] };
}

function isExclusion({ severity }: Problem): boolean {
  return severity === 'exclude';
}

function isHold({ severity }: Problem): boolean {
  return severity === 'hold';
}

/** The promise of every entry, verified where it leaves. */
function assertBalanced(trade: Trade, { lines }: Entry) {
  const imbalance = imbalanceOf(lines);
  if (imbalance === null) return;
  const { decimals } = trade.settings.books;
  const values = { debit: unitsText(imbalance.debit, decimals), credit: unitsText(imbalance.credit, decimals) };
  note(trade, 'entry.unbalanced', 'hold', values);
}
