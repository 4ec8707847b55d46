import { fold } from './names.ts';

/** Words of a column, folded, as shops and spreadsheets write them; what they mean. */
const words = <Meaning>(table: readonly (readonly [Meaning, string])[]): ReadonlyMap<string, Meaning> =>
  new Map(table.flatMap(([meaning, names]) => names.split('|').map((name) => [name, meaning] as const)));

const KINDS = words<'sale' | 'creditNote'>([
  ['sale', 'sale|vente|facture|invoice|order|commande|shipment|fa|f|debit|fac'],
  ['creditNote', 'credit note|creditnote|avoir|refund|remboursement|credit|av|a|note de credit|credit memo|rembourse'],
]);

/** Statuses of what was sold; every other one is asked. */
const READ_STATUSES = words([
  [
    true,
    'paid|paye|payee|payees|complete|completed|termine|terminee|processing|en cours de traitement|expedie|expediee|shipped|delivered|livre|livree|fulfilled|facture|facturee|invoiced|closed|paiement accepte|payment accepted|regle|reglee|encaisse|received|shipping|partially refunded|partiellement rembourse',
  ],
]);

const LINE_KINDS = words([
  ['product', 'product|produit|article|item|marchandise|ligne'],
  ['shipping', 'shipping|port|livraison|frais de port|transport|expedition|delivery|frais de livraison'],
  ['wrapping', 'wrapping|emballage|emballage cadeau|gift wrap|gift wrapping|paquet cadeau'],
  ['fee', 'fee|frais|supplement'],
  ['tip', 'tip|pourboire'],
  ['duty', 'duty|droits de douane|douane'],
  ['ecotax', 'ecotax|eco participation|ecotaxe|ecopart'],
  ['giftCard', 'gift card|carte cadeau|bon cadeau|cheque cadeau'],
  ['discount', 'discount|remise|reduction|rabais|coupon|promotion'],
  ['adjustment', 'adjustment|ajustement|geste commercial|correction'],
  ['rounding', 'rounding|arrondi'],
]);

export const kindIn = (cell: string) => KINDS.get(fold(cell)) ?? null;
export const isReadStatus = (cell: string) => READ_STATUSES.has(fold(cell));
export const lineKindIn = (cell: string) => LINE_KINDS.get(fold(cell)) ?? null;

/** A row that adds up the ones above it. */
export function isTotalWord(cell: string): boolean {
  return /^(?:(?:sous|grand|sub) ?)?tot(?:al|aux)\b|^somme\b|^sum\b/.test(fold(cell));
}

let countries: ReadonlyMap<string, string> | null = null;

/** The ISO code of a country, given by its code or by its name in French or English; null when it is none. */
export function countryIn(cell: string): string | null {
  countries ??= countryNames();
  const text = cell.trim();
  return countries.get(fold(text)) ?? null;
}

function countryNames(): ReadonlyMap<string, string> {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const names = new Map<string, string>();
  for (const language of ['fr', 'en']) {
    const shown = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = shown.of(code);
      if (name === undefined) continue;
      names.set(code.toLowerCase(), code);
      if (!names.has(fold(name))) names.set(fold(name), code);
    }
  }
  for (const [name, code] of [
    ['uk', 'GB'],
    ['usa', 'US'],
    ['el', 'GR'],
  ] as const)
    names.set(name, code);
  return names;
}
