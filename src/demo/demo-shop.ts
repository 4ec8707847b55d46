import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  MAINTENANCE_PAGE,
  MAINTENANCE_PATH,
  type Misbehaviour,
  misbehavingAnswer,
  misbehaviours,
} from './misbehave.ts';

/** A shop that runs inside the process, on a free port of 127.0.0.1, for as long as somebody needs it. */
export type DemoShop = {
  /** Address of the shop without a final slash: what a merchant would type. */
  readonly url: string;
  /** What the merchant would copy from the shop: `key` and `secret` of WooCommerce, `key` of PrestaShop. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly DemoRequest[];
  /** Replaces the plan of misbehaviours; an empty plan makes the shop behave again. */
  misbehave(plan: readonly Misbehaviour[]): void;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
};

/** `path` is the request's target with its query. `status` is 0 when the connection ended without an answer. */
export type DemoRequest = { readonly method: string; readonly path: string; readonly status: number };

/** Key and certificate, PEM text: the shop then speaks https. */
export type DemoTls = { readonly key: string; readonly cert: string };

export type Asked = {
  readonly method: string;
  /** The request's target as sent: path and query, still encoded. */
  readonly target: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | null;
  /** Names in lower case, as Node gives them. */
  readonly headers: IncomingHttpHeaders;
  /** Empty but for questions that come with one. */
  readonly body: string;
  /** What the client takes the shop's address to be, for instance `http://127.0.0.1:40123`. */
  readonly origin: string;
};

/** Header names as the real shop spells them, in its order. */
export type Answer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
};

export type ShopServer = {
  readonly credentials: Readonly<Record<string, string>>;
  readonly tls: DemoTls | null;
  answer(asked: Asked): Answer;
  /** Number of the page a request asks for, from 1, so that a misbehaviour can aim at it. */
  pageOf(asked: Asked): number;
  /** What a misbehaviour aims at and the list of requests shows; the request's target when left out. */
  nameOf?(asked: Asked): string;
};

/** A question longer than any reader's is not taken in. */
const MAX_QUESTION_BYTES = 1024 * 1024;

export async function openShop({ credentials, tls, answer, pageOf, nameOf }: ShopServer): Promise<DemoShop> {
  const requests: { method: string; path: string; status: number }[] = [];
  const plan = misbehaviours();
  const server = tls === null ? createHttpServer(serve) : createHttpsServer(tls, serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server always has an AddressInfo; the other shapes belong to pipes.
  const { port } = server.address() as AddressInfo;
  const origin = `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`;

  return { url: origin, credentials, requests, misbehave: plan.replace, close };

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'POST') {
      request.resume();
      reply(read(request, origin, ''), response);
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_QUESTION_BYTES) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => reply(read(request, origin, Buffer.concat(chunks).toString('utf8')), response));
  }

  function reply(asked: Asked, response: ServerResponse): void {
    const name = nameOf?.(asked) ?? asked.target;
    const logged = { method: asked.method, path: name, status: 0 };
    requests.push(logged);
    const misbehaviour = plan.next({ path: name, page: pageOf(asked) });
    try {
      const real = () => (asked.path === MAINTENANCE_PATH ? MAINTENANCE_PAGE : answer(asked));
      if (misbehaviour === null) send(response, real(), asked.method);
      else misbehavingAnswer({ misbehaviour, response, origin, real });
    } catch (error) {
      send(response, { status: 500, headers: [['Content-Type', 'text/plain']], body: String(error) }, asked.method);
    }
    if (response.headersSent) logged.status = response.statusCode;
    else response.once('finish', () => (logged.status = response.statusCode));
  }

  async function close(): Promise<void> {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer, method: string): void {
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(method === 'HEAD' ? undefined : body);
}

function read(request: IncomingMessage, origin: string, body: string): Asked {
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  const host = request.headers.host;
  return {
    method: request.method ?? 'GET',
    target,
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? '' : target.slice(at + 1),
    authorization: request.headers.authorization ?? null,
    headers: request.headers,
    body,
    origin: host === undefined ? origin : `${origin.slice(0, origin.indexOf(':'))}://${host}`,
  };
}
