import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSummary } from '../src/api/api.ts';
import type { SalesDocument } from '../src/core/document.ts';
import { Failure } from '../src/core/problem.ts';
import { sketch } from '../src/core/testing/sketch.ts';
import { definitionFaults } from '../src/formats/custom/faults.ts';
import { ledgerOf, ledgers } from '../src/ledgers/index.ts';
import { place, placeFromCopy, putAside, removeLeftovers, standing, takeBack } from '../src/ledgers/place.ts';
import { type ProfileInput, profileSchema } from '../src/profiles/profile.ts';
import { formatSettings } from '../src/profiles/settings.ts';
import { TEMPLATES, template } from '../src/profiles/templates.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import { thisProcess } from '../src/runs/processes.ts';
import { resetTransfers } from '../src/runs/reset.ts';
import {
  answerLate,
  closeReview,
  excludeDocuments,
  includeDocuments,
  rebuildReview,
  undoExclusion,
} from '../src/runs/review.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import type { ServerApp } from '../src/server/app.ts';
import { type Serving, serve } from '../src/server/server.ts';
import type { Shop, ShopKind } from '../src/shops/reader.ts';
import { openStore } from '../src/store/open.ts';
import { ownFormats } from '../src/wiring/own-formats.ts';
import { ledgerFacts } from '../src/wiring/profiles.ts';
import { checkAnswer, checkEvent } from './answers.ts';

/** A real server on a free port, a real store in a folder of its own; the shop is a list of documents. */
export type Bench = {
  readonly app: ServerApp;
  readonly deps: RunDeps;
  readonly home: string;
  readonly url: string;
  readonly faults: unknown[];
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** Another server on the same data, as after a restart. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field, by tests.
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any; readonly text: string };

/** What the shop holds; `gate` makes it wait between documents, so that a test can look in meanwhile. */
export type TestShop = { documents: readonly SalesDocument[]; gate: Promise<void> | null; failure: Failure | null };

export const CLOCK = Date.UTC(2026, 10, 24, 8, 14, 2);

export async function bench(
  shop: TestShop,
  options: { readonly webFolder?: string; readonly profile?: Partial<ProfileInput>; readonly now?: () => number } = {},
): Promise<Bench> {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-server-'));
  const store = await openStore(join(home, 'comptoir.db'), Buffer.alloc(32, 7));
  const faults: unknown[] = [];
  const deps: RunDeps = {
    store,
    now: options.now ?? Date.now,
    home,
    process: thisProcess(),
    profiles: {
      get: async (id) => {
        const row = await store.profiles.get(id);
        if (row === null) throw new Failure('profile.unknown', { profile: id });
        return { id, profile: profileSchema.parse(JSON.parse(row.document)), demo: row.demo };
      },
    },
    openShop: async () => ({ kind: KIND, shop: testShop(shop), close: async () => {} }),
    openHook: async () => null,
    ledgerFor: (profile, format) => {
      const kind = ledgerOf(format ?? profile.ledger.type);
      if (kind === null) throw new Failure('profile.invalid', { path: 'ledger.type', reason: 'unknown' });
      return {
        ledger: kind.open(formatSettings(profile)),
        format: kind.id,
        extension: kind.format.extension,
        carries: kind.format.carries,
      };
    },
    place,
    placeFromCopy,
    removeLeftovers,
    takeBack,
    standing,
    putAside,
  };
  const app: ServerApp = {
    version: '0.1.0',
    zone: 'Europe/Paris',
    deps,
    runs: {
      startRun,
      writeReview,
      answerLate,
      rebuildReview,
      closeReview,
      excludeDocuments,
      includeDocuments,
      undoExclusion,
      resetTransfers,
    },
    shops: [{ id: KIND.id, name: KIND.name, credentials: KIND.credentials }],
    ledgers: ledgers.map(({ id, name, format: { extension, confidence } }) => ({ id, name, extension, confidence })),
    demos: [{ id: 'demo-test', shop: KIND.id, title: 'Test', orders: 3 }],
    templates: TEMPLATES,
    known: {
      shops: [KIND],
      ledgers: ledgers.map(({ format }) => ledgerFacts(format)),
      definitionFaults,
    },
    ownFormats,
    openDemo: async (id) => (id === 'demo-test' ? 'lavande' : null),
    home: {
      origin: 'given',
      check: async () => {},
      move: () => {},
      left: async () => null,
      removeLeft: async () => {},
    },
    restart: () => {},
    webFolder: options.webFolder ?? null,
    logFault: (_place, error) => faults.push(error),
  };
  const profile = testProfile(options.profile);
  await store.profiles.add({
    id: 'lavande',
    document: JSON.stringify(profile),
    demo: false,
    at: '2026-11-01T08:00:00Z',
  });
  await store.secrets.put('lavande', 'key', 'SECRET-OF-LAVANDE');

  let serving = await started(app);
  return {
    app,
    deps,
    home,
    faults,
    get url() {
      return serving.url;
    },
    call: (method, path, body, headers) => call(serving.url, method, path, body, headers),
    restart: async () => {
      await serving.close();
      serving = await started(app);
    },
    close: async () => {
      await serving.close();
      await store.close();
      await rm(home, { recursive: true });
    },
  };
}

export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const json = { 'content-type': 'application/json' };
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : json), ...headers },
    body: body === undefined ? null : isSentAsItIs(body) ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer = { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
  if (isJson) checkAnswer(method, path, answer);
  return answer;
}

function isSentAsItIs(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array;
}

export type Told = { readonly id: string | null; readonly event: string; readonly data: unknown };

/** Events of a stream until its end, or until `enough` says so. */
export async function listen(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  enough: (told: readonly Told[]) => boolean = () => false,
) {
  const gone = new AbortController();
  const response = await fetch(url, { headers, signal: gone.signal });
  const told: Told[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    rest += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? null;
      const data = field('data');
      if (data === null) continue;
      told.push({ id: field('id'), event: field('event') ?? 'message', data: JSON.parse(data) });
      checkEvent(field('event') ?? 'message', JSON.parse(data));
    }
    if (enough(told)) break;
  }
  gone.abort();
  return told;
}

/** The run as the stream's end tells it. */
export function lastOf(told: readonly Told[]): RunSummary {
  const last = told.at(-1);
  if (last?.event !== 'end') throw new Error(`The stream ended with ${last?.event}`);
  return last.data as RunSummary;
}

/** An order of the sketch's kind, under its own number. */
export function order(number: number, text: string, changes: Partial<SalesDocument> = {}): SalesDocument {
  const one = sketch(text);
  const day = one.order.date.replace('2018-11', '2026-11') as typeof one.order.date; // the sketch's day, eight years later
  return {
    ...one,
    key: `sale/${number}`,
    order: { id: String(number), number: String(number), date: day },
    invoice: { id: String(number), number: `#FA${String(number).padStart(6, '0')}`, date: day },
    payments: one.payments.map((payment) => ({ ...payment, date: day })),
    ...changes,
  };
}

export async function waitFor<Value>(look: () => Promise<Value | null>): Promise<Value> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It never came');
}

async function started(app: ServerApp): Promise<Extract<Serving, { state: 'serving' }>> {
  const serving = await serve(app, { port: 0 });
  if (serving.state !== 'serving') throw new Error('Another server holds the folder');
  return serving;
}

function testProfile(changes: Partial<ProfileInput> = {}): ProfileInput {
  const { mappings, ...rest } = template('france');
  return {
    ...rest,
    name: 'Maison Lavande',
    shop: { type: KIND.id, url: 'https://lavande.example' },
    ledger: { type: 'csv' },
    mappings: { ...mappings, payments: { ...mappings?.payments, exceptions: [{ item: 'card', create: true }] } },
    ...changes,
  };
}

const KIND: ShopKind = {
  id: 'test-shop',
  name: 'Test shop',
  credentials: [{ name: 'key', secret: true, required: true }],
  defaultStatuses: null,
  open: () => {
    throw new Error('The bench opens its own');
  },
};

function testShop(shop: TestShop): Shop {
  const status = (id: string, readByDefault: boolean) => ({ id, name: id, active: true, readByDefault });
  return {
    check: async () => [{ id: 'key', result: 'ok', values: {}, durationMs: 3 }],
    facts: async () => {
      if (shop.failure !== null) throw shop.failure;
      return { name: 'Maison Lavande', version: '9.1.4', currency: 'EUR', country: 'FR', timeZone: 'Europe/Paris' };
    },
    lists: async () => ({
      countries: [],
      taxRules: [],
      taxes: [{ id: 'BE-21', name: 'TVA 21', active: true, rate: '21', country: 'BE' }],
      carriers: [],
      paymentMethods: [{ id: 'alma', name: 'Alma 3x', active: true }],
      statuses: [status('paid', true), status('draft', false)],
      currencies: [],
      subShops: [],
    }),
    count: async () => shop.documents.length,
    read: async function* () {
      let records = 0;
      for (const document of shop.documents) {
        if (shop.gate !== null) await shop.gate;
        records += 1;
        yield { type: 'item', item: { state: 'read', document, raw: null } };
      }
      yield { type: 'page', page: 1, records, total: records, resumeAfter: '' };
    },
  };
}
