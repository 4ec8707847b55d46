import type { AppInfo } from '../../api/api.ts';
import { profileSchema } from '../../profiles/profile.ts';
import { DEFAULT_PROFILE } from '../../runs/profile-bin.ts';
import type { ProfileRow } from '../../store/store.ts';
import type { Services } from '../app.ts';
import { Refusal } from '../refusal.ts';
import { profileSummary } from '../summaries.ts';
import { summaryOf } from './profiles.ts';

export async function info({ app }: Services): Promise<AppInfo> {
  const { store, home } = app.deps;
  const rows = await store.profiles.list();
  const wanted = await store.settings.get(DEFAULT_PROFILE);
  return {
    version: app.version,
    home,
    defaultProfile: rows.find(({ id }) => id === wanted)?.id ?? null,
    profiles: rows.map((row) => listed(row, app)),
    demos: app.demos.map(({ id, shop, title, orders }) => ({ id, shop, title, orders })),
    shops: app.shops.map(({ id, name, credentials }) => ({
      id,
      name,
      credentials: credentials.map((one) => ({ name: one.name, secret: one.secret, required: one.required })),
    })),
    ledgers: app.ledgers.map(({ id, name, extension, confidence }) => ({ id, name, extension, confidence })),
    templates: app.templates,
  };
}

export async function openDemo(services: Services, id: string) {
  const profile = await services.app.openDemo(id);
  if (profile === null) throw new Refusal(404, 'demo.unknown', { demo: id });
  return summaryOf(services, profile);
}

/** A profile that no longer validates is still listed, so that it can be opened and mended. */
function listed({ id, document, demo }: ProfileRow, app: Services['app']) {
  const parsed = profileSchema.safeParse(JSON.parse(document));
  if (parsed.success) return profileSummary(id, { profile: parsed.data, demo }, app);
  return { id, name: id, shop: '', shopName: '', ledger: '', ledgerName: '', url: '', demo };
}
