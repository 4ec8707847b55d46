import { createHash } from 'node:crypto';
import type { AccessStore } from '../store/access-store.ts';

/** Wrong passwords before the first pause, of one account and of one address (an office has several people). */
const FREE = { account: 5, address: 20 } as const;
const FIRST_PAUSE_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 24 * 3600_000;
/** After this without a fault, what was wrong before is forgotten. */
const FORGOTTEN_MS = 48 * 3600_000;

/**
 * How often passwords may be tried: five times for an account, whether it exists or not, and twenty from an address; then
 * a pause of a quarter of an hour, which doubles with each further fault. It is kept in the store: a server that is
 * started again, or another one of the same folder, does not begin anew.
 */
export function limiter({ attempts }: AccessStore, now: () => number) {
  return { pauseMs, fail, succeed };

  /** Milliseconds until a password may be tried again; 0 is now. */
  async function pauseMs(account: string, address: string): Promise<number> {
    const left = await Promise.all([leftOf('account', account), leftOf('address', address)]);
    return Math.max(...left);
  }

  /** One was wrong: how many more may be before the pause, and how long that is when there are none. */
  async function fail(account: string, address: string): Promise<{ readonly left: number; readonly pauseMs: number }> {
    const at = new Date(now()).toISOString();
    await attempts.purge(new Date(now() - FORGOTTEN_MS).toISOString());
    const failures = await attempts.fail(keyOf('account', account), at);
    await attempts.fail(keyOf('address', address), at);
    return { left: Math.max(0, FREE.account - failures), pauseMs: await pauseMs(account, address) };
  }

  /** The right one: what was wrong before counts no more for the account, and still does for the address. */
  async function succeed(account: string): Promise<void> {
    await attempts.forget([keyOf('account', account)]);
  }

  async function leftOf(what: keyof typeof FREE, who: string): Promise<number> {
    const row = await attempts.get(keyOf(what, who));
    if (row === null || row.failures < FREE[what]) return 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, row.failures - FREE[what]));
    return Math.max(0, Date.parse(row.at) + pause - now());
  }
}

/** Hashed: somebody may have typed a password in the place of a name. */
function keyOf(what: string, who: string): string {
  return `${what}:${createHash('sha256').update(who).digest('base64url')}`;
}
