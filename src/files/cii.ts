import type { Invoice } from './en16931.ts';
import { all, type Element, one, text } from './tree.ts';

/** UN/CEFACT Cross Industry Invoice, the syntax inside Factur-X and ZUGFeRD. */
export function invoiceOfCii(root: Element): Invoice {
  const document = one(root, 'ExchangedDocument');
  const trade = one(root, 'SupplyChainTradeTransaction');
  const agreement = one(trade, 'ApplicableHeaderTradeAgreement');
  const settlement = one(trade, 'ApplicableHeaderTradeSettlement');
  const totals = one(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const buyer = one(agreement, 'BuyerTradeParty');
  const reference = one(settlement, 'InvoiceReferencedDocument');
  const currency = text(settlement, 'InvoiceCurrencyCode') ?? '';
  const means = one(settlement, 'SpecifiedTradeSettlementPaymentMeans');
  // The total in the currency of accounting (BT-111) is another one.
  const tax = all(totals, 'TaxTotalAmount').find(({ attributes }) => attributes.currencyID === currency);
  return {
    typeCode: text(document, 'TypeCode') ?? '380',
    number: text(document, 'ID') ?? '',
    date: day(text(document, 'IssueDateTime/DateTimeString')) ?? '',
    order:
      text(agreement, 'SellerOrderReferencedDocument/IssuerAssignedID') ??
      text(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID'),
    credited: reference && {
      number: text(reference, 'IssuerAssignedID') ?? '',
      date: day(text(reference, 'FormattedIssueDateTime/DateTimeString')),
    },
    currency,
    seller: partyOf(one(agreement, 'SellerTradeParty')),
    buyer: { ...partyOf(buyer), address: addressOf(one(buyer, 'PostalTradeAddress')) },
    deliveryCountry: text(trade, 'ApplicableHeaderTradeDelivery/ShipToTradeParty/PostalTradeAddress/CountryID'),
    lines: all(trade, 'IncludedSupplyChainTradeLineItem').map((line) => ({
      id: text(line, 'AssociatedDocumentLineDocument/LineID') ?? '',
      label: text(line, 'SpecifiedTradeProduct/Name'),
      sku: text(line, 'SpecifiedTradeProduct/SellerAssignedID'),
      quantity: text(line, 'SpecifiedLineTradeDelivery/BilledQuantity'),
      net:
        text(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount') ?? '',
      vat: category(one(line, 'SpecifiedLineTradeSettlement/ApplicableTradeTax')),
    })),
    allowances: all(settlement, 'SpecifiedTradeAllowanceCharge').map((allowance) => ({
      charge: text(allowance, 'ChargeIndicator/Indicator') === 'true',
      amount: text(allowance, 'ActualAmount') ?? '',
      reason: text(allowance, 'Reason'),
      code: text(allowance, 'ReasonCode'),
      vat: category(one(allowance, 'CategoryTradeTax')),
    })),
    taxes: all(settlement, 'ApplicableTradeTax').map((group) => ({
      ...category(group),
      base: text(group, 'BasisAmount') ?? '',
      amount: text(group, 'CalculatedAmount') ?? '',
    })),
    net: text(totals, 'TaxBasisTotalAmount') ?? '',
    tax: tax?.text.trim() ?? '0',
    gross: text(totals, 'GrandTotalAmount') ?? '',
    rounding: text(totals, 'RoundingAmount'),
    paid: text(totals, 'TotalPrepaidAmount'),
    means: means && { code: text(means, 'TypeCode') ?? '', name: text(means, 'Information') },
  };
}

function partyOf(party: Element | null) {
  const vat = all(party, 'SpecifiedTaxRegistration/ID').find(({ attributes }) => attributes.schemeID === 'VA');
  return {
    id: text(party, 'ID') ?? text(party, 'GlobalID'),
    name: text(party, 'Name'),
    vatNumber: vat?.text.trim() || null,
    registration: text(party, 'SpecifiedLegalOrganization/ID'),
  };
}

function addressOf(address: Element | null) {
  if (address === null) return null;
  const lines = ['LineOne', 'LineTwo', 'LineThree'].map((name) => text(address, name));
  return {
    lines: lines.filter((line) => line !== null),
    postcode: text(address, 'PostcodeCode'),
    city: text(address, 'CityName'),
    region: text(address, 'CountrySubDivisionName'),
    country: text(address, 'CountryID'),
  };
}

function category(from: Element | null) {
  return { category: text(from, 'CategoryCode') ?? '', rate: text(from, 'RateApplicablePercent') };
}

/** `20261003` (format 102, the only one of the standard) as a day; anything else stays, and is refused by the door. */
function day(written: string | null): string | null {
  return written?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ?? null;
}
