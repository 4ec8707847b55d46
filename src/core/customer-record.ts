import type { Address, Customer, SalesDocument } from './document.ts';

/** A customer as accounting software keeps him beside the entries; what the shop does not say is empty text. */
export type CustomerRecord = {
  /** The code that is his alone: the third party, or the account when he has an account of his own. */
  readonly code: string;
  readonly account: string;
  readonly thirdParty: string;
  /** What the accounts call him: the company, else first and last name, else the code. */
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  /** Street lines of the billing address, else of the delivery address. */
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly city: string;
  readonly region: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatNumber: string;
  readonly registrationNumber: string;
  readonly email: string;
  readonly phone: string;
};

/** How names and addresses are written (S-163 to S-165). */
export type RecordOptions = {
  readonly stripAccents: boolean;
  readonly upperCaseName: boolean;
  readonly upperCaseAddress: boolean;
};

/** The codes his entries have, and which of them is his alone. */
export type RecordCodes = Pick<CustomerRecord, 'code' | 'account' | 'thirdParty'>;

export function customerRecord(document: SalesDocument, codes: RecordCodes, options: RecordOptions): CustomerRecord {
  const { customer } = document;
  const address = document.billing ?? document.delivery;
  const name = (value: string | null | undefined) => styled(value, options.upperCaseName, options);
  const place = (value: string | null | undefined) => styled(value, options.upperCaseAddress, options);
  const firstName = name(customer.firstName || address?.firstName);
  const lastName = name(customer.lastName || address?.lastName);
  const company = name(customer.company || address?.company);
  return {
    ...codes,
    name: company || [firstName, lastName].filter((part) => part !== '').join(' ') || codes.code,
    firstName,
    lastName,
    company,
    ...placeOf(address, place),
    vatNumber: customer.vatNumber?.value.trim() ?? '',
    registrationNumber: customer.registrationNumber?.trim() ?? '',
    email: customer.email?.trim() ?? '',
    phone: phoneOf(customer, address),
  };
}

type Style = (value: string | null | undefined) => string;

function placeOf(
  address: Address | null,
  place: Style,
): Pick<CustomerRecord, 'lines' | 'postcode' | 'city' | 'region' | 'country'> {
  return {
    lines: (address?.lines ?? []).map(place).filter((line) => line !== ''),
    postcode: place(address?.postcode),
    city: place(address?.city),
    region: place(address?.region),
    country: address?.country ?? '',
  };
}

function phoneOf(customer: Customer, address: Address | null): string {
  return (customer.phone || address?.phone || '').trim();
}

function styled(value: string | null | undefined, upperCase: boolean, { stripAccents }: RecordOptions): string {
  const text = value?.trim() ?? '';
  const bare = stripAccents ? withoutAccents(text) : text;
  return upperCase ? bare.toUpperCase() : bare;
}

/** `Œuvre François` is `OEuvre Francois`: marks go, letters that are a letter and a stroke or two letters are written out. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œŒæÆßẞøØłŁđĐıðÐþÞ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}

const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  ẞ: 'SS',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
};
