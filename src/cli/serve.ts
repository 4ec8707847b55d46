import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Failure } from '../core/problem.ts';
import type { ServeOptions } from './app.ts';
import type { Context } from './cli.ts';
import { type Say, usage } from './say.ts';

type Written = {
  readonly port?: string;
  readonly host?: string;
  readonly url?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly setup?: boolean;
};

/** `comptoir serve`: the web app, until it is stopped. */
export function addServe(program: Command, { app, say, tools, end }: Context): void {
  program
    .command('serve')
    .description(say.text('cli.help.serve'))
    .option('--port <number>', say.text('cli.help.port'))
    .option('--host <address>', say.text('cli.help.host'))
    .option('--url <address>', say.text('cli.help.serve.url'))
    .option('--cert <file>', say.text('cli.help.serve.cert'))
    .option('--key <file>', say.text('cli.help.serve.key'))
    .option('--setup', say.text('cli.help.serve.setup'))
    .action(async (options: Written) => {
      const port = portOf(options.port ?? app.environment.COMPTOIR_PORT, say);
      const given = { url: urlOf(options.url, say), tls: await tlsOf(options, app.cwd, say) };
      const { serve } = await tools();
      const asked = { ...given, port, host: options.host ?? null, setup: options.setup ?? false };
      end(await serve({ ...asked, language: say.language }, app.terminal.interrupt()));
    });
}

function portOf(text: string | undefined, say: Say): number | null {
  if (text === undefined || text === '') return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw usage(say.text('cli.usage.port', { written: text }));
  return Number(text);
}

function urlOf(text: string | undefined, say: Say): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.username !== '')
    throw usage(say.text('cli.usage.serve-url', { written: text }));
  return url.origin;
}

async function tlsOf({ cert, key }: Written, cwd: string, say: Say): Promise<ServeOptions['tls']> {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined) throw usage(say.text('cli.usage.serve-tls'));
  const read = (path: string) =>
    readFile(resolve(cwd, path), 'utf8').catch((cause) => {
      throw new Failure('file.unreadable', { path, reason: String(cause.code) }, { cause });
    });
  return { cert: await read(cert), key: await read(key) };
}
