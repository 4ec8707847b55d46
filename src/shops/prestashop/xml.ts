import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Failure } from '../../core/problem.ts';
import { excerptOf } from '../http-body.ts';

/**
 * A record of the Webservice as it was sent: every value is text, a multilingual one is text by language id, and each
 * list of `associations` is an array of records. Nothing is turned into a number here.
 */
export type Row = { readonly [field: string]: string | Languages | Associations };
export type Languages = { readonly [language: string]: string };
export type Associations = { readonly [list: string]: readonly Row[] };

/** What a body says: the records of a list, or the errors the Webservice reports. */
export type Answered =
  | { readonly state: 'rows'; readonly rows: readonly Row[] }
  | { readonly state: 'errors'; readonly errors: readonly { readonly code: number; readonly message: string }[] };

/** The parser's own form, children in order: an element is one key, its name, beside its attributes. */
type Node = { readonly [name: string]: string | readonly Node[] | Attributes };
type Attributes = { readonly [name: string]: string };
type Element = { readonly name: string; readonly children: readonly Node[]; readonly attributes: Attributes };

/** CDATA and comments, to their end or that of the text. */
const UNPARSED = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)/g;
const TEXT = '#text';
const ATTRIBUTES = ':@';
const READ_ATTRIBUTES = new Set(['id', 'get']);
/**
 * Character references (`&amp;`) of one answer. The Webservice puts values into CDATA, where there are none; the parser
 * takes microseconds for each, so that millions of them would hold a run for half a minute.
 */
const MAX_REFERENCES = 50_000;

const parser = new XMLParser({
  preserveOrder: true,
  // Links are never followed, so they are not even read.
  ignoreAttributes: (name) => !READ_ATTRIBUTES.has(name),
  attributeNamePrefix: '',
  textNodeName: TEXT,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  // Only the five entities of XML and characters by number exist here: a document type, which could declare others, is
  // refused before parsing; one that hides from that look cannot declare anything longer than a character.
  htmlEntities: true,
  processEntities: {
    enabled: true,
    maxEntitySize: 1,
    maxTotalExpansions: MAX_REFERENCES,
    maxExpandedLength: 100_000_000,
  },
});

/**
 * Reads an answer: `<prestashop>` around one list, one record, or `<errors>`. Anything else (a document type, broken
 * or cut XML, a page made for people) is a failure that shows how the answer begins.
 */
export function parseAnswer(body: string, url: string): Answered {
  const root = rootOf(body, url);
  if (root === null) throw new Failure('shop.not-an-answer', { url, status: '200', excerpt: excerptOf(body) });
  const [list] = elementsIn(root);
  if (list === undefined) return { state: 'rows', rows: [] };
  const records = elementsIn(list);
  if (list.name === 'errors') return { state: 'errors', errors: records.map(errorOf) };
  // A resource asked by its id comes without the list around it: its children are values, the first one its id.
  return { state: 'rows', rows: records[0]?.name === 'id' ? [rowOf(list)] : records.map(rowOf) };
}

/** The names of the resources a key may use: the root of the Webservice is `<api>` around one empty element each. */
export function parseResources(body: string, url: string): readonly string[] {
  const [api] = elementsIn(rootOf(body, url));
  if (api?.name !== 'api') {
    throw new Failure('shop.not-an-answer', { url, status: '200', excerpt: excerptOf(body) });
  }
  return elementsIn(api)
    .filter((resource) => resource.attributes.get !== 'false')
    .map((resource) => resource.name);
}

function rootOf(body: string, url: string): Element | null {
  if (hasTooManyReferences(body)) throw new Failure('shop.answer-crowded', { url, limit: String(MAX_REFERENCES) });
  if (hasDocumentType(body) || XMLValidator.validate(body) !== true) return null;
  return (
    parsed(body)
      ?.map(elementOf)
      .find((element) => element?.name === 'prestashop') ?? null
  );
}

/** Null beyond the parser's own limits: tags too deep, declared entities, names that JavaScript reserves. */
function parsed(body: string): readonly Node[] | null {
  try {
    return parser.parse(body);
  } catch {
    return null; // it throws for what a body says, and only plain errors
  }
}

/** Counted where they are references; the look into CDATA is only taken by a body that has that many `&` at all. */
function hasTooManyReferences(body: string): boolean {
  return hasMore(body, MAX_REFERENCES) && hasMore(body.replace(UNPARSED, ''), MAX_REFERENCES);
}

function hasMore(text: string, limit: number): boolean {
  let place = -1;
  for (let count = 0; count <= limit; count += 1) {
    place = text.indexOf('&', place + 1);
    if (place < 0) return false;
  }
  return true;
}

/** `<!DOCTYPE` outside CDATA and comments; one that never ends reaches to the end, so that nothing is looked at twice. */
function hasDocumentType(body: string): boolean {
  if (!/<!DOCTYPE/i.test(body)) return false;
  return /<!DOCTYPE/i.test(body.replace(UNPARSED, ''));
}

/** Null for text. */
function elementOf(node: Node): Element | null {
  for (const name in node) {
    const children = node[name];
    if (Array.isArray(children)) return { name, children, attributes: attributesOf(node) };
  }
  return null;
}

function attributesOf(node: Node): Attributes {
  const attributes = node[ATTRIBUTES];
  return attributes === undefined || typeof attributes === 'string' || Array.isArray(attributes)
    ? {}
    : (attributes as Attributes); // what is neither is them
}

function elementsIn(element: Element | null): readonly Element[] {
  const elements: Element[] = [];
  for (const node of element?.children ?? []) {
    const child = elementOf(node);
    if (child !== null) elements.push(child);
  }
  return elements;
}

function rowOf(element: Element): Row {
  const row: Record<string, string | Languages | Associations> = {};
  if (element.attributes.id !== undefined) row.id = element.attributes.id; // without `display`: <order id="1"/>
  for (const field of elementsIn(element)) row[field.name] = readField(field);
  return row;
}

function readField(field: Element): string | Languages | Associations {
  if (field.name === 'associations') return associationsOf(field);
  const [first] = elementsIn(field);
  return first?.name === 'language' ? languagesOf(field) : textOf(field);
}

function associationsOf(element: Element): Associations {
  const lists: Record<string, readonly Row[]> = {};
  for (const list of elementsIn(element)) lists[list.name] = elementsIn(list).map(rowOf);
  return lists;
}

function languagesOf(element: Element): Languages {
  const languages: Record<string, string> = {};
  for (const language of elementsIn(element)) languages[language.attributes.id ?? ''] = textOf(language);
  return languages;
}

function errorOf(element: Element): { code: number; message: string } {
  const { code = '0', message = '' } = rowOf(element);
  return { code: Number(code), message: typeof message === 'string' ? message : '' };
}

function textOf(element: Element): string {
  return element.children.map((node) => (typeof node[TEXT] === 'string' ? node[TEXT] : '')).join('');
}
