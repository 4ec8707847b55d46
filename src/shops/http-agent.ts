import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';
import type { buildConnector, Client as Connection, Dispatcher } from 'undici';
import { Failure } from '../core/problem.ts';
import type { HttpSettings } from './reader.ts';

/**
 * The connections of a client: one to each server, by its proxy if there is one. The library is loaded by the first
 * request: a command that asks no shop does without (docs/performance.md). `proxyAuthorization` is the proxy's header.
 */
export async function newAgent(settings: HttpSettings, proxyAuthorization: string | null): Promise<Dispatcher> {
  const { Agent, buildConnector, Client, ProxyAgent } = await import('undici');
  const { version, minimumTls, certificate, timeoutMs, proxy } = settings;
  const common = { connections: 1, pipelining: 1, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const tls = {
    minVersion: minimumTls === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
    ...(certificate === null ? {} : { ca: [...getCACertificates('default'), certificate] }),
    allowH2: version !== '1.1', // offered to https servers, which choose
  } as const;
  const chosen = version === '2' ? onlyHttp2 : (connect: buildConnector.connector) => connect;
  if (!proxy) return new Agent({ ...common, connect: chosen(notLinkLocal(buildConnector(tls))) });
  return new ProxyAgent({
    ...common,
    uri: proxy.url,
    ...(proxyAuthorization === null ? {} : { token: proxyAuthorization }),
    proxyTunnel: false, // to an http server it goes without a tunnel, which most proxies grant to https alone
    proxyTls: { ...(certificate === null ? {} : { ca: tls.ca }) },
    requestTls: tls,
    factory: (origin, { connect, ...options }: Connection.Options) =>
      // The connector of the library makes the tunnel; what is chosen here looks at what comes out of it.
      new Client(
        origin,
        typeof connect === 'function'
          ? { ...options, connect: chosen(connect) }
          : { ...options, ...(connect && { connect }) },
      ),
  });
}

/**
 * Addresses between machines of one cable, and the others under which clouds tell a machine the keys it may use: whoever
 * names a shop's address must not read them by what the shop is told to have answered. A name that leads there is left
 * before anything is sent. Other addresses within a network are allowed: shops are tried out there.
 */
export function isLinkLocal(address: string): boolean {
  return /^(::ffff:)?169\.254\.|^::ffff:a9fe:|^fe[89ab][0-9a-f]:|^fd00:ec2::254$/i.test(
    address.replace(/^\[|\]$/g, ''),
  );
}

function notLinkLocal(connect: buildConnector.connector): buildConnector.connector {
  const refused = (host: string) => new Failure('shop.link-local', { host });
  return (options, callback) => {
    const { hostname } = options;
    const bare = hostname.replace(/^\[|\]$/g, '');
    if (isIP(bare) !== 0 && isLinkLocal(bare)) return callback(refused(hostname), null);
    connect(options, (error, socket) => {
      if (error !== null || socket === null) return callback(error ?? new TypeError('neither error nor socket'), null);
      if (!isLinkLocal(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(refused(hostname), null);
    });
  };
}

/** A server that does not agree to HTTP/2, and one without encryption, where nothing is agreed, are left. */
function onlyHttp2(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error !== null || socket === null) return callback(error ?? new TypeError('neither error nor socket'), null);
      if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2') return callback(null, socket);
      socket.destroy();
      callback(new Failure('shop.no-http2', { host: options.hostname }), null);
    });
}
