import process from 'node:process';
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from '../cli/app.ts';

type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>;

/** The terminal of this process. */
export function terminal({ stdin, stdout, stderr }: Streams = process): Terminal {
  // `| head`: who reads has left, and the run goes on to its end.
  const readerLeft = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  };
  stdout.on('error', readerLeft);
  stderr.on('error', readerLeft);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    flush: () => new Promise((done) => void stdout.write('', () => done())),
    interactive: Boolean(stdin.isTTY && stderr.isTTY),
    bars: stderr.isTTY ? stderr : null,
    columns: stdout.isTTY ? (stdout.columns ?? null) : null,
    ask: (question, signal) => answerOf(createInterface({ input: stdin, output: stderr }), question, signal),
    askSecret: async (question, signal) => {
      stderr.write(question);
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      try {
        return await answerOf(createInterface({ input: stdin, output: nowhere, terminal: true }), '', signal);
      } finally {
        stderr.write('\n');
      }
    },
    lines,
    interrupt: () => {
      const controller = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
      return controller.signal;
    },
  };

  async function lines(count: number): Promise<readonly string[]> {
    const reader = createInterface({ input: stdin });
    const read: string[] = [];
    for await (const line of reader) {
      read.push(line);
      if (read.length >= count) break;
    }
    reader.close();
    return read;
  }
}

/** The line typed; nothing when the input ends, and a rejection when Ctrl-C is typed instead. */
async function answerOf(reader: Interface, question: string, signal: AbortSignal): Promise<string> {
  const left = new AbortController();
  const ended = Promise.withResolvers<string>();
  reader.once('SIGINT', () => left.abort());
  reader.once('close', () => ended.resolve(''));
  try {
    const typed = reader.question(question, { signal: AbortSignal.any([signal, left.signal]) });
    return await Promise.race([typed, ended.promise]);
  } finally {
    reader.close();
  }
}
