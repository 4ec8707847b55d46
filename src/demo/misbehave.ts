import type { ServerResponse } from 'node:http';
import type { Answer } from './demo-shop.ts';

/**
 * One thing a shop or its host does wrong, seen on real shops. A rule without `when` meets every request; its
 * conditions add up. It is used up after `times` requests (once when left out); `failForever` never is.
 */
export type Misbehaviour = {
  readonly when?: {
    /** Met by the request's target, path and query, as sent. */
    readonly path?: RegExp;
    /** Page asked for, from 1. */
    readonly page?: number;
    /** The n-th request, from 1, among those since the plan was made that meet the two other conditions. */
    readonly nth?: number;
  };
  readonly do: Misdeed;
  readonly times?: number;
  /** For the answers 429 and 503; the header `Retry-After` is left out when this is. */
  readonly retryAfterSeconds?: number;
  /** For `slow`: time before the first byte, and again before the second half. One second when left out. */
  readonly delayMs?: number;
};

export type Misdeed =
  | 'status502'
  | 'status503html'
  | 'status429'
  | 'throttled'
  | 'graphError'
  | 'timeout'
  | 'truncate'
  | 'html'
  | 'reset'
  | 'redirect'
  | 'redirectAway'
  | 'slow'
  | 'notice'
  | 'bom'
  | 'failForever';

const HTML: readonly [string, string] = ['Content-Type', 'text/html; charset=UTF-8'];
const MAINTENANCE =
  '<!DOCTYPE html>\n<html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for scheduled maintenance.</h1></body></html>\n';
/** Where `redirect` leads: a page for people, answered with 200 as a host's own page is. */
export const MAINTENANCE_PATH = '/maintenance.html';
export const MAINTENANCE_PAGE: Answer = { status: 200, headers: [HTML], body: MAINTENANCE };
/** Another host, which nobody answers for. */
const ELSEWHERE = 'https://elsewhere.invalid/';
const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const NOTICE =
  '<br />\n<b>Notice</b>:  Undefined index: tax_class in <b>/var/www/html/plugins/shipping/class-rates.php</b> on line <b>214</b><br />\n';

/** A GraphQL server tells its errors with status 200. */
function graphError(code: string, message: string): Answer {
  const headers = [['Content-Type', 'application/json; charset=utf-8']] as const;
  return { status: 200, headers, body: JSON.stringify({ errors: [{ message, extensions: { code } }] }) };
}

/** Keeps the plan: which rule, if any, meets the next request. The first of the list that does wins. */
export function misbehaviours() {
  let rules: { readonly rule: Misbehaviour; left: number; seen: number }[] = [];
  return { replace, next };

  function replace(plan: readonly Misbehaviour[]): void {
    rules = plan.map((rule) => ({
      rule,
      left: rule.do === 'failForever' ? Number.POSITIVE_INFINITY : (rule.times ?? 1),
      seen: 0,
    }));
  }

  function next({ path, page }: { path: string; page: number }): Misbehaviour | null {
    let chosen: Misbehaviour | null = null;
    for (const state of rules) {
      const { when } = state.rule;
      if (when?.path !== undefined && !new RegExp(when.path.source, when.path.flags.replace(/[gy]/g, '')).test(path)) {
        continue;
      }
      if (when?.page !== undefined && when.page !== page) continue;
      state.seen += 1;
      if (chosen !== null || state.left <= 0) continue;
      if (when?.nth !== undefined && state.seen < when.nth) continue;
      state.left -= 1;
      chosen = state.rule;
    }
    return chosen;
  }
}

export function misbehavingAnswer(options: {
  misbehaviour: Misbehaviour;
  response: ServerResponse;
  origin: string;
  real: () => Answer;
}): void {
  const { misbehaviour, response, origin, real } = options;
  const instead = answerInstead();
  if (instead !== null) write(instead, 'whole');
  else if (misbehaviour.do === 'truncate') write(real(), 'half');
  else if (misbehaviour.do === 'slow') {
    const answer = real();
    later(() => write(answer, 'inTwo'));
  } else if (misbehaviour.do === 'reset') response.socket?.resetAndDestroy();
  // What is left is `timeout`: the request hangs until its client gives up or the shop closes.

  function answerInstead(): Answer | null {
    switch (misbehaviour.do) {
      case 'status502':
        return { status: 502, headers: [['Server', 'nginx'], HTML], body: BAD_GATEWAY };
      case 'status503html':
      case 'failForever':
        return { status: 503, headers: [...retryAfter(), HTML], body: MAINTENANCE };
      case 'status429':
        return { status: 429, headers: [...retryAfter(), HTML], body: '<h1>Too Many Requests</h1>\n' };
      case 'throttled':
        return graphError('THROTTLED', 'Throttled');
      case 'graphError':
        return graphError('INTERNAL_SERVER_ERROR', 'Internal error. Looks like something went wrong on our end.');
      case 'html':
        return MAINTENANCE_PAGE;
      case 'redirect':
        return { status: 302, headers: [['Location', origin + MAINTENANCE_PATH], HTML], body: '' };
      case 'redirectAway':
        return { status: 302, headers: [['Location', ELSEWHERE], HTML], body: '' };
      case 'notice':
        return before(NOTICE);
      case 'bom':
        return before('\uFEFF');
      default:
        return null;
    }
  }

  function retryAfter(): [string, string][] {
    const seconds = misbehaviour.retryAfterSeconds;
    return seconds === undefined ? [] : [['Retry-After', String(seconds)]];
  }

  function before(text: string): Answer {
    const answer = real();
    return { ...answer, body: text + answer.body };
  }

  function write({ status, headers, body }: Answer, how: 'whole' | 'half' | 'inTwo'): void {
    if (response.destroyed) return;
    const bytes = Buffer.from(body);
    const half = bytes.length >> 1;
    response.writeHead(status, [...headers.flat(), 'Content-Length', String(bytes.length)]);
    if (how === 'whole') response.end(bytes);
    else if (how === 'half') response.write(bytes.subarray(0, half), () => response.socket?.destroy());
    else {
      response.write(bytes.subarray(0, half));
      later(() => response.end(bytes.subarray(half)));
    }
  }

  function later(then: () => void): void {
    setTimeout(then, misbehaviour.delayMs ?? 1000).unref();
  }
}
