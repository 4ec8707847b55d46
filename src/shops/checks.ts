import { Failure } from '../core/problem.ts';
import type { ConnectionCheck } from './reader.ts';

/** The lines of *Test the connection*, as every shop's own test writes them. */

type Values = ConnectionCheck['values'];

export function ok(id: string, values: Values, durationMs: number | null): ConnectionCheck {
  return { id, result: 'ok', values, durationMs };
}

export function warning(id: string, values: Values, durationMs: number | null): ConnectionCheck {
  return { id, result: 'warning', values, durationMs };
}

/** `code` leads to the failure's own sentence, with its cure. */
export function failed(id: string, { code, values }: Failure, durationMs: number | null): ConnectionCheck {
  return { id, result: 'failed', values: { ...values, code }, durationMs };
}

export function skipped(id: string): ConnectionCheck {
  return { id, result: 'skipped', values: {}, durationMs: null };
}

/** What some work gives, or the failure that stood in its way. */
export async function tried<Result>(work: () => Promise<Result>): Promise<Result | Failure> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
