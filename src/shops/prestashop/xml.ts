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

type Element = { readonly [name: string]: string | readonly Element[] };

const TEXT = '#text';
const ATTRIBUTE = '@';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  // Only the five entities of XML and characters by number exist here: a document type, which could declare others, is
  // refused before parsing. Values come in CDATA; these entities stand in links, which are not read.
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 100_000_000 },
});

/**
 * Reads an answer: `<prestashop>` around one list, one record, or `<errors>`. Anything else (a document type, broken
 * or cut XML, a page made for people) is a failure that shows how the answer begins.
 */
export function parseAnswer(body: string, url: string): Answered {
  const root = rootOf(body);
  if (root === null) throw new Failure('shop.not-an-answer', { url, status: '200', excerpt: excerptOf(body) });
  const [name, found] = childrenOf(root)[0] ?? ['', []];
  const list = found[0];
  if (list === undefined) return { state: 'rows', rows: [] };
  if (name === 'errors') return { state: 'errors', errors: recordsOf(list).map(errorOf) };
  // A resource asked by its id comes without the list around it: its children are values, its first one the id.
  return { state: 'rows', rows: 'id' in list ? [rowOf(list)] : recordsOf(list).map(rowOf) };
}

/** The names of the resources a key may use: the root of the Webservice is `<api>` around one empty element each. */
export function parseResources(body: string, url: string): readonly string[] {
  const root = rootOf(body);
  const api = root === null ? undefined : root.api;
  if (api === undefined || typeof api === 'string' || api[0] === undefined) {
    throw new Failure('shop.not-an-answer', { url, status: '200', excerpt: excerptOf(body) });
  }
  return childrenOf(api[0]).flatMap(([name, [resource]]) => (resource?.[`${ATTRIBUTE}get`] === 'false' ? [] : [name]));
}

function rootOf(body: string): Element | null {
  if (hasDocumentType(body) || XMLValidator.validate(body) !== true) return null;
  const parsed: unknown = parser.parse(body);
  const root = (parsed as Element).prestashop; // the parser makes objects of arrays only: `isArray` says so
  return root === undefined || typeof root === 'string' ? null : (root[0] ?? null);
}

/** `<!DOCTYPE` outside CDATA and comments. */
function hasDocumentType(body: string): boolean {
  if (!/<!DOCTYPE/i.test(body)) return false;
  return /<!DOCTYPE/i.test(body.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, ''));
}

function childrenOf(element: Element): [string, readonly Element[]][] {
  const children: [string, readonly Element[]][] = [];
  for (const [name, value] of Object.entries(element)) if (typeof value !== 'string') children.push([name, value]);
  return children;
}

function recordsOf(list: Element): readonly Element[] {
  return childrenOf(list).flatMap(([, records]) => records);
}

function rowOf(element: Element): Row {
  const row: Record<string, string | Languages | Associations> = {};
  const id = element[`${ATTRIBUTE}id`];
  if (typeof id === 'string') row.id = id; // without `display`, a list gives only <order id="1"/>
  for (const [name, [value]] of childrenOf(element)) {
    if (value === undefined) continue;
    if (name === 'associations') row[name] = associationsOf(value);
    else if ('language' in value) row[name] = languagesOf(value);
    else row[name] = textOf(value);
  }
  return row;
}

function associationsOf(element: Element): Associations {
  const lists: Record<string, readonly Row[]> = {};
  for (const [name, [list]] of childrenOf(element)) lists[name] = list === undefined ? [] : recordsOf(list).map(rowOf);
  return lists;
}

function languagesOf(element: Element): Languages {
  const languages: Record<string, string> = {};
  for (const language of recordsOf(element)) {
    const id = language[`${ATTRIBUTE}id`];
    if (typeof id === 'string') languages[id] = textOf(language);
  }
  return languages;
}

function errorOf(element: Element): { code: number; message: string } {
  const { code = '0', message = '' } = rowOf(element);
  return { code: Number(code), message: typeof message === 'string' ? message : '' };
}

function textOf(element: Element): string {
  const text = element[TEXT];
  return typeof text === 'string' ? text : '';
}
