import { Failure } from '../core/problem.ts';
import type { DemoShop } from '../demo/demo-shop.ts';
import { DEMOS } from '../demo/index.ts';

/** How long the application keeps a demo shop nobody uses: the page asks it several things in a row. */
export const DEMO_IDLE_MS = 60_000;

type Running = { readonly shop: Promise<DemoShop>; users: number; idle: NodeJS.Timeout | null };

export type DemoShops = {
  /** The demo shop of a profile, started if need be; `release` when done with it. */
  readonly use: (profile: string) => Promise<{ readonly shop: DemoShop; readonly release: () => void }>;
  readonly close: () => Promise<void>;
};

/** The demo shops of this process, each started at its first use, shared, and stopped once idle for so long. */
export function demoShops(now: () => number, idleMs = 0): DemoShops {
  const running = new Map<string, Running>();
  return { use, close };

  async function use(profile: string) {
    const one = running.get(profile) ?? start(profile);
    one.users += 1;
    if (one.idle) clearTimeout(one.idle);
    let used = true;
    return { shop: await one.shop, release };

    function release(): void {
      if (!used) return;
      used = false;
      one.users -= 1;
      if (one.users === 0) one.idle = setTimeout(() => void stop(profile), idleMs);
    }
  }

  function start(profile: string): Running {
    const demo = DEMOS.find(({ id }) => `demo-${id}` === profile);
    if (!demo) throw new Failure('profile.unknown', { profile });
    const one: Running = { shop: demo.start({ now }), users: 0, idle: null };
    running.set(profile, one);
    return one;
  }

  async function stop(profile: string): Promise<void> {
    const one = running.get(profile);
    running.delete(profile);
    if (one?.idle) clearTimeout(one.idle);
    await (await one?.shop)?.close();
  }

  async function close(): Promise<void> {
    for (const profile of [...running.keys()]) await stop(profile);
  }
}
