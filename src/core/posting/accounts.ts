import type { DocumentLine, Tax } from '../document.ts';
import type { LineRole, RuleKey } from '../entry.ts';
import { keptFor, type Question, type Resolution, rateItem, resolve } from '../mapping.ts';
import { questionOfLine } from './question.ts';
import { amountText, missesItsMethod, note, placeName, questionOf, type Trade } from './trade.ts';

/** An account with the reason why it was chosen. */
export type Found = {
  readonly account: string;
  readonly mapping: string;
  readonly rule: RuleKey | null;
  readonly tried: readonly RuleKey[];
};

/** The role of a document's line in its entry, and the account of its net; null when no rule gives one, which is noted. */
export function accountOfLine(
  trade: Trade,
  line: DocumentLine,
): { readonly role: LineRole; readonly found: Found | null } {
  const taxed = isTaxed(line);
  switch (line.kind) {
    case 'product':
      if (isGesture(trade, line)) {
        return {
          role: 'goodwill',
          found: otherAccount(trade, 'goodwill', taxed, line) ?? salesAccount(trade, line, taxed),
        };
      }
      return { role: 'sales', found: salesAccount(trade, line, taxed) };
    case 'discount':
      if (!trade.settings.discountLines) return { role: 'sales', found: salesAccount(trade, line, taxed) };
      return { role: 'discount', found: discountAccount(trade, line) };
    case 'shipping':
      return { role: 'shipping', found: carrierAccount(trade, line, taxed ? 'shippingWithVat' : 'shippingWithoutVat') };
    case 'wrapping':
      return { role: 'wrapping', found: carrierAccount(trade, line, taxed ? 'wrappingWithVat' : 'wrappingWithoutVat') };
    case 'fee': {
      if (isWrapping(trade, line)) {
        return {
          role: 'wrapping',
          found: carrierAccount(trade, line, taxed ? 'wrappingWithVat' : 'wrappingWithoutVat'),
        };
      }
      const found = otherAccount(trade, 'fee', taxed, line);
      return {
        role: 'fee',
        found: found ?? carrierAccount(trade, line, taxed ? 'shippingWithVat' : 'shippingWithoutVat'),
      };
    }
    case 'rounding': {
      const found = otherAccount(trade, 'rounding', taxed, line);
      return { role: 'rounding', found: found ?? adjustmentAccount(trade, line.net.units >= 0n) };
    }
    case 'adjustment': {
      const item = line.net.units < 0n ? 'retention' : 'goodwill';
      return { role: item, found: otherAccount(trade, item, taxed, line) ?? salesAccount(trade, line, taxed) };
    }
    default:
      return {
        role: line.kind,
        found: otherAccount(trade, line.kind, taxed, line) ?? missingOther(trade, line.kind, taxed),
      };
  }
}

/** Money given back on a product of which no piece came back: a price reduction after the invoice (709), not a return (707). */
export function isGesture({ document }: Trade, { quantity, net }: DocumentLine): boolean {
  return document.kind === 'creditNote' && quantity !== null && quantity.units === 0n && net.units > 0n;
}

/** *With VAT* means a rate above zero, even when the tax itself rounds to 0.00. */
export function isTaxed({ taxes }: DocumentLine): boolean {
  for (const tax of taxes) if (tax.rate.units > 0n) return true;
  return false;
}

/** The account of a discount line of this tax rule; without one the document is held. */
export function discountAccount(trade: Trade, line: DocumentLine): Found | null {
  const { sales } = trade.settings.mappings;
  const field = isTaxed(line) ? 'discountWithVat' : 'discountWithoutVat';
  const item = line.taxRule?.id ?? '';
  return (
    found('sales', resolve(sales, field, lineQuestion(trade, line, item))) ?? missing(trade, `sales.${field}`, item)
  );
}

/** The account of a rounding difference: income when the shop states more than its lines, expense when it states less. */
export function adjustmentAccount(trade: Trade, income: boolean): Found | null {
  const field = income ? 'adjustmentIncome' : 'adjustmentExpense';
  return differenceAccount(trade, field) ?? missing(trade, `differences.${field}`, '');
}

/** Null when unset; whoever asks decides what that means. */
export function differenceAccount(
  trade: Trade,
  field: 'adjustmentExpense' | 'adjustmentIncome' | 'differenceExpense' | 'differenceIncome',
): Found | null {
  return found('differences', resolve(trade.settings.mappings.differences, field, questionOf(trade, [])));
}

/** The account of a kind of line that only *other lines* names (fee, tip, gift card ...); null when unset. */
export function otherAccount(
  trade: Trade,
  item: string,
  taxed: boolean,
  line: DocumentLine | null = null,
): Found | null {
  const asked = line === null ? questionOf(trade, [item]) : lineQuestion(trade, line, item);
  return found('otherLines', resolve(trade.settings.mappings.otherLines, taxed ? 'withVat' : 'withoutVat', asked));
}

/** The VAT account of a tax; without one the document is held, so that no foreign VAT slips into a home account. */
export function vatAccount(trade: Trade, line: DocumentLine, tax: Tax): Found | null {
  const { account } = taxAnswers(trade, line, tax);
  if (account !== null) return account;
  const values = { country: placeName(trade), tax: tax.name ?? '', rate: rateItem(tax.rate), code: tax.code ?? '' };
  note(trade, 'mapping.no-vat-account', 'hold', values);
  return null;
}

/** The ledger's code of the line's first tax. */
export function taxCodeOf(trade: Trade, line: DocumentLine): string | null {
  const tax = line.taxes[0];
  return tax === undefined ? null : taxAnswers(trade, line, tax).code;
}

/** What the ledger knows of a tax: its account, its code, and its box of the VAT return; each null when it has none. */
type TaxAnswers = { readonly account: Found | null; readonly code: string | null; readonly grid: string | null };

/** The box is a credit note's own, else that of sales. */
export function taxAnswers(trade: Trade, line: DocumentLine, tax: Tax): TaxAnswers {
  const { kind } = trade.document;
  const rate = rateItem(tax.rate);
  const asked = questionOfLine(trade.circumstances, line, tax.code === null ? [rate] : [tax.code, rate]);
  const kept = keptFor(asked, trade.settings.mappings);
  let answers = kept?.get(kind) as TaxAnswers | undefined; // kept under this name below
  if (answers === undefined) {
    const own = kind === 'creditNote' ? taxField(trade, asked, rate, 'creditGrid') : null;
    answers = {
      account: taxField(trade, asked, rate, 'account'),
      code: taxField(trade, asked, rate, 'code')?.account ?? null,
      grid: (own ?? taxField(trade, asked, rate, 'grid'))?.account ?? null,
    };
    kept?.set(kind, answers);
  }
  return answers;
}

/**
 * A tax is first looked for by its name (code, then rate) among the taxes; one that is named nowhere there may be an
 * override of the shop, known by country and rate alone; else the country's or the default row of the taxes answers.
 */
function taxField(
  { settings, prepared }: Trade,
  asked: Question,
  rate: string,
  field: 'account' | 'code' | 'grid' | 'creditGrid',
): Found | null {
  const { taxes, otherTaxes } = settings.mappings;
  const named = resolve(taxes, field, asked);
  const byItsName = named.rule !== null && named.rule.item !== null;
  if (byItsName || !prepared.hasOtherTaxes) return found('taxes', named);
  const byRate = resolve(otherTaxes, field, { ...asked, items: [rate] });
  if (byRate.value !== null && (byRate.rule !== null || named.value === null)) return found('otherTaxes', byRate);
  return found('taxes', named);
}

/** A payment method's own sales accounts come first, then those of the tax rule. */
function salesAccount(trade: Trade, line: DocumentLine, taxed: boolean): Found | null {
  const { sales, payments } = trade.settings.mappings;
  const { method, prepared } = trade;
  if (missesItsMethod(trade)) {
    const { firstPayment } = trade;
    const amount = firstPayment === null ? '' : amountText(firstPayment.amount);
    note(trade, 'mapping.unknown-payment-sale', 'hold', {
      method: method ?? '',
      name: firstPayment?.method.name ?? '',
      amount,
    });
    return null;
  }
  if (prepared.salesByMethod && method !== null) {
    const own = resolve(payments, taxed ? 'salesWithVat' : 'salesWithoutVat', questionOf(trade, [method]));
    if (own.value !== null) return found('payments', own);
  }
  const field = taxed ? 'withVat' : 'withoutVat';
  const item = line.taxRule?.id ?? '';
  return (
    found('sales', resolve(sales, field, lineQuestion(trade, line, item))) ?? missing(trade, `sales.${field}`, item)
  );
}

type CarrierField = 'shippingWithVat' | 'shippingWithoutVat' | 'wrappingWithVat' | 'wrappingWithoutVat';

/** By the line's carrier, else the document's: wrapping and fees travel with the parcel. */
function carrierAccount(trade: Trade, line: DocumentLine, field: CarrierField): Found | null {
  const carrier = line.carrier ?? trade.document.lines.find((other) => other.carrier !== null)?.carrier ?? null;
  const items = carrier === null ? [] : nestedItems(carrier.id);
  const resolution = resolve(trade.settings.mappings.carriers, field, questionOf(trade, items));
  return found('carriers', resolution) ?? missing(trade, `carriers.${field}`, carrier?.id ?? '');
}

/** `flat_rate:3` is also known as `flat_rate`. */
function nestedItems(id: string): readonly string[] {
  const colon = id.indexOf(':');
  return colon > 0 ? [id, id.slice(0, colon)] : [id];
}

function isWrapping({ prepared }: Trade, { label, product }: DocumentLine): boolean {
  if (prepared.wrappingNames.size === 0) return false;
  return [label, product?.sku].some((name) => name != null && prepared.wrappingNames.has(name.trim().toLowerCase()));
}

function lineQuestion({ circumstances }: Trade, line: DocumentLine, item: string): Question {
  return questionOfLine(circumstances, line, item === '' ? [] : [item]);
}

function found(mapping: string, { value, rule, tried }: Resolution<string>): Found | null {
  return value === null ? null : { account: value, mapping, rule, tried };
}

function missing(trade: Trade, mapping: string, item: string): null {
  note(trade, 'mapping.no-account', 'hold', { mapping, country: placeName(trade), item });
  return null;
}

function missingOther(trade: Trade, item: string, taxed: boolean): null {
  return missing(trade, taxed ? 'otherLines.withVat' : 'otherLines.withoutVat', item);
}
