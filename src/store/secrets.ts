import type { Kysely } from 'kysely';
import { seal, unseal } from './seal.ts';
import type { SecretStore } from './store.ts';
import type { Tables } from './tables.ts';

export function secretStore(db: Kysely<Tables>, key: Buffer): SecretStore {
  return { names, all, put };

  async function names(profile: string): Promise<readonly string[]> {
    const rows = await db.selectFrom('secret').select('name').where('profile', '=', profile).orderBy('name').execute();
    return rows.map(({ name }) => name);
  }

  async function all(profile: string): Promise<Readonly<Record<string, string>>> {
    const rows = await db.selectFrom('secret').selectAll().where('profile', '=', profile).execute();
    const values: Record<string, string> = {};
    for (const { name, sealed } of rows) {
      const value = unseal(key, `${profile}/${name}`, sealed);
      if (value !== null) values[name] = value;
    }
    return values;
  }

  async function put(profile: string, name: string, value: string): Promise<void> {
    const sealed = seal(key, `${profile}/${name}`, value);
    await db
      .insertInto('secret')
      .values({ profile, name, sealed })
      .onConflict((conflict) => conflict.columns(['profile', 'name']).doUpdateSet({ sealed }))
      .execute();
  }
}
