import { parseSync } from 'vite';

/** One small fault put into a source: `from` becomes `to` at `start` (characters from the beginning). */
export type Mutant = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly from: string;
  readonly to: string;
  /** The line of the source, as it is without the fault. */
  readonly text: string;
};

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown };

/** Faults people make: a comparison off by one or turned round, the other sign, the other branch, a constant next to it. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['/'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
};

/** Every fault of these kinds in a source, in its order. Types are not looked at: they are gone when it runs. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new TypeError(`${file} cannot be parsed`);
  const found: Mutant[] = [];
  visit(program as unknown as Node); // the parser's nodes have these three fields
  return found.sort((a, b) => a.start - b.start);

  function visit(node: Node): void {
    if (node.type.startsWith('TS') && !(node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression'))
      return;
    if (node.type === 'ImportDeclaration') return;
    mutate(node);
    for (const [name, value] of Object.entries(node)) {
      if (name === 'typeAnnotation' || name === 'typeParameters' || name === 'typeArguments') continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  }

  function mutate(node: Node): void {
    const [test, left, right, argument] = [node.test, node.left, node.right, node.argument].map((one) =>
      isNode(one) ? one : null,
    );
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression': {
        if (left == null || right == null) return;
        const operator = String(node.operator);
        const at = source.indexOf(operator, left.end);
        for (const other of OPERATORS[operator] ?? []) put(at, operator, other);
        if (operator === '??') put(node.start, source.slice(node.start, node.end), source.slice(left.start, left.end));
        return;
      }
      case 'ConditionalExpression':
      case 'IfStatement':
        for (const fixed of ['true', 'false'])
          if (test != null) put(test.start, source.slice(test.start, test.end), fixed);
        return;
      case 'UnaryExpression':
        if (argument != null && (node.operator === '!' || node.operator === '-'))
          put(node.start, source.slice(node.start, node.end), source.slice(argument.start, argument.end));
        return;
      case 'Literal':
        if (typeof node.value === 'boolean') put(node.start, String(node.value), String(!node.value));
        if (typeof node.value === 'number') put(node.start, source.slice(node.start, node.end), String(node.value + 1));
        if (typeof node.value === 'bigint') put(node.start, source.slice(node.start, node.end), `${node.value + 1n}n`);
    }
  }

  function put(start: number, from: string, to: string): void {
    const before = source.slice(0, start);
    const line = before.split('\n').length;
    const text = source.split('\n')[line - 1]?.trim() ?? '';
    found.push({ file, line, column: start - before.lastIndexOf('\n'), start, from, to, text });
  }
}

/** The source with the fault in it. */
export function withMutant(source: string, { start, from, to }: Mutant): string {
  return `${source.slice(0, start)}${to}${source.slice(start + from.length)}`;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}
