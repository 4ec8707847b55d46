import { mkdirSync, writeFileSync } from 'node:fs';
import { profileSchemaText } from '../src/profiles/json-schema.ts';
import { definitionJsonSchema } from '../src/schema/format-definition.ts';
import { fieldsPage } from '../test/profile-fields/page.ts';

/** Writes the two published pages of the profile: its JSON Schema, and the table of its fields. */
const docs = new URL('../docs/', import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL('profile.schema.json', docs), profileSchemaText());
writeFileSync(new URL('format-definition.schema.json', docs), `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`);
writeFileSync(new URL('profile-fields.md', docs), fieldsPage());
