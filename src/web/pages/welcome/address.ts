/** `maison-lavande.example` → `https://maison-lavande.example/`; null when it is no web address. */
export function shopAddress(typed: string): string | null {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.hostname !== 'localhost' && !/[.:]/.test(url.hostname)) return null;
  return url.href;
}

/** A first name for the profile, from the address: `www.maison-lavande.example` → `Maison lavande`. */
export function nameFrom(address: string): string {
  if (!URL.canParse(address)) return '';
  const words = (new URL(address).hostname.replace(/^www\./, '').split('.')[0] ?? '').replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
