import { pair } from './say.ts';

/** An option that may be given several times: its values in their order. */
export function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** `--option NAME=VALUE`, all of them by their names. */
export function optionsOf(written: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(written.map((text) => pair(text, `--option ${text}`)));
}
