import { networkInterfaces } from 'node:os';
import type { Context, MiddlewareHandler } from 'hono';
import { Refusal } from './refusal.ts';

/** Names under which a browser of this machine may know the server; anything else is another site's name for it. */
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A profile with all its exceptions stays far below. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Takes a file, as a stream with a limit of its own. */
const UPLOADS = /^\/api\/(?:profiles\/[^/]+\/runs\/file(?:\/peek)?|restore)$/;
/** Like JSON, kinds of body that no form of another site can send. */
const FILE_TYPES: ReadonlySet<string> = new Set(['application/octet-stream', 'application/x-ndjson']);

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Scripts come from here alone, never from inside a page; styles may be inline, since the components' library sets
 * them on elements.
 */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', CONTENT_POLICY],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
];

/** Over https, browsers are told to come back that way. */
export function securityHeaders(secure: boolean): MiddlewareHandler {
  const strict: typeof HEADERS = secure ? [['strict-transport-security', 'max-age=31536000']] : [];
  return async (context, next) => {
    await next();
    for (const [name, value] of [...HEADERS, ...strict]) context.res.headers.set(name, value);
  };
}

/** Where the server listens, and the address under which people reach it, where that is another. */
export type Reached = {
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly named: string | null;
};

/**
 * A page of another site that makes its name point here (DNS rebinding) still sends its own name: refused. Beyond
 * loopback, the machine's own addresses are ours too (a rebound name is no address), and the name that was given.
 */
export function hostGuard(reached: Reached): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!isOurs(host, reached)) throw new Refusal(421, 'request.host', { host: host.slice(0, 100) });
    await next();
  };
}

/**
 * Another site's page may send requests here, though it cannot read the answers. What changes something must come from
 * our own page (the browser says so) or from no page at all, and be JSON or a file, which a form cannot send.
 */
export function originGuard(secure: boolean): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const own = `${secure ? 'https' : 'http'}://${context.req.header('host') ?? ''}`;
    if (
      site === 'cross-site' ||
      (!SAFE_METHODS.has(method) && (site === 'same-site' || (origin !== undefined && origin !== own)))
    ) {
      throw new Refusal(403, 'request.origin', { origin: (origin ?? site ?? '').slice(0, 100) });
    }
    const type = context.req.header('content-type');
    if (!SAFE_METHODS.has(method) && !(UPLOADS.test(context.req.path) ? FILE_TYPES.has(type ?? '') : isJson(type)))
      throw new Refusal(415, 'request.content-type');
    await next();
  };
}

/** The text of a body, whether its length was told, it came in chunks, or there is none; never more than the limit. */
export async function bodyText({ req }: Context): Promise<string> {
  if (Number(req.header('content-length') ?? '0') > MAX_BODY_BYTES) throw tooLarge();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tooLarge(): Refusal {
  return new Refusal(413, 'request.too-large', { limit: String(MAX_BODY_BYTES / 1024 / 1024) });
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isOurs(host: string, { port, scheme, host: listening, named }: Reached): boolean {
  if (named !== null && new URL(named).host === host.toLowerCase()) return true;
  const match = /^(.*?)(?::(\d{1,5}))?$/.exec(host.toLowerCase());
  if (match === null || Number(match[2] ?? (scheme === 'https' ? '443' : '80')) !== port) return false;
  const name = match[1] ?? '';
  return LOOPBACK_NAMES.has(name) || (!isLoopback(listening) && isAddressOfOurs(name, listening));
}

function isAddressOfOurs(name: string, listening: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  if (bare === listening.toLowerCase()) return true;
  const own = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return own.some(({ address }) => address.toLowerCase() === bare);
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/json\s*(;|$)/i.test(type);
}
