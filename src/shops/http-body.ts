const EXCERPT_LENGTH = 200;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Whether a body is what was asked for, told from its two ends: `cut` when it begins well and stops in the middle (a
 * server that died while writing), `other` for a login page, a PHP notice before the data, a byte order mark.
 */
export function isAnswer(body: string, accept: 'json' | 'xml'): 'whole' | 'cut' | 'other' {
  const first = /\S/.exec(body)?.[0]; // \s takes the byte order mark for a space: it is looked for first
  if (first === undefined || body.startsWith(BYTE_ORDER_MARK)) return 'other';
  const last = body.trimEnd().at(-1);
  if (accept === 'json') {
    if (first !== '{' && first !== '[') return 'other';
    return last === (first === '{' ? '}' : ']') ? 'whole' : 'cut';
  }
  if (first !== '<' || isHtml(body) || /^\s*<(?:br|b|p|div|script)\b/i.test(body)) return 'other';
  return last === '>' ? 'whole' : 'cut';
}

export function isHtml(body: string): boolean {
  return /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(body);
}

/**
 * The beginning of an answer that was not one, for a person to recognise. It ends where data would begin, since
 * these are customers' data; a byte order mark is spelt out. An address that is repeated in it loses the values of its
 * query, where keys stand.
 */
export function excerptOf(body: string): string {
  const data = body.search(/[{[]\s*["{[]|<\?xml|<prestashop/);
  const head = (data < 0 ? body : body.slice(0, data)).slice(0, EXCERPT_LENGTH * 4);
  const text = head.replaceAll(BYTE_ORDER_MARK, '<BOM>').replace(/\s+/g, ' ');
  return text
    .replace(/([?&;][\w.-]{1,60}=)[^&\s"'<>]*/g, '$1…')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, EXCERPT_LENGTH);
}
