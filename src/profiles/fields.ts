import { profileJsonSchema } from './json-schema.ts';

type Node = {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly default?: unknown;
};

/** A field an owner may set; lists show as `[]`, free names as `*`: `mappings.taxes.exceptions[].account`. */
export type Field = { readonly path: string; readonly default: unknown };

/** Every leaf field of the profile's schema, in its order. */
export function profileFields(): readonly Field[] {
  const fields = new Map<string, Field>();
  visit(profileJsonSchema() as Node, ''); // the shape of JSON Schema is what the generator writes
  return [...fields.values()];

  function visit(node: Node, path: string): void {
    const variants = node.anyOf ?? node.oneOf;
    if (node.properties !== undefined) {
      for (const [name, child] of Object.entries(node.properties)) visit(child, path === '' ? name : `${path}.${name}`);
    } else if (node.items !== undefined && isStructured(node.items)) visit(node.items, `${path}[]`);
    else if (variants?.some(isStructured)) for (const variant of variants) visit(variant, path);
    else if ('type' in node && node.type === 'null') return;
    else if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${path}.*`);
    else if (!fields.has(path)) fields.set(path, { path, default: node.default });
  }
}

function isStructured(node: Node): boolean {
  return node.properties !== undefined || typeof node.additionalProperties === 'object';
}
