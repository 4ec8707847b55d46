import { z } from 'zod';
import { textOrNull } from '../../schema/codes.ts';
import type { AskOptions, ShopifyClient } from './client.ts';
import { allOf } from './connection.ts';

const location = z.object({
  legacyResourceId: z.coerce.string(),
  name: z.string(),
  isActive: z.boolean(),
  address: z.object({ countryCode: textOrNull }),
});

export type Place = { readonly name: string; readonly country: string | null; readonly active: boolean };

/** Places of sale by id, old ones too, since orders name them; none where the app may not read them. */
export async function readLocations(client: ShopifyClient, options: AskOptions): Promise<ReadonlyMap<string, Place>> {
  const { scopes } = await client.context(options);
  if (!scopes.has('read_locations')) return new Map();
  const nodes = await allOf((after) => client.ask('locations', { after }, options), 'locations');
  return new Map(
    nodes.flatMap((node) => {
      const parsed = location.safeParse(node);
      if (!parsed.success) return [];
      const { legacyResourceId, name, isActive, address } = parsed.data;
      return [[legacyResourceId, { name, country: address.countryCode, active: isActive }] as const];
    }),
  );
}
