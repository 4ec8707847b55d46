import { note, placeName, type Trade } from './trade.ts';

/**
 * What the VAT of a sale to another member state makes an accountant ask (directive 2006/112/EC, articles 33 and 138): no VAT,
 * and nobody who could account for it; or VAT, and a number found valid. Pointed out, never decided: the sale is written as the
 * shop invoiced it. A gift card has no VAT before it is used.
 */
export function noteVatDoubts(trade: Trade): void {
  const { document, circumstances } = trade;
  const { treatment } = circumstances;
  if (treatment === null || document.kind !== 'sale') return;
  if (treatment.reason === 'untaxed-in-union') {
    if (document.lines.some(({ kind, net }) => kind !== 'giftCard' && net.units > 0n))
      note(trade, 'document.untaxed-in-union', 'warn', { country: placeName(trade) });
  } else if (treatment.reason === 'taxed-at-arrival' && document.customer.vatNumber?.valid === true) {
    note(trade, 'document.taxed-with-vat-number', 'warn', { country: placeName(trade) });
  }
}
