import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { App, Tools } from '../../src/cli/app.ts';
import { cli } from '../../src/cli/cli.ts';
import { day } from '../../src/core/calendar.ts';
import type { SalesDocument } from '../../src/core/document.ts';
import { postDocument } from '../../src/core/posting/post.ts';
import { Failure } from '../../src/core/problem.ts';
import { sketch, told, toldInFull } from '../../src/core/testing/sketch.ts';
import { startMagentoDemo } from '../../src/demo/magento.ts';
import { ledgerOf } from '../../src/ledgers/index.ts';
import { gaps } from '../../src/profiles/gaps.ts';
import { slugOf } from '../../src/profiles/new-profile.ts';
import { defaultDays } from '../../src/profiles/periods.ts';
import type { Profile, StoredProfile } from '../../src/profiles/profile.ts';
import { bookSettings, formatSettings, httpSettings } from '../../src/profiles/settings.ts';
import { validateProfile } from '../../src/profiles/validate.ts';
import { target } from '../../src/runs/deliver.ts';
import type { RunDeps } from '../../src/runs/deps.ts';
import type { RunRequest } from '../../src/runs/events.ts';
import { readRequest } from '../../src/runs/read.ts';
import { startRun } from '../../src/runs/run.ts';
import { httpClient } from '../../src/shops/http.ts';
import { shopOf } from '../../src/shops/index.ts';
import { magento } from '../../src/shops/magento/index.ts';
import type { ReadEvent, Shop } from '../../src/shops/reader.ts';
import { openStore } from '../../src/store/open.ts';
import { runDeps } from '../../src/wiring/deps.ts';
import { ownFormats } from '../../src/wiring/own-formats.ts';
import { known } from '../../src/wiring/profiles.ts';

/**
 * Ways to look at what a profile makes: entries, files, requests to a shop, runs. A probe gives text; a setting is
 * obeyed when changing it changes the text.
 */
export type Probe = (profile: Profile) => string | Promise<string>;

const TODAY = day('2026-11-24');
const NOW = Date.parse('2026-11-24T10:00:00Z');

/** The entries of a document, with journal, date, piece, texts, accounts, codes. */
export function entries(text: string, changes: Partial<SalesDocument> = {}): Probe {
  return (profile) => {
    const posted = postDocument(sketch(text, changes), bookSettings(profile, { today: TODAY, shopName: 'Shop' }));
    return posted.state === 'ready' ? `${posted.entries.map(toldInFull).join('\n')} ${told(posted)}` : told(posted);
  };
}

/** The bytes of the file of one sale. */
export const file: Probe = async (profile) => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-fields-'));
  try {
    const kind = ledgerOf(profile.ledger.type);
    const posted = postDocument(
      sketch('sale FR; product 10 20% 2; paid card 12'),
      bookSettings(profile, { today: TODAY }),
    );
    if (kind === null || posted.state !== 'ready') return 'nothing';
    const delivery = {
      runId: 'r',
      folder,
      fileName: 'F',
      copyPath: join(folder, 'copy'),
      policy: 'newName',
      stamp: '20261124-100000',
      customers: null,
      split: null,
      zip: null,
    } as const;
    const preparation = await kind.open(formatSettings(profile)).prepare(delivery);
    for (const [place, entry] of posted.entries.entries()) preparation.add({ ...entry, number: place + 1 });
    const sealed = await preparation.seal();
    return sealed === null ? 'nothing' : (await readFile(sealed.temporaryPath)).toString('latin1');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The bytes of the file that the ledger of a run makes of several sales. */
export function fileOfRun(texts: readonly string[]): Probe {
  return async (profile) => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-fields-'));
    const store = await openStore(':memory:', Buffer.alloc(32));
    try {
      const settings = bookSettings(profile, { today: TODAY });
      const entries = texts.flatMap((text) => {
        const posted = postDocument(sketch(text), settings);
        return posted.state === 'ready' ? posted.entries : [];
      });
      const { ledger } = runDeps(store, folder, () => NOW).ledgerFor(profile, null);
      const target = { runId: 'r', folder, fileName: 'F', copyPath: join(folder, 'copy'), stamp: '20261124-100000' };
      const preparation = await ledger.prepare({
        ...target,
        policy: 'newName',
        customers: null,
        split: null,
        zip: null,
      });
      for (const [place, entry] of entries.entries()) preparation.add({ ...entry, number: place + 1 });
      const sealed = await preparation.seal();
      return sealed === null ? 'nothing' : (await readFile(sealed.temporaryPath)).toString('latin1');
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  };
}
/** The list of customers beside the entries of one sale to a customer with a code of his own. */
export const customersList: Probe = async (profile) => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-fields-'));
  try {
    const document = sketch('sale FR; product 10 20% 2; paid card 12');
    const named = { firstName: 'Zoé', lastName: 'Lefèvre', account: '411ZOE' };
    const billing = document.billing && { ...document.billing, lines: ['1 rue Œillet'], city: 'Sète' };
    const sold = { ...document, customer: { ...document.customer, ...named }, billing };
    const posted = postDocument(sold, bookSettings(profile, { today: TODAY }));
    const ledger = ledgerOf(profile.ledger.type)?.open(formatSettings(profile));
    if (ledger === undefined || posted.state !== 'ready') return 'nothing';
    const wanted = {
      runId: 'r',
      folder,
      fileName: 'F',
      copyPath: join(folder, 'copy'),
      policy: 'newName',
      split: null,
      zip: null,
    } as const;
    const customers = { fileName: 'C', copyPath: join(folder, 'copy-c') };
    const preparation = await ledger.prepare({ ...wanted, stamp: '20261124-100000', customers });
    for (const [place, entry] of posted.entries.entries()) preparation.add({ ...entry, number: place + 1 });
    const list = (await preparation.seal())?.customers;
    return list ? await readFile(list.temporaryPath, 'utf8') : 'no list';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Where the file of a run goes, under which name and policy. */
export function destination(kind: 'sales' | 'creditNotes'): Probe {
  return (profile) => {
    const ledger = ledgerOf(profile.ledger.type);
    if (ledger === null) return 'nowhere';
    const choice = {
      ledger: ledger.open(formatSettings(profile)),
      format: ledger.id,
      extension: ledger.format.extension,
      carries: ledger.format.carries,
    };
    const { folder, fileName, policy, customers, split, zip } = target(
      { home: '/home', now: () => NOW } as RunDeps,
      stored(profile),
      { id: 'r', from: null, to: null },
      { kind, folder: null } as RunRequest,
      choice,
      'Europe/Paris',
    );
    const part = split?.nameOf({ journal: 'VTE', month: null, fiscalYear: null, ordinal: 1 }) ?? 'one file';
    return `${folder} ${fileName} ${part} ${zip ?? 'no archive'} ${policy} ${customers?.fileName ?? 'no list'}`;
  };
}

/** What a shop is asked for a period. */
export const asked: Probe = (profile) => {
  const { signal: _, ...request } = readRequest(
    stored(profile),
    { kind: 'sales' },
    {
      from: TODAY,
      to: TODAY,
      changedSince: null,
      timeZone: 'Europe/Paris',
      signal: new AbortController().signal,
    },
  );
  return JSON.stringify(request);
};

/** The sales of the demo shop of Magento that a profile reads. */
export const magentoSales: Probe = async (profile) => {
  const demo = await startMagentoDemo();
  try {
    const http = httpSettings(profile, null);
    const shop = magento.open({ ...demo, http, now: () => NOW, sleep: async () => {} });
    const keys: string[] = [];
    const days = { from: day('2026-09-01'), to: day('2026-09-05'), changedSince: null, timeZone: 'Europe/Paris' };
    const { signal } = new AbortController();
    for await (const event of shop.read(readRequest(stored(profile), { kind: 'sales' }, { ...days, signal }))) {
      if (event.type === 'item' && event.item.state === 'read') keys.push(event.item.document.key);
    }
    return keys.join(' ');
  } finally {
    await demo.close();
  }
};

export const period: Probe = (profile) => JSON.stringify(defaultDays(profile, TODAY));
export const id: Probe = (profile) => slugOf(profile.name);
export const reader: Probe = (profile) => shopOf(profile.shop.type)?.name ?? 'none';
export const validity: Probe = (profile) => {
  const validated = validateProfile(profile, known);
  return validated.ok ? 'valid' : validated.errors.map(({ path, code }) => `${path} ${code}`).join(' ');
};
export const pointedOut: Probe = (profile) =>
  JSON.stringify(gaps(profile, { paymentMethods: [], taxes: [], currencies: [] }));

/** The first request a shop gets: its path, and the headers that matter. */
export const firstRequest: Probe = async (profile) => {
  return withServer(
    (_, reply) => reply(404, '{}'),
    async (url, requests) => {
      const kind = shopOf(profile.shop.type);
      const shopUrl = profile.shop.url.replace('http://127.0.0.1:1', url);
      const connection = {
        url: shopUrl,
        credentials: { key: 'ck', secret: 'cs' },
        http: httpSettings(profile, 'secret'),
        now: () => NOW,
        sleep: async () => {},
      };
      await kind?.open(connection).check(new AbortController().signal);
      const [first] = requests;
      return JSON.stringify([first?.url?.split('?')[0], first?.headers['user-agent'], first?.headers.authorization]);
    },
  );
};

/** Pauses and tries of a shop that answers with an error, and how long one that is silent is waited for. */
export function patience(kind: 'broken' | 'silent'): Probe {
  return async (profile) => {
    const waits: number[] = [];
    return withServer(
      (_, reply) => (kind === 'broken' ? reply(500, 'oops') : undefined),
      async (url, requests) => {
        const client = httpClient({
          url,
          credentials: {},
          http: httpSettings(profile, null),
          now: () => NOW,
          sleep: async (ms) => void waits.push(ms),
        });
        const failure = await client.get({ url: new URL(url), accept: 'json' }).then(() => 'answered', failureText);
        await client.get({ url: new URL(url), accept: 'json' }).catch(failureText);
        await client.close().catch(() => {});
        return `${requests.length} requests, waits ${waits.join(' ')}, ${failure}`;
      },
    );
  };
}

/** What becomes of a request to a server with a certificate of its own, which speaks TLS 1.2 at most. */
export const secured: Probe = async (profile) => {
  const { cert, private: key } = await ownCertificate();
  const server = createTlsServer({ key, cert, maxVersion: 'TLSv1.2' }, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`; // it listens on a port
  const trusted = profile.shop.http.certificate === 'OWN' ? cert : profile.shop.http.certificate;
  const client = httpClient({
    url,
    credentials: {},
    http: { ...httpSettings(profile, null), certificate: trusted },
    now: () => NOW,
    sleep: async () => {},
  });
  const answer = await client
    .get({ url: new URL(url), accept: 'json' })
    .then(({ status }) => `answered ${status}`, failureText);
  await client.close().catch(() => {});
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return answer;
};

let made: ReturnType<typeof generate> | null = null;

/** Made once for all probes: it takes a moment. */
async function ownCertificate() {
  made ??= generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  return made;
}

/** The same with a script in the data folder, which the profile may name. */
export function withScript(script: string, text: string): Probe {
  return async (profile) => {
    const home = await mkdtemp(join(tmpdir(), 'comptoir-fields-'));
    try {
      await mkdir(join(home, 'hooks'));
      await writeFile(join(home, 'hooks', 'script.ts'), script);
      return await run('sales', text, 'preview', home)(profile);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  };
}

/** A whole run over documents that a shop hands over, on a store in memory: entries, states, zone and what is kept. */
export function run(
  kind: RunRequest['kind'],
  text: string,
  mode: 'preview' | 'write' = 'preview',
  folder?: string,
): Probe {
  return async (profile) => {
    const home = folder ?? (await mkdtemp(join(tmpdir(), 'comptoir-fields-')));
    const store = await openStore(':memory:', Buffer.alloc(32));
    const document = sketch(text);
    await store.profiles.add({ id: 'p', document: JSON.stringify(profile), demo: false, at: '2026-11-01T08:00:00Z' });
    const shop: Shop = {
      check: async () => [],
      facts: async () => ({
        name: 'Shop',
        version: null,
        currency: 'EUR',
        country: 'FR',
        timeZone: 'Pacific/Auckland',
      }),
      lists: async () => ({
        countries: [],
        taxRules: [],
        taxes: [],
        carriers: [],
        paymentMethods: [],
        statuses: [],
        currencies: [],
        subShops: [],
      }),
      count: async () => null,
      read: async function* ({ timeZone }): AsyncGenerator<ReadEvent> {
        zones.push(timeZone);
        yield { type: 'item', item: { state: 'read', document, raw: '{"raw":1}' } };
      },
    };
    const zones: string[] = [];
    const deps: RunDeps = {
      ...runDeps(store, home, () => NOW),
      openShop: async () => ({ kind: shopOf('woocommerce') ?? never(), shop, close: async () => {} }),
    };
    const request: RunRequest = {
      profile: 'p',
      kind,
      source: { type: 'shop' },
      period: { type: 'days', from: TODAY, to: TODAY },
      includeTransferred: false,
      mode,
      startedBy: 'cli',
      format: null,
      folder: null,
    };
    const seen: string[] = [];
    for await (const event of startRun(deps, request, new AbortController().signal)) {
      if (event.type === 'document')
        seen.push(event.document.state, ...event.entries.map((entry) => `${entry.number} ${toldInFull(entry)}`));
    }
    const raw = await store.raw.get('p', document.key);
    await store.close();
    await rm(home, { recursive: true, force: true });
    return `${zones.join()} ${seen.join(' ')} ${raw === null ? 'nothing kept' : 'raw kept'}`;
  };
}

/** Whether the command line goes through without anybody to ask, and how. */
export const unattended: Probe = async (profile) => {
  let mode = 'not started';
  const store = await openStore(':memory:', Buffer.alloc(32));
  await store.profiles.add({ id: 'p', document: JSON.stringify(profile), demo: false, at: '2026-11-01T08:00:00Z' });
  const tools = {
    recovered: [],
    deps: runDeps(store, tmpdir(), () => NOW),
    runs: {
      startRun: (_: unknown, request: RunRequest) => {
        mode = request.mode;
        throw new Failure('run.cancelled');
      },
    },
    demos: [],
    close: store.close,
  } as unknown as Tools; // the command goes no further than this
  const app: App = {
    version: '0',
    environment: {},
    cwd: tmpdir(),
    shops: [],
    formats: [],
    ownFormats,
    ownLanguages: { codes: () => [], read: () => assert.fail('no language was asked') },
    convert: () => assert.fail('no conversion was asked'),
    checkFec: () => assert.fail('no check was asked'),
    open: async () => tools,
    terminal: {
      out: () => {},
      err: () => {},
      flush: async () => {},
      interactive: false,
      bars: null,
      columns: null,
      ask: async () => '',
      askSecret: async () => '',
      lines: async () => [],
      interrupt: () => new AbortController().signal,
    },
  };
  const code = await cli(['import', 'sales', '--profile', 'p', '--from', '2026-11-01', '--to', '2026-11-30'], app);
  return `${mode} ${code}`;
};

function stored(profile: Profile): StoredProfile {
  return { id: 'p', profile, demo: false };
}

function failureText(error: unknown): string {
  if (!(error instanceof Failure)) throw error;
  return `${error.code} ${JSON.stringify({ ...error.values, url: '' })}`;
}

function never(): never {
  throw new TypeError('The shop exists');
}

type Reply = (status: number, body: string) => void;

async function withServer<Result>(
  answer: (request: IncomingMessage, reply: Reply) => void,
  use: (url: string, requests: readonly IncomingMessage[]) => Promise<Result>,
): Promise<Result> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests); // it listens on a port
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
