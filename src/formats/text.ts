import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';

/**
 * Text of the web into text of an accounting program: control characters and typographic signs are replaced, and what
 * the target set lacks is transliterated (`Nguyễn ☕ “Œuvre”` in windows-1252: `Nguyen "Œuvre"`). The result of `clean`
 * has one byte per character in a set of single bytes, so widths can be counted on the string.
 */
export type Charset = 'windows-1252' | 'utf-8' | 'cp850' | 'iso-8859-15';

export type TextRules = {
  readonly charset: Charset;
  /** Signs that mean something in the format (its separator, its tags); each is replaced by `instead`. */
  readonly forbidden?: RegExp;
  readonly instead?: string;
};

/** The text as the format may hold it: one line, no space at the ends, none doubled, encodable. */
export function clean(text: string, rules: TextRules): string {
  if (isPlain(text) && !rules.forbidden?.test(text)) return text;
  let result = text
    .replace(DROPPED, '')
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(TYPOGRAPHIC, (sign) => TYPOGRAPHY[sign] ?? ' ');
  result = rules.charset === 'utf-8' ? result.toWellFormed() : within(result, rules.charset);
  if (rules.forbidden) result = result.trim().replaceAll(new RegExp(rules.forbidden, 'g'), rules.instead ?? ' ');
  return result.replace(/ {2,}/g, ' ').trim();
}

/** Whether a code can be written exactly as it is: a code is never mended. */
export function isWritable(code: string, rules: TextRules): boolean {
  return clean(code, rules) === code;
}

/** Bytes of text that went through `clean`. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  if (Buffer.byteLength(text, 'utf8') === text.length) return Buffer.from(text, 'latin1'); // ASCII: nearly always
  if (charset !== 'windows-1252') return iconv.encode(text, charset);
  return BEYOND_LATIN1.test(text) ? iconv.encode(text, 'windows-1252') : Buffer.from(text, 'latin1');
}

/** The text that bytes stand for. */
export function decodedText(bytes: Buffer, charset: Charset): string {
  return iconv.decode(bytes, charset, { stripBOM: false });
}

/** Longest line a file may have; foreign files are not trusted to have line ends. */
const MAX_LINE = 1_000_000;

export type TextLine = { readonly text: string; readonly number: number };

/**
 * The lines of a file, a batch at a time; a chunk is not looked at again once the next is asked for. CRLF, LF and CR end a line; a BOM at the start and a Ctrl-Z at the end are
 * taken off; a line longer than the limit comes cut at it.
 */
export async function* linesOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  charset: Charset,
): AsyncGenerator<readonly TextLine[]> {
  for await (const { texts, first } of textsOf(bytes, charset)) {
    yield texts.map((text, index) => ({ text, number: first + index }));
  }
}

/** The same, with the number of the first of them: for files with a line for each field. */
export async function* textsOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  charset: Charset,
): AsyncGenerator<{ readonly texts: readonly string[]; readonly first: number }> {
  const decode = decoderOf(charset);
  let rest = '';
  let number = 0;
  for await (const chunk of bytes) yield take(rest + decode(chunk), false);
  yield take(rest + decode(null), true);

  function take(text: string, last: boolean): { readonly texts: readonly string[]; readonly first: number } {
    // A CR at the end may still get its LF, so it waits.
    const open = !last && text.endsWith('\r') ? '\r' : '';
    const start = number === 0 && text.startsWith('\uFEFF') ? 1 : 0;
    const texts = split(text.slice(start, text.length - (last && text.endsWith('\x1a') ? 1 : open.length)));
    rest = (texts.pop() ?? '').slice(0, MAX_LINE) + open;
    if (last && rest !== '') texts.push(rest);
    const first = number + 1;
    number += texts.length;
    return { texts: text.length > MAX_LINE ? texts.map((line) => line.slice(0, MAX_LINE)) : texts, first };
  }
}

/** Lines and, last, what follows the last line end. */
function split(text: string): string[] {
  if (!text.includes('\r')) return text.split('\n');
  const lines = text.split('\r\n');
  // Long lines are faster looked through one by one, short ones all at once.
  const isLong = text.length > LONG_LINE * lines.length;
  const hasOther = isLong ? lines.some(hasEnd) : LONE_CR.test(text) || LONE_LF.test(text);
  return hasOther ? text.split(/\r\n|\n|\r/) : lines;
}

const LONG_LINE = 300;

function hasEnd(line: string): boolean {
  return line.includes('\r') || line.includes('\n');
}

const LONE_CR = /\r(?:[^\n]|$)/;
const LONE_LF = /(?:[^\r]|^)\n/;

function decoderOf(charset: Charset): (chunk: Buffer | null) => string {
  if (charset === 'utf-8') {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return (chunk) => (chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
  }
  return (chunk) => {
    if (!chunk) return '';
    const text = chunk.toString('latin1');
    if (isAscii(chunk)) return text;
    return charset !== 'windows-1252' || C1.test(text) ? iconv.decode(chunk, charset) : text;
  };
}

/** Printable ASCII without doubled or outer spaces: nothing to do, and by far the commonest. */
function isPlain(text: string): boolean {
  let previous = 32;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 32 || unit > 126 || (unit === 32 && previous === 32)) return false;
    previous = unit;
  }
  return previous !== 32 || text.length === 0;
}

/** The text with the signs of the set alone. */
function within(text: string, charset: Charset): string {
  if (charset === 'windows-1252' && !BEYOND_LATIN1.test(text)) return text;
  const set = signsOf(charset);
  let result = '';
  for (const sign of text) result += set.has(sign) ? sign : transliterated(sign, set);
  return result;
}

function transliterated(sign: string, set: ReadonlySet<string>): string {
  const bare = sign.normalize('NFD').replace(/\p{M}/gu, '');
  let result = '';
  for (const part of bare) result += set.has(part) ? part : (LETTERS[part] ?? capital(part) ?? ' ');
  return result;
}

function capital(sign: string): string | null {
  const small = LETTERS[sign.toLowerCase()];
  return small === undefined ? null : small.slice(0, 1).toUpperCase() + small.slice(1);
}

const sets = new Map<Charset, ReadonlySet<string>>();

/** The printable signs of a set of single bytes. */
function signsOf(charset: Charset): ReadonlySet<string> {
  let signs = sets.get(charset);
  if (!signs) {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    signs = new Set([...iconv.decode(bytes, charset)].filter((sign) => !/[\p{Cc}\ufffd]/u.test(sign)));
    sets.set(charset, signs);
  }
  return signs;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for.
const BEYOND_LATIN1 = /[^\x00-\x7f\xa0-\xff]/;
const C1 = /[\x80-\x9f]/;
/** Invisible: soft hyphen, zero width, direction marks and overrides, variation selectors, byte order mark. */
const DROPPED = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for.
const SPACES = /[\u0000-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
};
const TYPOGRAPHIC = new RegExp(`[${Object.keys(TYPOGRAPHY).join('')}]`, 'g');

/** Small letters that decomposition leaves outside the sets of single bytes; Greek by ELOT 743, Cyrillic as passports write it. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  '€': 'EUR',
  '™': 'TM',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'ng',
  ŧ: 't',
  ə: 'e',
  ĸ: 'k',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ẞ: 'SS',
  '№': 'No',
  '₂': '2',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
};
