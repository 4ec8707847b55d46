import type { Shop } from './reader.ts';

/** A shop whose reader is loaded when it is first asked something: most commands ask none (docs/performance.md). */
export function lazily(load: () => Promise<Loaded>): Required<Shop> {
  let loaded: Promise<Loaded> | null = null;
  return {
    check: async (signal) => (await shop()).check(signal),
    facts: async (signal) => (await shop()).facts(signal),
    lists: async (signal) => (await shop()).lists(signal),
    count: async (request) => (await shop()).count(request),
    standing: async (request, orderIds) => (await shop()).standing(request, orderIds),
    creditNotesLeft: async (request, notes) => (await (await shop()).creditNotesLeft?.(request, notes)) ?? null,
    read: async function* (request) {
      yield* (await shop()).read(request);
    },
  };

  function shop(): Promise<Loaded> {
    loaded ??= load();
    return loaded;
  }
}

/** Not every shop can be asked for its credit notes. */
type Loaded = Shop & Required<Pick<Shop, 'standing'>>;
