import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  parse,
  validate,
} from 'graphql';
import { dataText } from './data-files.ts';
import type { Node } from './shopify-money.ts';

/** What a field of the root answers; a list answers a connection where the schema has one. */
export type Roots = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>;

export type GraphAnswer = {
  readonly data: unknown;
  readonly errors: readonly unknown[];
  /** Points, in the way of the shop: an object is one, a list costs by how much of it is asked. */
  readonly cost: number;
};

let schema: GraphQLSchema | null = null;

export function shopifySchema(): GraphQLSchema {
  schema ??= buildSchema(dataText('shopify/schema.graphql'));
  return schema;
}

/** Places of an answer that need a scope: without it they are null, with an error beside. */
const SCOPED: readonly (readonly [type: string, field: string, scope: string])[] = [
  ['Order', 'customer', 'read_customers'],
  ['Order', 'purchasingEntity', 'read_customers'],
  ['Order', 'retailLocation', 'read_locations'],
  ['LineItem', 'product', 'read_products'],
  ['ReturnAgreement', 'return', 'read_returns'],
  ['Refund', 'return', 'read_returns'],
  ['QueryRoot', 'locations', 'read_locations'],
  ['QueryRoot', 'shopifyPaymentsAccount', 'read_shopify_payments_payouts'],
  ['QueryRoot', 'orders', 'read_orders'],
  ['QueryRoot', 'order', 'read_orders'],
  ['QueryRoot', 'ordersCount', 'read_orders'],
];

/** Validates a question against the shop's schema and answers it from records. */
export function askGraph(
  question: { query: string; operationName: string | null; variables: Node },
  roots: Roots,
  { scopes, refused }: { readonly scopes: readonly string[]; readonly refused: readonly string[] },
): GraphAnswer {
  const known = shopifySchema();
  let document: ReturnType<typeof parse>;
  try {
    document = parse(question.query);
  } catch (error) {
    return { data: null, errors: [{ message: String(error), extensions: { code: 'BAD_REQUEST' } }], cost: 1 };
  }
  const faults = validate(known, document);
  if (faults.length > 0) {
    const errors = faults.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } }));
    return { data: null, errors, cost: 1 };
  }
  let cost = 1;
  const fieldResolver: GraphQLFieldResolver<Node, unknown> = (source, args, _, info) => {
    const scope = SCOPED.find(([type, field]) => type === info.parentType.name && field === info.fieldName)?.[2];
    const isRefused = refused.includes(`${info.parentType.name}.${info.fieldName}`);
    if (isRefused || (scope !== undefined && !scopes.includes(scope))) {
      const extensions = { code: 'ACCESS_DENIED', requiredAccess: `\`${scope}\` access scope.` };
      throw new GraphQLError(`Access denied for ${info.fieldName} field.`, { extensions });
    }
    const root = info.parentType.name === 'QueryRoot' || info.parentType.name === 'Mutation';
    const found = root ? roots[info.fieldName]?.(args) : source[info.fieldName];
    const own: unknown = typeof found === 'function' ? found(args) : found;
    const type = getNamedType(info.returnType);
    if (Array.isArray(own) && type.name.endsWith('Connection')) {
      const page = connectionOf(own, args);
      cost += 2 + Math.ceil(page.nodes.length / 4);
      return page;
    }
    if (Array.isArray(own) && typeof args.first === 'number') return own.slice(0, args.first);
    return own ?? null;
  };
  const typeResolver = (value: Node) => String(value.__typename);
  const result = execute({
    schema: known,
    document,
    operationName: question.operationName,
    variableValues: question.variables,
    fieldResolver,
    typeResolver,
  });
  if (result instanceof Promise) throw new TypeError('Records are at hand');
  const errors = (result.errors ?? []).map((error) => ({
    message: error.message,
    path: error.path ?? [],
    extensions: error.extensions,
  }));
  return { data: result.data ?? null, errors, cost };
}

/** A page of a list. A cursor names a record and its value in the order of the list, as the shop's do. */
function connectionOf(list: readonly unknown[], { first, after, sortKey, reverse }: Readonly<Record<string, unknown>>) {
  const by = SORTED_BY[String(sortKey)] ?? null;
  const start =
    typeof after === 'string' ? startAfter(list, JSON.parse(fromBase64(after)), { by, reverse: reverse === true }) : 0;
  const nodes = list.slice(start, start + (typeof first === 'number' ? first : list.length));
  const edges = nodes.map((node, index) => ({ cursor: cursorOf(node, start + index, by), node }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: start + nodes.length < list.length, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

const SORTED_BY: Readonly<Record<string, string>> = {
  PROCESSED_AT: 'processedAt',
  UPDATED_AT: 'updatedAt',
  ISSUED_AT: 'issuedAt',
};
type Cursor = { readonly place: number; readonly id: string; readonly value: string };

function cursorOf(node: unknown, place: number, by: string | null): string {
  const { id = '', ...rest } = node as Node;
  const cursor: Cursor = { place, id: String(id), value: by === null ? '' : String(rest[by]) };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Lists that move are gone on with by value: what left its place meanwhile shifts nothing. */
function startAfter(
  list: readonly unknown[],
  { place, id, value }: Cursor,
  { by, reverse }: { by: string | null; reverse: boolean },
): number {
  if (by === null) return place + 1;
  const found = list.findIndex((node) => {
    const one = node as Node;
    const own = String(one[by]);
    if (own === value) return reverse ? numberOf(one.id) < numberOf(id) : numberOf(one.id) > numberOf(id);
    return reverse ? own < value : own > value;
  });
  return found < 0 ? list.length : found;
}

function numberOf(id: unknown): number {
  return Number(String(id).split('/').at(-1));
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}
