import type { ApiError, FieldError } from '../api/api.ts';
import { Failure, type FailureCode } from '../core/problem.ts';

/** What a request asked wrongly: its status, and the sentence `failure.<code>` that says so. */
export type RefusalCode =
  | 'request.host' // { host }
  | 'request.origin' // { origin }
  | 'request.content-type'
  | 'request.too-large' // { limit }
  | 'request.invalid' // { field, reason }
  | 'request.unknown' // { path }
  | 'profile.changed' // { profile }
  | 'run.unknown' // { run }
  | 'document.unknown' // { document }
  | 'run.not-running' // { run }
  | 'run.without-file' // { run }
  | 'run.running' // { profile }
  | 'review.unknown-line' // { number, line }
  | 'demo.unknown' // { demo }
  | 'access.sign-in' // nobody has signed in, or the session has ended
  | 'access.locked' // the password of the options is needed
  | 'access.role' // { role }
  | 'access.wrong' // { left }
  | 'access.paused' // { minutes }
  | 'access.nothing-to-sign-in'
  | 'access.has-users'
  | 'access.unknown-token'
  | 'access.by-token'; // a session is needed

export class Refusal extends Error {
  readonly status: number;
  readonly code: RefusalCode | FailureCode;
  readonly values: Readonly<Record<string, string>>;
  readonly fields: readonly FieldError[];

  constructor(
    status: number,
    code: RefusalCode | FailureCode,
    values: Readonly<Record<string, string>> = {},
    fields: readonly FieldError[] = [],
  ) {
    super(code);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.values = values;
    this.fields = fields;
  }
}

/** What an error answers: the only place where errors become statuses. Null is a fault of ours: 500, without details. */
export function refusalOf(error: unknown): { readonly status: number; readonly body: ApiError } | null {
  if (error instanceof Refusal) {
    const { status, code, values, fields } = error;
    return { status, body: fields.length === 0 ? { code, values } : { code, values, fields } };
  }
  if (error instanceof Failure)
    return { status: statusOf(error.code), body: { code: error.code, values: error.values } };
  return null;
}

/** What the request asked is 4xx; what the shop answered wrongly is 502; what this machine lacks is 507 or 500. */
function statusOf(code: FailureCode): number {
  switch (code) {
    case 'profile.unknown':
    case 'user.unknown':
    case 'language.unknown':
      return 404;
    case 'profile.exists':
    case 'user.exists':
    case 'language.exists':
    case 'language.changed':
    case 'user.last-administrator':
    case 'run.already-running':
    case 'run.review-closed':
    case 'undo.not-written':
    case 'undo.later-run':
    case 'undo.open-review':
    case 'undo.later-file':
    case 'delivery.changed-meanwhile':
      return 409;
    case 'usage':
      return 400;
    case 'delivery.disk-full':
      return 507;
    default:
      if (
        code.startsWith('user.') ||
        code.startsWith('backup.') ||
        code.startsWith('language.') ||
        code.startsWith('home.') ||
        code === 'store.too-new' ||
        code.startsWith('profile.') ||
        code.startsWith('file.') ||
        code.startsWith('run.')
      )
        return 422;
      if (code.startsWith('delivery.')) return 422;
      return code.startsWith('shop.') || code.startsWith('proxy.') ? 502 : 500;
  }
}
