import { parseSync } from 'vite';

/** One small fault put into a source: `from` becomes `to`. */
export type Mutant = {
  /** Its place in the whole list: what the switch is set to. */
  readonly id: number;
  readonly file: string;
  readonly line: number;
  /** Where `from` begins (characters from the beginning of the file). */
  readonly start: number;
  readonly from: string;
  readonly to: string;
  /** The line of the source, as it is without the fault. */
  readonly text: string;
};

/** A stretch of a source (characters from the beginning, end not included). */
export type Stretch = { readonly start: number; readonly end: number };

/** A place that can be wrong in one way or in several, and what its code is made of. */
export type Site = Stretch & {
  readonly kind: 'operator' | 'short' | 'assignment' | 'unary' | 'test' | 'literal' | 'key';
  readonly parts: readonly Stretch[];
  readonly operator: string;
  readonly mutants: readonly Mutant[];
};

type Node = Stretch & { readonly type: string; readonly [field: string]: unknown };

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

/** Every place of these kinds in a source; an outer one before those within it. Types are left out: they are gone when it runs. */
export function sitesOf(file: string, source: string, firstId: number): readonly Site[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new TypeError(`${file} cannot be parsed`);
  const found: Site[] = [];
  let nextId = firstId;
  visit(program as unknown as Node, false); // the parser's nodes have these three fields
  return found;

  function visit(node: Node, isKey: boolean): void {
    if (node.type.startsWith('TS') && !(node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression'))
      return;
    if (node.type === 'ImportDeclaration') return;
    look(node, isKey);
    for (const [name, value] of Object.entries(node)) {
      if (name === 'typeAnnotation' || name === 'typeParameters' || name === 'typeArguments') continue;
      const children = (Array.isArray(value) ? value : [value]).filter(isNode);
      for (const child of children) visit(child, name === 'key' && node.computed === false);
    }
  }

  function look(node: Node, isKey: boolean): void {
    const [test, left, right, argument] = [node.test, node.left, node.right, node.argument].map((one) =>
      isNode(one) ? one : null,
    );
    const operator = String(node.operator);
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression': {
        if (left == null || right == null) return;
        const kind =
          node.type === 'BinaryExpression' ? 'operator' : node.type === 'LogicalExpression' ? 'short' : 'assignment';
        if (operator === '??') put(kind, node, [left, right], operator, [[code(node), code(left)]]);
        else {
          const others = OPERATORS[operator] ?? [];
          put(
            kind,
            node,
            [left, right],
            operator,
            others.map((other) => [operator, other]),
          );
        }
        return;
      }
      case 'ConditionalExpression':
      case 'IfStatement':
        if (test != null) {
          put(
            'test',
            test,
            [],
            '',
            ['true', 'false'].map((fixed) => [code(test), fixed]),
          );
        }
        return;
      case 'UnaryExpression':
        if (argument != null && (operator === '!' || operator === '-'))
          put('unary', node, [argument], operator, [[code(node), code(argument)]]);
        return;
      case 'Literal': {
        const { value } = node;
        const kind = isKey ? 'key' : 'literal';
        if (typeof value === 'boolean') put(kind, node, [], '', [[code(node), String(!value)]]);
        if (typeof value === 'number') put(kind, node, [], '', [[code(node), String(value + 1)]]);
        if (typeof value === 'bigint') put(kind, node, [], '', [[code(node), `${value + 1n}n`]]);
      }
    }
  }

  function put(
    kind: Site['kind'],
    { start, end }: Stretch,
    parts: readonly Stretch[],
    operator: string,
    faults: readonly (readonly [from: string, to: string])[],
  ): void {
    if (faults.length === 0) return;
    const at = faults[0]?.[0] === operator ? source.indexOf(operator, parts[0]?.end) : start;
    const line = source.slice(0, at).split('\n').length;
    const text = source.split('\n')[line - 1]?.trim() ?? '';
    const mutants = faults.map(([from, to]) => ({ id: nextId++, file, line, start: at, from, to, text }));
    found.push({ kind, start, end, parts, operator, mutants });
  }

  function code({ start, end }: Stretch): string {
    return source.slice(start, end);
  }
}

/** The source with one fault in it. */
export function withMutant(source: string, { start, from, to }: Mutant): string {
  return `${source.slice(0, start)}${to}${source.slice(start + from.length)}`;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}
