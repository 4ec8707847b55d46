/** What a look at the first lines of a file tells, before it is sent. */
export type Peeked =
  | { readonly ok: true; readonly shop: string; readonly first: First | null }
  | { readonly ok: false; readonly reason: 'not-json-lines' | 'not-comptoir-sales' };
/** The first document of the kind asked for; null values are those it does not say. */
export type First = {
  readonly order: string;
  readonly date: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
};

/** Characters looked at: the header and a document, unless that is of hundreds of lines. */
export const PEEKED = 262_144;

/** The server reads every line and says what is wrong where; this only tells a wrong file at once, and shows a right one. */
export function peek(text: string, kind: 'sale' | 'creditNote'): Peeked {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split('\n');
  const header = parsed(head);
  if (header === null) return { ok: false, reason: 'not-json-lines' };
  const { format, shop } = header;
  if (format !== 'comptoir-sales' || !isRecord(shop)) return { ok: false, reason: 'not-comptoir-sales' };
  for (const line of lines) {
    const document = parsed(line);
    if (document?.kind === kind)
      return { ok: true, shop: textOf(shop.name) ?? textOf(shop.id) ?? '', first: firstOf(document) };
  }
  return { ok: true, shop: textOf(shop.name) ?? textOf(shop.id) ?? '', first: null };
}

function firstOf({ key, order, creditNote, totals, currency }: Readonly<Record<string, unknown>>): First {
  const [of, note] = [recordOf(order), recordOf(creditNote)];
  return {
    order: textOf(note.number) ?? textOf(of.number) ?? textOf(of.id) ?? textOf(key) ?? '',
    date: (textOf(note.date) ?? textOf(of.date))?.slice(0, 10) ?? null,
    gross: textOf(recordOf(totals).gross),
    currency: textOf(recordOf(currency).code),
  };
}

/** A line that is cut off, or is none of ours, is null. */
function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
