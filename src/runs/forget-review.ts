import type { RunDeps } from './deps.ts';

/** Entries and canonical documents hold customers' data: they go with the review. */
export async function forgetReview({ store }: Pick<RunDeps, 'store'>, run: string): Promise<void> {
  await store.review.forget(run);
  await store.runs.forgetCanonical(run);
}
