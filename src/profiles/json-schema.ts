import { z } from 'zod';
import { profileSchema } from './profile.ts';

/** The published JSON Schema of what an owner may write: defaulted fields may be left out. */
export function profileJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(profileSchema, { io: 'input' }),
    title: 'Comptoir profile',
    description: 'One shop, one ledger, and all the mapping between them. Secrets are not in it.',
  };
}

/** The bytes of `docs/profile.schema.json`. */
export function profileSchemaText(): string {
  return `${JSON.stringify(profileJsonSchema(), null, 2)}\n`;
}
