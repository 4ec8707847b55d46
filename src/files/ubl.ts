import type { Invoice } from './en16931.ts';
import { all, type Element, one, text } from './tree.ts';

/** UBL 2.1, the syntax of Peppol: `Invoice` and `CreditNote`. */
export function invoiceOfUbl(root: Element): Invoice {
  const credit = root.name === 'CreditNote';
  const party = (place: string) => partyOf(one(root, `${place}/Party`));
  const seller = party('AccountingSupplierParty');
  const buyerParty = one(root, 'AccountingCustomerParty/Party');
  const reference = one(root, 'BillingReference/InvoiceDocumentReference');
  const totals = one(root, 'LegalMonetaryTotal');
  const currency = text(root, 'DocumentCurrencyCode') ?? '';
  // The total in the currency of accounting (BT-111) is another one.
  const taxTotal =
    all(root, 'TaxTotal').find((total) => one(total, 'TaxAmount')?.attributes.currencyID === currency) ?? null;
  const means = one(root, 'PaymentMeans/PaymentMeansCode');
  return {
    typeCode: text(root, credit ? 'CreditNoteTypeCode' : 'InvoiceTypeCode') ?? (credit ? '381' : '380'),
    number: text(root, 'ID') ?? '',
    date: text(root, 'IssueDate') ?? '',
    order: text(root, 'OrderReference/SalesOrderID') ?? text(root, 'OrderReference/ID'),
    credited: reference && { number: text(reference, 'ID') ?? '', date: text(reference, 'IssueDate') },
    currency,
    seller,
    buyer: { ...partyOf(buyerParty), address: addressOf(one(buyerParty, 'PostalAddress')) },
    deliveryCountry: text(root, 'Delivery/DeliveryLocation/Address/Country/IdentificationCode'),
    lines: all(root, credit ? 'CreditNoteLine' : 'InvoiceLine').map((line) => ({
      id: text(line, 'ID') ?? '',
      label: text(line, 'Item/Name'),
      sku: text(line, 'Item/SellersItemIdentification/ID'),
      quantity: text(line, credit ? 'CreditedQuantity' : 'InvoicedQuantity'),
      net: text(line, 'LineExtensionAmount') ?? '',
      vat: category(one(line, 'Item/ClassifiedTaxCategory')),
    })),
    allowances: all(root, 'AllowanceCharge').map((allowance) => ({
      charge: text(allowance, 'ChargeIndicator') === 'true',
      amount: text(allowance, 'Amount') ?? '',
      reason: text(allowance, 'AllowanceChargeReason'),
      code: text(allowance, 'AllowanceChargeReasonCode'),
      vat: category(one(allowance, 'TaxCategory')),
    })),
    taxes: all(taxTotal, 'TaxSubtotal').map((subtotal) => ({
      ...category(one(subtotal, 'TaxCategory')),
      base: text(subtotal, 'TaxableAmount') ?? '',
      amount: text(subtotal, 'TaxAmount') ?? '',
    })),
    net: text(totals, 'TaxExclusiveAmount') ?? '',
    tax: text(taxTotal, 'TaxAmount') ?? '0',
    gross: text(totals, 'TaxInclusiveAmount') ?? '',
    rounding: text(totals, 'PayableRoundingAmount'),
    paid: text(totals, 'PrepaidAmount'),
    means: means && { code: means.text.trim(), name: means.attributes.name ?? null },
  };
}

function partyOf(party: Element | null) {
  const vat = all(party, 'PartyTaxScheme').find((scheme) => text(scheme, 'TaxScheme/ID') === 'VAT') ?? null;
  return {
    id: text(party, 'PartyIdentification/ID'),
    name: text(party, 'PartyLegalEntity/RegistrationName') ?? text(party, 'PartyName/Name'),
    vatNumber: text(vat, 'CompanyID'),
    registration: text(party, 'PartyLegalEntity/CompanyID'),
  };
}

function addressOf(address: Element | null) {
  if (address === null) return null;
  const lines = [text(address, 'StreetName'), text(address, 'AdditionalStreetName'), text(address, 'AddressLine/Line')];
  return {
    lines: lines.filter((line) => line !== null),
    postcode: text(address, 'PostalZone'),
    city: text(address, 'CityName'),
    region: text(address, 'CountrySubentity'),
    country: text(address, 'Country/IdentificationCode'),
  };
}

function category(from: Element | null) {
  return { category: text(from, 'ID') ?? '', rate: text(from, 'Percent') };
}
