import type { Shop } from './reader.ts';

/** A shop whose reader is loaded when it is first asked something: most commands ask none (docs/performance.md). */
export function lazily(load: () => Promise<Required<Shop>>): Required<Shop> {
  let loaded: Promise<Required<Shop>> | null = null;
  return {
    check: async (signal) => (await shop()).check(signal),
    facts: async (signal) => (await shop()).facts(signal),
    lists: async (signal) => (await shop()).lists(signal),
    count: async (request) => (await shop()).count(request),
    standing: async (request, orderIds) => (await shop()).standing(request, orderIds),
    read: async function* (request) {
      yield* (await shop()).read(request);
    },
  };

  function shop(): Promise<Required<Shop>> {
    loaded ??= load();
    return loaded;
  }
}
