import { Failure } from '../core/problem.ts';
import type { HttpClient } from './http.ts';

/** Longer lines are no records. */
const MAX_LINE = 16 * 1024 * 1024;
const REST_MS = 1000;

/**
 * Lines of a large file, as they come, so that it never stands in memory. A download that breaks off is begun again and the
 * lines already given are passed over; a cut line is none. One that breaks off as often as there are tries is a failure.
 */
export async function* linesOf(
  http: Pick<HttpClient, 'stream'>,
  url: URL,
  options: {
    readonly tries: number;
    readonly signal?: AbortSignal;
    readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  },
): AsyncGenerator<string> {
  const { tries, signal, sleep } = options;
  let given = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      let line = 0;
      for await (const text of wholeLines(http.stream({ url, ...(signal === undefined ? {} : { signal }) }))) {
        line += 1;
        if (line <= given) continue;
        given = line;
        yield text;
      }
      return;
    } catch (error) {
      if (!(error instanceof Failure) || attempt >= tries) throw error;
      await sleep(REST_MS * attempt, signal);
    }
  }
}

async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new TypeError('A line without end');
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
