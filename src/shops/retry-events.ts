import type { HttpRequest } from './http.ts';
import type { ReadEvent } from './reader.ts';

/** Does a piece of work and yields its retries while they happen, so that a person sees why a shop is slow. */
export async function* withRetries<Result>(
  work: (onRetry: NonNullable<HttpRequest['onRetry']>) => Promise<Result>,
): AsyncGenerator<ReadEvent, Result> {
  const waiting: ReadEvent[] = [];
  let wake = () => {};
  const result = work((event) => {
    waiting.push({ type: 'retry', ...event });
    wake();
  });
  let settled = false;
  const end = result.then(settle, settle);

  while (!settled || waiting.length > 0) {
    if (waiting.length === 0) await Promise.race([end, new Promise<void>((resolve) => (wake = resolve))]);
    yield* waiting.splice(0);
  }
  return await result;

  function settle() {
    settled = true;
  }
}
