import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import { formatPreview } from '../schema/format-preview.ts';
import { fieldError } from './api.ts';

/** File formats that a user describes. */

/** Body of POST /api/profiles/:profile/format: a format as it is being described. */
export type FormatAsked = { readonly definition: unknown };
export const formatTrial = z
  .object({ errors: z.array(fieldError), preview: formatPreview.nullable(), sample: z.boolean() })
  .meta({
    id: 'FormatTrial',
    description:
      'What is wrong with it, or what it writes for entries of the last import, else of the manual (`sample`).',
  });
export type FormatTrial = Answer<typeof formatTrial>;

export const startingPoint = z
  .object({
    id: z.string(),
    name: z.string(),
    definition: z.record(z.string(), z.unknown()).describe('docs/format-definition.schema.json.'),
  })
  .meta({
    id: 'StartingPoint',
    description: "Formats that a user's own may start from, `custom` what it is until then.",
  });
export type StartingPoint = Omit<Answer<typeof startingPoint>, 'definition'> & {
  readonly definition: FormatDefinition;
};
