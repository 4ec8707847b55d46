import { sourceOf } from '../document.ts';
import { countryOf } from '../posting/country.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';

/** C15: a taxed document has a country, its own or the profile's default; without one no account can be chosen. */
export function checkCountry({ document, figures, settings }: Checked): readonly Problem[] {
  if (figures.groups.length === 0 || countryOf(document, settings) !== null) return NONE;
  return [problem('document.no-country', 'hold', sourceOf(document), {})];
}

const NONE: readonly Problem[] = [];
