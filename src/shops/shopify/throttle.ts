/**
 * Shopify counts the cost of each question in points, from a bucket that fills again at a rate of its own for each plan
 * (shopify.dev, API rate limits). The figures of documentation age; those that stand in each answer do not.
 */
export type Throttle = {
  /** Milliseconds to wait before a question of this name is asked. */
  readonly waitMs: (name: string) => number;
  /** Learns from `extensions.cost` of an answer. */
  readonly learn: (name: string, cost: Cost | null) => void;
  /** Milliseconds to wait after the shop refused a question for its cost. */
  readonly refusedMs: (name: string, retryAfterMs: number | null) => number;
};

/** Points; `restoreRate` points a second. */
export type Cost = {
  readonly requested: number;
  readonly maximum: number;
  readonly available: number;
  readonly restoreRate: number;
};

/** What a question is taken to cost before it was ever asked. */
const FIRST_COST = 100;
/** A bucket of the smallest plan, until an answer says better. */
const FIRST_RATE = 50;
const JITTER_MS = 250;
const LEAST_REFUSED_MS = 1000;

export function throttle(now: () => number): Throttle {
  const costs = new Map<string, number>();
  let bucket: { readonly cost: Cost; readonly atMs: number } | null = null;
  return { waitMs, learn, refusedMs };

  function waitMs(name: string): number {
    return missingMs(name);
  }

  function learn(name: string, cost: Cost | null): void {
    if (cost === null) return;
    costs.set(name, cost.requested);
    bucket = { cost, atMs: now() };
  }

  /** Jitter is drawn from the clock: two readers refused together do not come back together. */
  function refusedMs(name: string, retryAfterMs: number | null): number {
    const jitter = now() % JITTER_MS;
    return Math.max(retryAfterMs ?? 0, missingMs(name), LEAST_REFUSED_MS) + jitter;
  }

  /** Time until the bucket holds what the question costs. */
  function missingMs(name: string): number {
    if (bucket === null) return 0;
    const { cost, atMs } = bucket;
    const rate = cost.restoreRate > 0 ? cost.restoreRate : FIRST_RATE;
    const filled = Math.min(cost.maximum, cost.available + (Math.max(0, now() - atMs) / 1000) * rate);
    const missing = Math.min(costs.get(name) ?? FIRST_COST, cost.maximum) - filled;
    return missing <= 0 ? 0 : Math.ceil((missing / rate) * 1000);
  }
}
