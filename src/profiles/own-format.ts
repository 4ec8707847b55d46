import type { NumberedEntry } from '../core/entry.ts';
import { type FormatDefinition, formatDefinition } from '../schema/format-definition.ts';
import type { FormatPreview } from '../schema/format-preview.ts';
import type { FieldError } from './fault.ts';
import { schemaFaults } from './schema-faults.ts';
import type { formatSettings } from './settings.ts';
import type { Known } from './validate.ts';

/** What there is to do with formats that users describe. */
export type OwnFormats = Pick<Known, 'definitionFaults'> & {
  /** A built-in one as a definition to start from, or the rules of its own that keep it from being one. */
  readonly derive: (
    id: string,
    options: Readonly<Record<string, string | number>>,
  ) =>
    | { readonly ok: true; readonly definition: FormatDefinition }
    | { readonly ok: false; readonly reasons: readonly string[] };
  /** What it writes for entries; those of the manual when none are given. */
  readonly preview: (
    definition: FormatDefinition,
    given: { readonly entries: readonly NumberedEntry[]; readonly context: ReturnType<typeof formatSettings> } | null,
  ) => Promise<FormatPreview>;
  /** What `custom` is until its user has described it. */
  readonly starter: FormatDefinition;
};

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
