import type { Node } from './shopify-money.ts';

/** Operations that the shop works through by itself: created, then running, then done with a file of JSON lines. */
export type BulkOperations = {
  readonly run: (query: string) => Node;
  readonly status: (id: string) => Node | null;
  /** The file of an operation that is done. */
  readonly file: (path: string) => string | null;
};

const STEPS = ['CREATED', 'RUNNING', 'RUNNING'];

/** `answer` executes a question; `fails` makes operations end that way. */
export function bulkOperations(options: {
  readonly answer: (query: string) => unknown;
  readonly origin: () => string;
  readonly fails: string | null;
}): BulkOperations {
  const operations: { query: string; asked: number; file: string | null }[] = [];
  return { run, status, file };

  function run(query: string): Node {
    operations.push({ query, asked: 0, file: null });
    const id = `gid://shopify/BulkOperation/${operations.length}`;
    return { bulkOperation: { id, status: 'CREATED' }, userErrors: [] };
  }

  function status(id: string): Node | null {
    const number = Number(id.split('/').at(-1));
    const operation = operations[number - 1];
    if (operation === undefined) return null;
    const step = STEPS[operation.asked];
    operation.asked += 1;
    if (step !== undefined) return { __typename: 'BulkOperation', id, status: step, errorCode: null, url: null };
    if (options.fails !== null)
      return { __typename: 'BulkOperation', id, status: 'FAILED', errorCode: options.fails, url: null };
    operation.file ??= jsonLines(options.answer(operation.query));
    const url = operation.file === '' ? null : `${options.origin()}/bulk/${number}.jsonl`;
    return { __typename: 'BulkOperation', id, status: 'COMPLETED', errorCode: null, url };
  }

  function file(path: string): string | null {
    const number = /^\/bulk\/(\d+)\.jsonl$/.exec(path)?.[1];
    return number === undefined ? null : (operations[Number(number) - 1]?.file ?? null);
  }
}

/** A line for each record of a connection, children behind their parent with its id, at any depth. */
function jsonLines(data: unknown): string {
  const lines: string[] = [];
  for (const value of Object.values(data as Node)) emit(value, null);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;

  function emit(connection: unknown, parent: string | null): void {
    for (const { node } of (connection as { edges: { node: Node }[] }).edges) {
      const own = Object.entries(node).filter(([, value]) => !isConnection(value));
      lines.push(JSON.stringify({ ...Object.fromEntries(own), ...(parent === null ? {} : { __parentId: parent }) }));
      for (const value of Object.values(node)) if (isConnection(value)) emit(value, String(node.id));
    }
  }
}

function isConnection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'edges' in value;
}
