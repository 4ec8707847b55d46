import { writeFileSync } from 'node:fs';
import { acceptancePage } from './acceptance/page.ts';

/** Writes docs/acceptance.md, what is asked and what proves it. */
writeFileSync(new URL('../docs/acceptance.md', import.meta.url), acceptancePage());
