import { day } from '../../src/core/calendar.ts';
import type { SalesDocument } from '../../src/core/document.ts';
import { type Posted, postDocument } from '../../src/core/posting/post.ts';
import type { DemoShop } from '../../src/demo/demo-shop.ts';
import { DEMOS as SHOPS } from '../../src/demo/index.ts';
import { TRADES } from '../../src/demo/mg-trades.ts';
import { shopifyRecords } from '../../src/demo/shopify-records.ts';
import { DEMOS } from '../../src/profiles/demo.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import { bookSettings, httpSettings } from '../../src/profiles/settings.ts';
import { validateProfile } from '../../src/profiles/validate.ts';
import { readRequest, zoneOf } from '../../src/runs/read.ts';
import { shopOf } from '../../src/shops/index.ts';
import { known } from '../../src/wiring/profiles.ts';
import { compareDocument, type Reconciled } from './compare.ts';
import type { Stated } from './figures.ts';
import { magentoFigures } from './magento.ts';
import { prestashopFigures } from './prestashop.ts';
import { shopifyFigures } from './shopify.ts';
import { wooFigures } from './woocommerce.ts';

export type DemoId = (typeof DEMO_IDS)[number];

export type Reconciliation = {
  readonly id: DemoId;
  readonly title: string;
  /** By the shop's id of the order, each credit note after the sales. */
  readonly documents: readonly Reconciled[];
  /** What the shop did not let us read, as the run would say it. */
  readonly untold: readonly string[];
};

export const DEMO_IDS = ['woocommerce', 'prestashop', 'prestashop-1.6', 'magento', 'shopify'] as const;

/** Reads a demo shop through its real client, posts every document and holds the entries against the shop's figures. */
export async function reconcile(id: DemoId): Promise<Reconciliation> {
  const demo = SHOPS.find((one) => one.id === id);
  if (demo === undefined) throw new TypeError(`No demo ${id}`);
  const shop = await demo.start();
  try {
    const profile = demoProfile(id);
    return { id, title: demo.title, ...(await reconcileShop(shop, profile, statedBy(id))) };
  } finally {
    await shop.close();
  }
}

export async function reconcileShop(
  shop: DemoShop,
  profile: Profile,
  stated: readonly Stated[],
): Promise<Pick<Reconciliation, 'documents' | 'untold'>> {
  const sales = await readDocuments(shop, profile, 'sales');
  const creditNotes = await readDocuments(shop, profile, 'creditNotes');
  const documents = [...sales.documents, ...creditNotes.documents];
  const settings = bookSettings(profile, { today: day('2026-12-01') });
  const byKey = new Map(documents.map((document) => [document.key, document]));
  const unknown = documents.filter(({ key }) => !stated.some((one) => one.key === key));
  if (unknown.length > 0) throw new TypeError(`Read, but unknown to the shop: ${unknown.map(({ key }) => key)}`);
  const sorted = [...stated].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'sale' ? -1 : 1));
  const untold = [...new Set([...sales.untold, ...creditNotes.untold])];
  const reconciled = sorted.map((one) => {
    const document = byKey.get(one.key) ?? null;
    const posted: Posted | null = document === null ? null : postDocument(document, settings);
    return compareDocument(one, document, posted);
  });
  return { documents: reconciled, untold };
}

/** `inCurrency`: a shop that states its amounts in two currencies is asked for those of the document's own. */
export function statedBy(id: DemoId, inCurrency = false): readonly Stated[] {
  if (id === 'shopify') return shopifyFigures(shopifyRecords().orders, { inCurrency });
  if (id === 'magento') return magentoFigures(TRADES, { inCurrency });
  return id === 'woocommerce' ? wooFigures(demoProfile(id).reading.wrappingNames) : prestashopFigures(id);
}

export function demoProfile(id: DemoId): Profile {
  const demo = DEMOS.find((one) => one.id === `demo-${id}`);
  if (demo === undefined) throw new TypeError(`No profile of ${id}`);
  const validated = validateProfile(demo.profile(), known);
  if (!validated.ok) throw new TypeError(`The profile of ${id} is not valid: ${JSON.stringify(validated.errors)}`);
  return validated.profile;
}

export async function readDocuments(
  running: DemoShop,
  profile: Profile,
  kind: 'sales' | 'creditNotes',
): Promise<{ readonly documents: readonly SalesDocument[]; readonly untold: readonly string[] }> {
  const type = shopOf(profile.shop.type);
  if (type === null) throw new TypeError(`No shop ${profile.shop.type}`);
  const http = { ...httpSettings(profile, null), pauseMs: 0 };
  const { url, credentials } = running;
  const shop = type.open({ url, credentials, http, now: Date.now, sleep: async () => {} });
  const stored = { id: 'reconcile', profile, demo: true };
  const { timeZone: stated } = await shop.facts(new AbortController().signal);
  const request = readRequest(
    stored,
    { kind },
    {
      from: day('2026-08-01'),
      to: day('2026-11-30'),
      changedSince: null,
      timeZone: zoneOf(stored, stated),
      signal: new AbortController().signal,
    },
  );
  const documents: SalesDocument[] = [];
  const untold: string[] = [];
  for await (const event of shop.read(request)) {
    if (event.type === 'problem') untold.push([event.problem.code, ...Object.values(event.problem.values)].join(' '));
    if (event.type !== 'item') continue;
    if (event.item.state === 'unreadable') throw new TypeError(`${event.item.key} cannot be read`);
    documents.push(event.item.document);
  }
  return { documents, untold };
}
