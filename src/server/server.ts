import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { accessTo } from '../access/access.ts';
import { backupIfDue } from '../backup/schedule.ts';
import { Failure } from '../core/problem.ts';
import type { ServerApp, Services } from './app.ts';
import { everyMinute } from './every-minute.ts';
import { knowConnection } from './gate.ts';
import { instanceOf } from './handlers/access.ts';
import { liveRuns } from './live.ts';
import { logFiles } from './log-files.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { reviewCache } from './review-cache.ts';
import { mount } from './route.ts';
import { ROUTES } from './routes.ts';
import { hostGuard, isLoopback, originGuard, type Reached, securityHeaders } from './security.ts';
import { staticFiles } from './static.ts';
import { removeOldUploads } from './uploads.ts';

export const DEFAULT_PORT = 4860;
const DEFAULT_HOST = '127.0.0.1';
/** Ports tried after the one wanted, when other programs have taken it. */
const MAX_PORTS = 20;
const ASK_MS = 2000;

/** A request's head and whole body must have come in that time: what trickles in holds nobody up for ever. */
const HEAD_MS = 20_000;
const BODY_MS = 300_000;

export type Serving =
  | {
      readonly state: 'serving';
      readonly url: string;
      readonly port: number;
      /** Lets the first user in; null where nobody asks for one. */
      readonly code: string | null;
      readonly close: () => Promise<void>;
    }
  /** A Comptoir of the same data folder serves already: there is nothing to do but to say where. */
  | { readonly state: 'already'; readonly url: string; readonly port: number };

export type Listening = {
  readonly port?: number;
  readonly host?: string;
  /** Under which people reach it, where that is another address than its own: `https://comptoir.example` before a proxy. */
  readonly url?: string | null;
  /** PEM of a certificate and its key: it speaks https itself. */
  readonly tls?: { readonly cert: string; readonly key: string } | null;
  /** Beyond this machine without users yet, the first one is made by a code. */
  readonly setup?: boolean;
  readonly bodyMs?: number;
};

/**
 * Serves the web app and the API, on this machine unless told otherwise, and beyond it only for users. No browser is
 * opened; port 0 takes any free one.
 */
export async function serve(app: ServerApp, asked: Listening = {}): Promise<Serving> {
  const {
    port = DEFAULT_PORT,
    host = DEFAULT_HOST,
    url: named = null,
    tls = null,
    setup = false,
    bodyMs = BODY_MS,
  } = asked;
  const exposed = !isLoopback(host) || named !== null;
  const users = await app.deps.store.access.users.any();
  if (exposed && !users && !setup) throw new Failure('server.beyond-loopback', { host });
  const code = exposed && !users ? newCode() : null;
  for (let tried = port; tried <= port + MAX_PORTS && tried <= 65_535; tried += 1) {
    const timeouts = {
      headersTimeout: Math.min(HEAD_MS, bodyMs),
      requestTimeout: bodyMs,
      connectionsCheckingInterval: 1000,
    };
    const server = tls === null ? createServer(timeouts) : createTlsServer({ ...timeouts, ...tls });
    const scheme = tls === null ? 'http' : 'https';
    if (await listens(server, tried, host)) return serving(app, server, { scheme, host, named, exposed, code });
    const url = addressOf(scheme, host, tried);
    if ((await instanceServedAt(url)) === instanceOf(app.deps.home)) return { state: 'already', url, port: tried };
  }
  throw new Failure('server.no-port', { port: String(port), last: String(port + MAX_PORTS) });
}

type Opened = {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly named: string | null;
  readonly exposed: boolean;
  readonly code: string | null;
};

async function serving(given: ServerApp, server: Server, opened: Opened): Promise<Serving> {
  const log = await logFiles(given.deps.store, given.deps.home, given.deps.now);
  const app: ServerApp = {
    ...given,
    logFault: (place, error) => {
      given.logFault(place, error);
      log.fault(place, error);
    },
  };
  const { scheme, host, named, exposed, code } = opened;
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const own = addressOf(scheme, host, port);
  await removeOldUploads(app.deps.home, app.deps.now());
  const live = liveRuns(app, log);
  const access = accessTo(app.deps.store, app.deps.now, { exposed, code });
  const { deps, version, zone } = app;
  const clock = everyMinute(
    async () => {
      const made = await backupIfDue({ store: deps.store, home: deps.home, now: deps.now, version, zone });
      if (made !== null) log.event('backup', made.code === null ? { bytes: made.bytes } : { failed: made.code });
      await log.purge();
    },
    (error) => app.logFault('backup', error),
  );
  const services: Services = { app, live, reviews: reviewCache(), access, log };
  const reached: Reached = { port, scheme, host, named };
  const listener = getRequestListener(application(services, reached).fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    listener(incoming, outgoing).catch((error) => app.logFault('http', error));
  });
  log.event('server.start', { version });
  return { state: 'serving', url: named ?? own, port, code, close };

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await live.close();
    await clock.stop();
    log.event('server.stop');
    server.closeAllConnections();
    await closed;
  }
}

/** The application without its socket; `reached` is what the Host header must name. */
function application(services: Services, reached: Reached): Hono {
  const { app } = services;
  const hono = new Hono();
  hono.onError((error, context) => {
    const known = refusalOf(error);
    const left = context.req.raw.signal.aborted; // whoever asked is gone, and what was asked of a shop is cancelled
    if (known === null && !left) app.logFault(`${context.req.method} ${new URL(context.req.url).pathname}`, error);
    const { status, body } = known ?? { status: 500, body: { code: 'internal', values: {} } };
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
  });
  hono.use(securityHeaders(isSecure(reached)), hostGuard(reached));
  hono.use(async (context, next) => {
    const { socket } = (context.env as Bindings).incoming; // what `getRequestListener` gives
    knowConnection(context, {
      address: addressIn(socket, context.req.header('x-forwarded-for'), reached),
      secure: isSecure(reached),
    });
    await next();
  });
  hono.use('/api/*', originGuard(isSecure(reached)));
  mount(hono, ROUTES, services);
  hono.all('/api/*', (context) => {
    throw new Refusal(404, 'request.unknown', { path: context.req.path.slice(0, 100) });
  });
  const files = staticFiles(app.webFolder);
  hono.get('*', (context) => files.answer(context));
  return hono;
}

async function listens(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => resolve(true));
  });
}

const sessionOfAnother = z.object({ instance: z.string() });

/** The instance of the Comptoir at that address; null when another program answers, or nobody. */
async function instanceServedAt(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url}/api/session`, { signal: AbortSignal.timeout(ASK_MS), redirect: 'error' });
    const answer = sessionOfAnother.safeParse(await response.json());
    return answer.success ? answer.data.instance : null;
  } catch {
    return null; // whatever it is, it is no Comptoir: the next port is tried
  }
}

function addressOf(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Bindings = { readonly incoming: { readonly socket: Socket } };

function isSecure({ scheme, named }: Reached): boolean {
  return named === null ? scheme === 'https' : named.startsWith('https:');
}

/** Whose address attempts are counted for: behind a proxy on this machine, the one it speaks for. */
function addressIn({ remoteAddress = '' }: Socket, forwarded: string | undefined, { named }: Reached): string {
  const nearest = remoteAddress.replace(/^::ffff:/, '');
  if (named === null || forwarded === undefined || !isLoopback(nearest)) return nearest;
  return forwarded.split(',').at(-1)?.trim().slice(0, 100) ?? nearest;
}

/** Twelve digits: with five tries and their pauses, nobody guesses it. */
function newCode(): string {
  return String(randomInt(10 ** 11, 10 ** 12));
}
