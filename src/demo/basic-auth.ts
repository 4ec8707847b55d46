/** Name and password of a Basic `Authorization` header, empty when it is another or none. */
export function basicOf(authorization: string | null): { id: string; secret: string } {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return { id: '', secret: '' };
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at < 0 ? { id: decoded, secret: '' } : { id: decoded.slice(0, at), secret: decoded.slice(at + 1) };
}
