import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { Failure } from '../core/problem.ts';
import type { ServerApp, Services } from './app.ts';
import { liveRuns } from './live.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { reviewCache } from './review-cache.ts';
import { mount } from './route.ts';
import { ROUTES } from './routes.ts';
import { hostGuard, isLoopback, originGuard, securityHeaders, sizeGuard } from './security.ts';
import { staticFiles } from './static.ts';
import { removeOldUploads } from './uploads.ts';

export const DEFAULT_PORT = 4860;
const DEFAULT_HOST = '127.0.0.1';
/** Ports tried after the one wanted, when other programs have taken it. */
const MAX_PORTS = 20;
const ASK_MS = 2000;

export type Serving =
  | { readonly state: 'serving'; readonly url: string; readonly port: number; readonly close: () => Promise<void> }
  /** A Comptoir of the same data folder serves already: there is nothing to do but to say where. */
  | { readonly state: 'already'; readonly url: string; readonly port: number };

/** Serves the web app and the API on this machine. No browser is opened; port 0 takes any free one. */
export async function serve(
  app: ServerApp,
  { port = DEFAULT_PORT, host = DEFAULT_HOST }: { readonly port?: number; readonly host?: string } = {},
): Promise<Serving> {
  if (!isLoopback(host)) throw new Failure('server.beyond-loopback', { host });
  for (let tried = port; tried <= port + MAX_PORTS && tried <= 65_535; tried += 1) {
    const server = createServer();
    if (await listens(server, tried, host)) return serving(app, server, host);
    const url = addressOf(host, tried);
    if ((await homeServedAt(url)) === app.deps.home) return { state: 'already', url, port: tried };
  }
  throw new Failure('server.no-port', { port: String(port), last: String(port + MAX_PORTS) });
}

async function serving(app: ServerApp, server: Server, host: string): Promise<Serving> {
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  await removeOldUploads(app.deps.home, app.deps.now());
  const live = liveRuns(app);
  const services: Services = { app, live, reviews: reviewCache() };
  const listener = getRequestListener(application(services, () => port).fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    listener(incoming, outgoing).catch((error) => app.logFault('http', error));
  });
  return { state: 'serving', url: addressOf(host, port), port, close };

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await live.close();
    server.closeAllConnections();
    await closed;
  }
}

/** The application without its socket; the port is what the Host header must name. */
export function application(services: Services, port: () => number): Hono {
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
  hono.use(securityHeaders, hostGuard(port));
  hono.use('/api/*', originGuard(), sizeGuard());
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

const infoOfAnother = z.object({ home: z.string() });

/** Data folder of the Comptoir at that address; null when another program answers, or nobody. */
async function homeServedAt(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url}/api/info`, { signal: AbortSignal.timeout(ASK_MS), redirect: 'error' });
    const answer = infoOfAnother.safeParse(await response.json());
    return answer.success ? answer.data.home : null;
  } catch {
    return null; // whatever it is, it is no Comptoir: the next port is tried
  }
}

function addressOf(host: string, port: number): string {
  return `http://${host === '::1' ? '[::1]' : host}:${port}`;
}
