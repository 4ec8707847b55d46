import { type FormatDefinition, formatDefinition } from '../schema/format-definition.ts';
import type { FieldError } from './fault.ts';
import { schemaFaults } from './schema-faults.ts';
import type { Known } from './validate.ts';

export type ReadDefinition =
  | { readonly ok: true; readonly definition: FormatDefinition }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The one door for a definition that comes alone, as a file or from the designer: its shape, then what its columns ask of each other. */
export function readDefinition(input: unknown, { definitionFaults }: Pick<Known, 'definitionFaults'>): ReadDefinition {
  const parsed = formatDefinition.safeParse(input);
  if (!parsed.success) return { ok: false, errors: schemaFaults(parsed.error.issues, input) };
  const errors = definitionFaults(parsed.data);
  return errors.length === 0 ? { ok: true, definition: parsed.data } : { ok: false, errors };
}
