import type { Example } from './example.ts';

/** A part of the page: a rule said in French, and the examples that show it. */
export type Chapter = { readonly title: string; readonly text: string; readonly examples: readonly Example[] };
