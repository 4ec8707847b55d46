import { SaxesParser, type SaxesTagNS } from 'saxes';
import { Failure } from '../core/problem.ts';
import { Unreadable } from '../schema/decode.ts';
import { readDocument, type SalesFileHeader } from '../schema/sales-document.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { Bytes } from './bytes.ts';
import { textOf } from './encoding.ts';
import { headerOf } from './json-lines.ts';
import { gathering } from './lots.ts';
import { type Break, type FileLot, MAX_DOCUMENT, type Place, type SalesFile } from './sales-file.ts';
import { type Fault, unreadableDocument } from './unreadable.ts';
import { DOCUMENT, NAMESPACE, SHOP, type Shape } from './xml-shape.ts';

const MAX_DEPTH = 32;
const MAX_TEXT = 1 << 20;
/** Characters before the first element. */
const MAX_BEFORE_ROOT = 1 << 18;

/**
 * `comptoir-sales` XML, read as a stream: each document becomes its JSON spelling, which the one door judges. What is of
 * another namespace is passed over, what is unknown in ours holds its document. A document type is refused, so there is no
 * entity but the five of XML; a file that is not well formed is read as far as it is.
 */
export async function openXml(bytes: Bytes): Promise<SalesFile> {
  const header = await readHeaderOf(bytes);
  let documents = 0;
  const lots = documentsOf(bytes, header, () => {
    documents += 1;
  });
  return { format: 'xml', header, lots, documents: () => documents };
}

/** The first element of an XML file, known by its namespace; null when there is none. */
export async function rootOf(bytes: Bytes): Promise<{ readonly uri: string; readonly local: string } | null> {
  const parser = new SaxesParser({ xmlns: true });
  let root: { readonly uri: string; readonly local: string } | null = null;
  parser.on('opentag', ({ uri, local }) => {
    root = { uri, local };
    throw new Stopped();
  });
  parser.on('error', () => {}); // it will be told when the file is read
  let read = 0;
  for await (const text of textOf(bytes)) {
    if (typeof text !== 'string') return null;
    untilStopped(() => parser.write(text));
    read += text.length;
    if (root !== null || read >= MAX_BEFORE_ROOT) break; // a document type may come first, which is not read
  }
  return root;
}

async function readHeaderOf(bytes: Bytes): Promise<SalesFileHeader> {
  const reader = xmlReader('UTC');
  for await (const text of textOf(bytes)) {
    const { broken } = typeof text === 'string' ? reader.take(text) : { broken: { ...text, line: 1, column: 1 } };
    const { root, shop } = reader.header();
    if (root !== null && root.reason !== null) throw notOurs(bytes.name, root.reason);
    if (root !== null && shop !== null) {
      return headerOf({ format: 'comptoir-sales', ...root.fields, shop }, bytes.name);
    }
    if (broken !== null) throw notOurs(bytes.name, broken.reason);
  }
  throw notOurs(bytes.name, 'missing', 'shop');
}

async function* documentsOf(bytes: Bytes, header: SalesFileHeader, met: () => void): AsyncGenerator<FileLot> {
  const reader = xmlReader(header.shop.timeZone);
  const gathered = gathering();
  for await (const text of textOf(bytes)) {
    const { items, broken } =
      typeof text === 'string' ? reader.take(text) : { items: [], broken: { ...reader.place(), ...text } };
    for (const item of items) {
      met();
      const lot = gathered.add(item);
      if (lot !== null) yield lot;
    }
    if (broken !== null) return yield gathered.rest(broken);
  }
  yield gathered.rest(reader.end());
}

type Fields = Record<string, unknown>;

/** An element that is open. `target` gets what it holds; null: it is passed over. */
type Frame = {
  readonly shape: Shape | null;
  readonly target: Fields | null;
  /** Of the target that its text becomes. */
  readonly field: string | null;
  readonly list: boolean;
  text: string;
};

/** What is known of the document that is open: where the value of each of its parts begins, and what was wrong first. */
type Open = {
  readonly json: Fields;
  readonly place: Place;
  readonly places: Map<object, Map<string, Place>>;
  fault: (Fault & { readonly place: Place }) | null;
};

/** Ends the work of the parser on a piece; what was wrong is kept beside. */
class Stopped extends Error {}

function untilStopped(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

function xmlReader(timeZone: string) {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const frames: Frame[] = [];
  let items: ReadItem[] = [];
  let root: { readonly fields: Fields; readonly reason: string | null } | null = null;
  let shop: Fields | null = null;
  let open: Open | null = null;
  let broken: Break | null = null;
  /** Where the last document ended: nothing between two of them, and none of them, may be larger than a document. */
  let since = 0;

  parser.on('error', (error) => stop(`not-well-formed: ${error.message.replace(/^[\d:]+\s*/, '')}`));
  parser.on('doctype', () => stop('doctype'));
  parser.on('opentag', opened);
  parser.on('closetag', closed);
  parser.on('text', (text) => said(text));
  parser.on('cdata', (text) => said(text));
  return { take, end, place, header: () => ({ root, shop }) };

  function take(text: string): { readonly items: readonly ReadItem[]; readonly broken: Break | null } {
    items = [];
    guarded(() => parser.write(text));
    if (parser.position - since > MAX_DOCUMENT) broken ??= { ...place(), reason: `too-large: ${MAX_DOCUMENT}` };
    return { items, broken };
  }

  function end(): Break | null {
    guarded(() => parser.close());
    return broken;
  }

  /** The parser would go on after a fault, and takes the square of the time for elements within each other. */
  function guarded(work: () => void): void {
    if (broken === null) untilStopped(work);
  }

  function stop(reason: string): never {
    broken ??= { ...place(), reason };
    throw new Stopped();
  }

  function place(): Place {
    return { line: parser.line, column: parser.column + 1 };
  }

  function opened(tag: SaxesTagNS): void {
    if (broken !== null) return;
    const above = frames.at(-1);
    if (frames.length >= MAX_DEPTH) stop(`too-deep: ${MAX_DEPTH}`);
    else if (above === undefined) openedRoot(tag);
    else if (frames.length === 1) openedBelowRoot(tag);
    else openedWithin(above, tag);
  }

  function openedBelowRoot(tag: SaxesTagNS): void {
    if (tag.uri !== NAMESPACE) skip();
    else if (tag.local === 'shop') begin(SHOP, (fields) => (shop = fields), tag);
    else if (tag.local === 'document') {
      begin(DOCUMENT, (json) => (open = { json, place: place(), places: new Map(), fault: null }), tag);
    } else stop(`unknown-field: ${tag.local}`);
  }

  function openedWithin({ shape, target }: Frame, tag: SaxesTagNS): void {
    const ours = tag.uri === NAMESPACE && target !== null;
    const child = ours ? shape?.children.get(tag.local) : undefined;
    if (ours && child === undefined) wrong('', `unknown-field: ${tag.local}`);
    if (target === null || child === undefined) {
      skip();
      return;
    }
    const { field, many } = child;
    mark(target, field);
    if (Object.hasOwn(target, field) && !many) wrong(field, 'given-twice');
    if (child.around) {
      target[field] = [];
      frames.push({ shape: child.shape, target, field: null, list: false, text: '' });
    } else if (child.shape === null) {
      frames.push({ shape: null, target, field, list: many, text: '' });
      attributesOf(tag, null, target);
    } else begin(child.shape, (fields) => add(target, field, many, fields), tag);
  }

  function openedRoot(tag: SaxesTagNS): void {
    const fields: Fields = {};
    const ours = tag.uri === NAMESPACE && tag.local === 'salesFile';
    root = { fields, reason: ours ? null : `other-root: ${tag.local.slice(0, 60)}` };
    if (!ours) stop(root.reason ?? '');
    for (const { uri, local, value, prefix } of Object.values(tag.attributes)) {
      if (uri === '' && prefix !== 'xmlns' && local !== 'xmlns') fields[local] = value;
    }
    frames.push({ shape: null, target: null, field: null, list: false, text: '' });
  }

  function begin(inner: Shape, keep: (fields: Fields) => void, tag: SaxesTagNS): void {
    const fields: Fields = {};
    keep(fields);
    frames.push({ shape: inner, target: fields, field: inner.text, list: false, text: '' });
    attributesOf(tag, inner, fields);
  }

  function attributesOf(tag: SaxesTagNS, shape: Shape | null, target: Fields): void {
    for (const { uri, prefix, local, value } of Object.values(tag.attributes)) {
      if (uri !== '' || prefix === 'xmlns' || local === 'xmlns') continue;
      const kind = shape?.attributes.get(local);
      if (kind === undefined) {
        wrong('', `unknown-field: ${local}`);
        continue;
      }
      mark(target, local);
      target[local] = kind === 'flag' ? flagOf(value) : value;
    }
  }

  function skip(): void {
    frames.push({ shape: null, target: null, field: null, list: false, text: '' });
  }

  function said(text: string): void {
    const frame = frames.at(-1);
    if (broken !== null || frame === undefined) return;
    if (frame.text.length + text.length > MAX_TEXT) stop(`too-large: ${MAX_TEXT}`);
    else if (frame.field !== null) frame.text += text;
    else if (frame.target !== null && text.trim() !== '') wrong('', 'text-between');
  }

  function closed(): void {
    if (broken !== null) return;
    const frame = frames.pop();
    if (frame?.field != null && frame.target !== null) add(frame.target, frame.field, frame.list, frame.text.trim());
    if (frames.length !== 1) return;
    since = parser.position;
    if (open === null) return;
    items.push(itemOf(open, timeZone));
    open = null;
  }

  function add(target: Fields, field: string, list: boolean, value: unknown): void {
    const kept = target[field];
    if (!list) target[field] = value;
    else if (Array.isArray(kept)) kept.push(value);
    else target[field] = [value];
  }

  function wrong(field: string, reason: string): void {
    if (open !== null) open.fault ??= { field, reason, place: place() };
    else stop(field === '' ? reason : `${reason}: ${field}`);
  }

  function mark(target: Fields, field: string): void {
    if (open === null) return;
    const marks = open.places.get(target);
    if (marks === undefined) open.places.set(target, new Map([[field, place()]]));
    else marks.set(field, place());
  }
}

function itemOf({ json, place, places, fault }: Open, timeZone: string): ReadItem {
  if (fault !== null) return unreadableDocument(json, fault.place, { field: fault.field, reason: fault.reason });
  try {
    return { state: 'read', document: readDocument(detached(json), timeZone), raw: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { path: field, reason } = error;
    return unreadableDocument(json, placeOf(field, json, places) ?? place, { field, reason });
  }
}

/** The same in texts of its own: those of the parser are parts of the file's, which one that is kept would keep in memory. */
function detached(json: Fields): unknown {
  return JSON.parse(JSON.stringify(json));
}

/** Where the last part of a path stands that is there. */
function placeOf(path: string, json: Fields, places: Open['places']): Place | null {
  let at: unknown = json;
  let found: Place | null = null;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null) break;
    found = places.get(at)?.get(step) ?? found;
    at = Reflect.get(at, step);
  }
  return found;
}

/** `true`, `1`, `false`, `0`; anything else stays text, which the door refuses. */
function flagOf(text: string): boolean | string {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : text;
}

function notOurs(path: string, reason: string, field = ''): Failure {
  return new Failure('file.not-comptoir-sales', { path, field, reason });
}
