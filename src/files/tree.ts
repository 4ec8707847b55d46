import { SaxesParser } from 'saxes';
import { Failure } from '../core/problem.ts';

/** An element with what is in it; names without their namespace, which the root alone is known by. */
export type Element = {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
  readonly line: number;
};

const MAX_DEPTH = 32;
const MAX_ELEMENTS = 500_000;

/** A whole XML text of bounded size as a tree; no document type, depth and elements bounded. `path` names it in a failure. */
export function treeOf(xml: string, path: string): Element {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Element[] = [];
  let root: Element | null = null;
  let elements = 0;
  const stop = (reason: string) => {
    throw new Failure('file.not-comptoir-sales', { path, field: '', reason });
  };
  parser.on('error', (error) => stop(`not-well-formed: ${error.message}`));
  parser.on('doctype', () => stop('doctype'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1;
    if (open.length >= MAX_DEPTH) stop(`too-deep: ${MAX_DEPTH}`);
    if (elements > MAX_ELEMENTS) stop(`too-large: ${MAX_ELEMENTS}`);
    const given = Object.values(attributes).map((one) => [one.local, one.value] as const);
    const element: Element = {
      ...{ name: local, uri, attributes: Object.fromEntries(given), children: [], text: '', line: parser.line },
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const said = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', said);
  parser.on('cdata', said);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root ?? stop('not-well-formed');
}

/** Elements of a path of names, below an element. */
export function all(from: Element | null, path: string): readonly Element[] {
  let found: readonly Element[] = from === null ? [] : [from];
  for (const name of path.split('/')) {
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  }
  return found;
}

export function one(from: Element | null, path: string): Element | null {
  return all(from, path)[0] ?? null;
}

/** The text of the first element of a path; null when there is none, or nothing in it. */
export function text(from: Element | null, path: string): string | null {
  return one(from, path)?.text.trim() || null;
}
