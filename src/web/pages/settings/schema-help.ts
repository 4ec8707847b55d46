import { KEYS } from '../../../core/mapping.ts';
import { isObject, type JsonObject } from './tabs.ts';

/** A field of the profile as the published JSON Schema describes it. */
export type FieldHelp = {
  readonly path: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly standard: string | null;
  readonly limits: string;
};

const MAX_DEPTH = 6;

/** The fields of these sections, in the order of the schema; `[]` stands for any item of a list, `*` for any name. */
export function fieldsOf(schema: unknown, sections: readonly string[]): readonly FieldHelp[] {
  if (!isObject(schema)) return [];
  const root = schema;
  const fields: FieldHelp[] = [];
  const top = isObject(root.properties) ? root.properties : {};
  for (const section of sections) walk(section, top[section], 0);
  return fields;

  function walk(path: string, given: unknown, depth: number): void {
    if (path === 'ledger.definition') return; // the user's own format has a page of its own
    const node = resolved(given);
    if (!node || depth > MAX_DEPTH) return;
    const variants = variantsOf(node);
    const objects = variants.filter(({ properties }) => isObject(properties));
    if (objects.length > 0) {
      if (objects.length > 1) fields.push({ ...described(path, node), type: 'object' });
      const seen = new Set<string>();
      for (const { properties } of objects) {
        for (const [name, child] of Object.entries(isObject(properties) ? properties : {})) {
          if (seen.has(name) || saidByDefault(path, name)) continue;
          seen.add(name);
          walk(
            `${path}.${name}`,
            objects.length > 1 && name === 'mode' ? { enum: modesOf(objects) } : child,
            depth + 1,
          );
        }
      }
      return;
    }
    const list = variants.find(({ type }) => type === 'array');
    const item = list && resolved(list.items);
    if (item && isObject(item.properties)) {
      walk(`${path}[]`, item, depth + 1);
      return;
    }
    fields.push(described(path, node));
  }

  /** An exception repeats the fields of its default, and every mapping has the same keys: they are said once. */
  function saidByDefault(path: string, name: string): boolean {
    if (!path.endsWith('.exceptions[]')) return false;
    const stem = path.replace('.exceptions[]', '');
    return (
      fields.some((field) => field.path === `${stem}.default.${name}`) ||
      (!stem.endsWith('.sales') && KEYS.some((key) => key === name))
    );
  }

  function resolved(node: unknown): JsonObject | null {
    if (!isObject(node)) return null;
    if (typeof node.$ref !== 'string') return node;
    let target: unknown = root;
    for (const part of node.$ref.replace(/^#\//, '').split('/')) target = isObject(target) ? target[part] : null;
    return isObject(target) ? { ...target, ...node } : null;
  }

  function variantsOf(node: JsonObject): readonly JsonObject[] {
    const union = Array.isArray(node.anyOf) ? node.anyOf : Array.isArray(node.oneOf) ? node.oneOf : null;
    return union === null ? [node] : union.map(resolved).filter((member) => member !== null);
  }

  function described(path: string, node: JsonObject): FieldHelp {
    const variants = variantsOf(node);
    const values = variants.flatMap((variant) => [
      ...(Array.isArray(variant.enum) ? variant.enum : []),
      ...('const' in variant ? [variant.const] : []),
    ]);
    const types = [
      ...new Set(
        variants.flatMap(({ type, items }) =>
          type === 'array' ? [`${typeText(resolved(items)?.type)}[]`] : [typeText(type)],
        ),
      ),
    ].filter((type) => type !== '');
    const standard = 'default' in node && !isObject(node.default) ? JSON.stringify(node.default) : null;
    return { path, type: types.join(' | '), values: values.map(String), standard, limits: limitsOf(variants) };
  }
}

function modesOf(objects: readonly JsonObject[]): string[] {
  return objects.flatMap(({ properties }) =>
    isObject(properties) && isObject(properties.mode) && 'const' in properties.mode
      ? [String(properties.mode.const)]
      : [],
  );
}

function typeText(type: unknown): string {
  return Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : '';
}

/** `1 … 600`, `≤ 100` characters. */
function limitsOf(variants: readonly JsonObject[]): string {
  for (const { minimum, maximum, maxLength } of variants) {
    if (typeof minimum === 'number' && typeof maximum === 'number' && Math.abs(maximum) < 1e15)
      return `${minimum} … ${maximum}`;
    if (typeof maxLength === 'number') return `≤ ${maxLength}`;
  }
  return '';
}
