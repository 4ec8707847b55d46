import { mkdirSync, writeFileSync } from 'node:fs';
import { profileSchemaText } from '../src/profiles/json-schema.ts';

/** Writes docs/profile.schema.json from the schema; `src/profiles/json-schema.test.ts` says when it is stale. */
const docs = new URL('../docs/', import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL('profile.schema.json', docs), profileSchemaText());
