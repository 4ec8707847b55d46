import { applyToAll } from '../core/mapping.ts';
import type { Mapping } from '../core/settings.ts';
import { getAt, parsePath, setAt } from './paths.ts';
import { profileSchema } from './profile.ts';

/** A profile's document with a default copied on every exception, and how many rows took it. */
export type Applied = { readonly document: unknown; readonly rows: number };

/**
 * *Apply to all* (S-171, S-179, S-195): the default of a field copied on every exception of its mapping. `field` is
 * `sales.withVat`, or the whole path `mappings.sales.default.withVat`. Null when no mapping has that field.
 */
export function appliedToAll(document: unknown, field: string): Applied | null {
  const steps = parsePath(field.replace(/^mappings\./, '').replace(/\.default\./, '.')) ?? [];
  const [name, column, ...rest] = steps;
  if (name === undefined || column === undefined || rest.length > 0) return null;
  const { mappings } = profileSchema.parse({ name: 'x', shop: { type: 'x' } });
  const known = Object.entries(mappings).find(([mapping]) => mapping === name)?.[1];
  if (known === undefined || !Object.hasOwn(known.default, column)) return null;
  const given = getAt(document, ['mappings', name]) as Partial<Mapping<Record<string, unknown>>> | undefined; // a valid profile's
  const applied = applyToAll(
    { default: { ...known.default, ...given?.default }, exceptions: given?.exceptions ?? [] },
    column,
  );
  const { exceptions } = applied;
  return { document: setAt(document, ['mappings', name, 'exceptions'], exceptions), rows: exceptions.length };
}
