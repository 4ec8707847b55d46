import type { Day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { chartOf } from './charts.ts';
import type { ProfileInput } from './profile.ts';
import { type TemplateName, template } from './templates.ts';

/** The document a new profile starts as; its credentials are kept apart. `folder` null: the data folder's own. */
export function newProfile(asked: {
  readonly name: string;
  readonly shop: string;
  readonly url: string;
  readonly ledger: string;
  readonly folder: string | null;
  readonly template: TemplateName;
  /** The day the fiscal year opens, which chooses the chart; null: the chart of today. */
  readonly fiscalYearStart?: Day | null;
}): ProfileInput {
  const { name, shop, url, ledger, folder } = asked;
  const bare = { name, shop: { type: shop, url }, ledger: { type: ledger, folder } };
  return withTemplate(bare, asked.template, asked.fiscalYearStart ?? null);
}

/** A document with a starter template laid over it: what the template fills is replaced, the rest stays. */
export function withTemplate<Document extends object>(
  document: Document & { readonly ledger?: object },
  name: TemplateName,
  fiscalYearStart: Day | null,
): Document {
  if (chartOf(name, fiscalYearStart) === null) {
    throw new Failure('usage', { reason: 'no-chart', written: fiscalYearStart ?? '' });
  }
  const year = fiscalYearStart === null ? {} : { ledger: { ...document.ledger, fiscalYearStart } };
  return { ...document, ...year, ...template(name, fiscalYearStart) };
}

/** The permanent id a name gives: `Maison Liên` → `maison-lien`; renaming the profile later does not change it. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-|-$/g, '') || 'profile'
  );
}
