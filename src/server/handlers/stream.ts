import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Services } from '../app.ts';
import { permitted } from '../gate.ts';
import { runOf } from './runs.ts';

/** Whose session ends, or whose role is lowered, is told nothing more after that long. */
const STILL_MS = 1000;

/**
 * The log of a run as it happens: what was told since the line the browser saw last, then what is told now, then the
 * end. A stream that broke, or a server that was started again, goes on from there.
 */
export async function events(services: Services, id: string, after: number, context: Context): Promise<Response> {
  const run = await runOf(services, id);
  const seen = context.req.header('last-event-id') ?? '';
  const from = /^\d{1,15}$/.test(seen) ? Number(seen) : after;
  const gone = new AbortController();
  const watch = setInterval(() => void stillIn(services, context).catch(() => gone.abort()), STILL_MS);
  const answer = streamSSE(context, async (stream) => {
    stream.onAbort(() => gone.abort());
    gone.signal.addEventListener('abort', () => clearInterval(watch), { once: true });
    for await (const event of services.live.follow(run, from, gone.signal)) {
      if (stream.aborted || gone.signal.aborted) break;
      if (event.type === 'log')
        await stream.writeSSE({ id: String(event.line.seq), event: 'log', data: JSON.stringify(event.line) });
      else if (event.type === 'progress')
        await stream.writeSSE({ event: 'progress', data: JSON.stringify(event.progress) });
      else if (event.type === 'end') await stream.writeSSE({ event: 'end', data: JSON.stringify(event.run) });
      else await stream.write(': alive\n\n');
    }
    clearInterval(watch);
  });
  answer.headers.set('cache-control', 'no-store');
  return answer;
}

/** Looking does not keep a session awake that nobody uses. */
async function stillIn({ access }: Services, context: Context): Promise<void> {
  await permitted(access, context, 'read', { awake: false });
}
