import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer as createHttp2Server } from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { generate } from 'selfsigned';
import { Failure } from '../core/problem.ts';
import { httpClient } from './http.ts';
import type { HttpSettings, ShopConnection } from './reader.ts';

/** Real servers on loopback, their certificates, and clients of them; closed when the tests of a file are done. */

export const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

type Asked = {
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

export async function serve(
  answer: RequestListener,
  tls: { private: string; cert: string } | null = null,
  maxVersion: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3',
) {
  const requests: Asked[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push({ url: request.url, headers: request.headers });
    answer(request, response);
  };
  const server =
    tls === null
      ? createServer(listener)
      : createSecureServer({ key: tls.private, cert: tls.cert, maxVersion }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server always has one
  return { url: new URL(`${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/`), requests };
}

/** A server that speaks both versions of HTTP and answers with the one that was spoken. */
export async function serveBoth(tls: { private: string; cert: string }) {
  const options = { key: tls.private, cert: tls.cert, allowHTTP1: true };
  const server = createHttp2Server(options, (request, response) => response.end(JSON.stringify([request.httpVersion])));
  const sessions = new Set<{ destroy: () => void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server always has one
  return { url: new URL(`https://127.0.0.1:${port}/`) };
}

export function client(
  url: URL,
  settings: Partial<HttpSettings> = {},
  waits: number[] = [],
  now = () => 1_795_000_000_000,
) {
  const connection: ShopConnection = {
    url: url.href,
    credentials: {},
    http: {
      timeoutMs: 5000,
      pauseMs: 0,
      tries: 3,
      userAgent: 'Comptoir test',
      basicAuth: null,
      certificate: null,
      minimumTls: '1.2',
      version: 'auto',
      ...settings,
    },
    now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
    },
  };
  const made = httpClient(connection);
  closers.push(() => void made.close());
  return made;
}

export function certificate({ host = '127.0.0.1', to }: { host?: string; to?: Date }) {
  const name = host === '127.0.0.1' ? { type: 7 as const, ip: host } : { type: 2 as const, value: host };
  return generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 10 * 86_400_000),
    notAfterDate: to ?? new Date(Date.now() + 86_400_000),
    extensions: [{ name: 'subjectAltName', altNames: [name] }],
  });
}

export function failure(code: string, values: Readonly<Record<string, string>> = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(values)) assert.equal(error.values[name], value, name);
    return true;
  };
}
