import type { ApiError, FieldError } from '../../api/api.ts';

import { tellConnection } from './connection.ts';
import { askToSignIn } from './session.ts';

/** An answer of the server that is not a success: the code and values of a sentence, and the fields refused. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly fields: readonly FieldError[];

  constructor(status: number, error: ApiError) {
    super(error.code);
    this.name = 'Refusal';
    this.status = status;
    this.code = error.code;
    this.values = error.values;
    this.fields = error.fields ?? [];
  }
}

export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return call<Answer>('GET', path, undefined, signal);
}

export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return call<Answer>('POST', path, body);
}

export function put<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return call<Answer>('PUT', path, body);
}

export function remove<Answer>(path: string): Promise<Answer> {
  return call<Answer>('DELETE', path, {});
}

/** Sends a file as it is, which the browser reads while it goes; what is asked stands in the address. */
export function sendFile<Answer>(path: string, file: Blob, asked: Readonly<Record<string, string>>): Promise<Answer> {
  return answered<Answer>(`${path}?${new URLSearchParams(asked)}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file },
  });
}

/** A file that the server makes of what is asked, with the name it gives it. */
export async function fetchFile(path: string, body: unknown): Promise<{ readonly name: string; readonly blob: Blob }> {
  const headers = { 'content-type': 'application/json' };
  const response = await sent(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const [, name = 'comptoir'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name, blob: await response.blob() };
}

async function call<Answer>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return answered<Answer>(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
}

async function answered<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const text = await (await sent(path, request)).text();
  return (text === '' ? null : parsed(text)) as Answer; // our own server, typed by src/api
}

/** The answer of a success. */
async function sent(path: string, request: RequestInit): Promise<Response> {
  const response = await fetch(path, request).catch((cause) => {
    if (request.signal?.aborted) throw cause; // nobody waits for the answer
    tellConnection(false);
    throw new Refusal(0, { code: 'web.no-answer', values: { reason: String(cause) } });
  });
  tellConnection(true);
  if (response.ok) return response;
  const text = await response.text();
  const answer: unknown = text === '' ? null : parsed(text);
  if (isApiError(answer)) {
    const { code } = answer;
    // Once somebody has signed in again it is sent anew; a file is read anew by the browser.
    const lacks = code === 'access.sign-in' || code === 'access.locked';
    if (lacks && (await askToSignIn(code))) return sent(path, request);
    throw new Refusal(response.status, answer);
  }
  throw new Refusal(response.status, { code: 'web.refused', values: { status: String(response.status) } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === 'object' && value !== null && 'code' in value && 'values' in value;
}
