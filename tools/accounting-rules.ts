import { mkdirSync, writeFileSync } from 'node:fs';
import { rulesPage } from './rules/page.ts';

/** Writes docs/fr/regles-comptables.md, the rules with their worked examples, for accountants. */
const folder = new URL('../docs/fr/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('regles-comptables.md', folder), rulesPage());
