import { Failure } from '../../core/problem.ts';
import { type HttpAnswer, shown } from '../http.ts';
import { excerptOf, isHtml } from '../http-body.ts';

/** 402: unpaid, 423: locked; both are cured by the merchant at Shopify. */
export function failureOf(answer: HttpAnswer): Failure {
  const { status, url, body } = answer;
  if (isHtml(body) && status !== 404) return notAnAnswer(answer);
  if (status === 401) return new Failure('shop.key-refused', { shop: url.host });
  if (status === 402 || status === 423) return new Failure('shop.closed', { shop: url.host, status: String(status) });
  if (status === 403) return new Failure('shop.right-missing', { right: 'read_orders' });
  if (status === 404) return new Failure('shop.not-found', { url: shown(url), status: String(status) });
  return brokenAnswer(answer, excerptOf(body));
}

export function brokenAnswer({ url, status }: HttpAnswer, excerpt: string): Failure {
  return new Failure('shop.broken-answer', { url: shown(url), status: String(status), excerpt: excerpt.slice(0, 200) });
}

export function notAnAnswer({ url, status, body }: HttpAnswer): Failure {
  return new Failure('shop.not-an-answer', { url: shown(url), status: String(status), excerpt: excerptOf(body) });
}
