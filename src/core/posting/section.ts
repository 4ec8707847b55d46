import type { DocumentLine } from '../document.ts';
import { resolve } from '../mapping.ts';
import type { Found } from './accounts.ts';
import { questionOfLine } from './question.ts';
import type { Trade } from './trade.ts';

/**
 * The analytic section of a document line's net, by country and tax rule; null when it has none. It follows the mapping
 * that gave the account: what sales accounts take (discounts, and amounts given back without an account of their own,
 * too), and if the profile asks so what the carriers' take (shipping, wrapping, and fees without an account of their own).
 */
export function sectionOf({ settings, circumstances }: Trade, line: DocumentLine, { mapping }: Found): string | null {
  const { mappings, analytics } = settings;
  const wanted = mapping === 'carriers' ? analytics.carriers : analytics.sales && SALES.has(mapping);
  if (!wanted) return null;
  const items = line.taxRule === null ? [] : [line.taxRule.id];
  return resolve(mappings.analytics, 'section', questionOfLine(circumstances, line, items)).value;
}

/** A payment method may have sales accounts of its own. */
const SALES: ReadonlySet<string> = new Set(['sales', 'payments']);
