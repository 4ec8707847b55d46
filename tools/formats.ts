import { writeFileSync } from 'node:fs';
import { formatsPage } from './formats-page.ts';

/** Writes docs/formats.md, the page of every file format. */
writeFileSync(new URL('../docs/formats.md', import.meta.url), formatsPage());
