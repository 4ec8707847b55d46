import { Failure } from '../core/problem.ts';

/** Reasons of `shop.certificate`, by the code Node gives: words `word.<reason>`. */
const CERTIFICATE_REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'selfSigned',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'nameMismatch',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownAuthority',
  CERT_UNTRUSTED: 'unknownAuthority',
  CERT_REVOKED: 'revoked',
};
const MAX_CAUSES = 5;

/** What a proxy may answer and mean for a moment only: the shop behind it does not answer. */
const PASSING = new Set([502, 503, 504]);
/** What can be wrong only where the connection is made: at the proxy, if there is one. */
const NOT_CONNECTED = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Turns what a socket, the name service, TLS or a proxy (its host and port) threw into a failure, and says whether
 * another try can cure it.
 */
export function failureOfNetwork(
  error: unknown,
  where: { host: string; url: string; timeoutSeconds: string; tries: string; proxy: string | null },
): { failure: Failure; again: boolean } {
  const { host, url, timeoutSeconds, tries, proxy } = where;
  const code = codeOf(error);
  const options = { cause: error };
  const status = proxy === null ? null : proxyStatus(error);
  if (proxy !== null && status !== null) {
    return { failure: refusedBy(proxy, host, status, options), again: PASSING.has(status) };
  }
  if (proxy !== null && NOT_CONNECTED.has(code)) {
    return { failure: new Failure('proxy.unreachable', { proxy, reason: code }, options), again: code !== 'ENOTFOUND' };
  }
  const certificate = CERTIFICATE_REASONS[code] ?? (isTlsProtocol(code) ? 'protocol' : null);
  if (certificate !== null) {
    return { failure: new Failure('shop.certificate', { host, reason: certificate }, options), again: false };
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_NONAME':
      return { failure: new Failure('shop.address-unknown', { host }, options), again: false };
    case 'EAI_AGAIN':
      return { failure: new Failure('shop.address-unknown', { host }, options), again: true };
    case 'TimeoutError':
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return { failure: new Failure('shop.silent', { timeoutSeconds, tries, url }, options), again: true };
    default:
      return { failure: new Failure('shop.unreachable', { host, reason: code }, options), again: true };
  }
}

/** A proxy that asks for another password, or will not lead to the shop. */
function refusedBy(proxy: string, host: string, status: number, options: ErrorOptions): Failure {
  const values = { proxy, host, status: String(status) };
  return new Failure(status === 407 ? 'proxy.key-refused' : 'proxy.refused', values, options);
}

/** The library says the status of a proxy in its message alone. */
function proxyStatus(error: unknown): number | null {
  const [, status] = /^Proxy .*\((\d{3})\)/.exec(error instanceof Error ? error.message : '') ?? [];
  return status === undefined ? null : Number(status);
}

/** The first code among an error and its causes, else its name. */
export function codeOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0];
    else if (current.cause === undefined) break;
    else current = current.cause;
  }
  return error instanceof Error ? error.name : 'unknown';
}

function isTlsProtocol(code: string): boolean {
  return code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_');
}
