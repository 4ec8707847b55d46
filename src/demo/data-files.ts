import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from './php.ts';

const DATA = new URL('data/', import.meta.url);

/** One file of `src/demo/data`, as text. */
export function dataText(path: string): string {
  return readFileSync(new URL(path, DATA), 'utf8');
}

export function dataJson(path: string): Json {
  return JSON.parse(dataText(path));
}

/** Names of the files of a folder that end so, in order. */
export function dataNames(folder: string, end: string): string[] {
  return readdirSync(new URL(folder, DATA))
    .filter((name) => name.endsWith(end))
    .sort();
}
