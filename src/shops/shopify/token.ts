import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { parseJson } from '../../schema/json.ts';
import type { HttpClient, HttpRequest } from '../http.ts';
import type { ShopConnection } from '../reader.ts';
import { failureOf, notAnAnswer } from './failures.ts';

type Options = { readonly signal?: AbortSignal; readonly onRetry?: NonNullable<HttpRequest['onRetry']> };

/** The access token all questions are asked with, whatever the merchant was given. */
export type TokenSource = {
  readonly token: (options: Options) => Promise<string>;
  /** Forgets a token that was refused; false when another cannot be had. */
  readonly renew: (refused: string) => boolean;
};

const granted = z.object({ access_token: z.string().min(1), expires_in: z.unknown().optional() });
const refusal = z.object({ error: z.string() });
/** Part of its life after which a token is renewed, so that none runs out in the middle of a page. */
const RENEWED_AT_PERCENT = 80;
const DAY_SECONDS = 86_400;

/**
 * An app of the Dev Dashboard has a client id and secret, and asks for a token of a day (shopify.dev, client credentials
 * grant). An app made in the shop's administration before 2026 has a token that lasts, and a private app of before 2022 a
 * password, which is one too.
 */
export function tokenSource(connection: ShopConnection, http: HttpClient, base: () => Promise<URL>): TokenSource {
  const { clientId = '', clientSecret = '', token: fixed = '' } = connection.credentials;
  if (fixed !== '') return { token: async () => fixed, renew: () => false };
  let current: { readonly value: string; readonly renewAtMs: number } | null = null;
  let asking: Promise<string> | null = null;
  return { token, renew };

  async function token(options: Options): Promise<string> {
    if (current !== null && connection.now() < current.renewAtMs) return current.value;
    asking ??= grant(options).finally(() => (asking = null));
    return asking;
  }

  function renew(refused: string): boolean {
    if (current?.value === refused) current = null;
    return true;
  }

  async function grant(options: Options): Promise<string> {
    const url = new URL('admin/oauth/access_token', await base());
    if (clientId === '' || clientSecret === '') throw new Failure('shop.key-refused', { shop: url.host });
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString();
    const answer = await http.post({
      url,
      accept: 'json',
      body,
      contentType: 'application/x-www-form-urlencoded',
      allowStatuses: [400, 401, 402, 403, 404, 423],
      ...options,
    });
    const data = jsonOf(answer.body);
    if (answer.status !== 200) {
      const told = [400, 401, 403].includes(answer.status) && refusal.safeParse(data).success;
      throw told ? new Failure('shop.key-refused', { shop: url.host }) : failureOf(answer);
    }
    const parsed = granted.safeParse(data);
    if (!parsed.success) throw notAnAnswer(answer);
    const seconds = Number.isSafeInteger(parsed.data.expires_in) ? Number(parsed.data.expires_in) : DAY_SECONDS;
    current = {
      value: parsed.data.access_token,
      renewAtMs: connection.now() + seconds * 10 * RENEWED_AT_PERCENT,
    };
    return current.value;
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
