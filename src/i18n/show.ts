import { type BuiltIn, baseOf, type Language, localeOf, marksOf, tongueOf } from './language.ts';

/**
 * Amounts, counts and dates for people: text in, text out, never through a binary number. French groups by U+00A0
 * (U+202F, which `Intl` gives, is too thin in tables), English by commas; a negative has U+2212.
 */

const NBSP = '\u00a0';
const MINUS = '\u2212';
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** `1910.44` → `1 910,44` or `1,910.44`; at least two decimals. What is not decimal text is returned as it stands. */
export function showAmount(text: string, language: Language): string {
  return decimal(text, language, 2);
}

/** `20` → `20,00`: at least two decimals, without useless zeros beyond (`8.8750` → `8,875`). */
export function showRate(text: string, language: Language): string {
  return decimal(text.replace(/(\.\d\d\d*?)0+$/, '$1'), language, 2);
}

/** A rate of VAT: `20` → `20,00 %` in French, `20.00%` in English. */
export function showPercent(text: string, language: Language): string {
  return `${showRate(text, language)}${tongueOf(language) === 'fr' ? NBSP : ''}%`;
}

/** A rate inside a sentence, as people say it: `20`, `5,5`, `8,875`, of `20.00`, `5.5%` or `8.875`; the sentence has the sign. */
export function showShortRate(text: string, language: Language): string {
  const bare = text.replace(/ ?%$/, '');
  return DECIMAL.test(bare) ? decimal(bare.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), language, 0) : bare;
}

/** An amount as it is copied into a spreadsheet: `1910,44` in French, `1910.44` in English. */
export function copyAmount(text: string, language: Language): string {
  return text.replace('.', marksOf(language).decimal);
}

/** `1 910,44 €`, `118,90 CHF`. */
export function showMoney(text: string, currency: string, language: Language): string {
  const amount = showAmount(text, language);
  return `${amount}${NBSP}${currency === 'EUR' ? '€' : currency}`;
}

/** `6412` → `6 412`. */
export function showCount(count: number, language: Language): string {
  return grouped(String(count), language);
}

/** `26/11/2018`, the same in all languages (the English one is British). */
export function showDay(day: string, _language: Language): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(5, 7), day.slice(8, 10)];
  return `${date}/${month}/${year}`;
}

/** `jeudi 1er octobre 2026`, `Thursday 1 October 2026`. */
export function showLongDay(day: string, language: Language): string {
  const text = format(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
  if (tongueOf(language) === 'fr') return text.replace(/^(\p{L}+) 1 /u, '$1 1er ');
  return tongueOf(language) === 'en' ? text.replace(',', '') : text;
}

/** `octobre 2026`. */
export function showMonth(day: string, language: Language): string {
  return format(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** `09:14:02` of an instant, on the clock of the reader or of the zone given. */
export function showTime(
  instant: string,
  language: Language,
  options: { seconds?: boolean; timeZone?: string } = {},
): string {
  const { seconds = true, timeZone } = options;
  return format(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' as const } : {}),
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

/** `24/11/2026` of an instant, on the clock of the reader. */
export function showDate(instant: string, _language: Language): string {
  return format('en', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date(instant));
}

/** `1,1 s`, `182 ms`, `4 min 05 s`. */
export function showDuration(ms: number, language: Language): string {
  if (ms < 1000) return `${Math.round(ms)}${NBSP}ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${Math.floor(tenths / 10)}${marksOf(language).decimal}${tenths % 10}${NBSP}s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}${NBSP}min${NBSP}${String(seconds % 60).padStart(2, '0')}${NBSP}s`;
}

/** `6,2 Ko`, `6.2 KB`. */
export function showBytes(bytes: number, language: Language): string {
  const units = baseOf(language) === 'fr' ? ['octets', 'Ko', 'Mo', 'Go'] : ['bytes', 'KB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  const tenths = Math.round(value * 10);
  const fraction = unit > 0 && tenths < 1000 ? `${marksOf(language).decimal}${tenths % 10}` : '';
  return `${Math.floor(tenths / 10)}${fraction}${NBSP}${units[unit]}`;
}

/** Territories with VAT of their own that no list of countries names. */
const TERRITORY_NAMES: Readonly<Record<string, Readonly<Record<BuiltIn, string>>>> = {
  XI: { fr: 'Irlande du Nord', en: 'Northern Ireland' },
  'FR-20R': { fr: 'Corse', en: 'Corsica' },
  'DE-BUS': { fr: 'Büsingen', en: 'Büsingen' },
  'DE-HEL': { fr: 'Héligoland', en: 'Heligoland' },
  'IT-LIV': { fr: 'Livigno', en: 'Livigno' },
  'IT-CAM': { fr: 'Campione d’Italia', en: 'Campione d’Italia' },
  'CH-SAM': { fr: 'Samnaun', en: 'Samnaun' },
  'GR-69': { fr: 'Mont Athos', en: 'Mount Athos' },
  'PT-20': { fr: 'Açores', en: 'Azores' },
  'PT-30': { fr: 'Madère', en: 'Madeira' },
  'AT-JM': { fr: 'Jungholz et Mittelberg', en: 'Jungholz and Mittelberg' },
};

/** `Belgique` of `BE`, `Corse` of `FR-20R`; an unknown code is returned as it stands. */
export function countryName(code: string, language: Language): string {
  const territory = TERRITORY_NAMES[code];
  if (territory !== undefined) return territory[baseOf(language)];
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([localeOf(language)], { type: 'region', fallback: 'code' }).of(code) ?? code;
}

/** French no-break spaces before `: ; ? ! % €` and inside guillemets, and the curved apostrophe; English has the last. */
export function typography(text: string, language: Language): string {
  const curved = text.replace(/(\p{L})'(?=\p{L}|«|\s|$)/gu, '$1’');
  if (tongueOf(language) !== 'fr') return curved.replace(/ (?=€)/g, NBSP);
  return curved.replace(/ (?=[:;?!%€»])/g, NBSP).replace(/« /g, `«${NBSP}`);
}

function decimal(text: string, language: Language, decimals: number): string {
  const match = DECIMAL.exec(text);
  if (!match) return text;
  const [, sign, whole = '0', fraction = ''] = match;
  const places = fraction.padEnd(decimals, '0');
  const shown =
    places === '' ? grouped(whole, language) : `${grouped(whole, language)}${marksOf(language).decimal}${places}`;
  return sign && /[1-9]/.test(shown) ? MINUS + shown : shown;
}

function grouped(digits: string, language: Language): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, marksOf(language).group);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = localeOf(language) + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(localeOf(language), options);
    formats.set(key, made);
  }
  return made;
}

/**
 * Text for a terminal or a text file: what a shop wrote cannot move the cursor, change the title or turn the line
 * around. A character that would be obeyed is spelt as JSON spells it (ESC is `\u001b`); line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Control characters but LF and tab, and the marks that change the direction of writing. */
const OBEYED = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;
