import { writeFileSync } from 'node:fs';
import { problemsPage } from './problems-page.ts';

/** Writes docs/problems.md, the page of every problem and failure. */
writeFileSync(new URL('../docs/problems.md', import.meta.url), problemsPage());
