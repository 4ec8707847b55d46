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

/** Turns what a socket, the name service or TLS threw into a failure, and says whether another try can cure it. */
export function failureOfNetwork(
  error: unknown,
  where: { host: string; url: string; timeoutSeconds: string; tries: string },
): { failure: Failure; again: boolean } {
  const { host, url, timeoutSeconds, tries } = where;
  const code = codeOf(error);
  const options = { cause: error };
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
