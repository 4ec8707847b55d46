import type { Command } from 'commander';
import type { Context } from './cli.ts';
import { type Say, usage } from './say.ts';

/** `comptoir serve`: the web app, until it is stopped. */
export function addServe(program: Command, { app, say, tools, end }: Context): void {
  program
    .command('serve')
    .description(say.text('cli.help.serve'))
    .option('--port <number>', say.text('cli.help.port'))
    .option('--host <address>', say.text('cli.help.host'))
    .action(async (options: { port?: string; host?: string }) => {
      const port = portOf(options.port ?? app.environment.COMPTOIR_PORT, say);
      const { serve } = await tools();
      end(await serve({ port, host: options.host ?? null, language: say.language }, app.terminal.interrupt()));
    });
}

function portOf(text: string | undefined, say: Say): number | null {
  if (text === undefined || text === '') return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw usage(say.text('cli.usage.port', { written: text }));
  return Number(text);
}
