import type { Address, DocumentLine, SalesDocument } from '../document.ts';
import { type Question, type RefinedKey, usesKey } from '../mapping.ts';
import type { BookSettings, Mapping, Mappings } from '../settings.ts';
import { namesOfPlace, type Place, placeOf } from '../territories.ts';
import { isBusiness, statedTreatment, treatmentOf, type VatTreatment } from '../treatment.ts';
import { countryOf } from './country.ts';

/** What every mapping is asked with for one document. */
export type Circumstances = {
  /** Names of the place, the most precise first; empty when the document has no country. */
  readonly countries: readonly string[];
  readonly refined: Partial<Readonly<Record<RefinedKey, readonly string[]>>>;
  /** Some rule names what a line has of its own: else every line is asked about as its document is. */
  readonly byLine: boolean;
  readonly treatment: VatTreatment | null;
  /** Questions asked so far, by their items. */
  readonly questions: Map<string, Question>;
};

/** Where a document goes, what it is for VAT, who buys, and through which door. */
export function circumstancesOf(document: SalesDocument, settings: BookSettings): Circumstances {
  const { customer, subShop, channel, billing, delivery } = document;
  const place = destinationOf(document, settings);
  const customerCountry = billing?.country || delivery?.country || null;
  const treatment =
    settings.home === null
      ? null
      : treatmentOf({
          home: placeOf(settings.home, null),
          distanceSales: settings.distanceSales,
          place,
          taxes: document.lines.flatMap(({ taxes }) => taxes),
          vatNumber: customer.vatNumber,
          customerCountry,
        });
  const refined = {
    customerGroup: customer.groups.map(({ id }) => id),
    subShop: subShop === null ? [] : [subShop.id],
    channel: channel === null ? [] : [channel.id],
    treatment: treatment === null ? [] : [treatment.treatment],
    businessCustomer: [String(isBusiness(customer.vatNumber, customerCountry))],
  };
  const countries = place === null ? [] : namesOfPlace(place);
  return known({ countries, refined, treatment }, settings.mappings);
}

/** Circumstances kept for a profile's mappings, and questions for each; the limits are for data that never repeats. */
const MAX_CIRCUMSTANCES = 100;
const MAX_QUESTIONS = 500;
const knownCircumstances = new WeakMap<Mappings, Map<string, Circumstances>>();

/** The same object for the same circumstances, so that what mappings answered is found again: a shop has few of them. */
function known(found: Pick<Circumstances, 'countries' | 'refined' | 'treatment'>, mappings: Mappings): Circumstances {
  let all = knownCircumstances.get(mappings);
  if (all === undefined) {
    all = new Map();
    knownCircumstances.set(mappings, all);
  }
  const text = JSON.stringify(found);
  let circumstances = all.get(text);
  if (circumstances === undefined) {
    circumstances = { ...found, byLine: asksLines(mappings), questions: new Map() };
    if (all.size >= MAX_CIRCUMSTANCES) all.clear();
    all.set(text, circumstances);
  }
  return circumstances;
}

/** What a mapping is asked with for these items, in these circumstances. */
export function questionOfItems({ countries, refined, questions }: Circumstances, items: readonly string[]): Question {
  const names =
    items.length === 1 ? (items[0] ?? '') : items.length === 2 ? `${items[0]}\n${items[1]}` : items.join('\n');
  let question = questions.get(names);
  if (question === undefined || question.items.length !== items.length) {
    question = { countries, items, refined, answers: new Map() };
    if (questions.size >= MAX_QUESTIONS) questions.clear();
    questions.set(names, question);
  }
  return question;
}

const LINE_KEYS = ['product', 'category', 'treatment'] as const;
const askingLines = new WeakMap<Mappings, boolean>();

function asksLines(mappings: Mappings): boolean {
  let asks = askingLines.get(mappings);
  if (asks === undefined) {
    asks = Object.values(mappings).some((mapping: Mapping<object>) => usesKey(mapping, LINE_KEYS));
    askingLines.set(mappings, asks);
  }
  return asks;
}

/** The question of a line: its product, and the treatment its own taxes state, beside what the document says. */
export function questionOfLine(circumstances: Circumstances, line: DocumentLine, items: readonly string[]): Question {
  const { countries, refined, byLine } = circumstances;
  if (!byLine) return questionOfItems(circumstances, items);
  const { product } = line;
  const stated = statedTreatment(line.taxes);
  return {
    countries,
    items,
    refined: {
      ...refined,
      ...(stated === null ? {} : { treatment: [stated] }),
      product: [product?.id, product?.sku].flatMap((name) => name || []),
      category: product?.category ? [product.category] : [],
    },
  };
}

/** The place of the country mappings go by: its postcode is that of the address of that country, the delivery's first. */
function destinationOf(document: SalesDocument, settings: BookSettings): Place | null {
  const country = countryOf(document, settings);
  if (country === null) return null;
  const { billing, delivery } = document;
  const addresses = settings.taxCountry === 'billing' ? [billing, delivery] : [delivery, billing];
  return placeOf(country, postcodeIn(country, addresses));
}

function postcodeIn(country: string, addresses: readonly (Address | null)[]): string | null {
  return addresses.find((address) => address?.country === country)?.postcode ?? null;
}
