/**
 * Places whose VAT is not that of the country their addresses are written under, found by country and postcode.
 *
 * Law, unless a row says otherwise: directive 2006/112/EC, article 6 (places outside the Union's VAT: French territories
 * of articles 349 and 355(1) TFEU, Canary Islands, Åland, Channel Islands, Mount Athos, Campione, Livigno, Ceuta,
 * Melilla, Büsingen, Heligoland; Campione moved from 6(2) to 6(1) by directive 2019/475) and article 7 (Monaco as France,
 * Isle of Man as the United Kingdom). Postcodes are those of the national posts. A place may be written under a neighbour
 * as well, whose post serves it: then it has a row for each.
 */
export type Territory = {
  /** ISO 3166-1 where there is a code, reserved ones (`IC`, `EA`, `XI`) included; else ISO 3166-2 or one like it. */
  readonly code: string;
  /** ISO 3166-1 country whose addresses it is written under, and whose rules answer where none names the territory. */
  readonly under: string;
  /** Matches postcodes of `under`: digits, or letters and digits of the British; null: known by its own code alone. */
  readonly postcodes: RegExp | null;
  /** Whose VAT applies; its own code where it has its own or none. */
  readonly vat: string;
  /** The state it is part of: a sale from there is not an export abroad but one overseas. */
  readonly state: string;
};

/** [code, under, postcodes, vat, state]; of a code with several rows the first is its own. */
const TABLE: readonly (readonly [string, string, RegExp | null, string, string])[] = [
  // French overseas: articles 349 and 355(1) TFEU; CGI articles 294 and 296 (VAT of its own rates in GP, MQ and RE; article
  // 294, 2 makes exports of what goes to or comes from each of them, but for Guadeloupe and Martinique between themselves).
  ['BL', 'FR', /^97(133|7\d\d)$/, 'BL', 'FR'],
  ['MF', 'FR', /^97(150|8\d\d)$/, 'MF', 'FR'],
  ['GP', 'FR', /^971\d\d$/, 'GP', 'FR'],
  ['MQ', 'FR', /^972\d\d$/, 'GP', 'FR'],
  ['GF', 'FR', /^973\d\d$/, 'GF', 'FR'],
  ['RE', 'FR', /^974\d\d$/, 'RE', 'FR'],
  ['PM', 'FR', /^975\d\d$/, 'PM', 'FR'],
  ['YT', 'FR', /^976\d\d$/, 'YT', 'FR'],
  ['TF', 'FR', /^984\d\d$/, 'TF', 'FR'],
  ['WF', 'FR', /^986\d\d$/, 'WF', 'FR'],
  ['PF', 'FR', /^987\d\d$/, 'PF', 'FR'],
  ['NC', 'FR', /^988\d\d$/, 'NC', 'FR'],
  ['MC', 'FR', /^980\d\d$/, 'FR', 'MC'],
  ['FR-20R', 'FR', /^20\d\d\d$/, 'FR', 'FR'], // Corsica: French VAT, some rates of its own (CGI article 297)
  ['IC', 'ES', /^(35|38)\d\d\d$/, 'IC', 'ES'],
  ['EA', 'ES', /^(51|52)\d\d\d$/, 'EA', 'ES'], // Ceuta, Melilla
  ['AX', 'FI', /^22\d\d\d$/, 'AX', 'FI'],
  ['DE-BUS', 'DE', /^78266$/, 'CH', 'DE'], // Büsingen: Swiss VAT (treaty of 23 November 1964, article 2; MWSTG article 3)
  ['DE-BUS', 'CH', /^8238$/, 'CH', 'DE'],
  ['DE-HEL', 'DE', /^27498$/, 'DE-HEL', 'DE'], // Heligoland
  ['IT-LIV', 'IT', /^23041$/, 'IT-LIV', 'IT'],
  ['IT-CAM', 'IT', /^22061$/, 'IT-CAM', 'IT'],
  ['IT-CAM', 'CH', /^6911$/, 'IT-CAM', 'IT'],
  ['GR-69', 'GR', /^6308[67]$/, 'GR-69', 'GR'], // Mount Athos
  ['PT-20', 'PT', /^9[5-9]\d\d(\d{3})?$/, 'PT', 'PT'], // Azores: Portuguese VAT, rates of its own (CIVA article 18)
  ['PT-30', 'PT', /^9[0-4]\d\d(\d{3})?$/, 'PT', 'PT'], // Madeira, likewise
  ['AT-JM', 'AT', /^(6691|699[1-3])$/, 'AT', 'AT'], // Jungholz and Mittelberg: 19 % (UStG § 10 (4))
  // Goods in Northern Ireland stay under the Union's VAT: protocol to the withdrawal agreement, article 8. Services do not.
  ['XI', 'GB', /^BT\d/, 'XI', 'GB'],
  ['IM', 'GB', /^IM\d/, 'GB', 'IM'],
  ['GG', 'GB', /^GY\d/, 'GG', 'GG'],
  ['JE', 'GB', /^JE\d/, 'JE', 'JE'],
  ['LI', 'CH', /^94(8[5-9]|9[0-8])$/, 'CH', 'LI'], // Swiss VAT territory: treaty of 28 October 1994
  ['CH-SAM', 'CH', /^756[23]$/, 'CH-SAM', 'CH'], // Samnaun: outside Swiss VAT for goods (MWSTG article 4)
  ['SM', 'IT', /^4789\d$/, 'SM', 'SM'],
  ['VA', 'IT', /^00120$/, 'VA', 'VA'],
  ['FO', 'DK', null, 'FO', 'DK'], // outside the treaties: article 355(5)(a) TFEU
  ['GL', 'DK', /^39\d\d$/, 'GL', 'DK'],
  ['SJ', 'NO', /^(917\d|8099)$/, 'SJ', 'NO'], // Svalbard, Jan Mayen: outside Norwegian VAT: merverdiavgiftsloven § 1-2
  ['AW', 'NL', null, 'AW', 'NL'],
  ['BQ', 'NL', null, 'BQ', 'NL'],
  ['CW', 'NL', null, 'CW', 'NL'],
  ['SX', 'NL', null, 'SX', 'NL'],
];

export const TERRITORIES: readonly Territory[] = TABLE.map(([code, under, postcodes, vat, state]) => ({
  code,
  under,
  postcodes,
  vat,
  state,
}));

/** Member states, ISO 3166-1; `XI` counts as one for goods. */
const UNION = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' '));

/** Under the state it is part of, whose rules are to answer for it; the row of a neighbour only serves its addresses. */
const byCode = new Map([...TERRITORIES].reverse().map((territory) => [territory.code, territory]));
const byCountry = Map.groupBy(TERRITORIES, ({ under }) => under);

/** Where a sale goes, as VAT sees it. `country` is what the address says, ISO 3166-1. */
export type Place = { readonly country: string; readonly territory: Territory | null };

/** The place of an address; a territory is known by its own code, or by a postcode of the country it is written under. */
export function placeOf(country: string, postcode: string | null): Place {
  const own = byCode.get(country);
  if (own !== undefined) return { country, territory: own };
  const candidates = byCountry.get(country);
  if (candidates === undefined || postcode === null) return { country, territory: null };
  const address = `${country} ${postcode}`;
  let place = places.get(address);
  if (place === undefined) {
    const plain = plainPostcode(country, postcode);
    place = { country, territory: candidates.find(({ postcodes }) => postcodes?.test(plain)) ?? null };
    if (places.size >= MAX_PLACES) places.clear();
    places.set(address, place);
  }
  return place;
}

/** Places found last, by country and postcode: each order is asked about three times. */
const places = new Map<string, Place>();
const MAX_PLACES = 1000;

/**
 * Capitals without spaces; only the British have letters. Elsewhere `F-97400`, `FI 22100` say the country again, and
 * `97491 CEDEX 9` the office that hands it over.
 */
function plainPostcode(country: string, postcode: string): string {
  const text = postcode.toUpperCase();
  return country === 'GB' ? text.replace(/[\s.-]/g, '') : text.replace(/CEDEX.*/s, '').replace(/\D/g, '');
}

/** Names an exception may call the place by, the most precise first: territory, then the country it is written under. */
export function namesOfPlace({ country, territory }: Place): readonly string[] {
  return territory === null ? [country] : [territory.code, territory.under];
}

/** Whose VAT applies there: a country, or the territory itself where it has its own or none. */
export function vatAreaOf({ country, territory }: Place): string {
  return territory?.vat ?? country;
}

export function stateOf({ country, territory }: Place): string {
  return territory?.state ?? country;
}

/** Whether a VAT area is part of the Union's VAT territory, for goods. */
export function isInUnion(vatArea: string): boolean {
  return UNION.has(vatArea);
}

/** Whether a text names a country (two capitals) or one of the territories. */
export function isPlaceCode(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) || byCode.has(code);
}
