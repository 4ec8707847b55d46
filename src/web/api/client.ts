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

async function call<Answer>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return answered<Answer>(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
}

async function answered<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(path, request).catch((cause) => {
    if (request.signal?.aborted) throw cause; // nobody waits for the answer
    tellConnection(false);
    throw new Refusal(0, { code: 'web.no-answer', values: { reason: String(cause) } });
  });
  tellConnection(true);
  const text = await response.text();
  const answer: unknown = text === '' ? null : parsed(text);
  if (response.ok) return answer as Answer; // our own server, typed by src/api
  if (isApiError(answer)) {
    const { code } = answer;
    // Once somebody has signed in again it is sent anew; a file is read anew by the browser.
    const lacks = code === 'access.sign-in' || code === 'access.locked';
    if (lacks && (await askToSignIn(code))) return answered<Answer>(path, request);
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
