import { readdirSync, readFileSync } from 'node:fs';
import type { Scope } from './scopes.ts';

const FOLDER = new URL('queries/', import.meta.url);
const FRAGMENT = /(?:# needs (\w+)\n)?fragment (\w+) on \w+ \{\n[\s\S]*?\n\}/g;
const SPREAD = /\.\.\.([A-Z]\w*)/g;

/** A document of `queries/`, by the name of its file. */
export type QueryName =
  | 'agreement-sales-next'
  | 'balance-transactions'
  | 'bulk-orders'
  | 'bulk-run'
  | 'bulk-status'
  | 'locations'
  | 'order-agreements'
  | 'order-count'
  | 'order-detail'
  | 'order-ids'
  | 'order-lines-next'
  | 'order-standing'
  | 'payouts'
  | 'recent-values'
  | 'refund-detail'
  | 'refund-money'
  | 'refund-money-next'
  | 'shop-context';

type Fragment = { readonly needs: string | null; readonly text: string };

let fragments: ReadonlyMap<string, Fragment> | null = null;

/**
 * The text of a document with the fragments it uses, cut to the scopes given: one refused field that may not be null
 * would empty the whole answer, so what needs a scope that is not there is not asked for at all.
 */
export function queryText(name: QueryName, scopes: ReadonlySet<Scope>): string {
  fragments ??= readFragments();
  const known = fragments;
  const query = cut(readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8'));
  const used = new Map<string, string>();
  gather(query);
  return [query.trim(), ...used.values()].join('\n');

  function gather(text: string): void {
    for (const [, spread = ''] of text.matchAll(SPREAD)) {
      const fragment = known.get(spread);
      if (fragment === undefined || used.has(spread)) continue;
      const own = cut(fragment.text);
      used.set(spread, own);
      gather(own);
    }
  }

  /** Without the lines that spread what may not be read. */
  function cut(text: string): string {
    return text
      .split('\n')
      .filter((line) => [...line.matchAll(SPREAD)].every(([, spread = '']) => mayUse(spread)))
      .join('\n');
  }

  function mayUse(spread: string): boolean {
    const needs = known.get(spread)?.needs ?? null;
    return needs === null || [...scopes].some((scope) => scope === needs);
  }
}

/**
 * The same with its fragments written out in their places: a question that the shop works through by itself, in a bulk
 * operation, is given as one text.
 */
export function inlinedText(name: QueryName, scopes: ReadonlySet<Scope>): string {
  const [query = '', ...rest] = queryText(name, scopes).split(/^(?=fragment )/m);
  const bodies = new Map(
    rest.map((text) => {
      const [, named = '', on = '', body = ''] = /^fragment (\w+) on (\w+) \{\n([\s\S]*)\n\}\s*$/.exec(text) ?? [];
      return [named, `... on ${on} {\n${body}\n}`] as const;
    }),
  );
  const inlined = (text: string): string =>
    text.replaceAll(SPREAD, (spread, named: string) => {
      const body = bodies.get(named);
      return body === undefined ? spread : inlined(body);
    });
  return inlined(query);
}

/** The name of the operation a document holds: there is one in each. */
export function operationOf(text: string): string {
  return /^(?:query|mutation) (\w+)/m.exec(text)?.[1] ?? '';
}

/** The documents there are, for the test that validates them. */
export function queryNames(): readonly string[] {
  return readdirSync(FOLDER)
    .map((file) => file.replace(/\.graphql$/, ''))
    .filter((name) => name !== 'fragments')
    .sort();
}

function readFragments(): ReadonlyMap<string, Fragment> {
  const text = readFileSync(new URL('fragments.graphql', FOLDER), 'utf8');
  return new Map(
    [...text.matchAll(FRAGMENT)].map(([whole, needs, name = '']) => [
      name,
      { needs: needs ?? null, text: whole.replace(/^# needs \w+\n/, '') },
    ]),
  );
}
